//! Ids: integers below 2^53, made by the application, ordered by time.

use std::sync::atomic::{AtomicI64, Ordering};

use crate::time::Clock;

/// 2024-01-01T00:00:00Z in microseconds: the ids count from here.
const EPOCH_MICROS: i64 = 1_704_067_200_000_000;
const TICK_MICROS: i64 = 32;
const NODE_BITS: u32 = 6;

/// Nodes are numbered 0 to 63.
pub const MAX_NODE: i64 = (1 << NODE_BITS) - 1;

/// A newtype made by [`id!`](crate::id!).
pub trait IsId: Copy {
    fn from_raw(raw: i64) -> Self;
    fn raw(self) -> i64;
}

/// Gives out ids: 47 bits of 32-microsecond ticks since 2024, then 6 bits of node.
///
/// A burst borrows from the near future: the next id is `max(now, last + 1 tick)`, so no id is
/// ever given twice, whatever the clock does.
pub struct IdSource {
    clock: Clock,
    node: i64,
    last_tick: AtomicI64,
}

impl IdSource {
    /// `after` is the greatest id that this node has stored (0 when there is none).
    pub fn new(clock: Clock, node: i64, after: i64) -> IdSource {
        assert!((0..=MAX_NODE).contains(&node), "node numbers end at {MAX_NODE}");
        IdSource { clock, node, last_tick: AtomicI64::new(after >> NODE_BITS) }
    }

    pub fn next(&self) -> i64 {
        let now = (self.clock.micros() - EPOCH_MICROS) / TICK_MICROS;
        let step = |last: i64| Some(now.max(last + 1));
        let last = self
            .last_tick
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, step)
            .expect("step always gives a tick");
        (now.max(last + 1) << NODE_BITS) | self.node
    }

    /// Every id that was made so far is at most this one.
    pub fn last(&self) -> i64 {
        (self.last_tick.load(Ordering::Relaxed) << NODE_BITS) | self.node
    }

    pub fn make<T: IsId>(&self) -> T {
        T::from_raw(self.next())
    }

    pub fn node(&self) -> i64 {
        self.node
    }
}

/// The smallest id that could have been made at `millis`, for ranges by time.
pub fn id_at(millis: i64) -> i64 {
    ((millis * 1000 - EPOCH_MICROS) / TICK_MICROS).max(0) << NODE_BITS
}

/// Declares an id newtype: a plain number in JSON, in the database and in the API document.
#[macro_export]
macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl $crate::IsId for $name {
            fn from_raw(raw: i64) -> Self {
                $name(raw)
            }
            fn raw(self) -> i64 {
                self.0
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }
        impl $crate::ToVal for $name {
            fn to_val(&self) -> $crate::Val<'_> {
                $crate::Val::Int(self.0)
            }
        }
        impl $crate::FromVal for $name {
            fn from_val(got: $crate::Got<'_>) -> $crate::Result<Self> {
                <i64 as $crate::FromVal>::from_val(got).map($name)
            }
        }
        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_i64(self.0)
            }
        }
        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                <i64 as $crate::serde::Deserialize>::deserialize(d).map($name)
            }
        }
        impl $crate::utoipa::PartialSchema for $name {
            fn schema() -> $crate::utoipa::openapi::RefOr<$crate::utoipa::openapi::Schema> {
                <i64 as $crate::utoipa::PartialSchema>::schema()
            }
        }
        impl $crate::utoipa::ToSchema for $name {}
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Time;

    #[test]
    fn ids_grow_even_when_the_clock_stands_still_or_falls_back() {
        let clock = Clock::frozen(Time(1_800_000_000_000));
        let ids = IdSource::new(clock.clone(), 5, 0);
        let first = ids.next();
        let second = ids.next();
        clock.set(Time(1_700_000_000_000));
        let third = ids.next();
        assert!(first < second && second < third);
        assert!(third < 1 << 53, "exact in JSON");
        assert_eq!(third & MAX_NODE, 5);
    }

    #[test]
    fn a_restarted_source_goes_on_above_what_was_stored() {
        let clock = Clock::frozen(Time(1_800_000_000_000));
        let before = IdSource::new(clock.clone(), 0, 0);
        let burst = (0..1000).map(|_| before.next()).max().expect("a burst");
        assert!(IdSource::new(clock, 0, burst).next() > burst);
    }
}
