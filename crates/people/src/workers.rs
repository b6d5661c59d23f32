//! Letters are sent, resets looked up, and what has expired is removed.

use std::sync::Arc;

use base::Result;
use base::error::unavailable;
use base::secrets::{new_token, token_hash};
use journal::{Caller, Cx, JobRun, Note, Workspace, settings};

use crate::events;
use crate::jobs::{Mail, Reset};
use crate::settings::Profile;
use crate::sockets::{Letter, LetterKind, Post};
use crate::store;

/// A reset link is used soon or never.
const RESET_SECONDS: i64 = 3_600;

pub async fn mail(house: Arc<Workspace>, slip: Mail, _run: JobRun) -> Result<()> {
    let letter = slip.letter(&house.secrets)?;
    let registry = house.registry();
    let postman = registry.socket::<Post>().and_then(Post::postman);
    let postman = postman.ok_or_else(|| unavailable("no_postman", "No channel can send letters yet."))?;
    postman.send(&house, &letter).await
}

pub async fn reset(house: Arc<Workspace>, slip: Reset, run: JobRun) -> Result<()> {
    let email = slip.email(&house.secrets)?;
    let token = new_token();
    let prepare = move |cx: &mut Cx<'_, '_>| {
        run.finish(cx)?;
        let agent = store::find_agent_by_email(cx, &email)?.filter(|agent| agent.active);
        let Some(agent) = agent else { return Ok(()) };
        let until = cx.now().plus_seconds(RESET_SECONDS);
        store::set_reset(cx, agent.id, &token_hash(&token), until)?;
        let profile: Profile = settings::get(cx)?;
        let letter = Letter {
            kind: LetterKind::PasswordReset,
            to: agent.email,
            name: agent.name,
            link: format!("{}/desk/reset/{token}", cx.public_url()),
            workspace: profile.name,
            locale: agent.locale.unwrap_or(profile.locale),
        };
        let slip = Mail::of(cx.secrets(), &letter)?;
        cx.later(&slip)?;
        cx.record(Note::new(events::PASSWORD_RESET_ASKED, "agent", agent.id.0)).map(drop)
    };
    house.write(Caller::system(), prepare).await
}

/// Sessions, links and failures of the past.
pub async fn forget(house: Arc<Workspace>) -> Result<()> {
    house
        .write(Caller::system(), |cx| {
            let now = cx.now();
            store::delete_expired(cx, now).map(drop)
        })
        .await
}
