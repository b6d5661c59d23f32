//! Coming in, going out, and what a screen needs to begin.

use std::sync::Arc;

use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use journal::{Caller, Cx, Grants, Workspace, settings};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use web::request::{cleared_cookie, cookie, session_cookie, set_cookie};
use web::{Anyone, At, Authenticate, Credentials, Envelope, House, Json, Nothing, Panel, Pass, Result};

use crate::actions::{EndSession, Opened, Place, SignIn, input};
use crate::device::Device;
use crate::door;
use crate::doorkeeper::Doorkeeper;
use crate::model::{AgentId, AgentView, Brand, SESSION_SECONDS, SessionId, Team};
use crate::settings::Profile;

const DEVICE: &str = "rapport_device";
const DEVICE_SECONDS: i64 = 400 * 86_400;

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
    /// The parts of the desk and the sections of settings that the caller may see.
    panels: Vec<Panel>,
    /// Where the live socket begins.
    cursor: String,
}

/// Signs in and sets the cookie.
#[utoipa::path(
    post,
    path = "/api/session",
    request_body = SignInBody,
    security(()),
    responses((status = 200, body = Boot), (status = 401, body = Envelope), (status = 429, body = Envelope))
)]
pub(crate) async fn sign_in(
    anyone: Anyone,
    headers: HeaderMap,
    Json(body): Json<SignInBody>,
) -> Result<Response> {
    let place = place(&anyone, &headers, &body.email);
    match &place.device {
        Some(device) => anyone.knock_known(device).await?,
        None => anyone.knock(Some(&body.email)).await?,
    }
    let input = input::SignIn::new(&body.email, &body.password).device(agent_of(&headers)).from(place);
    let opened = anyone.house.act::<SignIn>(Caller::system(), None, input).await?.output;
    entered(anyone, &headers, opened).await
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

/// What the browser says of itself.
pub(super) fn agent_of(headers: &HeaderMap) -> &str {
    headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default()
}

/// From where somebody tries to come in.
fn place(anyone: &Anyone, headers: &HeaderMap, email: &str) -> Place {
    let house = &anyone.house;
    let known = device(headers);
    let known = known.as_ref().and_then(|device| device.known(&house.secrets, &house.name, email));
    Place { network: anyone.client.limit_key().to_string(), device: known.map(str::to_owned) }
}

/// The browser, as far as its cookie tells.
fn device(headers: &HeaderMap) -> Option<Device> {
    Device::read(cookie(headers, DEVICE))
}

/// The answer to somebody who came in; the browser is known from now on.
pub(super) async fn entered(anyone: Anyone, headers: &HeaderMap, opened: Opened) -> Result<Response> {
    let session = session_cookie(&opened.token, SESSION_SECONDS, anyone.client.https);
    let known = Doorkeeper.recognise(&anyone.house, &Credentials::Cookie(opened.token)).await?;
    let known = known.ok_or_else(|| base::error::unauthenticated("session_ended"))?;
    let boot = boot(&anyone.web, &anyone.house, known.caller).await?;
    let cookies = AppendHeaders([
        (SET_COOKIE, session),
        (SET_COOKIE, device_cookie(&anyone, headers, &boot.agent.email)),
    ]);
    Ok((cookies, Json(boot)).into_response())
}

/// Makes this browser known for this agent.
pub(super) fn device_cookie(anyone: &Anyone, headers: &HeaderMap, email: &str) -> HeaderValue {
    let house = &anyone.house;
    let value = Device::after(device(headers), &house.secrets, &house.name, email);
    set_cookie(DEVICE, &value, "/api", DEVICE_SECONDS, anyone.client.https)
}

async fn boot(web: &House, house: &Arc<Workspace>, caller: Caller) -> Result<Boot> {
    // First of all, so that nothing is missed between the lists and the socket.
    let cursor = web::live::cursor(house).await?;
    let me = caller.agent_id().map(AgentId);
    let me = me.ok_or_else(|| base::error::forbidden("agents_only", "Only agents work at the desk."))?;
    let grants = match &caller.grants {
        Grants::All => house.registry().grants().into_iter().map(str::to_owned).collect(),
        Grants::Some(names) => names.iter().cloned().collect(),
    };
    let panels = web::panels(&house.registry(), &caller);
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
        let (teams, brands) = (door::teams_ever(cx)?, door::brands(cx)?);
        let (grants, views, cursor) = (Clone::clone(&grants), views.clone(), cursor.clone());
        let panels = panels.clone();
        Ok(Boot { workspace, agent, grants, agents, teams, brands, views, panels, cursor })
    };
    Ok(house.read(caller, look).await?)
}
