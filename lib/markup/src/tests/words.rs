//! HTML as text, text as HTML, previews.

use crate::{html_to_text, preview, sanitise, text_to_html};

fn check_text(html: &str, expect: &str) {
    assert_eq!(html_to_text(html), expect, "for {html:?}");
}

#[test]
fn html_reads_as_text() {
    check_text("<p>Hello</p><p>Bye</p>", "Hello\n\nBye");
    check_text("a<br>b<br><br>c", "a\nb\n\nc");
    check_text("<div>a</div><div>b</div>", "a\nb");
    check_text("  many \n  blanks\t here ", "many blanks here");
    check_text("<p>x &amp; y &lt;z&gt; &nbsp;&uuml; &#8364;</p>", "x & y <z> ü €");
    check_text("<ul><li>a<li>b<ul><li>c</ul></ul>d", "- a\n- b\n  - c\n\nd");
    check_text("<ol start=3><li>a</li><li>b</li></ol>", "3. a\n4. b");
    check_text(
        "<p>He said</p><blockquote><p>one</p><p>two</p></blockquote>me",
        "He said\n\n> one\n\n> two\n\nme",
    );
    check_text("<a href=\"https://a.example/x\">here</a>", "here <https://a.example/x>");
    check_text("<a href=\"https://a.example/\">https://a.example</a>", "https://a.example");
    check_text("<a href=\"https://a.example/\">a.example</a>", "a.example");
    check_text("<a href=\"mailto:a@b.example\">a@b.example</a>", "a@b.example");
    check_text("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc");
    check_text("<img alt=\"Our  logo\" src=x><img src=y>", "[Our logo]");
    check_text("<pre>a\n  b</pre>", "a\n  b");
    check_text("a<hr>b", "a\n\n---\n\nb");
    check_text("<style>p{}</style><script>x</script><title>t</title>y", "y");
    check_text("<p>\u{200c}\u{200c} hi</p>", "hi");
    check_text("<a href=\"https://a.example/x\">here<br></a>now", "here <https://a.example/x>\nnow");
    check_text("<p>a</p><p>&nbsp;</p><p>b</p>", "a\n\nb");
    check_text("", "");
}

#[test]
fn paragraphs_of_outlook_stand_as_they_were_meant() {
    let html = "<p class=MsoNormal>Hello,<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>\
                <p class=\"x_MsoNormal\" style='color:red;mso-x:y'>one</p><p class=MsoNormal style='margin-left:36pt'>two</p><p>three</p>";
    check_text(html, "Hello,\n\none\n\ntwo\n\nthree");
    let clean = sanitise(html);
    assert!(clean.starts_with("<p style=\"margin:0\">Hello,</p>"), "{clean}");
    assert!(
        clean.contains("<p style=\"margin:0;color:red\">one</p>") && clean.contains("margin-left:36pt"),
        "{clean}"
    );
    check_text("<p class=MsoNormal>a</p><p class=MsoNormal>b</p>", "a\nb");
}

/// What the programs write, and what of it carries meaning.
fn keeps(html: &str, kept: &[&str], gone: &[&str]) {
    let clean = sanitise(html);
    for piece in kept {
        assert!(clean.contains(piece), "{piece:?} of {html:?} is gone: {clean}");
    }
    for piece in gone {
        assert!(!clean.contains(piece), "{piece:?} of {html:?} is left: {clean}");
    }
}

#[test]
fn html_of_outlook_and_gmail_keeps_its_meaning() {
    // Outlook: conditional comments, namespaces, lists made of spans, tables.
    keeps(
        "<!--[if gte mso 9]><xml><o:x>office</o:x></xml><![endif]--><![if !supportLists]><span style='font-family:Symbol'>·\
         </span><![endif]>Point<!--[if !mso]><!--><i>modern</i><!--<![endif]--><!--[if mso]>old<![endif]--><v:shape><v:imagedata \
         src=\"cid:a\"/></v:shape><table border=1 style='border-collapse:collapse'><td style='border:solid windowtext 1.0pt'>A",
        &[
            "·",
            "Point",
            "<i>modern</i>",
            "border=\"1\"",
            "border-collapse:collapse",
            "border:solid windowtext 1.0pt",
            "A</td>",
        ],
        &["office", "old", "endif", "v:"],
    );
    // Gmail: signature, quote, inline picture, tracking pixel.
    keeps(
        "<div dir=ltr>Hi<div class=gmail_signature>Ann</div><blockquote class=gmail_quote style='margin:0px;border-left:1px solid \
         rgb(204,204,204)'>old</blockquote><img src='cid:ii_1' width=542><img src='https://t.example/p.gif' width=1>",
        &[
            "dir=\"ltr\"",
            "Ann",
            "<blockquote",
            "rgb(204, 204, 204)",
            "src=\"cid:ii_1\"",
            "data-remote-src=\"https://t.example/p.gif\"",
        ],
        &[" src=\"https"],
    );
}

