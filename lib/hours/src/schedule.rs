//! What an administrator enters: blocks, weekdays, holidays, time zone.

use std::fmt;

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

/// Open from one time of day to another. An end at or before the start lies on the next day, so `00:00` to `00:00` is a
/// whole day and `22:00` to `06:00` a night.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// First moment that is open.
    pub from: Time,
    /// First moment that is closed again.
    pub to: Time,
}

/// A day with hours of its own. It rules its calendar day alone: what the day before would reach into it ends at midnight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// The day, in the schedule's time zone.
    pub date: Date,
    /// Open blocks of that day; none means closed.
    #[serde(default)]
    pub blocks: Vec<Block>,
}

/// Weekly hours with their exceptions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// Name in the IANA time zone database, such as `Europe/Berlin`.
    pub zone: String,
    /// Blocks of each weekday, Monday first. Several are allowed, in any order; overlaps count once.
    pub week: [Vec<Block>; 7],
    /// Exceptions. Of several for one date the last counts.
    #[serde(default)]
    pub holidays: Vec<Holiday>,
}

/// Blocks of one day, at most.
pub(crate) const BLOCKS: usize = 48;
/// Holidays of one schedule, at most.
pub(crate) const HOLIDAYS: usize = 10_000;

/// Why a schedule can't be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invalid {
    /// No time zone has this name.
    Zone(String),
    /// A day has more than 48 blocks.
    Blocks,
    /// There are more than 10,000 holidays.
    Holidays,
}

impl fmt::Display for Invalid {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Zone(name) => write!(to, "there is no time zone {name:?}"),
            Self::Blocks => write!(to, "a day has more than {BLOCKS} blocks"),
            Self::Holidays => write!(to, "there are more than {HOLIDAYS} holidays"),
        }
    }
}

impl std::error::Error for Invalid {}
