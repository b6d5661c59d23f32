//! The facts of a calendar invitation (RFC 5545, RFC 5546) that a reader wants to see, and no more.

use jiff::civil::DateTime;

use crate::charset::decode;
use crate::mail::{Invitation, Moment};
use crate::value::one_line;

/// Most of a calendar that is looked at, and longest value that is kept.
const BYTES: usize = 256 * 1024;
const VALUE_CHARS: usize = 500;

/// Reads the first event of a calendar; `method` is that of the content type, which counts first.
pub(crate) fn invitation(bytes: &[u8], charset: &str, method: Option<&str>) -> Option<Invitation> {
    let text = decode(&bytes[..bytes.len().min(BYTES)], charset).text;
    let text = text.replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "");
    let mut found =
        Invitation { method: method.unwrap_or_default().to_ascii_lowercase(), ..Invitation::default() };
    let mut inside: Vec<String> = Vec::new();
    for line in text.lines() {
        let Some((name, parameters, value)) = content_line(line) else { continue };
        match name.as_str() {
            "BEGIN" => inside.push(value.trim().to_ascii_uppercase()),
            "END" if value.trim().eq_ignore_ascii_case("VEVENT") => return Some(found),
            "END" => drop(inside.pop()),
            "METHOD" if found.method.is_empty() => found.method = value.trim().to_ascii_lowercase(),
            // What an alarm inside the event says is not about the event.
            _ if inside.last().is_some_and(|last| last == "VEVENT") => {
                hear(&mut found, &name, parameters, value)
            }
            _ => {}
        }
    }
    inside.iter().any(|each| each == "VEVENT").then_some(found)
}

/// `NAME;PARAMETERS:VALUE`; a quoted parameter may hold a colon.
fn content_line(line: &str) -> Option<(String, &str, &str)> {
    let mut quoted = false;
    let colon = line.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b':' && !quoted
    })?;
    let (head, value) = (&line[..colon], &line[colon + 1..]);
    let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
    Some((name.trim().to_ascii_uppercase(), parameters, value))
}

fn hear(found: &mut Invitation, name: &str, parameters: &str, value: &str) {
    match name {
        "SUMMARY" => found.title = words(value),
        "LOCATION" => found.place = words(value),
        "DTSTART" => found.begins = moment(parameters, value),
        "DTEND" => found.ends = moment(parameters, value),
        "ORGANIZER" => {
            let name = parameter(parameters, "CN").map(words).unwrap_or_default();
            let address = value.trim();
            let lower = address.to_ascii_lowercase();
            let address = if lower.starts_with("mailto:") { &address["mailto:".len()..] } else { address };
            found.organiser = match name.is_empty() {
                true => words(address),
                false => format!("{name} <{}>", words(address)),
            };
        }
        _ => {}
    }
}

fn parameter<'p>(parameters: &'p str, name: &str) -> Option<&'p str> {
    let found = parameters.split(';').filter_map(|each| each.split_once('='));
    found
        .into_iter()
        .find(|(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim_matches('"'))
}

/// RFC 5545 section 3.3.11, on one line.
fn words(value: &str) -> String {
    let plain = value
        .replace("\\n", " ")
        .replace("\\N", " ")
        .replace("\\,", ",")
        .replace("\\;", ";")
        .replace("\\\\", "\\");
    one_line(&plain).chars().take(VALUE_CHARS).collect()
}

/// `20261122T100000Z`, `20261122T100000` in the zone that a parameter names, or a whole day.
fn moment(parameters: &str, value: &str) -> Option<Moment> {
    let value = value.trim();
    let utc = value.ends_with(['Z', 'z']);
    let digits: String = value.chars().filter(char::is_ascii_digit).take(14).collect();
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or("0").parse::<i16>().ok();
    let small = |from, to| part(from, to).and_then(|part| i8::try_from(part).ok());
    let all_day = digits.len() == 8;
    let local =
        DateTime::new(part(0, 4)?, small(4, 6)?, small(6, 8)?, small(8, 10)?, small(10, 12)?, 0, 0).ok()?;
    let named = parameter(parameters, "TZID").map(|zone| one_line(zone).chars().take(100).collect());
    let zone = if utc { Some("UTC".to_owned()) } else { named };
    Some(Moment { local, zone: zone.filter(|_| !all_day), all_day })
}