#[test]
fn html_of_other_programs_keeps_its_meaning() {
    // Apple Mail, Yahoo, Thunderbird.
    keeps(
        "<body class=ApplePlainTextBody>a<span class=Apple-tab-span style='white-space:pre'>\t</span>b<blockquote type=cite>q",
        &["white-space:pre", "\t", "type=\"cite\""],
        &["Apple"],
    );
    keeps(
        "<div class=yahoo-style-wrap style='font-family:Helvetica Neue;font-size:13px'><div id=yahoo_quoted>On Monday</div></div>",
        &["font-size:13px", "On Monday"],
        &["yahoo"],
    );
    keeps(
        "<pre class=moz-quote-pre wrap>a\n  b</pre><font color=red size=4 face=Arial>big</font><ol start=3 type=a><li value=7>c</ol>\
         <s>gone</s><sup>2</sup><dl><dt>t<dd>d</dl>",
        &[
            "a\n  b",
            "color=\"red\"",
            "face=\"Arial\"",
            "start=\"3\"",
            "type=\"a\"",
            "value=\"7\"",
            "<s>",
            "<sup>",
            "<dt>",
            "<dd>",
        ],
        &[],
    );
    // Newsletters: centred tables, right to left.
    keeps(
        "<center><table width=600 align=center bgcolor=#eeeeee><tr><td background='http://x/y.png' style='background:#fff'>A\
         <tr><td dir=rtl align=right>مرحبا",
        &[
            "<center>",
            "width=\"600\"",
            "bgcolor=\"#eeeeee\"",
            "background-color:#fff",
            "dir=\"rtl\"",
            "مرحبا",
        ],
        &["y.png"],
    );
}

fn check_html(text: &str, expect: &str) {
    assert_eq!(text_to_html(text), expect, "for {text:?}");
    let (kept, clean) = (html_to_text(expect), sanitise(expect));
    assert_eq!(html_to_text(&clean), kept, "for {text:?}");
}

#[test]
fn text_becomes_paragraphs_and_links() {
    let link = |target: &str, words: &str| {
        format!("<a href=\"{target}\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">{words}</a>")
    };
    check_html("a\nb\r\n\r\n\nc", "<p>a<br>b</p><p>c</p>");
    check_html("<script>&\"'", "<p>&lt;script&gt;&amp;&quot;&#39;</p>");
    check_html("  x   y", "<p>\u{a0}\u{a0}x \u{a0}\u{a0}y</p>");
    check_html(
        "see https://a.example/x?y=1&z.",
        &format!("<p>see {}.</p>", link("https://a.example/x?y=1&amp;z", "https://a.example/x?y=1&amp;z")),
    );
    check_html(
        "(http://a.example/(x))",
        &format!("<p>({})</p>", link("http://a.example/(x)", "http://a.example/(x)")),
    );
    check_html(
        "<www.a.example>",
        &format!("<p>&lt;{}&gt;</p>", link("https://www.a.example", "www.a.example")),
    );
    check_html(
        "to ann@x.example, please",
        &format!("<p>to {}, please</p>", link("mailto:ann@x.example", "ann@x.example")),
    );
    check_html(
        "a@b x@y. https:// www. javascript:alert(1)",
        "<p>a@b x@y. https:// www. javascript:alert(1)</p>",
    );
    check_html("", "");
}

#[test]
fn previews_are_short_and_on_one_line() {
    let check =
        |text: &str, most: usize, expect: &str| assert_eq!(preview(text, most), expect, "for {text:?}");
    check("Hello\n  there", 100, "Hello there");
    check("Hello there Ann", 12, "Hello there…");
    check("Hello there Ann", 11, "Hello…");
    check("Hello there Ann", 10, "Hello…");
    check("abcdefghij", 5, "abcd…");
    check("Ü\u{7}ü", 5, "Üü");
    check("abc", 3, "abc");
    check("abcd", 1, "…");
    check("abc", 0, "");
    check("", 5, "");
}
