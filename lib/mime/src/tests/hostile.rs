//! Mail that wants to hurt: nesting, floods, absurd lengths, random bytes.

use std::fmt::Write;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use crate::{Limits, Mail, Outgoing, Problem, automatic, content_hash, read};

/// Generous for an unoptimised build on a busy machine; quadratic work would take minutes.
const PATIENCE: Duration = Duration::from_secs(20);

fn quick(raw: &[u8]) -> Mail {
    let begun = Instant::now();
    let mail = read(raw, &Limits::default());
    let _ = (content_hash(raw), automatic(&mail));
    assert!(begun.elapsed() < PATIENCE, "{:?} for {} bytes", begun.elapsed(), raw.len());
    mail
}

fn size(mail: &Mail) -> usize {
    let parts: usize = mail.parts.iter().map(|part| part.bytes.len() + part.name.len()).sum();
    parts + mail.text.as_ref().map_or(0, String::len) + mail.html.as_ref().map_or(0, String::len)
}

#[test]
fn every_way_of_hurting_gives_a_mail() {
    for kind in &hostile::KINDS {
        let raw = (kind.make)(300 * 1024);
        let mail = quick(&raw);
        assert_eq!(mail.from.first().map(|from| from.email.as_str()), Some("a@x.example"), "{}", kind.name);
        // Rich text unpacks to nine times itself at most, UTF-7 to four times.
        assert!(size(&mail) <= raw.len() * 10, "{}: {} of {}", kind.name, size(&mail), raw.len());
    }
}

#[test]
fn what_is_packed_stays_packed() {
    for kind in hostile::KINDS.iter().filter(|kind| kind.name.contains("unpacks")) {
        let raw = (kind.make)(100 * 1024);
        let mail = quick(&raw);
        assert_eq!(mail.parts.len(), 1, "{}", kind.name);
        assert!(mail.parts[0].bytes.len() < raw.len());
    }
}

#[test]
fn every_charset_bears_bytes_that_it_has_not() {
    for (label, raw) in hostile::charsets() {
        let mail = quick(&raw);
        assert!(mail.text.is_some_and(|text| !text.is_empty() && !text.contains('\0')), "{label}");
        assert!(!mail.subject.contains(char::is_control), "{label}");
    }
}

#[test]
fn ten_thousand_nested_multiparts_become_one_attachment() {
    let mut raw = String::from("From: a@x.example\r\n");
    for level in 0..10_000 {
        let _ = write!(raw, "Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n");
    }
    raw.push_str("\r\nthe end");
    let mail = quick(raw.as_bytes());
    assert!(mail.problems.contains(&Problem::TooDeep), "{:?}", mail.problems);
    assert!(mail.parts[0].bytes.ends_with(b"the end"));
}

#[test]
fn nested_messages_are_one_attachment() {
    let raw = "Content-Type: message/rfc822\r\n\r\n".repeat(100_000);
    let mail = quick(raw.as_bytes());
    assert_eq!(mail.parts.len(), 1);
}

#[test]
fn a_hundred_thousand_recipients_are_counted() {
    let list: Vec<String> = (0..100_000).map(|at| format!("Person {at} <p{at}@x.example>")).collect();
    let one = format!("To: {}\r\n\r\nHi", list.join(", "));
    let mail = quick(one.as_bytes());
    assert_eq!(mail.to.len(), 500);
    assert!(mail.problems.contains(&Problem::AddressesCut) && mail.problems.contains(&Problem::HeaderCut));

    let folded = format!("Cc: {}\r\n\r\nHi", list[..2_000].join(",\r\n "));
    let mail = quick(folded.as_bytes());
    assert_eq!((mail.cc.len(), mail.addresses_cut), (500, 1_500));

    let many: String = list.iter().map(|each| format!("To: {each}\r\n")).collect();
    assert_eq!(quick(many.as_bytes()).to.len(), 500);
}

#[test]
fn header_floods_are_bounded() {
    for raw in [
        format!("Subject: {}\r\n\r\nHi", "a".repeat(1 << 20)),
        format!("Subject: {}\r\n\r\nHi", "=?aa?Q?".repeat(200_000)),
        format!("To: {}\r\n\r\nHi", "=?aa?Q?".repeat(200_000)),
        format!("To: {}\r\n\r\nHi", "(".repeat(1 << 20)),
        format!("To: {}\r\n\r\nHi", "\"".repeat(1 << 20)),
        format!("To: {}\r\n\r\nHi", "<".repeat(1 << 20)),
        format!("To: {}\r\n\r\nHi", "a:".repeat(1 << 19)),
        format!("References: {}\r\n\r\nHi", "<a@b>".repeat(200_000)),
        format!("Content-Type: text/plain{}\r\n\r\nHi", "; a*1=b".repeat(100_000)),
        format!("Subject: a\r\n{}\r\nHi", " x\r\n".repeat(300_000)),
        format!("{}\r\nHi", "X: y\r\n".repeat(300_000)),
        format!("From: a@x\r\n{}\r\nHi", "no colon here\r\n".repeat(200_000)),
    ] {
        let mail = quick(raw.as_bytes());
        assert!(mail.subject.len() < 20_000 && mail.references.len() <= 100 && mail.to.len() <= 500);
    }
}

