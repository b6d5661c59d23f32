//! The history that is generated: what a company has after two years, by arithmetic, so that any part of
//! it can be known without reading it.

use base::id::id_at;

use super::words::Dice;

pub const TEAMS: i64 = 60;
/// An agent who may see one team in twenty sees 5 % of the conversations.
pub const TEAMS_SEEN: usize = 3;
/// Agents with a token each: limits of requests count by caller.
pub const AGENTS: usize = 64;
/// And so many who see some teams only.
pub const TEAM_AGENTS: usize = 16;
const TWO_YEARS: i64 = 2 * 365 * 86_400_000;
const LONG: i64 = 5_000;
/// The next message of a conversation comes some hours later.
const HOURS: i64 = 3 * 3_600_000;

#[derive(Clone, Copy)]
pub struct History {
    pub size: i64,
    pub customers: i64,
    start: i64,
    step: i64,
    hop: i64,
}

/// One conversation as it is written.
pub struct Thread {
    pub id: i64,
    pub number: i64,
    pub at: i64,
    pub team: usize,
    pub assignee: Option<usize>,
    pub status: &'static str,
    pub shelf: &'static str,
    pub customer: i64,
    pub messages: Vec<Told>,
}

pub struct Told {
    pub id: i64,
    pub at: i64,
    pub inbound: bool,
}

impl History {
    /// `end` is the time in milliseconds at which the history was made.
    pub fn new(size: i64, end: i64) -> History {
        let step = TWO_YEARS / size;
        let hop = step * (HOURS / step).max(1);
        // The newest conversations have had the time for all their messages.
        let start = end - TWO_YEARS - 61 * hop;
        History { size, customers: size * 8 / 100, start, step, hop }
    }

    pub fn customer_id(&self, index: i64) -> i64 {
        id_at(self.customer_at(index))
    }

    pub fn identity_id(&self, index: i64) -> i64 {
        id_at(self.customer_at(index) + 500)
    }

    pub fn customer_at(&self, index: i64) -> i64 {
        self.start - (self.customers - index) * 1_000
    }

    pub fn id(&self, index: i64) -> i64 {
        id_at(self.start + index * self.step)
    }

    /// The one that has thousands of messages.
    pub fn long_one(&self) -> i64 {
        self.size / 2
    }

    pub fn thread(&self, index: i64) -> Thread {
        let mut dice = Dice::new(index.unsigned_abs());
        let at = self.start + index * self.step;
        let count = match index == self.long_one() {
            true => LONG,
            // Three on average.
            false => [1, 1, 1, 2, 2, 3, 3, 4, 5, 8][dice.below(10)],
        };
        // The remainder by `step` tells which message, the rest which conversation: no time comes twice.
        let told = |n: i64| {
            let at = at + n + 1 + if n < 60 { n * self.hop } else { 59 * self.hop };
            Told { id: id_at(at), at, inbound: n % 2 == 0 }
        };
        let (status, shelf) = state(&mut dice);
        let taken = shelf != "active" || dice.below(10) >= 3;
        Thread {
            id: id_at(at),
            number: index + 1,
            at,
            team: dice.below(TEAMS as usize),
            assignee: taken.then(|| dice.below(AGENTS)),
            status,
            shelf,
            customer: dice.below(self.customers as usize) as i64,
            messages: (0..count).map(told).collect(),
        }
    }
}

/// One in five still wants something; most of what a company has is done.
fn state(dice: &mut Dice) -> (&'static str, &'static str) {
    match dice.below(100) {
        0..3 => ("new", "active"),
        3..12 => ("open", "active"),
        12..18 => ("pending", "active"),
        18..20 => ("hold", "active"),
        20..24 => ("solved", "solved"),
        24..98 => ("closed", "solved"),
        98 => ("open", "spam"),
        _ => ("closed", "bin"),
    }
}
