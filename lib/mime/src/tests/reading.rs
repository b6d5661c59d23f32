//! What is understood of mails as programs write them.

use crate::{Address, Limits, Mail, Problem, read};

fn mail(text: &str) -> Mail {
    read(text.replace('\n', "\r\n").as_bytes(), &Limits::default())
}

fn address(name: &str, email: &str) -> Address {
    Address { name: (!name.is_empty()).then(|| name.to_owned()), email: email.to_owned() }
}

#[test]
fn a_plain_mail_is_read_whole() {
    let mail = mail(
        "Return-Path: <ann@a.example>\nReceived: from a by b\nReceived: from b by c\n\
         From: \"Ann Lee\" <ann@a.example>\nSender: bot@a.example\nReply-To: Ann <answers@a.example>\n\
         To: Bo <bo@b.example>, carl@c.example (Carl)\nCc: Team: dora@d.example, Emil <emil@e.example>;\n\
         Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= from Ann\nDate: Sun, 22 Nov 2026 03:04:05 +0100\n\
         Message-ID: <one@a.example>\nIn-Reply-To: <zero@b.example>\nReferences: <minus@b.example>\n <zero@b.example>\n\
         Content-Language: de-DE, en\n\nHello Bo,\nbye.\n",
    );
    assert_eq!(mail.message_id.as_deref(), Some("one@a.example"));
    assert_eq!(mail.in_reply_to, ["zero@b.example"]);
    assert_eq!(mail.references, ["minus@b.example", "zero@b.example"]);
    assert_eq!(mail.from, [address("Ann Lee", "ann@a.example")]);
    assert_eq!(mail.sender, Some(address("", "bot@a.example")));
    assert_eq!(mail.reply_to, [address("Ann", "answers@a.example")]);
    assert_eq!(mail.to, [address("Bo", "bo@b.example"), address("Carl", "carl@c.example")]);
    assert_eq!(mail.cc, [address("", "dora@d.example"), address("Emil", "emil@e.example")]);
    assert_eq!(mail.subject, "Grüße from Ann");
    assert_eq!(mail.date.map(|date| date.to_string()).as_deref(), Some("2026-11-22T02:04:05Z"));
    assert_eq!(mail.text.as_deref(), Some("Hello Bo,\nbye.\n"));
    assert_eq!((mail.html, mail.received), (None, 2));
    assert_eq!(mail.signs.return_path.as_deref(), Some("ann@a.example"));
    assert_eq!(mail.languages, ["de-DE", "en"]);
    assert_eq!(mail.problems, []);
}

#[test]
fn alternatives_related_images_and_attachments_find_their_places() {
    let mail = mail(
        "From: a@x.example\nContent-Type: multipart/mixed; boundary=out\n\n--out\n\
         Content-Type: multipart/alternative; boundary=\"alt er\"\n\n--alt er\nContent-Type: text/plain\n\nHi plain\n\
         --alt er\nContent-Type: multipart/related; boundary=rel\n\n--rel\nContent-Type: text/html\n\n<p>Hi <img src=cid:i@x>\n\
         --rel\nContent-Type: image/png\nContent-ID: <i@x>\nContent-Transfer-Encoding: base64\n\nAAEC\n--rel--\n--alt er--\n\
         --out\nContent-Type: application/pdf; name=\"=?utf-8?B?w7wucGRm?=\"\nContent-Disposition: attachment\n\
         Content-Transfer-Encoding: base64\n\nJVBERg==\n--out\nContent-Type: message/rfc822\n\n\
         Subject: Inner\nContent-Type: multipart/mixed; boundary=in\n\n--in\n\ninner text\n--in--\n--out--\n",
    );
    assert_eq!(mail.text.as_deref(), Some("Hi plain"));
    assert_eq!(mail.html.as_deref(), Some("<p>Hi <img src=cid:i@x>"));
    let parts: Vec<_> = mail
        .parts
        .iter()
        .map(|part| (part.name.as_str(), part.content_type.as_str(), part.inline, part.bytes.len()))
        .collect();
    assert_eq!(parts[0], ("attachment.png", "image/png", true, 3));
    assert_eq!(parts[1], ("ü.pdf", "application/pdf", false, 4));
    assert_eq!((parts[2].0, parts[2].1, parts[2].2), ("Inner.eml", "message/rfc822", false));
    assert_eq!(mail.parts[0].content_id.as_deref(), Some("i@x"));
    assert!(mail.parts[2].bytes.ends_with(b"--in--"));
    assert_eq!(mail.problems, []);
}

#[test]
fn text_around_html_is_kept_in_the_html() {
    let mail = mail(
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>Hi</p>\n\
         --b\nContent-Type: text/plain\n\nList footer <x>\n--b--\n",
    );
    assert_eq!(mail.text, None);
    let html = mail.html.expect("it has HTML");
    assert!(html.contains("<p>Hi</p>") && html.contains("List footer &lt;x&gt;"), "{html}");
}

