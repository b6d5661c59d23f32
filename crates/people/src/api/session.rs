//! Coming in, going out, and what one changes of oneself.

use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use journal::{Caller, Cx, Grants, settings};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use web::request::{cleared_cookie, session_cookie};
use web::{Anyone, At, Authenticate, Credentials, Done, Envelope, Json, Nothing, Pass, Path, Result};

use crate::actions::{
    AcceptInvitation, ChangeProfile, CreateToken, EndSession, Minted, Opened, RequestReset, ResetPassword,
    RevokeToken, SignIn, input,
};
use crate::door;
use crate::doorkeeper::Doorkeeper;
use crate::model::{
    AgentId, AgentView, Brand, SESSION_SECONDS, SessionId, SessionView, Team, TokenId, TokenView,
};
use crate::settings::Profile;
use crate::store;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignInBody {
    email: String,
    password: String,
}

/// What a screen needs to begin.
#[derive(Serialize, ToSchema)]
pub(crate) struct Boot {
    #[schema(value_type = Object)]
    workspace: Value,
    agent: AgentView,
    /// What the caller may do, by the names of actions.
    grants: Vec<String>,
    agents: Vec<AgentView>,
    teams: Vec<Team>,
    brands: Vec<Brand>,
    #[schema(value_type = Vec<Object>)]
    views: Value,
    /// Where the live socket begins.
    cursor: String,
}

/// Signs in and sets the cookie.
#[utoipa::path(
    post,
    path = "/api/session",
    request_body = SignInBody,
    responses((status = 200, body = Boot), (status = 401, body = Envelope), (status = 429, body = Envelope))
)]
pub(crate) async fn sign_in(
    anyone: Anyone,
    headers: HeaderMap,
    Json(body): Json<SignInBody>,
) -> Result<Response> {
    knock(&anyone, Some(&body.email))?;
    let input = input::SignIn::new(&body.email, &body.password).device(device(&headers));
    let opened = anyone.house.act::<SignIn>(Caller::system(), None, input).await?.output;
    entered(anyone, opened).await
}

/// Who is signed in, and what a screen needs to begin.
#[utoipa::path(get, path = "/api/session", responses((status = 200, body = Boot), (status = 401, body = Envelope)))]
pub(crate) async fn show(at: At) -> Result<Json<Boot>> {
    Ok(Json(boot(&at.web, &at.house, at.caller.clone()).await?))
}

/// Signs out.
#[utoipa::path(delete, path = "/api/session", responses((status = 204), (status = 401, body = Envelope)))]
pub(crate) async fn sign_out(at: At) -> Result<Response> {
    if let Pass::Session(id) = at.pass {
        at.act::<EndSession>(None, input::EndSession { session_id: SessionId(id) }).await?;
    }
    let cookie = [(SET_COOKIE, cleared_cookie(at.client.https))];
    Ok((cookie, Nothing::default()).into_response())
}

/// Changes the own name, language and time zone.
#[utoipa::path(put, path = "/api/profile", request_body = input::ChangeProfile, responses((status = 200, body = AgentView)))]
pub(crate) async fn change_profile(
    at: At,
    Json(input): Json<input::ChangeProfile>,
) -> Result<Done<AgentView>> {
    at.act::<ChangeProfile>(None, input).await
}

/// Asks for a link to set a new password; the answer is the same for every address.
#[utoipa::path(post, path = "/api/password-resets", request_body = input::RequestReset, responses((status = 204)))]
pub(crate) async fn request_reset(anyone: Anyone, Json(input): Json<input::RequestReset>) -> Result<Nothing> {
    knock(&anyone, Some(&input.email))?;
    anyone.house.act::<RequestReset>(Caller::system(), None, input).await?;
    Ok(Nothing::default())
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPassword {
    password: String,
}

/// Sets a new password by the link from the mail.
#[utoipa::path(
    post,
    path = "/api/password-resets/{token}",
    params(("token" = String, Path)),
    request_body = NewPassword,
    responses((status = 204), (status = 404, body = Envelope))
)]
pub(crate) async fn reset_password(
    anyone: Anyone,
    Path(token): Path<String>,
    Json(body): Json<NewPassword>,
) -> Result<Nothing> {
    knock(&anyone, None)?;
    let input = input::ResetPassword { token, password: body.password, hash: None };
    anyone.house.act::<ResetPassword>(Caller::system(), None, input).await?;
    Ok(Nothing::default())
}

#[derive(Serialize, ToSchema)]
pub(crate) struct InvitationView {
    email: String,
    name: String,
    workspace: String,
}

