//! What is written can be read again, and nothing can be smuggled in.

use jiff::Timestamp;
use proptest::prelude::*;

use crate::{Address, Attached, Limits, Outgoing, Refused, read};

fn outgoing() -> Outgoing {
    Outgoing {
        message_id: "new@desk.example".to_owned(),
        in_reply_to: None,
        references: Vec::new(),
        date: Timestamp::from_second(1_795_000_000).unwrap(),
        from: Address {
            name: Some("Bücher & Söhne, Kundendienst".to_owned()),
            email: "support@desk.example".to_owned(),
        },
        to: vec![Address::bare("ann@x.example")],
        cc: Vec::new(),
        reply_to: None,
        subject: "Ihre Lampe".to_owned(),
        text: "Guten Tag".to_owned(),
        html: None,
        attachments: Vec::new(),
        auto_submitted: None,
        headers: Vec::new(),
    }
}

fn well_formed(raw: &[u8]) {
    for line in raw.split_inclusive(|&byte| byte == b'\n') {
        assert!(line.len() <= 1_000, "a line of {}", line.len());
        assert!(line.ends_with(b"\r\n") || !line.contains(&b'\n'), "a bare line feed");
        let inner = line.strip_suffix(b"\r\n").unwrap_or(line);
        assert!(!inner.contains(&b'\r'), "a bare carriage return");
    }
}

#[test]
fn everything_written_is_read_again() {
    let mut mail = outgoing();
    mail.in_reply_to = Some("<q@x.example>".to_owned());
    mail.references = vec!["p@x.example".to_owned()];
    mail.cc = vec![Address { name: Some("Cé \"C\" D".to_owned()), email: "c@x.example".to_owned() }];
    mail.reply_to = Some(Address::bare("support+r.abc@desk.example"));
    mail.subject = "Größe ✓ [#12]".to_owned();
    mail.text = "Grüße\nund = mehr\n".to_owned();
    mail.html = Some("<p>Grüße <img src=\"cid:i@x\"></p>".to_owned());
    mail.auto_submitted = Some("auto-replied".to_owned());
    mail.headers = vec![("X-Loop".to_owned(), "desk.example".to_owned())];
    let file = |name: &str, kind: &str, id: Option<&str>| Attached {
        name: name.to_owned(),
        content_type: kind.to_owned(),
        content_id: id.map(str::to_owned),
        bytes: b"a\nb\r\nc\0\xff".to_vec(),
    };
    mail.attachments = vec![
        file("Übersicht 2026.csv", "text/csv", None),
        file("i.png", "image/png", Some("i@x")),
        file("../old.eml", "message/rfc822", None),
    ];
    let raw = mail.write().unwrap();
    well_formed(&raw);
    let read = read(&raw, &Limits::default());
    assert_eq!(read.problems, []);
    assert_eq!(read.message_id.as_deref(), Some("new@desk.example"));
    assert_eq!(read.in_reply_to, ["q@x.example"]);
    assert_eq!(read.references, ["p@x.example", "q@x.example"]);
    assert_eq!((&read.from[0], &read.cc), (&mail.from, &mail.cc));
    assert_eq!(read.reply_to[0].email, "support+r.abc@desk.example");
    assert_eq!(read.subject, mail.subject);
    assert_eq!(read.date, Some(mail.date));
    assert_eq!(read.text.as_deref(), Some("Grüße\nund = mehr\n"));
    assert_eq!(read.html, mail.html);
    assert_eq!(read.signs.auto_submitted.as_deref(), Some("auto-replied"));
    assert_eq!(read.signs.loops, ["desk.example"]);
    let parts: Vec<_> =
        read.parts.iter().map(|part| (part.name.as_str(), part.content_type.as_str(), part.inline)).collect();
    assert_eq!(
        parts,
        [
            ("i.png", "image/png", true),
            ("Übersicht 2026.csv", "text/csv", false),
            ("old.eml", "application/octet-stream", false),
        ]
    );
    assert!(read.parts.iter().all(|part| part.bytes == b"a\nb\r\nc\0\xff"));
    assert_eq!(raw, mail.write().unwrap(), "writing again gives the same bytes");
}

