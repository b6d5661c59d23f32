//! What is let through and what is not.

use crate::{sanitise, sanitise_own};

fn check(html: &str, expect: &str) {
    assert_eq!(sanitise(html), expect, "for {html:?}");
}

fn check_own(html: &str, expect: &str) {
    assert_eq!(sanitise_own(html), expect, "for {html:?}");
}

const LINK: &str = "target=\"_blank\" rel=\"noopener noreferrer nofollow\"";

#[test]
fn the_meaning_of_mail_html_stays() {
    check("<p>Hello <b>Ann</b></p>", "<p>Hello <b>Ann</b></p>");
    check(
        "<TABLE border=1><TR><TD colspan=2 bgcolor=\"#eee\">x</TABLE>",
        "<table border=\"1\"><tbody><tr><td colspan=\"2\" bgcolor=\"#eee\">x</td></tr></tbody></table>",
    );
    check("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>");
    check("<blockquote type=cite>x</blockquote>", "<blockquote type=\"cite\">x</blockquote>");
    check("<p style=\"color: red; position: fixed\">x</p>", "<p style=\"color:red\">x</p>");
    check("<font color=red face=Arial>x</font>", "<font color=\"red\" face=\"Arial\">x</font>");
    check("<p>a<p>b", "<p>a</p><p>b</p>");
    check("a &amp; b &lt; c &uuml; AT&T & co", "a &amp; b &lt; c &uuml; AT&T &amp; co");
    check("1 < 2", "1 &lt; 2");
    check("<h1>a</h1><pre>  b\n c</pre>", "<h1>a</h1><pre>  b\n c</pre>");
    check("<html><head><title>t</title><style>p{}</style></head><body><p>x</p></body></html>", "<p>x</p>");
    check("<!--[if mso]><p>for Outlook</p><![endif]--><p>x</p>", "<p>x</p>");
}

#[test]
fn nothing_is_loaded_from_elsewhere() {
    check("<img src=\"cid:a@b\" alt=x>", "<img src=\"cid:a@b\" alt=\"x\">");
    for source in ["https://t.example/p.gif?a=1&amp;b=2", "http://t.example/p.gif", "//t.example/p.gif"] {
        check(&format!("<img src=\"{source}\">"), &format!("<img data-remote-src=\"{source}\">"));
    }
    check("<img src=\"data:image/png;base64,AAAA\">", "<img src=\"data:image/png;base64,AAAA\">");
    for html in [
        "<img src=\"data:image/svg+xml;base64,AAAA\">",
        "<img src=\"data:text/html,x\">",
        "<img src=\"javascript:alert(1)\">",
        "<img src=\"&#106;avascript:alert(1)\">",
        "<img src=\"file:///etc/passwd\">",
        "<img src=\"x.png\">",
        "<img srcset=\"https://t.example/p.gif 2x\">",
        "<img data-remote-src=\"javascript:x\">",
        "<img src=\" \" lowsrc=https://t.example/ dynsrc=https://t.example/>",
    ] {
        check(html, "<img>");
    }
    check("<body background=\"https://t.example/\"><p>x</p>", "<p>x</p>");
    check("<td background=https://t.example/ style=\"background:url(https://t.example/)\">x</td>", "x");
    check("<link rel=stylesheet href=https://t.example/><meta http-equiv=refresh content=0>x", "x");
    check("<video src=https://t.example/ poster=https://t.example/><source src=x></video>x", "x");
    check("<iframe src=https://t.example/></iframe><object data=x></object><embed src=x>x", "x");
    check("<svg><image href=https://t.example/></svg>x", "x");
    check("<base href=https://t.example/><form action=x><input value=y></form>x", "x");
}

#[test]
fn links_lead_only_where_people_expect() {
    for target in ["https://a.example/?b&amp;c", "http://a.example", "mailto:a@b.example", "tel:+491234"] {
        check(&format!("<a href=\"{target}\">x</a>"), &format!("<a href=\"{target}\" {LINK}>x</a>"));
    }
    for target in [
        "javascript:alert(1)",
        "data:text/html,x",
        "/relative",
        "x.html",
        "java\nscript:x",
        "&#x6a;avascript:x",
        "cid:x",
        "vbscript:x",
        " javascript:x",
    ] {
        check(&format!("<a href=\"{target}\">x</a>"), &format!("<a {LINK}>x</a>"));
    }
}

#[test]
fn script_never_comes_through() {
    for html in [
        "<script>alert(1)</script>",
        "<p onclick=alert(1)>x</p>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<scr<script>ipt>alert(1)</script>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<p style=\"x:expression(alert(1))\">",
        "<a href=\"javascript:alert(1)\">",
        "<iframe srcdoc=\"<script>alert(1)</script>\">",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<p title=\"x\" onmouseover=\"alert(1)\">",
        "<template><script>alert(1)</script></template>",
        "<img title=`x` onerror=`alert(1)`>",
        "<style><img src=x onerror=alert(1)></style>",
        "<xmp><script>alert(1)</script></xmp>",
        "<a title='\"><script>alert(1)</script>'>",
    ] {
        for clean in [sanitise(html), sanitise_own(html)] {
            let tags: Vec<&str> = clean.split('<').skip(1).collect();
            for tag in tags {
                let inside = tag.split('>').next().unwrap_or_default().to_lowercase();
                let quoted_out: String = inside.split('"').step_by(2).collect();
                for word in
                    ["script", "onerror", "onload", "onclick", "onmouseover", "iframe", "svg", "style"]
                {
                    assert!(!quoted_out.contains(word), "{word} in {clean:?} from {html:?}");
                }
                assert!(!inside.contains("javascript:"), "{clean:?} from {html:?}");
            }
        }
    }
}

#[test]
fn agents_write_a_small_language() {
    check_own("<p>Hi <b>A</b> <i>b</i></p>", "<p>Hi <strong>A</strong> <em>b</em></p>");
    check_own("<div style=\"color:red\" class=x>a</div>", "<p>a</p>");
    check_own("<table><tr><td>a</td><td>b</td></tr></table>", "   a  b   ");
    check_own("<span data-mention-id=\"12\">@Bo</span>", "<span data-mention-id=\"12\">@Bo</span>");
    check_own("<span data-mention-id=\"12 x\">@Bo</span>", "<span>@Bo</span>");
    check_own("<p data-mention-id=\"12\">x</p>", "<p>x</p>");
    check_own(
        "<img src=\"/api/files/abc/photo.png\" alt=x>",
        "<img src=\"/api/files/abc/photo.png\" alt=\"x\">",
    );
    check_own("<img src=\"cid:a@b\">", "<img src=\"cid:a@b\">");
    for source in [
        "/api/files/../session",
        "/api/session",
        "https://t.example/x.png",
        "//t.example",
        "data:image/png;base64,AA",
        "/api/files/a?b",
        "/api/files/&#46;&#46;/x",
    ] {
        check_own(&format!("<img src=\"{source}\">"), "<img>");
    }
    check_own("<a href=\"/relative\">x</a>", &format!("<a {LINK}>x</a>"));
    check_own(
        "<ul><li>a</li></ul><pre><code>x &lt; y</code></pre>",
        "<ul><li>a</li></ul><pre><code>x &lt; y</code></pre>",
    );
}