/// What an invitation's link belongs to.
#[utoipa::path(
    get,
    path = "/api/invitations/{token}",
    params(("token" = String, Path)),
    responses((status = 200, body = InvitationView), (status = 404, body = Envelope))
)]
pub(crate) async fn show_invitation(
    anyone: Anyone,
    Path(token): Path<String>,
) -> Result<Json<InvitationView>> {
    knock(&anyone, None)?;
    let hash = base::secrets::token_hash(&token);
    let look = move |cx: &mut Cx<'_, '_>| {
        let invitation = store::find_invitation(cx, &hash)?;
        let invitation = invitation.ok_or_else(|| base::error::not_found("invitation_not_found"))?;
        let workspace = settings::get::<Profile>(cx)?.name;
        Ok(InvitationView { email: invitation.email, name: invitation.name, workspace })
    };
    Ok(Json(anyone.house.read(Caller::system(), look).await?))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Acceptance {
    name: String,
    password: String,
}

/// Makes the agent and signs in.
#[utoipa::path(
    post,
    path = "/api/invitations/{token}",
    params(("token" = String, Path)),
    request_body = Acceptance,
    responses((status = 200, body = Boot), (status = 404, body = Envelope))
)]
pub(crate) async fn accept_invitation(
    anyone: Anyone,
    headers: HeaderMap,
    Path(token): Path<String>,
    Json(body): Json<Acceptance>,
) -> Result<Response> {
    knock(&anyone, None)?;
    let Acceptance { name, password } = body;
    let device = device(&headers).to_owned();
    let input = input::AcceptInvitation { token, name, password, device, made: None };
    let opened = anyone.house.act::<AcceptInvitation>(Caller::system(), None, input).await?.output;
    entered(anyone, opened).await
}

/// Where one is signed in.
#[utoipa::path(get, path = "/api/sessions", responses((status = 200, body = Vec<SessionView>)))]
pub(crate) async fn list_sessions(at: At) -> Result<Json<Vec<SessionView>>> {
    let me = me(&at)?;
    Ok(Json(at.read(move |cx| store::list_sessions(cx, me)).await?))
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

/// Doors are knocked at slowly, by each address and for each account.
fn knock(anyone: &Anyone, account: Option<&str>) -> Result<()> {
    let limits = anyone.web.limits();
    limits.doors.knock(&anyone.client.limit_key())?;
    if let Some(account) = account {
        limits.accounts.knock(&format!("{}/{}", anyone.house.name, base::text::fold(account)))?;
    }
    Ok(())
}

fn device(headers: &HeaderMap) -> &str {
    headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default()
}

fn me(at: &At) -> Result<AgentId> {
    let me = at.caller.agent_id().map(AgentId);
    Ok(me.ok_or_else(|| base::error::forbidden("agents_only", "Only agents may ask for this."))?)
}

async fn entered(anyone: Anyone, opened: Opened) -> Result<Response> {
    let cookie = session_cookie(&opened.token, SESSION_SECONDS, anyone.client.https);
    let known = Doorkeeper.recognise(&anyone.house, &Credentials::Cookie(opened.token)).await?;
    let known = known.ok_or_else(|| base::error::unauthenticated("session_ended"))?;
    let boot = boot(&anyone.web, &anyone.house, known.caller).await?;
    Ok(([(SET_COOKIE, cookie)], Json(boot)).into_response())
}

async fn boot(web: &web::House, house: &std::sync::Arc<journal::Workspace>, caller: Caller) -> Result<Boot> {
    // First of all, so that nothing is missed between the lists and the socket.
    let cursor = web::live::cursor(house).await?;
    let me = caller.agent_id().map(AgentId);
    let me = me.ok_or_else(|| base::error::forbidden("agents_only", "Only agents work at the desk."))?;
    let grants = match &caller.grants {
        Grants::All => house.registry().grants().into_iter().map(str::to_owned).collect(),
        Grants::Some(names) => names.iter().cloned().collect(),
    };
    let viewers = web.viewers();
    let sight = viewers.sight(house, &caller).await?;
    let views = viewers.views(house, &caller, &sight).await?;
    let facts = viewers.facts(house, &caller).await?;
    let look = move |cx: &mut Cx<'_, '_>| {
        let mut workspace = serde_json::to_value(settings::get::<Profile>(cx)?)?;
        if let (Value::Object(all), Value::Object(facts)) = (&mut workspace, &facts) {
            all.extend(facts.clone());
        }
        let agents = door::agents(cx)?.into_iter().map(AgentView::from).collect();
        let agent = door::agent(cx, me)?.into();
        let (teams, brands) = (door::teams(cx)?, door::brands(cx)?);
        let (grants, views, cursor) = (Clone::clone(&grants), views.clone(), cursor.clone());
        Ok(Boot { workspace, agent, grants, agents, teams, brands, views, cursor })
    };
    Ok(house.read(caller, look).await?)
}
