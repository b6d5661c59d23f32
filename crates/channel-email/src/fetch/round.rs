//! What every round through a mailbox stands on, whatever the protocol.

use std::sync::Arc;

use base::{Result, Time};
use journal::{Caller, JobRun, Workspace};

use super::source::{FolderId, Source, Stuck};
use super::store;

/// The house, the mailbox, and the slip under which it is fetched.
pub struct Ground<'a> {
    pub house: &'a Arc<Workspace>,
    pub source: &'a Source,
    /// The mailbox's own address.
    pub address: &'a str,
    pub run: &'a JobRun,
}

/// A round puts something down at least this often; after so long without, another may take over.
pub const LEASE_SECONDS: i64 = 900;

/// A parked mail waits twice as long after each try, up to a day.
const FIRST_PAUSE_SECONDS: i64 = 60;
const LONGEST_PAUSE_SECONDS: i64 = 86_400;

impl Ground<'_> {
    /// Parked mails whose time has come again.
    pub async fn stuck(&self, folder: FolderId, epoch: i64) -> Result<Vec<Stuck>> {
        let now = self.house.clock.now();
        let before = now.plus_seconds(-FIRST_PAUSE_SECONDS);
        let all =
            self.house.read(Caller::system(), move |cx| store::list_stuck(cx, folder, epoch, before)).await?;
        Ok(all.into_iter().filter(|stuck| stuck.at <= now.plus_seconds(-pause(stuck.tries))).collect())
    }

    pub async fn due(&self, folder: FolderId, epoch: i64, before: Time, limit: i64) -> Result<Vec<Stuck>> {
        self.house.read(Caller::system(), move |cx| store::list_due(cx, folder, epoch, before, limit)).await
    }
}

fn pause(tries: i64) -> i64 {
    (FIRST_PAUSE_SECONDS << tries.clamp(1, 12).saturating_sub(1)).min(LONGEST_PAUSE_SECONDS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parked_mail_waits_longer_each_time_up_to_a_day() {
        assert_eq!([0, 1, 2, 3, 4, 30].map(pause), [60, 60, 120, 240, 480, 86_400]);
    }
}
