//! What the house itself says in mails of ours, in the language of the brand.

use base::Time;
use jiff::tz::TimeZone;

/// The subject of a test mail.
pub fn sample_subject(language: &str) -> &'static str {
    match language {
        "de" => "So sehen unsere E-Mails aus",
        "ar" => "هكذا تبدو رسائلنا",
        _ => "What our mail looks like",
    }
}

/// The words of a test mail and of a preview.
pub fn sample(language: &str) -> &'static str {
    match language {
        "de" => {
            "Guten Tag,\n\nso sehen unsere Antworten aus. Ein Verweis steht so: https://www.example.com/hilfe\n\n\
             Mit freundlichen Grüßen"
        }
        "ar" => {
            "مرحبًا،\n\nهكذا تبدو ردودنا. ويظهر الرابط هكذا: https://www.example.com/help\n\nمع أطيب التحيات"
        }
        _ => {
            "Hello,\n\nthis is what our answers look like. A link stands like this: https://www.example.com/help\n\n\
             Kind regards"
        }
    }
}

/// The line above files that went as links.
pub fn links_title(language: &str) -> &'static str {
    match of(language) {
        "de" => "Dateien zum Herunterladen",
        "ar" => "ملفات للتنزيل",
        _ => "Files to download",
    }
}

/// How large a file is, and how long it can be had.
pub fn link_until(language: &str, bytes: i64, until: Time) -> String {
    let (size, day) = (size(bytes), until.stamp().to_zoned(TimeZone::UTC).strftime("%Y-%m-%d").to_string());
    match of(language) {
        "de" => format!("{size}, bis {day}"),
        "ar" => format!("{size}، حتى {day}"),
        _ => format!("{size}, until {day}"),
    }
}

/// `de-AT` speaks German.
fn of(language: &str) -> &str {
    language.split(['-', '_']).next().unwrap_or_default()
}

fn size(bytes: i64) -> String {
    match bytes {
        0..100_000 => format!("{} kB", (bytes + 999) / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_days_are_plain() {
        let until = Time(1_772_442_000_000);
        assert_eq!(link_until("en", 7_340_032, until), "7.3 MB, until 2026-03-02");
        assert_eq!(link_until("de", 12, until), "1 kB, bis 2026-03-02");
    }
}
