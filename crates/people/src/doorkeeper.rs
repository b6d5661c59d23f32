//! Who is calling: the cookie, the token or the pair of a request, looked up on every request.

use std::sync::Arc;

use base::secrets::token_hash;
use base::{Result, Time};
use journal::{Caller, Cx, Event, Grants, Who, Workspace};
use web::{Authenticate, Credentials, Known, Later, Pass};

use crate::events;
use crate::model::SESSION_SECONDS;
use crate::model::{SessionId, expand};
use crate::store::{self, Guest};

/// That a session is used is written down at most this often.
const NOTED_EVERY: i64 = 3_600_000;

/// What everybody may do who has signed in: all of it concerns oneself.
const EVERYBODY: [&str; 3] = ["session.end", "profile.change", "password.change"];

/// Fills the socket of `web`.
pub struct Doorkeeper;

impl Authenticate for Doorkeeper {
    fn recognise<'a>(
        &'a self,
        house: &'a Arc<Workspace>,
        credentials: &'a Credentials,
    ) -> Later<'a, Result<Option<Known>>> {
        Box::pin(async move {
            match credentials {
                Credentials::Cookie(token) => by_session(house, token).await,
                Credentials::Bearer(token) => by_token(house, token, None).await,
                // `E/token:TOKEN`, as other products have it; a password alone never opens this way.
                Credentials::Basic { user, password } => match user.strip_suffix("/token") {
                    Some(email) => by_token(house, password, Some(base::text::fold(email))).await,
                    None => Ok(None),
                },
            }
        })
    }

    fn unsettles(&self, event: &Event, known: &Known) -> bool {
        match event.name.as_str() {
            events::ROLE_CHANGED | events::TEAM_MEMBERS_CHANGED | events::BRAND_MEMBERS_CHANGED => true,
            events::SESSION_ENDED => matches!(known.pass, Pass::Session(id) if id == event.subject_id),
            events::TOKEN_REVOKED => matches!(known.pass, Pass::Token(id) if id == event.subject_id),
            events::AGENT_CHANGED | events::AGENT_DEACTIVATED => {
                known.caller.agent_id() == Some(event.subject_id)
            }
            _ => false,
        }
    }
}

async fn by_session(house: &Arc<Workspace>, token: &str) -> Result<Option<Known>> {
    let hash = token_hash(token);
    let look = move |cx: &mut Cx<'_, '_>| {
        let guest = store::find_session(cx, &hash)?.filter(|guest| guest.active);
        let Some(guest) = guest else { return Ok(None) };
        let grants = grants_of(cx, &guest)?;
        Ok(Some((guest, grants, cx.now())))
    };
    let Some((guest, grants, now)) = house.read(Caller::system(), look).await? else { return Ok(None) };
    note_use(house, &guest, now).await?;
    let caller = Caller { who: Who::Agent(guest.agent_id.0), grants };
    Ok(Some(Known { caller, pass: Pass::Session(guest.id) }))
}

async fn note_use(house: &Arc<Workspace>, guest: &Guest, now: Time) -> Result<()> {
    if now.0 - guest.seen_at.0 < NOTED_EVERY {
        return Ok(());
    }
    let id = SessionId(guest.id);
    let note = move |cx: &mut Cx<'_, '_>| {
        let until = cx.now().plus_seconds(SESSION_SECONDS);
        store::set_session_seen(cx, id, until)
    };
    house.write(Caller::system(), note).await
}

async fn by_token(house: &Arc<Workspace>, token: &str, email: Option<String>) -> Result<Option<Known>> {
    let hash = token_hash(token);
    let look = move |cx: &mut Cx<'_, '_>| {
        let guest = store::find_token(cx, &hash)?.filter(|guest| guest.active);
        let guest = guest.filter(|guest| email.as_ref().is_none_or(|email| *email == guest.email_folded));
        let Some(guest) = guest else { return Ok(None) };
        let grants = grants_of(cx, &guest)?;
        let who = Who::Token { id: guest.id, agent: guest.agent_id.0 };
        Ok(Some(Known { caller: Caller { who, grants }, pass: Pass::Token(guest.id) }))
    };
    house.read(Caller::system(), look).await
}

fn grants_of(cx: &mut Cx, guest: &Guest) -> Result<Grants> {
    let patterns: Vec<String> = serde_json::from_value(guest.grants.clone())?;
    if patterns.iter().any(|pattern| pattern == "*") {
        return Ok(Grants::All);
    }
    let mut names = expand(&patterns, &cx.registry().grants());
    names.extend(EVERYBODY.map(str::to_owned));
    Ok(Grants::some(names))
}
