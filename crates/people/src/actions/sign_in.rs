//! Signing in with address and password: slow on purpose, and slower after failures.

use std::sync::Arc;

use base::secrets::new_token;
use base::{Error, Kind, Result};
use journal::{Action, Caller, Cx, Risk, Workspace};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules::{Opened, open_session, prepared};
use super::waits::{Count, Place, attempt, forgive};
use crate::model::AgentId;
use crate::password::verify_later;
use crate::store;

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
    from: Place,
    #[serde(skip)]
    proven: Option<Proven>,
}

#[derive(Clone)]
struct Proven {
    agent: AgentId,
    hash: String,
    counts: Vec<Count>,
    token: String,
}

impl Input {
    pub fn new(email: &str, password: &str) -> Input {
        let (email, password) = (email.to_owned(), password.to_owned());
        Input { email, password, device: String::new(), from: Place::default(), proven: None }
    }

    pub fn device(self, device: &str) -> Input {
        Input { device: device.to_owned(), ..self }
    }

    pub fn from(self, from: Place) -> Input {
        Input { from, ..self }
    }
}

impl Action for SignIn {
    const NAME: &'static str = "session.start";
    const RISK: Risk = Risk::Irreversible;
    type Input = Input;
    type Output = Opened;

    async fn prepare(house: &Arc<Workspace>, input: &mut Input) -> Result<()> {
        let counts = Count::of_sign_in(&house.secrets, &input.email, &input.from);
        attempt(house, counts.clone()).await?;
        let email = input.email.clone();
        let proof = house.read(Caller::system(), move |cx| store::find_proof(cx, &email)).await?;
        let proof = proof.filter(|proof| proof.active);
        let agent = proof.as_ref().map(|proof| proof.id);
        let hash = proof.and_then(|proof| proof.password_hash);
        let fits = verify_later(std::mem::take(&mut input.password), hash.clone()).await?;
        let (true, Some(agent), Some(hash)) = (fits, agent, hash) else { return Err(wrong()) };
        input.proven = Some(Proven { agent, hash, counts, token: new_token() });
        Ok(())
    }

    fn run(cx: &mut Cx, input: &Input) -> Result<Opened> {
        let proven = prepared(&input.proven)?;
        // The password may have changed, or the agent left, while the hash was worked out.
        let proof = store::find_proof(cx, &input.email)?;
        let still = proof.is_some_and(|p| p.active && p.password_hash.as_deref() == Some(&proven.hash));
        if !still {
            return Err(wrong());
        }
        forgive(cx, &proven.counts)?;
        open_session(cx, proven.agent, &proven.token, &input.device)
    }
}

fn wrong() -> Error {
    Error::new(Kind::Unauthenticated, "wrong_credentials", "The address or the password is wrong.")
}