fn check_text(header: &str, body: &[u8], expect: &str) {
    let raw = [format!("From: a@x.example\r\n{header}\r\n\r\n").as_bytes(), body].concat();
    let mail = read(&raw, &Limits::default());
    assert_eq!(mail.text.as_deref(), Some(expect), "for {header:?}: {:?}", mail.problems);
}

#[test]
fn encodings_and_charsets_are_decoded() {
    check_text("Content-Type: text/plain; charset=iso-8859-1", b"Gr\xfc\xdfe", "Grüße");
    check_text("Content-Type: text/plain", b"Gr\xfc\xdfe", "Grüße");
    check_text("Content-Type: text/plain; charset=us-ascii", "Grüße".as_bytes(), "Grüße");
    check_text("Content-Type: text/plain; charset=utf-8", b"Gr\xc3\xbc\xff", "Grü\u{fffd}");
    check_text("Content-Type: text/plain; charset=koi8-r", b"\xf0\xd2\xc9\xd7\xc5\xd4", "Привет");
    check_text("Content-Type: text/plain; charset=iso-2022-jp", b"\x1b$B$3$s\x1b(B", "こん");
    check_text("Content-Type: text/plain; charset=gb2312", b"\xc4\xe3\xba\xc3", "你好");
    check_text("Content-Type: text/plain; charset=big5", b"\xa7A\xa6n", "你好");
    check_text("Content-Type: text/plain; charset=no-such-set", "Grüße".as_bytes(), "Grüße");
    check_text("Content-Transfer-Encoding: quoted-printable", b"a=\r\nb =3D =zz", "ab = =zz");
    check_text("Content-Transfer-Encoding: base64", b"SGVsbG8=\r\n-- list footer --", "Hello");
    check_text("Content-Type: text/plain; charset=utf-8", b"\xef\xbb\xbfa\0b\rc", "ab\nc");
}

#[test]
fn subjects_and_names_in_raw_bytes_are_read() {
    let mail = read(b"From: J\xfcrgen <j@x.example>\r\nSubject: Gr\xfc\xdfe\r\n\r\n", &Limits::default());
    assert_eq!(mail.from, [address("Jürgen", "j@x.example")]);
    assert_eq!(mail.subject, "Grüße");
}

#[test]
fn broken_multiparts_lose_nothing() {
    let without_boundary = mail("Content-Type: multipart/mixed\n\nJust text\n");
    assert_eq!(without_boundary.text.as_deref(), Some("Just text\n"));
    assert_eq!(without_boundary.problems, [Problem::NoBoundary]);

    let guessed = mail("Content-Type: multipart/mixed\n\n--x1\nContent-Type: text/plain\n\nText\n--x1--\n");
    assert_eq!(guessed.text.as_deref(), Some("Text"));

    let wrong = mail("Content-Type: multipart/mixed; boundary=a\n\nOnly\n--b\n\nthis\n--b--\n");
    assert!(wrong.text.is_some_and(|text| text.contains("Only") && text.contains("this")));

    let cut = mail(
        "Content-Type: multipart/mixed; boundary=a\n\n--a\n\nText\n--a\nContent-Disposition: attachment\n\nhal",
    );
    assert_eq!(cut.text.as_deref(), Some("Text"));
    assert_eq!(cut.parts[0].bytes, b"hal");
    assert_eq!(cut.problems, [Problem::Truncated]);
}

#[test]
fn broken_headers_keep_the_fields_behind_them() {
    let mail =
        mail("From: a@x.example\nSubject: a long subject that\nwas broken here\nTo: b@x.example\n\nText");
    assert_eq!(mail.subject, "a long subject that was broken here");
    assert_eq!(mail.to, [address("", "b@x.example")]);
    assert_eq!(mail.problems, [Problem::BrokenHeader]);
    assert_eq!(mail.text.as_deref(), Some("Text"));
}

#[test]
fn addresses_in_their_odd_forms_are_read() {
    let check = |field: &str, expect: &[Address]| {
        assert_eq!(mail(&format!("To: {field}\n\n")).to, expect, "for {field:?}");
    };
    check("undisclosed-recipients:;", &[]);
    check("", &[]);
    check("root", &[address("root", "")]);
    check("<a@x.example>", &[address("", "a@x.example")]);
    check("\"Lee, Ann\" <a@x.example>", &[address("Lee, Ann", "a@x.example")]);
    check("=?utf-8?Q?M=C3=BCller=2C_A?= <a@x.example>", &[address("Müller, A", "a@x.example")]);
    check("a@x.example,,b@x.example,", &[address("", "a@x.example"), address("", "b@x.example")]);
    check("ünï@bücher.example", &[address("", "ünï@bücher.example")]);
    check("\"a@x.example\"", &[address("", "a@x.example")]);
}

#[test]
fn ids_without_brackets_are_found() {
    let mail = mail("Message-ID: abc@x.example\nReferences: <a@x><b@x>\n  c\n\n");
    assert_eq!(mail.message_id.as_deref(), Some("abc@x.example"));
    assert_eq!(mail.references, ["a@x", "b@x"]);
}
