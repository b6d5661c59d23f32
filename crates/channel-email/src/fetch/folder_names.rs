//! Names of IMAP folders: as people read them and as they travel, and which of them holds sent mail.

use base64::Engine;
use base64::alphabet::IMAP_MUTF7;
use base64::engine::{GeneralPurpose, GeneralPurposeConfig};

/// Modified base64 (RFC 3501 section 5.1.3): a comma for the slash, and no padding.
const MODIFIED: GeneralPurpose = GeneralPurpose::new(
    &IMAP_MUTF7,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(base64::engine::DecodePaddingMode::RequireNone),
);

/// As people read it. What is not in the form of RFC 3501 stays as it came.
pub fn read(wire: &str) -> String {
    unfolded(wire).filter(|name| travelling(name) == wire).unwrap_or_else(|| wire.to_owned())
}

fn unfolded(wire: &str) -> Option<String> {
    let mut name = String::new();
    let mut rest = wire;
    while let Some((plain, shifted)) = rest.split_once('&') {
        let (coded, after) = shifted.split_once('-')?;
        name.push_str(plain);
        match coded {
            "" => name.push('&'),
            _ => {
                let bytes = MODIFIED.decode(coded).ok()?;
                let units = bytes.chunks_exact(2).map(|two| u16::from_be_bytes([two[0], two[1]]));
                name.push_str(&String::from_utf16(&units.collect::<Vec<u16>>()).ok()?);
            }
        }
        rest = after;
    }
    name.push_str(rest);
    Some(name)
}

/// In modified UTF-7 (RFC 3501 section 5.1.3).
pub fn travelling(name: &str) -> String {
    let mut wire = String::new();
    let mut shifted: Vec<u8> = Vec::new();
    for letter in name.chars() {
        if !(' '..='~').contains(&letter) {
            let mut two = [0; 2];
            shifted.extend(letter.encode_utf16(&mut two).iter().flat_map(|unit| unit.to_be_bytes()));
            continue;
        }
        end(&mut wire, &mut shifted);
        match letter {
            '&' => wire.push_str("&-"),
            plain => wire.push(plain),
        }
    }
    end(&mut wire, &mut shifted);
    wire
}

fn end(wire: &mut String, shifted: &mut Vec<u8>) {
    if !shifted.is_empty() {
        wire.push_str(&format!("&{}-", MODIFIED.encode(&*shifted)));
        shifted.clear();
    }
}

/// How the server may call a folder. A name that somebody has copied from the server, or that the server keeps in a
/// form of its own, is tried as it stands.
pub fn wires(name: &str) -> Vec<String> {
    let mut all = vec![travelling(name)];
    if all[0] != name && name.is_ascii() {
        all.push(name.to_owned());
    }
    all
}

/// Where mail programs put sent mail, in the languages that they speak. Servers that say it themselves (RFC 6154) are
/// believed before this.
const SENT: [&str; 47] = [
    "sent",
    "sent items",
    "sent mail",
    "sent messages",
    "gesendet",
    "gesendete objekte",
    "gesendete elemente",
    "gesendete nachrichten",
    "envoyés",
    "éléments envoyés",
    "messages envoyés",
    "objets envoyés",
    "enviados",
    "elementos enviados",
    "mensajes enviados",
    "itens enviados",
    "mensagens enviadas",
    "inviati",
    "posta inviata",
    "elementi inviati",
    "messaggi inviati",
    "verzonden",
    "verzonden items",
    "verzonden berichten",
    "wysłane",
    "elementy wysłane",
    "отправленные",
    "надіслані",
    "odeslané",
    "odeslaná pošta",
    "odoslané",
    "skickat",
    "skickade objekt",
    "sendt",
    "sendte elementer",
    "sendt post",
    "lähetetyt",
    "gönderilmiş öğeler",
    "gönderilmiş postalar",
    "elküldött elemek",
    "trimise",
    "απεσταλμένα",
    "送信済み",
    "已发送",
    "寄件備份",
    "보낸 편지함",
    "العناصر المرسلة",
];

/// Whether the last part of the name says so; servers part names by a slash, a dot or a backslash.
pub fn says_sent(name: &str) -> bool {
    let last = name.rsplit(['/', '.', '\\']).next().unwrap_or_default().trim().to_lowercase();
    SENT.contains(&last.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_travel_as_rfc_3501_says() {
        for (name, wire) in [
            ("INBOX", "INBOX"),
            ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"),
            ("Éléments envoyés", "&AMk-l&AOk-ments envoy&AOk-s"),
            ("Gelöschte", "Gel&APY-schte"),
            ("R&D", "R&-D"),
            ("&&", "&-&-"),
            ("😀", "&2D3eAA-"),
            ("Отправленные", "&BB4EQgQ,BEAEMAQyBDsENQQ9BD0ESwQ1-"),
        ] {
            assert_eq!((travelling(name).as_str(), read(wire).as_str()), (wire, name));
        }
    }

    #[test]
    fn what_is_written_otherwise_stays_as_it_came() {
        for odd in ["R&D", "&", "a&b", "&AMk", "&!-", "&2D0-", "&AGE-", "&A-", "ä&-"] {
            assert_eq!(read(odd), odd);
        }
        assert_eq!(wires("R&D"), ["R&-D", "R&D"]);
        assert_eq!(wires("Gel&APY-schte"), ["Gel&-APY-schte", "Gel&APY-schte"]);
        assert_eq!(wires("Gelöschte"), ["Gel&APY-schte"]);
        assert_eq!(wires("INBOX"), ["INBOX"]);
    }

    #[test]
    fn sent_mail_is_known_by_its_folders_name() {
        for name in ["Sent", "INBOX.Gesendet", "[Gmail]/Messages envoyés", "ОТПРАВЛЕННЫЕ", "Sent Items "]
        {
            assert!(says_sent(name), "{name}");
        }
        for name in ["INBOX", "Presents", "Sent/2019", "Unsent", ""] {
            assert!(!says_sent(name), "{name}");
        }
        assert!(SENT.iter().all(|name| name.to_lowercase() == *name), "compared in small letters");
    }

    proptest! {
        #[test]
        fn every_name_comes_back(name in "\\PC{0,30}") {
            let wire = travelling(&name);
            prop_assert!(wire.bytes().all(|byte| (0x20..0x7f).contains(&byte)));
            prop_assert_eq!(read(&wire), name);
        }

        #[test]
        fn whatever_a_server_says_is_read(wire in "\\PC{0,40}") {
            let name = read(&wire);
            prop_assert!(wires(&name).contains(&wire) || !wire.is_ascii());
        }
    }
}
