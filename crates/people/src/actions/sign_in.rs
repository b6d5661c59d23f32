//! Signing in with address and password: slow on purpose, and slower after failures.

use std::sync::Arc;

use base::error::too_many;
use base::secrets::{hex, new_token};
use base::{Error, Kind, Result, Time};
use journal::{Action, Caller, Cx, Risk, Workspace};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules::{Opened, open_session, prepared};
use crate::model::AgentId;
use crate::password::verify_later;
use crate::store;

/// So many failures cost nothing: people mistype.
const FREE_FAILURES: i64 = 5;
const LONGEST_WAIT_SECONDS: i64 = 900;

pub struct SignIn;

#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SessionStartInput)]
pub struct Input {
    pub email: String,
    pub password: String,
    /// What the browser says of itself.
    #[serde(skip)]
    pub device: String,
    #[serde(skip)]
    proven: Option<Proven>,
}

#[derive(Clone)]
struct Proven {
    agent: AgentId,
    hash: String,
    account: String,
    token: String,
}

impl Input {
    pub fn new(email: &str, password: &str) -> Input {
        let (email, password) = (email.to_owned(), password.to_owned());
        Input { email, password, device: String::new(), proven: None }
    }

    pub fn device(self, device: &str) -> Input {
        Input { device: device.to_owned(), ..self }
    }
}

impl Action for SignIn {
    const NAME: &'static str = "session.start";
    const RISK: Risk = Risk::Irreversible;
    type Input = Input;
    type Output = Opened;

    async fn prepare(house: &Arc<Workspace>, input: &mut Input) -> Result<()> {
        let folded = base::text::fold(&input.email);
        // The table of failures holds no addresses, least of all those that are no accounts.
        let account = hex(&house.secrets.mac("sign_in_failures", folded.as_bytes()));
        let (asked, email) = (account.clone(), input.email.clone());
        let look = move |cx: &mut Cx<'_, '_>| {
            let failures = store::find_failures(cx, &asked)?;
            must_wait(failures, cx.now())?;
            store::find_proof(cx, &email)
        };
        let proof = house.read(Caller::system(), look).await?.filter(|proof| proof.active);
        let agent = proof.as_ref().map(|proof| proof.id);
        let hash = proof.and_then(|proof| proof.password_hash);
        let fits = verify_later(std::mem::take(&mut input.password), hash.clone()).await?;
        if let (true, Some(agent), Some(hash)) = (fits, agent, hash) {
            input.proven = Some(Proven { agent, hash, account, token: new_token() });
            return Ok(());
        }
        let note = move |cx: &mut Cx<'_, '_>| store::add_failure(cx, &account);
        house.write(Caller::system(), note).await?;
        Err(wrong())
    }

    fn run(cx: &mut Cx, input: &Input) -> Result<Opened> {
        let proven = prepared(&input.proven)?;
        // The password may have changed, or the agent left, while the hash was worked out.
        let proof = store::find_proof(cx, &input.email)?;
        let still = proof.is_some_and(|p| p.active && p.password_hash.as_deref() == Some(&proven.hash));
        if !still {
            return Err(wrong());
        }
        store::delete_failures(cx, &proven.account)?;
        open_session(cx, proven.agent, &proven.token, &input.device)
    }
}

fn wrong() -> Error {
    Error::new(Kind::Unauthenticated, "wrong_credentials", "The address or the password is wrong.")
}

/// After the free ones every failure doubles the wait.
fn must_wait(failures: Option<(i64, Time)>, now: Time) -> Result<()> {
    let Some((count, last)) = failures else { return Ok(()) };
    if count < FREE_FAILURES {
        return Ok(());
    }
    let seconds = (1i64 << (count - FREE_FAILURES).min(20)).min(LONGEST_WAIT_SECONDS);
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
        let refused = |count, after| must_wait(Some((count, Time(0))), Time(after)).is_err();
        assert!(!refused(4, 0) && refused(5, 999) && !refused(5, 1_000));
        assert!(refused(8, 7_999) && !refused(8, 8_000));
        assert!(refused(60, 899_999) && !refused(60, 900_000));
    }
}
