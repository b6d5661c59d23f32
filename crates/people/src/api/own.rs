//! What one changes of oneself: profile, password, sessions, API tokens.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{At, Done, Envelope, IfMatch, Json, Nothing, Pass, Path, Result};

use crate::actions::{
    ChangePassword, ChangeProfile, CreateToken, EndOthers, EndSession, Minted, RevokeToken, input,
};
use crate::door;
use crate::model::{AgentId, AgentView, SessionId, SessionView, TokenId, TokenView};
use crate::store;

/// What is said of oneself.
#[utoipa::path(get, path = "/api/profile", responses((status = 200, body = AgentView)))]
pub(crate) async fn show_profile(at: At) -> Result<Done<AgentView>> {
    let me = me(&at)?;
    let agent: AgentView = at.read(move |cx| door::agent(cx, me)).await?.into();
    let version = agent.version;
    Ok(Done::new(agent).version(version))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProfileBody {
    name: String,
    /// The workspace's when absent.
    #[serde(default)]
    locale: Option<String>,
    #[serde(default)]
    time_zone: Option<String>,
}

/// Changes the own name, language and time zone.
#[utoipa::path(
    put,
    path = "/api/profile",
    request_body = ProfileBody,
    responses((status = 200, body = AgentView), (status = 409, body = Envelope))
)]
pub(crate) async fn change_profile(
    at: At,
    IfMatch(version): IfMatch,
    Json(body): Json<ProfileBody>,
) -> Result<Done<AgentView>> {
    let ProfileBody { name, locale, time_zone } = body;
    let input = input::ChangeProfile { version, name, locale, time_zone };
    let done = at.act::<ChangeProfile>(None, input).await?;
    let version = done.body.version;
    Ok(done.version(version))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordBody {
    /// The password that counted until now.
    current: String,
    password: String,
}

/// Sets a new password; all other sessions end.
#[utoipa::path(
    put,
    path = "/api/profile/password",
    request_body = PasswordBody,
    responses((status = 204), (status = 400, body = Envelope), (status = 429, body = Envelope))
)]
pub(crate) async fn change_password(at: At, Json(body): Json<PasswordBody>) -> Result<Nothing> {
    let Pass::Session(session) = at.pass else {
        let sentence = "Agents change their own password, signed in.";
        return Err(base::error::forbidden("password_not_yours", sentence).into());
    };
    let input = input::ChangePassword::new(body.current, body.password, me(&at)?, SessionId(session));
    at.act::<ChangePassword>(None, input).await?;
    Ok(Nothing::default())
}

/// A session of one's own.
#[derive(Serialize, ToSchema)]
pub(crate) struct OwnSession {
    #[serde(flatten)]
    session: SessionView,
    /// Whether it is the one that asks.
    current: bool,
}

/// Where one is signed in.
#[utoipa::path(get, path = "/api/sessions", responses((status = 200, body = Vec<OwnSession>)))]
pub(crate) async fn list_sessions(at: At) -> Result<Json<Vec<OwnSession>>> {
    let me = me(&at)?;
    let sessions = at.read(move |cx| store::list_sessions(cx, me)).await?;
    let shown =
        |session: SessionView| OwnSession { current: at.pass == Pass::Session(session.id.0), session };
    Ok(Json(sessions.into_iter().map(shown).collect()))
}

/// Ends all sessions but the one that asks.
#[utoipa::path(delete, path = "/api/sessions", responses((status = 204)))]
pub(crate) async fn end_others(at: At) -> Result<Nothing> {
    let but = match at.pass {
        Pass::Session(id) => Some(SessionId(id)),
        Pass::Token(_) => None,
    };
    at.act::<EndOthers>(None, input::EndOthers { but }).await?;
    Ok(Nothing::default())
}

/// Ends a session, with its sockets.
#[utoipa::path(
    delete,
    path = "/api/sessions/{id}",
    params(("id" = SessionId, Path)),
    responses((status = 204), (status = 404, body = Envelope))
)]
pub(crate) async fn end_session(at: At, Path(session_id): Path<SessionId>) -> Result<Nothing> {
    at.act::<EndSession>(None, input::EndSession { session_id }).await?;
    Ok(Nothing::default())
}

/// One's own API tokens.
#[utoipa::path(get, path = "/api/tokens", responses((status = 200, body = Vec<TokenView>)))]
pub(crate) async fn list_tokens(at: At) -> Result<Json<Vec<TokenView>>> {
    let me = me(&at)?;
    Ok(Json(at.read(move |cx| store::list_tokens(cx, me)).await?))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewToken {
    name: String,
}

/// Makes an API token; it is shown this once.
#[utoipa::path(post, path = "/api/tokens", request_body = NewToken, responses((status = 201, body = Minted)))]
pub(crate) async fn create_token(at: At, Json(body): Json<NewToken>) -> Result<web::Created<Minted>> {
    let input = input::CreateToken::new(&body.name, None);
    // No idempotency key: its record would hold the token.
    Ok(at.act::<CreateToken>(None, input).await?.created())
}

/// Takes an API token back, with its sockets.
#[utoipa::path(
    delete,
    path = "/api/tokens/{id}",
    params(("id" = TokenId, Path)),
    responses((status = 204), (status = 404, body = Envelope))
)]
pub(crate) async fn revoke_token(at: At, Path(token_id): Path<TokenId>) -> Result<Nothing> {
    at.act::<RevokeToken>(None, input::RevokeToken { token_id }).await?;
    Ok(Nothing::default())
}

fn me(at: &At) -> Result<AgentId> {
    let me = at.caller.agent_id().map(AgentId);
    Ok(me.ok_or_else(|| base::error::forbidden("agents_only", "Only agents may ask for this."))?)
}
