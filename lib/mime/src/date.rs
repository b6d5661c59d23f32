//! Reads the time of a Date field, in the right form (RFC 5322 section 3.3) and in many wrong ones.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;

use crate::value::unfold;

/// What the words of a date have told so far.
#[derive(Default)]
struct Told {
    day: Option<i8>,
    month: Option<i8>,
    year: Option<i16>,
    time: Option<Time>,
    /// East of Greenwich, in seconds.
    offset: Option<i32>,
    afternoon: Option<bool>,
}

/// The time that the sender gives; without a zone it counts as UTC.
pub(crate) fn date(value: &[u8]) -> Option<Timestamp> {
    let line = unfold(value, 200).to_lowercase();
    // A comment repeats the zone in words; only without one does it count.
    let (line, comment) = line.split_once('(').map_or((line.as_str(), ""), |(line, comment)| (line, comment));
    let mut told = Told::default();
    for word in line.split([' ', '\t', ',', ';']).filter(|word| !word.is_empty()) {
        told.hear(word);
    }
    if told.offset.is_none() {
        told.offset = zone(comment.trim_end_matches(')').trim());
    }
    told.timestamp()
}

impl Told {
    fn hear(&mut self, word: &str) {
        // "2026-11-22T10:00:00+01:00" and "22-Nov-2026" hold several words.
        if let Some((date, time)) =
            word.split_once('t').filter(|(date, time)| is_iso(date) && time.contains(':'))
        {
            self.hear(date);
            self.hear(time);
        } else if word.contains(':') && !word.starts_with(['+', '-']) {
            self.clock(word);
        } else if let Some(month) = month(word) {
            self.month = self.month.or(Some(month));
        } else if let Some(offset) = offset(word).filter(|_| self.time.is_some()) {
            self.offset = Some(offset);
        } else if matches!(word, "am" | "pm") {
            self.afternoon = Some(word == "pm");
        } else if let Some(offset) = zone(word).filter(|_| self.time.is_some()) {
            self.offset = self.offset.or(Some(offset));
        } else if word.contains(['-', '/', '.']) && word.bytes().any(|byte| byte.is_ascii_digit()) {
            self.calendar(word);
        } else {
            self.number(word);
        }
    }

    fn number(&mut self, word: &str) {
        let digits = word.trim_end_matches(|letter: char| !letter.is_ascii_digit());
        let Ok(number) = digits.parse::<i16>() else { return };
        match i8::try_from(number) {
            Ok(day @ 1..=31) if self.day.is_none() && digits.len() <= 2 => self.day = Some(day),
            _ if self.year.is_none() && digits.len() != 1 => {
                self.year = Some(full_year(number, digits.len()))
            }
            _ => {}
        }
    }

    /// "2026-11-22", "22.11.2026", "11/22/2026", "22-Nov-26".
    fn calendar(&mut self, word: &str) {
        let parts: Vec<&str> = word.split(['-', '/', '.']).filter(|part| !part.is_empty()).collect();
        let numbers: Vec<Option<i16>> = parts.iter().map(|part| part.parse().ok()).collect();
        if parts.iter().any(|part| month(part).is_some()) {
            parts.iter().for_each(|part| self.hear(part));
            return;
        }
        let (year, month, day) = match numbers.as_slice() {
            [Some(year), Some(month), Some(day)] if parts[0].len() == 4 => (*year, *month, *day),
            // With slashes the month stands first, unless it can't be one; with dots the day does.
            [Some(first), Some(second), Some(year)] if word.contains('/') && *first <= 12 => {
                (full_year(*year, parts[2].len()), *first, *second)
            }
            [Some(day), Some(month), Some(year)] => (full_year(*year, parts[2].len()), *month, *day),
            _ => return,
        };
        (self.year, self.month) = (Some(year), i8::try_from(month).ok());
        self.day = i8::try_from(day).ok();
    }