#[test]
fn a_long_address_list_keeps_its_first_address_and_its_sender() {
    let raw = format!("From: Ann <ann@x.example>\r\nTo: {}bo@x.example\r\n\r\nHi", "(x) ".repeat(100_000));
    assert_eq!(quick(raw.as_bytes()).from[0].email, "ann@x.example");
}

#[test]
fn part_floods_are_bounded() {
    let raw =
        format!("Content-Type: multipart/mixed; boundary=b\r\n\r\n{}", "--b\r\n\r\nx\r\n".repeat(200_000));
    let mail = quick(raw.as_bytes());
    assert!(mail.problems.contains(&Problem::PartsCut));
    assert!(size(&mail) < 10_000);

    let delimiters =
        format!("Content-Type: multipart/mixed; boundary=b\r\n\r\n{}", "--b\r\n".repeat(500_000));
    quick(delimiters.as_bytes());
}

#[test]
fn big_bodies_are_cut_and_say_so() {
    let raw = format!("Content-Type: text/html\r\n\r\n{}", "<p>x</p>\n".repeat(1 << 20));
    let mail = quick(raw.as_bytes());
    assert!(mail.problems.contains(&Problem::TextCut));
    assert!(size(&mail) <= 5 * 1024 * 1024 + 10);
}

/// Pieces of which hostile mails are made.
fn fragment() -> impl Strategy<Value = Vec<u8>> {
    let known = prop::sample::select(vec![
        "Content-Type: multipart/mixed; boundary=b\r\n",
        "Content-Type: multipart/alternative; boundary=\"c\"\r\n",
        "Content-Type: text/html; charset=utf-7\r\n",
        "Content-Type: message/rfc822\r\n",
        "Content-Type: ;;;=\r\n",
        "Content-Transfer-Encoding: base64\r\n",
        "Content-Transfer-Encoding: quoted-printable\r\n",
        "Content-Disposition: attachment; filename*0*=utf-8''%; filename*1=\"x\r\n",
        "--b\r\n",
        "--c\n",
        "--b--\r\n",
        "--c--",
        "\r\n",
        "\n",
        "\r",
        "To: a@b, (c \"d\" <e>\r\n",
        "From: =?utf-8?B?//8=?= <a@b>\r\n",
        "Subject: =?x?Q?=zz?=\r\n",
        "Date: 99 Foo 99999 99:99:99 +9999\r\n",
        "References: <a <b> c@d>\r\n",
        "AAAA====",
        "=3D=\r\n=X",
        "<blockquote type=cite>",
        "On 1.2.2026 a@b wrote:\r\n> x\r\n",
        "Auto-Submitted: \r\n",
        "\u{feff}",
        "Received: \r\n\t\r\n",
    ]);
    prop_oneof![
        4 => known.prop_map(|text| text.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..40),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_bytes_give_a_mail(pieces in prop::collection::vec(fragment(), 0..30)) {
        let raw = pieces.concat();
        let mail = read(&raw, &Limits::default());
        let _ = (content_hash(&raw), automatic(&mail));
        prop_assert!(size(&mail) <= raw.len() * 4 + 4_000);
        for part in &mail.parts {
            prop_assert!(!part.name.is_empty() && !part.name.contains(['/', '\\', '\0', '\n']));
        }
        for text in mail.text.iter().chain(&mail.html) {
            prop_assert!(!text.contains('\0'));
        }
    }

    #[test]
    fn what_was_read_can_be_answered(pieces in prop::collection::vec(fragment(), 0..30)) {
        let mail = read(&pieces.concat(), &Limits::default());
        let answer = Outgoing {
            message_id: "new@x.example".to_owned(),
            in_reply_to: mail.message_id,
            references: mail.references,
            date: jiff::Timestamp::UNIX_EPOCH,
            from: crate::Address::bare("desk@x.example"),
            to: vec![crate::Address::bare("ann@x.example")],
            cc: Vec::new(),
            reply_to: None,
            subject: mail.subject,
            text: mail.text.unwrap_or_default(),
            html: mail.html,
            attachments: Vec::new(),
            auto_submitted: None,
            headers: Vec::new(),
        };
        let raw = answer.write().unwrap();
        let read = read(&raw, &Limits::default());
        prop_assert_eq!(read.from, vec![answer.from]);
        prop_assert_eq!(read.to, answer.to);
    }
}
