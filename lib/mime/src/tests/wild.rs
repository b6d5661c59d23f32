//! Mail as it is found in the wild: broken header fields, odd charsets, packed and protected parts.

use crate::{Address, Limits, Mail, Problem, read};

fn mail(raw: &[u8]) -> Mail {
    read(raw, &Limits::default())
}

fn with_header(header: &str) -> Mail {
    mail(format!("{header}\r\n\r\n").as_bytes())
}

#[test]
fn encoded_words_are_read_in_all_their_broken_forms() {
    for (subject, expect) in [
        ("=?utf-8?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?UTF-8?b?R3LDvMOfZQ==?=", "Grüße"),
        // Cut inside a character, in both encodings, with and without space between.
        ("=?utf-8?Q?Gr=C3?= =?utf-8?Q?=BC=C3=9Fe?=", "Grüße"),
        ("=?utf-8?B?R3LD?=\r\n =?utf-8?B?vMOfZQ==?=", "Grüße"),
        ("=?utf-8?Q?a?==?utf-8?Q?b?=", "ab"),
        ("=?utf-8?Q?a?= =?iso-8859-1?Q?=FC?= c", "aü c"),
        ("Re: =?utf-8?Q?=C3=A9t=C3=A9?= et fin", "Re: été et fin"),
        // Spaces, question marks and underscores inside.
        ("=?utf-8?Q?Wie geht es?=", "Wie geht es"),
        ("=?utf-8?Q?Wie_geht_es=3F?=", "Wie geht es?"),
        ("=?utf-8?Q?_a_?=", "a"),
        // Padding that is wrong, missing, or in the middle.
        ("=?utf-8?B?R3LDvMOfZQ?=", "Grüße"),
        ("=?utf-8?B?R3LDvMOfZQ=?=", "Grüße"),
        ("=?utf-8?B?R3LDvMOfZQ====?=", "Grüße"),
        ("=?utf-8?B?YQ==Yg==?=", "ab"),
        // No charset, an unknown one, a language, a wrong one.
        ("=??Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?x-none?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?utf-8*de?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?iso-8859-1?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?utf-8?Q?Gr=FC=DFe_aus_M=FCnchen?=", "Grüße aus München"),
        // Cut off, or not meant to be one.
        ("=?utf-8?Q?Gr=C3=BC=C3=9Fe", "Grüße"),
        ("=?utf-8?Q?Gr=C3=BC=C3=9Fe and more", "Grüße and more"),
        ("a =? b ?= c", "a =? b ?= c"),
        ("=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
        ("50 =3D half", "50 =3D half"),
        ("=?utf-8?Q?=zz=4?=", "=zz=4"),
        // Other charsets; two Japanese words leave two escape sequences in a row.
        ("=?iso-2022-jp?B?GyRCJDMbKEI=?= =?iso-2022-jp?B?GyRCJHMbKEI=?=", "こん"),
        ("=?koi8-r?B?8NLJ18XU?=", "Привет"),
        ("=?gb2312?B?xOO6ww==?=", "你好"),
        ("=?big5?B?p0GmbqE=?=", "你好\u{fffd}"),
        ("=?utf-7?Q?Gr+APwA3w-e?=", "Grüße"),
        ("=?windows-1256?B?49HNyMc=?=", "مرحبا"),
        ("=?macintosh?Q?=8Arger?=", "ärger"),
    ] {
        assert_eq!(with_header(&format!("Subject: {subject}")).subject, expect, "for {subject:?}");
    }
}

#[test]
fn names_of_files_are_found_in_all_their_broken_forms() {
    for (fields, expect) in [
        ("Content-Disposition: attachment; filename=\"a b.pdf\"", "a b.pdf"),
        ("Content-Disposition: attachment; filename=a b.pdf", "a b.pdf"),
        ("Content-Disposition: attachment; filename*=utf-8''M%C3%A4rz.pdf", "März.pdf"),
        (
            "Content-Disposition: attachment; filename*=utf-8'de'M%C3%A4rz.pdf; filename=\"Maerz.pdf\"",
            "März.pdf",
        ),
        ("Content-Disposition: attachment; filename*=M%C3%A4rz.pdf", "März.pdf"),
        ("Content-Disposition: attachment; filename*=iso-8859-1''M%E4rz.pdf", "März.pdf"),
        (
            "Content-Disposition: attachment; filename*0*=utf-8''M%C3; filename*1*=%A4rz; filename*2=.pdf",
            "März.pdf",
        ),
        ("Content-Disposition: attachment; filename*1=\"rz.pdf\"; filename*0=\"Mae\"", "Maerz.pdf"),
        ("Content-Disposition: attachment; filename*0=\"Mae\"; filename*2=\".pdf\"", "Mae.pdf"),
        ("Content-Disposition: attachment; filename=\"=?utf-8?Q?M=C3=A4rz.pdf?=\"", "März.pdf"),
        ("Content-Disposition: attachment; filename==?utf-8?B?TcOkcnoucGRm?=", "März.pdf"),
        (
            "Content-Disposition: attachment; filename=\"=?utf-8?Q?M=C3=A4?=\r\n =?utf-8?Q?rz.pdf?=\"",
            "März.pdf",
        ),
        ("Content-Disposition: attachment;\r\n filename=\"C:\\Users\\Ann\\a.pdf\"", "a.pdf"),
        ("Content-Disposition: attachment; filename=\"a;b.pdf\"; size=3", "a;b.pdf"),
        ("Content-Disposition: attachment; filename=\"a.pdf; size=3", "a.pdf"),
        ("Content-Disposition: attachment; FILENAME = \"a.pdf\"", "a.pdf"),
        ("Content-Disposition: attachment filename=\"a.pdf\"", "a.pdf"),
        ("Content-Disposition: attachment; filename=\"a \\\"b\\\".pdf\"", "a _b_.pdf"),
        (
            "Content-Disposition: attachment; filename=\"\"\r\nContent-Type: image/png; name=\"a.png\"",
            "a.png",
        ),
        ("Content-Disposition: attachment\r\nContent-Type: image/png; name==?utf-8?Q?=C3=A4.png?=", "ä.png"),
        ("Content-Type: image/png\r\nContent-Location: http://x.example/pictures/a.png?x=1", "a.png"),
        ("Content-Type: image/png", "attachment.png"),
        ("Content-Type: image/png name=a.png", "a.png"),
    ] {
        let read = with_header(&format!("From: a@x.example\r\n{fields}"));
        assert_eq!(read.parts.first().map(|part| part.name.as_str()), Some(expect), "for {fields:?}");
    }
    let raw = b"Content-Disposition: attachment; filename=\"M\xe4rz.pdf\"\r\n\r\n";
    assert_eq!(mail(raw).parts[0].name, "März.pdf");
}

#[test]
fn lists_of_addresses_are_read_in_all_their_broken_forms() {
    let of = |name: &str, email: &str| Address {
        name: Some(name.to_owned()).filter(|n| !n.is_empty()),
        email: email.to_owned(),
    };
    for (field, expect) in [
        ("Joe Q. Public <joe@x.example>", vec![of("Joe Q. Public", "joe@x.example")]),
        ("<@a.example,@b.example:joe@x.example>", vec![of("", "joe@x.example")]),
        ("joe @ x . example", vec![of("", "joe@x.example")]),
        ("joe@x.example bo@x.example", vec![of("", "joe@x.example"), of("", "bo@x.example")]),
        ("joe@x.example; bo@x.example", vec![of("", "joe@x.example"), of("", "bo@x.example")]),
        ("Lee, Ann <ann@x.example>", vec![of("Lee", ""), of("Ann", "ann@x.example")]),
        ("\"'ann@x.example'\" <ann@x.example>", vec![of("", "ann@x.example")]),
        ("'ann@x.example'", vec![of("", "ann@x.example")]),
        ("ann@x.example (Ann (the first) Lee)", vec![of("Ann (the first) Lee", "ann@x.example")]),
        ("Ann <<ann@x.example>>", vec![of("Ann", "ann@x.example")]),
        ("Ann <ann@x.example", vec![of("Ann", "ann@x.example")]),
        ("Ann <ann@x.example, Bo <bo@x.example>", vec![of("Ann", "ann@x.example"), of("Bo", "bo@x.example")]),
        ("<mailto:ann@x.example>", vec![of("", "ann@x.example")]),
        ("Ann <ann@x.example>.", vec![of("Ann .", "ann@x.example")]),
        ("\"john doe\"@x.example", vec![of("", "\"johndoe\"@x.example")]),
        (
            "Team: a@x.example, B <b@x.example>;, c@x.example",
            vec![of("", "a@x.example"), of("B", "b@x.example"), of("", "c@x.example")],
        ),
        ("Empty:;", vec![]),
        ("undisclosed recipients: ;", vec![]),
        ("=?utf-8?Q?M=C3=BCller,_A?= <a@x.example>", vec![of("Müller, A", "a@x.example")]),
        ("\"=?utf-8?Q?M=C3=BCller?=\" <a@x.example>", vec![of("Müller", "a@x.example")]),
        ("=?utf-8?Q?Ann?= =?utf-8?Q?_Lee?= <a@x.example>", vec![of("Ann Lee", "a@x.example")]),
        ("\"a@x.example\" <a@x.example>", vec![of("", "a@x.example")]),
        ("\"Lost quote <a@x.example>", vec![of("Lost quote", "a@x.example")]),
        ("a@x.example.", vec![of("", "a@x.example")]),
    ] {
        assert_eq!(with_header(&format!("To: {field}")).to, expect, "for {field:?}");
    }
}

#[test]
fn dates_are_read_in_all_their_wrong_forms() {
    for (field, expect) in [
        ("Sun, 22 Nov 2026 03:04:05 +0100", "2026-11-22T02:04:05Z"),
        ("Sun, 22 Nov 2026 03:04 +0100 (CET)", "2026-11-22T02:04:00Z"),
        ("22 Nov 26 03:04:05 GMT", "2026-11-22T03:04:05Z"),
        ("22 Nov 99 03:04:05 EST", "1999-11-22T08:04:05Z"),
        ("Sun Nov 22 03:04:05 2026", "2026-11-22T03:04:05Z"),
        ("Sun Nov 22 03:04:05 CET 2026", "2026-11-22T02:04:05Z"),
        ("2026-11-22T03:04:05Z", "2026-11-22T03:04:05Z"),
        ("2026-11-22 03:04:05 +01:00", "2026-11-22T02:04:05Z"),
        ("2026-11-22T03:04:05.123+01:00", "2026-11-22T02:04:05Z"),
        ("11/22/2026 3:04:05 PM", "2026-11-22T15:04:05Z"),
        ("22/11/2026 12:04 am", "2026-11-22T00:04:00Z"),
        ("22.11.2026 03:04:05", "2026-11-22T03:04:05Z"),
        ("22-Nov-2026 03:04:05 +0000", "2026-11-22T03:04:05Z"),
        ("So, 22 Dez 2026 03:04:05 +0100", "2026-12-22T02:04:05Z"),
        ("dim., 22 août 2026 03:04:05 +0200", "2026-08-22T01:04:05Z"),
        ("Sunday, November 22, 2026 03:04:05 -0500", "2026-11-22T08:04:05Z"),
        ("Sun, 22 Nov 2026 03:04:05 +9900", "2026-11-22T03:04:05Z"),
        ("Sun, 22 Nov 2026 24:04:05 +0000", "2026-11-22T00:04:05Z"),
        ("Sun, 22 Nov 2026 03:04:60 UTC", "2026-11-22T03:04:59Z"),
        ("Sun, 22 Nov 126 03:04:05 +0000", "2026-11-22T03:04:05Z"),
        ("Sun,22 Nov 2026 03:04:05 +0000", "2026-11-22T03:04:05Z"),
        ("22 Nov 2026", "2026-11-22T00:00:00Z"),
    ] {
        let date = with_header(&format!("Date: {field}")).date.map(|date| date.to_string());
        assert_eq!(date.as_deref(), Some(expect), "for {field:?}");
    }
    for field in
        ["", "yesterday", "99 Foo 9999", "31 Feb 2026 10:00", "1 2 3", "::", "+", "-0-", "t:", "a/b/c"]
    {
        let read = with_header(&format!("Date: {field}"));
        assert_eq!((read.date, read.problems.contains(&Problem::BadDate)), (None, true), "for {field:?}");
    }
}

fn text(header: &str, body: &[u8]) -> String {
    let raw = [format!("From: a@x.example\r\n{header}\r\n\r\n").as_bytes(), body].concat();
    mail(&raw).text.unwrap_or_default()
}

#[test]
fn charsets_of_all_times_are_read() {
    for (label, body, expect) in [
        ("utf-7", b"Gr+APwA3w-e + 1 +- 2 +2DzfQA-".as_slice(), "Grüße + 1 + 2 \u{1f340}"),
        ("iso-2022-kr", b"\x1b$)C\x0e>H3g\x0f!\n", "안녕!\n"),
        ("hz-gb-2312", b"~{Dc:C~}!~~", "你好!~"),
        ("x-mac-ce", b"\x8arger \x8b", "ärger č"),
        ("macintosh", b"\x8arger", "ärger"),
        ("x-mac-cyrillic", b"\x8f\xf0\xe8\xe2\xe5\xf2", "Привет"),
        ("cp437", b"\x84rger \xe1", "ärger ß"),
        ("ibm850", b"\x84rger", "ärger"),
        ("cp852", b"\xa5", "ą"),
        ("cp1251", b"\xcf\xf0\xe8\xe2\xe5\xf2", "Привет"),
        ("win-1251", b"\xcf\xf0\xe8\xe2\xe5\xf2", "Привет"),
        ("\"iso_8859-15\"", b"5 \xa4", "5 €"),
        ("latin-1", b"Gr\xfc\xdfe", "Grüße"),
        ("cp932", b"\x82\xb1\x82\xf1", "こん"),
        ("iso-2022-jp-3", b"\x1b$B$3$s\x1b(B", "こん"),
        ("cp949", b"\xbe\xc8\xb3\xe7", "안녕"),
        ("ks_c_5601-1987", b"\xbe\xc8\xb3\xe7", "안녕"),
        ("gb18030", b"\xc4\xe3\xba\xc3\x81\x30\x84\x36", "你好\u{a5}"),
        ("utf-16", b"\xff\xfeH\0i\0", "Hi"),
        ("utf-16le", b"H\0i\0", "Hi"),
        ("utf-32be", b"\0\0\0H\0\0\0i", "Hi"),
        ("tis-620", b"\xca\xc7", "สว"),
        ("koi8-u", b"\xf0\xd2\xc9\xd7\xa6\xd4", "Привіт"),
        // Labels that are wrong.
        ("utf-8", b"Gr\xfc\xdfe aus M\xfcnchen", "Grüße aus München"),
        ("us-ascii", b"Gr\xfc\xdfe aus M\xfcnchen", "Grüße aus München"),
        ("iso-8859-1", "Grüße".as_bytes(), "Grüße"),
        ("windows-1251", "Привет, мир".as_bytes(), "Привет, мир"),
        ("x-user-defined", "Grüße".as_bytes(), "Grüße"),
    ] {
        let read = text(&format!("Content-Type: text/plain; charset={label}"), body);
        assert_eq!(read, expect, "for {label}");
    }
}

#[test]
fn text_without_a_label_is_recognised() {
    for (body, expect) in [
        ("Grüße".as_bytes(), "Grüße"),
        (b"\x1b$B$3$s$K$A$O\x1b(B", "こんにちは"),
        (b"\x1b$)C\x0e>H3g\x0f", "안녕"),
        (b"\xcf\xf0\xe8\xe2\xe5\xf2, \xea\xe0\xea \xe4\xe5\xeb\xe0?", "Привет, как дела?"),
        (b"\xf0\xd2\xc9\xd7\xc5\xd4, \xcb\xc1\xcb \xc4\xc5\xcc\xc1?", "Привет, как дела?"),
        (b"\x82\xb1\x82\xf1\x82\xc9\x82\xbf\x82\xcd", "こんにちは"),
        (b"Sch\xf6ne Gr\xfc\xdfe", "Schöne Grüße"),
    ] {
        assert_eq!(text("X: y", body), expect);
    }
}

#[test]
fn flowed_text_flows_again_and_packed_files_leave_the_text() {
    let flowed = "Content-Type: text/plain; format=flowed; delsp=yes";
    assert_eq!(text(flowed, b"One \r\ntwo\r\n"), "Onetwo\n");
    assert_eq!(text("Content-Type: text/plain; format=Flowed", b"One \r\ntwo\r\n"), "One two\n");
    let raw = b"From: a@x.example\r\n\r\nHi\r\nbegin 644 cat.txt\r\n#0V%T\r\n`\r\nend\r\n";
    let read = mail(raw);
    assert_eq!(read.text.as_deref(), Some("Hi\n"));
    assert_eq!((read.parts[0].name.as_str(), read.parts[0].bytes.as_slice()), ("cat.txt", b"Cat".as_slice()));
    let raw = b"Content-Type: application/x; name=cat.txt\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 c\r\n#0V%T\r\nend\r\n";
    assert_eq!(mail(raw).parts[0].bytes, b"Cat");
}

#[test]
fn signed_and_encrypted_mail_is_known_by_its_type() {
    let of = |header: &str, body: &str| {
        let read = mail(format!("{header}\r\n\r\n{body}").as_bytes());
        (read.protection.signed, read.protection.encrypted, read.protection.sealed)
    };
    let signed = "Content-Type: multipart/signed; protocol=\"application/pgp-signature\"; boundary=b";
    assert_eq!(of(signed, "--b\r\n\r\nHi\r\n--b--"), (true, false, false));
    assert_eq!(of("Content-Type: multipart/encrypted; boundary=b", "--b--"), (false, true, false));
    assert_eq!(
        of("Content-Type: application/pkcs7-mime; smime-type=enveloped-data", "x"),
        (false, true, false)
    );
    assert_eq!(
        of("Content-Type: application/x-pkcs7-mime; smime-type=\"signed-data\"", "x"),
        (true, false, true)
    );
    assert_eq!(of("X: y", "-----BEGIN PGP MESSAGE-----\r\nabc"), (false, true, false));
    assert_eq!(of("X: y", "I wrote -----BEGIN PGP MESSAGE----- here"), (false, false, false));
}

#[test]
fn an_invitation_tells_its_facts_and_stays_a_file() {
    let raw = "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\r\nCome!\r\n--b\r\n\
        Content-Type: text/calendar; method=REQUEST; charset=utf-8\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\n\
        DTSTART:19700101T000000\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nSUMMARY:Lamps\\, and\r\n  light\r\n\
        DTSTART;TZID=\"Europe/Berlin\":20261122T100000\r\nDTEND:20261122T100000Z\r\nLOCATION:Room 1\r\n\
        ORGANIZER;CN=\"Ann: Lee\":mailto:ann@x.example\r\nBEGIN:VALARM\r\nSUMMARY:Wake\r\nEND:VALARM\r\n\
        END:VEVENT\r\nEND:VCALENDAR\r\n--b--";
    let read = mail(raw.as_bytes());
    let event = read.invitation.expect("an event");
    assert_eq!(
        (event.method.as_str(), event.title.as_str(), event.place.as_str()),
        ("request", "Lamps, and light", "Room 1")
    );
    assert_eq!(event.organiser, "Ann: Lee <ann@x.example>");
    let (begins, ends) = (event.begins.expect("begins"), event.ends.expect("ends"));
    assert_eq!(
        (begins.local.to_string().as_str(), begins.zone.as_deref()),
        ("2026-11-22T10:00:00", Some("Europe/Berlin"))
    );
    assert_eq!(ends.zone.as_deref(), Some("UTC"));
    assert_eq!(read.parts[0].name, "attachment.ics");
    assert_eq!(read.text.as_deref(), Some("Come!"));
}

/// One attribute of TNEF.
fn attribute(out: &mut Vec<u8>, id: u32, data: &[u8]) {
    out.push(1);
    out.extend(id.to_le_bytes());
    out.extend(u32::try_from(data.len()).unwrap().to_le_bytes());
    out.extend(data);
    out.extend([0, 0]);
}

fn property(out: &mut Vec<u8>, kind: u16, id: u16, data: &[u8]) {
    out.extend(kind.to_le_bytes());
    out.extend(id.to_le_bytes());
    out.extend(1_u32.to_le_bytes());
    out.extend(u32::try_from(data.len()).unwrap().to_le_bytes());
    out.extend(data);
    out.extend(std::iter::repeat_n(0, (4 - data.len() % 4) % 4));
}

fn tnef(properties: &[u8], count: u32) -> Vec<u8> {
    let mut packed = 0x223e_9f78_u32.to_le_bytes().to_vec();
    packed.extend([1, 0]);
    attribute(&mut packed, 0x0006_9007, &1252_u32.to_le_bytes());
    attribute(&mut packed, 0x0006_9003, &[&count.to_le_bytes(), properties].concat());
    attribute(&mut packed, 0x0006_9002, &[0; 14]);
    attribute(&mut packed, 0x0001_8010, b"SHORT~1.TXT\0");
    attribute(&mut packed, 0x0006_800f, b"Cat");
    let mut inside = 1_u32.to_le_bytes().to_vec();
    let wide: Vec<u8> = "März.txt\0".encode_utf16().flat_map(u16::to_le_bytes).collect();
    property(&mut inside, 0x001f, 0x3707, &wide);
    attribute(&mut packed, 0x0006_9005, &inside);
    packed
}

fn packed_mail(packed: &[u8]) -> Mail {
    let head = b"From: a@x.example\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n\r\n";
    mail(&[head.as_slice(), packed].concat())
}

#[test]
fn winmail_dat_gives_up_its_words_and_files() {
    let mut properties = Vec::new();
    property(&mut properties, 0x001e, 0x1000, b"Sch\xf6ne Gr\xfc\xdfe\0");
    property(&mut properties, 0x0102, 0x1013, b"<p>Hi</p>");
    let read = packed_mail(&tnef(&properties, 2));
    assert_eq!((read.text.as_deref(), read.html.as_deref()), (Some("Schöne Grüße"), Some("<p>Hi</p>")));
    assert_eq!(read.parts.len(), 1);
    assert_eq!(
        (read.parts[0].name.as_str(), read.parts[0].bytes.as_slice()),
        ("März.txt", b"Cat".as_slice())
    );
    assert_eq!(read.problems, []);
}

#[test]
fn compressed_rich_text_becomes_words_or_html() {
    let stored = |rtf: &str| {
        let size = u32::try_from(rtf.len()).unwrap().to_le_bytes();
        let bytes = [&size, &size, &0x414c_454d_u32.to_le_bytes(), &[0; 4], rtf.as_bytes()].concat();
        let mut properties = Vec::new();
        property(&mut properties, 0x0102, 0x1009, &bytes);
        packed_mail(&tnef(&properties, 1))
    };
    let words = stored(
        "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}Gr\\'fc\\'dfe\\par \\u26085?x{\\*\\hidden no}}",
    );
    assert_eq!(words.text.as_deref(), Some("Grüße\n日x"));
    let html = stored(
        "{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 {\\*\\htmltag <p>}\\htmlrtf {\\b \\htmlrtf0 Gr\\'fc\\'dfe{\\*\\htmltag </p>}}",
    );
    assert_eq!(html.html.as_deref(), Some("<p>Grüße</p>"));
    // The example of MS-OXRTFCP section 3.1.1.
    let packed = [
        0x2d, 0, 0, 0, 0x2b, 0, 0, 0, 0x4c, 0x5a, 0x46, 0x75, 0xf1, 0xc5, 0xc7, 0xa7, 0x03, 0, 0x0a, 0, 0x72,
        0x63, 0x70, 0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0a, 0xf3, 0x20, 0x68, 0x65, 0x6c, 0x09, 0, 0x20,
        0x62, 0x77, 0x05, 0xb0, 0x6c, 0x64, 0x7d, 0x0a, 0x80, 0x0f, 0xa0,
    ];
    let mut properties = Vec::new();
    property(&mut properties, 0x0102, 0x1009, &packed);
    assert_eq!(packed_mail(&tnef(&properties, 1)).text.as_deref(), Some("hello world"));
}

#[test]
fn winmail_dat_that_is_broken_stays_a_file_and_says_so() {
    let whole = tnef(&[], 0);
    for cut in [7, 20, whole.len() - 30] {
        let read = packed_mail(&whole[..cut]);
        assert!(read.problems.contains(&Problem::BadTnef), "{cut}");
        assert_eq!(read.parts[0].name, "winmail.dat");
    }
    let read = packed_mail(b"something else");
    assert_eq!(
        (read.parts[0].bytes.as_slice(), read.problems.as_slice()),
        (b"something else".as_slice(), [Problem::BadTnef].as_slice())
    );
}
