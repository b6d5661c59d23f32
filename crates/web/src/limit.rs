//! Rate limits: how often one address, one caller or one account may knock. Each node counts by itself;
//! what strangers do at doors is counted in the database as well, over all nodes.

use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

use base::Result;
use base::error::too_many;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// Keys that have recovered are forgotten after so many knocks, so memory has an end.
const TIDY_EVERY: u32 = 4_096;

/// A bucket per key.
pub struct Limit<K: Hash + Eq + Clone> {
    buckets: DefaultKeyedRateLimiter<K>,
    quota: journal::Quota,
    knocks: AtomicU32,
}

impl<K: Hash + Eq + Clone> Limit<K> {
    /// `burst` at once, refilled with `per_minute`.
    pub fn new(burst: u32, per_minute: u32) -> Limit<K> {
        let positive = |n: u32| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
        let each = Quota::per_minute(positive(per_minute)).allow_burst(positive(burst));
        let quota = journal::Quota { burst, per_minute };
        Limit { buckets: RateLimiter::keyed(each), quota, knocks: AtomicU32::new(0) }
    }

    /// The same numbers, for a bucket in the database.
    pub fn quota(&self) -> journal::Quota {
        self.quota
    }

    #[track_caller]
    pub fn knock(&self, key: &K) -> Result<()> {
        if self.knocks.fetch_add(1, Ordering::Relaxed) % TIDY_EVERY == TIDY_EVERY - 1 {
            self.buckets.retain_recent();
        }
        match self.buckets.check_key(key) {
            Ok(()) => Ok(()),
            Err(_) => Err(too_many("too_many_requests", "That was too much at once. Wait a little.")),
        }
    }
}

pub struct Limits {
    /// Requests without a login, by address.
    pub strangers: Limit<IpAddr>,
    /// Requests of one caller (an agent, a token).
    pub callers: Limit<String>,
    /// Attempts to sign in or to use a link from a mail, by address.
    pub doors: Limit<IpAddr>,
    /// The same by account, in its folded form, wherever they come from.
    pub accounts: Limit<String>,
}

impl Limits {
    pub fn usual() -> Limits {
        Limits {
            strangers: Limit::new(600, 1_200),
            callers: Limit::new(3_000, 60_000),
            doors: Limit::new(30, 30),
            accounts: Limit::new(10, 5),
        }
    }

    /// For benchmarks and load tests, which are not what limits are for.
    pub fn wide() -> Limits {
        let most = 100_000_000;
        Limits {
            strangers: Limit::new(most, most),
            callers: Limit::new(most, most),
            doors: Limit::new(most, most),
            accounts: Limit::new(most, most),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_knocks_too_often_is_held_back_and_others_are_not() {
        let limit = Limit::new(2, 1);
        assert!(limit.knock(&"a").is_ok() && limit.knock(&"a").is_ok());
        assert_eq!(limit.knock(&"a").expect_err("held back").kind, base::Kind::TooMany);
        assert!(limit.knock(&"b").is_ok());
    }
}