#[test]
fn line_breaks_open_no_header() {
    let evil = "x\r\nBcc: victim@x.example\r\n\r\nbody";
    let mut mail = outgoing();
    mail.subject = evil.to_owned();
    mail.to[0].name = Some(evil.to_owned());
    mail.auto_submitted = Some(evil.to_owned());
    mail.headers = vec![("X-Note".to_owned(), evil.to_owned())];
    mail.attachments = vec![Attached {
        name: evil.to_owned(),
        content_type: evil.to_owned(),
        content_id: Some(evil.to_owned()),
        bytes: Vec::new(),
    }];
    mail.references = vec![evil.to_owned()];
    let raw = mail.write().unwrap();
    let text = String::from_utf8(raw.clone()).unwrap();
    assert!(!text.lines().any(|line| line.starts_with("Bcc")), "{text}");
    assert_eq!(read(&raw, &Limits::default()).text.as_deref(), Some("Guten Tag"));
}

#[test]
fn what_can_not_be_written_is_refused() {
    for email in [
        "",
        "ann",
        "@x.example",
        "ann@",
        "a b@x.example",
        "a@x.example\r\nX: y",
        "a@x>, <b@y.example",
        "\"a\"@x.example",
        "a,b@x.example",
    ] {
        let mut mail = outgoing();
        mail.to = vec![Address::bare(email)];
        assert_eq!(mail.write(), Err(Refused::Address(email.to_owned())), "{email:?}");
    }
    for name in ["Bcc", "content-type", "X Y", "", "X:", "Subject", "X\r\nY"] {
        let mut mail = outgoing();
        mail.headers = vec![(name.to_owned(), "x".to_owned())];
        assert_eq!(mail.write(), Err(Refused::Header(name.to_owned())), "{name:?}");
    }
    for id in ["", "<>", "a b", "a\r\nb", "ä@x"] {
        let mut mail = outgoing();
        mail.message_id = id.to_owned();
        assert_eq!(mail.write(), Err(Refused::MessageId), "{id:?}");
    }
}

#[test]
fn references_keep_the_first_and_the_last() {
    let mut mail = outgoing();
    mail.references = (0..1_000).map(|at| format!("{at}@x.example")).collect();
    mail.in_reply_to = Some("999@x.example".to_owned());
    let raw = mail.write().unwrap();
    well_formed(&raw);
    let read = read(&raw, &Limits::default());
    assert_eq!(read.references.len(), 21);
    assert_eq!((read.references[0].as_str(), read.references[1].as_str()), ("0@x.example", "980@x.example"));
    assert_eq!(read.references[20], "999@x.example");
}

#[test]
fn unicode_addresses_are_reported() {
    let mut mail = outgoing();
    assert!(!mail.needs_smtputf8());
    mail.cc = vec![Address::bare("jürgen@bücher.example")];
    assert!(mail.needs_smtputf8());
    let read = read(&mail.write().unwrap(), &Limits::default());
    assert_eq!(read.cc, mail.cc);
}

#[test]
fn recipients_may_be_many() {
    let mut mail = outgoing();
    mail.to = (0..300)
        .map(|at| Address { name: Some(format!("Person Nr. {at}")), email: format!("p{at}@x.example") })
        .collect();
    let raw = mail.write().unwrap();
    well_formed(&raw);
    assert_eq!(read(&raw, &Limits::default()).to, mail.to);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_words_survive(subject in "\\PC{0,300}", name in "\\PC{0,80}", text in "(\\PC|\n){0,2000}", html in "(\\PC|\n){1,500}") {
        let mut mail = outgoing();
        mail.subject = subject.clone();
        mail.to[0].name = Some(name.clone());
        mail.text = format!("x{text}");
        mail.html = Some(format!("x{html}"));
        let raw = mail.write().unwrap();
        well_formed(&raw);
        let read = read(&raw, &Limits::default());
        let words = |text: &str| text.split_whitespace().collect::<String>();
        prop_assert_eq!(words(&read.subject), words(&subject));
        prop_assert_eq!(words(read.to[0].name.as_deref().unwrap_or_default()), words(&name));
        prop_assert_eq!(&read.to[0].email, "ann@x.example");
        prop_assert_eq!(read.text, Some(mail.text.clone()));
        prop_assert_eq!(&read.html, &mail.html);
    }

    #[test]
    fn long_words_keep_lines_short(letter in "[a-zü=?]", count in 1_usize..3_000) {
        let mut mail = outgoing();
        mail.subject = letter.repeat(count);
        mail.to[0].name = Some(letter.repeat(count));
        mail.text = letter.repeat(count);
        mail.headers = vec![("X-Note".to_owned(), letter.repeat(count))];
        well_formed(&mail.write().unwrap());
    }
}