    /// "10:20", "10:20:30.5", with a zone at the end or not.
    fn clock(&mut self, word: &str) {
        let end = word.find(['+', '-', 'z', 'a', 'p']).unwrap_or(word.len());
        let (clock, rest) = word.split_at(end);
        let mut parts = clock.split(':').map(|part| part.split('.').next().unwrap_or_default().parse::<i8>());
        let (Some(Ok(hour)), Some(Ok(minute))) = (parts.next(), parts.next()) else { return };
        let second = parts.next().and_then(Result::ok).unwrap_or(0);
        // A leap second is the second before it, and 24:00 the first one of the day.
        self.time = Time::new(hour % 24, minute, second.min(59), 0).ok();
        match rest {
            "am" | "pm" => self.afternoon = Some(rest == "pm"),
            rest => self.offset = offset(rest).or(zone(rest)).or(self.offset),
        }
    }

    fn timestamp(self) -> Option<Timestamp> {
        let time = self.time.unwrap_or_default();
        let hour = match self.afternoon {
            Some(true) if time.hour() < 12 => time.hour() + 12,
            Some(false) if time.hour() == 12 => 0,
            _ => time.hour(),
        };
        let time = Time::new(hour, time.minute(), time.second(), 0).ok()?;
        let date = Date::new(self.year?, self.month?, self.day?).ok()?;
        let offset = Offset::from_seconds(self.offset.unwrap_or(0)).ok()?;
        offset.to_timestamp(date.to_datetime(time)).ok()
    }
}

fn is_iso(date: &str) -> bool {
    date.len() >= 8 && date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

/// RFC 5322 section 4.3: two digits below 50 are this century, three count from 1900.
fn full_year(number: i16, digits: usize) -> i16 {
    match (digits, number) {
        (..=2, 0..=49) => number + 2000,
        (..=3, _) if number < 1000 => number + 1900,
        _ => number,
    }
}

/// Months by their first letters, in the languages whose programs do not write English.
fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "jan ene gen",
        "feb fév fev",
        "mar mär mrz maa",
        "apr avr abr",
        "may mai mei mag",
        "jun jui giu",
        "jul lug",
        "aug aoû aou ago",
        "sep set",
        "oct okt ott out",
        "nov",
        "dec dez déc dic",
    ];
    let first: String = word.chars().take(3).collect();
    if word == "juillet" || word == "juil." {
        return Some(7);
    }
    let at = MONTHS
        .iter()
        .position(|names| first.chars().count() == 3 && names.split(' ').any(|each| each == first));
    at.and_then(|at| i8::try_from(at + 1).ok())
}

/// "+0100", "-05:30", "+01", "gmt+1".
fn offset(word: &str) -> Option<i32> {
    let word = word.strip_prefix("gmt").or(word.strip_prefix("utc")).unwrap_or(word);
    let sign = match word.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String = word[1..].chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.parse::<i32>().ok()?, 0),
        3 => (digits[..1].parse().ok()?, digits[1..].parse().ok()?),
        4.. => (digits[..2].parse().ok()?, digits[2..4].parse().ok()?),
        _ => return None,
    };
    // Zones lie between -12 and +14; something else is a mistake, and the time counts as UTC.
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60)).or(Some(0))
}

/// Zones by name (RFC 5322 section 4.3) and those of Europe and Asia that programs write.
fn zone(word: &str) -> Option<i32> {
    let hours = match word {
        "z" | "ut" | "utc" | "gmt" | "wet" => 0,
        "bst" | "cet" | "mez" | "west" => 1,
        "cest" | "mesz" | "eet" => 2,
        "eest" | "msk" => 3,
        "jst" | "kst" => 9,
        "edt" => -4,
        "est" | "cdt" => -5,
        "cst" | "mdt" => -6,
        "mst" | "pdt" => -7,
        "pst" => -8,
        _ => return None,
    };
    Some(hours * 3600)
}
