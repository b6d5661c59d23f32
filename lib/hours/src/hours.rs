//! Answers questions about business time.

use std::collections::BTreeMap;

use jiff::{
    SignedDuration, Timestamp, ToSpan,
    civil::{Date, Time},
    tz::TimeZone,
};

use crate::{
    local::moment,
    schedule::{BLOCKS, Block, HOLIDAYS, Invalid, Schedule},
};

/// How far ahead is looked: a hundred years.
pub const DAYS: usize = 36_525;

/// A schedule ready to answer.
#[derive(Debug, Clone)]
pub struct Hours {
    zone: TimeZone,
    week: [Vec<Block>; 7],
    holidays: BTreeMap<Date, Vec<Block>>,
}

impl Hours {
    /// Checks a schedule and makes it ready.
    ///
    /// # Errors
    /// When the time zone is unknown, or there are more blocks or holidays than anybody has.
    pub fn new(schedule: &Schedule) -> Result<Self, Invalid> {
        let zone = TimeZone::get(&schedule.zone).map_err(|_| Invalid::Zone(schedule.zone.clone()))?;
        let holidays = schedule.holidays.iter().map(|holiday| &holiday.blocks);
        if schedule.week.iter().chain(holidays).any(|blocks| blocks.len() > BLOCKS) {
            return Err(Invalid::Blocks);
        }
        if schedule.holidays.len() > HOLIDAYS {
            return Err(Invalid::Holidays);
        }
        let holidays = schedule.holidays.iter().map(|holiday| (holiday.date, sorted(&holiday.blocks)));
        Ok(Self {
            zone,
            week: std::array::from_fn(|day| sorted(&schedule.week[day])),
            holidays: holidays.collect(),
        })
    }

    /// Whether it is open at that moment. The first moment of a block is open, its last is not.
    #[must_use]
    pub fn is_open(&self, at: Timestamp) -> bool {
        self.next_open(at) == Some(at)
    }

    /// The first open moment at or after that one; `None` when it never opens again.
    #[must_use]
    pub fn next_open(&self, at: Timestamp) -> Option<Timestamp> {
        self.spans(at).next().map(|(start, _)| start)
    }

    /// The first moment at which that much business time has passed; `None` when it never will.
    ///
    /// Time that runs out with a block ends with it, not at the start of the next. Nothing and less is over at once.
    #[must_use]
    pub fn add_business(&self, at: Timestamp, time: SignedDuration) -> Option<Timestamp> {
        if time <= SignedDuration::ZERO {
            return Some(at);
        }
        let mut left = time;
        for (start, end) in self.spans(at) {
            let length = end.duration_since(start);
            if left <= length {
                return start.checked_add(left).ok();
            }
            left = left.checked_sub(length)?;
        }
        None
    }

    /// How much business time lies between two moments; negative when the second is the earlier one.
    #[must_use]
    pub fn business_between(&self, from: Timestamp, to: Timestamp) -> SignedDuration {
        if to < from {
            return -self.business_between(to, from);
        }
        let spans = self.spans(from).take_while(|(start, _)| *start < to);
        spans.fold(SignedDuration::ZERO, |sum, (start, end)| {
            sum.saturating_add(end.min(to).duration_since(start))
        })
    }

    /// The open spans from a moment on: in order, never overlapping, never empty.
    fn spans(&self, from: Timestamp) -> impl Iterator<Item = (Timestamp, Timestamp)> + '_ {
        // The blocks of the day before may reach into this one.
        let first = self.zone.to_datetime(from).date().checked_sub(1.day()).unwrap_or(Date::MIN);
        let mut behind = from;
        self.dates(first).flat_map(|date| self.of_day(date)).filter_map(move |(start, end)| {
            let start = start.max(behind);
            behind = behind.max(end);
            (start < end).then_some((start, end))
        })
    }

    /// Days from the first on, as long as one of them may be open.
    fn dates(&self, first: Date) -> impl Iterator<Item = Date> + '_ {
        let never = self.week.iter().all(Vec::is_empty);
        let last = self.holidays.last_key_value().map(|(date, _)| *date);
        let ahead = first.series(1.day()).take(DAYS);
        ahead.take_while(move |date| !never || last.is_some_and(|last| *date <= last))
    }

    /// The blocks of one day as moments.
    fn of_day(&self, date: Date) -> Vec<(Timestamp, Timestamp)> {
        let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default();
        let blocks = self.holidays.get(&date).unwrap_or(&self.week[weekday]);
        blocks.iter().filter_map(|block| self.span(date, *block)).collect()
    }

    fn span(&self, date: Date, block: Block) -> Option<(Timestamp, Timestamp)> {
        let start = date.to_datetime(block.from);
        let end = if block.to > block.from {
            date.to_datetime(block.to)
        } else {
            let next = date.tomorrow().ok()?;
            // A holiday rules its day alone, from midnight on.
            let until = if self.holidays.contains_key(&next) { Time::midnight() } else { block.to };
            next.to_datetime(until)
        };
        Some((moment(&self.zone, start)?, moment(&self.zone, end)?))
    }
}

fn sorted(blocks: &[Block]) -> Vec<Block> {
    let mut blocks = blocks.to_vec();
    blocks.sort_by_key(|block| block.from);
    blocks
}
