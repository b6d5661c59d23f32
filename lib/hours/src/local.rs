//! Turns local times into moments, the same way round for every change of the clock.

use jiff::{
    Timestamp,
    civil::DateTime,
    tz::{AmbiguousOffset, TimeZone},
};

/// The moment of a local time. A time that happens twice counts the first time; one that is skipped is the moment of the
/// jump. So later local times never give earlier moments, and no block turns inside out.
pub(crate) fn moment(zone: &TimeZone, local: DateTime) -> Option<Timestamp> {
    match zone.to_ambiguous_timestamp(local).offset() {
        AmbiguousOffset::Unambiguous { offset } => offset.to_timestamp(local).ok(),
        AmbiguousOffset::Fold { before, .. } => before.to_timestamp(local).ok(),
        AmbiguousOffset::Gap { after, .. } => {
            // Read with the later offset, a skipped time lies before the jump.
            let earlier = after.to_timestamp(local).ok()?;
            zone.following(earlier).next().map(|jump| jump.timestamp())
        }
    }
}
