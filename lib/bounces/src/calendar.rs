//! Answers to invitations: calendar objects with the method REPLY (RFC 5546 section 3.2.3).

/// What somebody answered to an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarReply {
    /// Who answered, when it is an address.
    pub attendee: Option<String>,
    /// `accepted`, `declined`, `tentative` and others (RFC 5545 section 3.2.12), in lower case.
    pub answer: String,
}

/// Longer objects are no answers.
const LONGEST: usize = 200_000;

/// Reads a calendar object; `None` unless it answers an invitation.
#[must_use]
pub fn calendar_reply(object: &str) -> Option<CalendarReply> {
    if object.len() > LONGEST {
        return None;
    }
    // Long lines go on behind a line break and a space (RFC 5545 section 3.1).
    let whole = object.replace("\r\n ", "").replace("\n ", "").replace("\n\t", "");
    let lines = || whole.lines().map(str::trim);
    lines().find(|line| line.eq_ignore_ascii_case("METHOD:REPLY"))?;
    let attendee = lines().find(|line| {
        line.len() > 8 && line.is_char_boundary(8) && line[..8].eq_ignore_ascii_case("ATTENDEE")
    })?;
    let lower = attendee.to_lowercase();
    let answer = lower.split_once("partstat=").map_or("", |(_, rest)| rest);
    let answer = answer.split([';', ':', ',']).next().unwrap_or_default().trim_matches('"');
    let address = lower.rsplit_once("mailto:").map(|(_, address)| address.trim().to_owned());
    Some(CalendarReply {
        attendee: address.filter(|address| address.contains('@') && address.len() <= 320),
        answer: if answer.is_empty() { "needs-action".to_owned() } else { answer.to_owned() },
    })
}
