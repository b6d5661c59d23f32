//! Failed attempts, and the waits that follow them.
//!
//! A stranger's failures are counted for the account at that network, for the account wherever they
//! come from, and for the network whatever the account. A browser with which the agent has signed in
//! before is counted by itself: strangers never hold it back.

use std::sync::Arc;

use base::error::too_many;
use base::secrets::hex;
use base::{Result, Secrets, Time};
use journal::{Caller, Cx, Workspace};

use crate::store;

const LONGEST_WAIT_SECONDS: i64 = 900;

/// From where somebody tries.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// The network address, as limits count it.
    pub network: String,
    /// The browser, when this agent has signed in with it before.
    pub device: Option<String>,
}

/// Failures that count together, and how many of them cost nothing: people mistype.
#[derive(Clone)]
pub(super) struct Count {
    key: String,
    free: i64,
    /// Others count here too, so a success takes back only its own attempt.
    shared: bool,
}

impl Count {
    fn new(secrets: &Secrets, parts: &[&str], free: i64, shared: bool) -> Count {
        // The table holds no addresses, least of all those that are no accounts.
        let key = hex(&secrets.mac("sign_in_failures", parts.join("\n").as_bytes()));
        Count { key, free, shared }
    }

    /// What an attempt to sign in counts for.
    pub fn of_sign_in(secrets: &Secrets, email: &str, from: &Place) -> Vec<Count> {
        let account = base::text::fold(email.trim());
        if let Some(device) = &from.device {
            return vec![Count::new(secrets, &["device", &account, device], 5, false)];
        }
        vec![
            Count::new(secrets, &["here", &account, &from.network], 5, false),
            Count::new(secrets, &["account", &account], 20, true),
            Count::new(secrets, &["network", &from.network], 50, true),
        ]
    }

    /// What an attempt to give the present password counts for.
    pub fn of_password(secrets: &Secrets, agent: i64) -> Vec<Count> {
        vec![Count::new(secrets, &["password", &agent.to_string()], 5, false)]
    }
}

/// Refuses while one has to wait. Every attempt counts as failed until [`forgive`] says otherwise, so
/// that many at the same moment are not more than many one after the other.
pub(super) async fn attempt(house: &Arc<Workspace>, counts: Vec<Count>) -> Result<()> {
    let begin = move |cx: &mut Cx<'_, '_>| {
        for count in &counts {
            let failures = store::find_failures(cx, &count.key)?;
            must_wait(count.free, failures, cx.now())?;
        }
        counts.iter().try_for_each(|count| store::add_failure(cx, &count.key))
    };
    house.write(Caller::system(), begin).await
}

/// The attempt went well.
pub(super) fn forgive(cx: &mut Cx, counts: &[Count]) -> Result<()> {
    for count in counts {
        match count.shared {
            true => store::take_failure_back(cx, &count.key)?,
            false => store::delete_failures(cx, &count.key)?,
        }
    }
    Ok(())
}

/// After a proof by mail: strangers who tried this account before hold its owner back no more.
pub(super) fn forgive_account(cx: &mut Cx, email: &str) -> Result<()> {
    let counts = Count::of_sign_in(cx.secrets(), email, &Place::default());
    counts.iter().skip(1).take(1).try_for_each(|count| store::delete_failures(cx, &count.key))
}

/// After the free ones every failure doubles the wait.
fn must_wait(free: i64, failures: Option<(i64, Time)>, now: Time) -> Result<()> {
    let Some((count, last)) = failures.filter(|(count, _)| *count >= free) else { return Ok(()) };
    let seconds = (1i64 << (count - free).min(20)).min(LONGEST_WAIT_SECONDS);
    match now < last.plus_seconds(seconds) {
        true => Err(too_many("sign_in_wait", "Too many attempts. Wait a little, then try again.")),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_have_an_end() {
        let refused = |count, after| must_wait(5, Some((count, Time(0))), Time(after)).is_err();
        assert!(!refused(4, 0) && refused(5, 999) && !refused(5, 1_000));
        assert!(refused(8, 7_999) && !refused(8, 8_000));
        assert!(refused(60, 899_999) && !refused(60, 900_000));
    }
}
