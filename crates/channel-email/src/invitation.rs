//! The facts of a calendar invitation as lines without words of our own, so that they need no translation.

use mime::{Invitation, Moment};

/// Title, time, place and who invites, each on a line; what is missing is left out.
pub fn facts(event: &Invitation) -> String {
    let title = (!event.title.is_empty()).then(|| format!("📅 {}", event.title));
    let lines = [title, event.begins.as_ref().map(|begins| time(begins, event.ends.as_ref()))];
    let words = [&event.place, &event.organiser].into_iter().filter(|words| !words.is_empty()).cloned();
    lines.into_iter().flatten().chain(words).collect::<Vec<_>>().join("\n")
}

fn time(begins: &Moment, ends: Option<&Moment>) -> String {
    let zone = |moment: &Moment| moment.zone.as_ref().map(|zone| format!(" {zone}")).unwrap_or_default();
    let date = |moment: &Moment| moment.local.date().to_string();
    let clock = |moment: &Moment| moment.local.strftime("%H:%M").to_string();
    if begins.all_day {
        // The end of a whole day is the first day that is free again (RFC 5545 section 3.6.1).
        let last = ends.and_then(|ends| ends.local.date().yesterday().ok());
        return match last.filter(|last| *last > begins.local.date()) {
            Some(last) => format!("{} – {last}", date(begins)),
            None => date(begins),
        };
    }
    match ends {
        None => format!("{} {}{}", date(begins), clock(begins), zone(begins)),
        Some(ends) if date(ends) == date(begins) && ends.zone == begins.zone => {
            format!("{} {}–{}{}", date(begins), clock(begins), clock(ends), zone(begins))
        }
        Some(ends) => {
            let begin = format!("{} {}{}", date(begins), clock(begins), zone(begins));
            format!("{begin} – {} {}{}", date(ends), clock(ends), zone(ends))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(begins: &str, ends: &str, expect: &str) {
        let calendar = format!(
            "Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VEVENT\r\nSUMMARY:Lamps\r\n\
             DTSTART{begins}\r\nDTEND{ends}\r\nLOCATION:Room 1\r\nEND:VEVENT\r\n"
        );
        let mail = mime::read(calendar.as_bytes(), &mime::Limits::default());
        let facts = facts(&mail.invitation.expect("an event"));
        assert_eq!(facts, format!("📅 Lamps\n{expect}\nRoom 1"));
    }

    #[test]
    fn times_are_shown_where_they_are_meant() {
        check(":20261122T100000Z", ":20261122T113000Z", "2026-11-22 10:00–11:30 UTC");
        check(
            ";TZID=Europe/Berlin:20261122T100000",
            ";TZID=Europe/Berlin:20261123T113000",
            "2026-11-22 10:00 Europe/Berlin – 2026-11-23 11:30 Europe/Berlin",
        );
        check(";VALUE=DATE:20261122", ";VALUE=DATE:20261123", "2026-11-22");
        check(";VALUE=DATE:20261122", ";VALUE=DATE:20261125", "2026-11-22 – 2026-11-24");
        check(":20261122T100000", ":nonsense", "2026-11-22 10:00");
    }
}
