//! The days of the story: working days back from now, so that nobody answers on a Sunday.

use base::Time;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};

use super::story::When;

/// Where the company works.
pub const ZONE: &str = "Europe/Berlin";

pub struct Calendar {
    now: Time,
    today: Zoned,
}

impl Calendar {
    pub fn ending(now: Time) -> Calendar {
        Calendar { now, today: now.stamp().to_zoned(zone()) }
    }

    pub fn time(&self, when: When) -> Time {
        match when {
            When::MinutesAgo(minutes) => self.now.plus_seconds(-60 * minutes),
            When::WorkingDay { back, hour, minute } => self.working_day(back, hour, minute),
        }
    }

    fn working_day(&self, back: i64, hour: i8, minute: i8) -> Time {
        let mut date = self.today.date();
        let mut left = back;
        while left > 0 {
            date = date.saturating_sub(1.day());
            let free = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
            left -= i64::from(!free);
        }
        let there = date.at(hour, minute, 0, 0).to_zoned(zone());
        there.map_or(self.now, |there| Time(there.timestamp().as_millisecond()))
    }
}

/// UTC on a machine without a time zone database.
pub fn zone() -> TimeZone {
    TimeZone::get(ZONE).unwrap_or(TimeZone::UTC)
}
