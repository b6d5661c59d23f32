//! What is suspicious by itself, whatever was learned.

use crate::deceit::Deceit;
use crate::files::is_risky_file;
use crate::links::{links, misleads};
use crate::score::Reason;

/// What is looked at; HTML is sanitised already.
#[derive(Clone, Debug, Default)]
pub struct Sample<'s> {
    pub from_name: &'s str,
    pub from_address: &'s str,
    pub subject: &'s str,
    pub text: &'s str,
    pub html: &'s str,
    /// Names of attached files.
    pub files: &'s [String],
    /// One of our addresses stands in To or Cc.
    pub named_us: bool,
    pub has_date: bool,
    pub has_message_id: bool,
    pub reply_to_elsewhere: bool,
    pub deceit: Option<Deceit>,
}

/// The test line that every filter knows (spamassassin.apache.org/gtube).
const GTUBE: &str = "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X";

const SHORTENERS: [&str; 10] =
    ["bit.ly", "tinyurl.com", "goo.gl", "t.co", "is.gd", "ow.ly", "cutt.ly", "rb.gy", "shorturl.at", "t.ly"];

/// All signs with their points.
#[must_use]
pub fn signs(sample: &Sample<'_>) -> Vec<Reason> {
    let mut found = Vec::new();
    let mut put = |code: &'static str, points: i64, detail: &str| {
        found.push(Reason { code: code.to_owned(), points, detail: detail.chars().take(200).collect() });
    };
    if sample.text.contains(GTUBE) {
        put("gtube", 1_000, "");
    }
    match &sample.deceit {
        Some(Deceit::Domain(ours)) => put("looks_like_domain", 60, ours),
        Some(Deceit::Name(ours)) => put("looks_like_name", 30, ours),
        Some(Deceit::Address(other)) => put("address_in_name", 25, other),
        None => {}
    }
    if sample.reply_to_elsewhere {
        put("reply_to_elsewhere", 15, "");
    }
    if let Some(name) = sample.files.iter().find(|name| is_risky_file(name)) {
        put("risky_file", 35, name);
    }
    if !sample.named_us {
        put("not_named", 8, "");
    }
    if !sample.has_date {
        put("no_date", 10, "");
    }
    if !sample.has_message_id {
        put("no_message_id", 8, "");
    }
    of_links(sample, &mut put);
    of_words(sample, &mut put);
    found
}

fn of_links(sample: &Sample<'_>, put: &mut impl FnMut(&'static str, i64, &str)) {
    let links = links(sample.html, sample.text);
    if let Some(wrong) = links.iter().find_map(misleads) {
        put("misleading_link", 30, &format!("{} → {}", wrong.shown, wrong.leads_to));
    }
    if let Some(link) = links.iter().find(|link| link.host.parse::<std::net::IpAddr>().is_ok()) {
        put("link_to_number", 25, &link.host);
    }
    if let Some(link) = links.iter().find(|link| SHORTENERS.contains(&link.host.as_str())) {
        put("short_link", 10, &link.host);
    }
    if let Some(link) = links.iter().find(|link| link.host.split('.').any(|label| label.starts_with("xn--")))
    {
        put("punycode_link", 15, &link.host);
    }
    let pictures = sample.html.matches("<img").count();
    if pictures > 0 && sample.text.chars().filter(|c| c.is_alphanumeric()).count() < 40 {
        put("picture_alone", 15, "");
    }
}

fn of_words(sample: &Sample<'_>, put: &mut impl FnMut(&'static str, i64, &str)) {
    let letters: Vec<char> = sample.subject.chars().filter(|c| c.is_alphabetic()).collect();
    let cased = letters.iter().filter(|c| c.is_uppercase() || c.is_lowercase()).count();
    let upper = letters.iter().filter(|c| c.is_uppercase()).count();
    if cased >= 12 && upper * 10 >= cased * 9 {
        put("subject_shouts", 12, "");
    }
    if sample.subject.matches(['!', '$', '€', '?']).count() >= 4 {
        put("subject_marks", 8, "");
    }
    let invisible = |c: &char| matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{ad}');
    let inside = sample.subject.chars().filter(invisible).count();
    if inside > 0
        && sample.subject.is_ascii() != sample.subject.chars().all(|c| c.is_ascii() || invisible(&c))
    {
        put("hidden_letters", 20, "");
    }
    if sample.subject.split_whitespace().any(mixes_scripts)
        || sample.from_name.split_whitespace().any(mixes_scripts)
    {
        put("mixed_scripts", 25, "");
    }
}

/// A word with Latin letters and those of Cyrillic or Greek that look the same.
fn mixes_scripts(word: &str) -> bool {
    let latin = word.chars().any(|c| c.is_ascii_alphabetic());
    let other = word.chars().any(|c| matches!(c, '\u{370}'..='\u{52f}') && c != 'µ');
    latin && other && word.chars().count() >= 4
}
