//! Files, links and words that are suspicious by themselves.

use crate::{Link, Reason, Sample, Standing, host_of, is_risky_file, links, misleads, score, signs};

#[test]
fn programs_and_hidden_endings_are_risky() {
    for name in
        ["a.exe", "Invoice.PDF.exe", "x.pdf.html", "macro.docm", "disk.iso", "run.js ", "gpj.\u{202e}exe.x"]
    {
        assert!(is_risky_file(name), "{name}");
    }
    for name in ["a.pdf", "report.docx", "photo.jpg", "exe", "notes.txt", "page.html", "v1.2.zip", "", "name"]
    {
        assert!(!is_risky_file(name), "{name}");
    }
}

#[test]
fn hosts_are_read_without_what_hides_them() {
    for (address, host) in [
        ("https://www.Shop.example/a?b", Some("shop.example")),
        ("http://shop.example@evil.test:81/", Some("evil.test")),
        ("https://[::1]:8/", Some("::1")),
        ("http://evil.test\\@shop.example/", Some("evil.test")),
        ("mailto:a@b.example", None),
        ("https://", None),
    ] {
        assert_eq!(host_of(address).as_deref(), host, "{address}");
    }
}

#[test]
fn words_that_name_another_host_mislead() {
    let link = |words: &str, host: &str| Link { words: words.into(), host: host.into() };
    for (words, host, wrong) in [
        ("https://bank.example/login", "evil.test", true),
        ("bank.com", "evil.test", true),
        ("www.bank.com/login", "evil.test", true),
        ("bank.com", "mail.bank.com", false),
        ("login.bank.com", "bank.com", false),
        ("Click here", "evil.test", false),
        ("report.pdf", "files.test", false),
        ("Version 2.0", "files.test", false),
        ("ann@bank.com", "evil.test", false),
    ] {
        assert_eq!(misleads(&link(words, host)).is_some(), wrong, "{words} → {host}");
    }
}

#[test]
fn links_are_found_in_html_and_in_text() {
    let html = r#"<p><a href="https://a.example/x?a=1&amp;b" rel="x">See <b>here</b></a></p>"#;
    assert_eq!(links(html, ""), [Link { host: "a.example".into(), words: "See here".into() }]);
    assert_eq!(links("", "see (https://b.example/)")[0].host, "b.example");
}

#[test]
fn each_sign_stands_among_the_reasons_heaviest_first() {
    let files = ["invoice.pdf.exe".to_owned()];
    let sample = Sample {
        from_address: "x@evil.test",
        subject: "URGENT: YOUR ACCOUNT IS CLOSED!!!!",
        html: r#"<a href="http://203.0.113.7/">https://bank.example</a>"#,
        text: "https://bank.example",
        files: &files,
        ..Sample::default()
    };
    let (sum, reasons) = score(signs(&sample), Standing::Forged, Some(0.999));
    let codes: Vec<&str> = reasons.iter().map(|reason| reason.code.as_str()).collect();
    for code in
        ["risky_file", "misleading_link", "link_to_number", "subject_shouts", "subject_marks", "no_date"]
    {
        assert!(codes.contains(&code), "{code} in {codes:?}");
    }
    assert_eq!(codes[..2], ["learned_spam", "sender_forged"]);
    assert_eq!(sum, reasons.iter().map(|reason| reason.points).sum::<i64>());
    assert!(sum > 100);
}

#[test]
fn an_ordinary_mail_has_no_signs() {
    let sample = Sample {
        from_name: "Bo Carlsson",
        from_address: "bo@b.example",
        subject: "My lamp does not glow any more",
        text: "Hello, I bought a lamp in May. It does not glow. What can I do? Regards, Bo",
        named_us: true,
        has_date: true,
        has_message_id: true,
        ..Sample::default()
    };
    assert_eq!(signs(&sample), Vec::<Reason>::new());
}
