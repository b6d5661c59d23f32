//! Ways in that lead through a mailbox: new passwords and invitations.

use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Response};
use journal::{Caller, Cx, settings};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{Anyone, Envelope, Json, Nothing, Path, Result};

use super::session::{Boot, agent_of, device_cookie, entered};
use crate::actions::{AcceptInvitation, RequestReset, ResetPassword, input};
use crate::door;
use crate::settings::Profile;
use crate::store;

/// Asks for a link to set a new password; the answer is the same for every address.
#[utoipa::path(post, path = "/api/password-resets", request_body = input::RequestReset, security(()), responses((status = 204)))]
pub(crate) async fn request_reset(anyone: Anyone, Json(input): Json<input::RequestReset>) -> Result<Nothing> {
    anyone.knock(Some(&input.email)).await?;
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
    security(()),
    request_body = NewPassword,
    responses((status = 204), (status = 404, body = Envelope))
)]
pub(crate) async fn reset_password(
    anyone: Anyone,
    headers: HeaderMap,
    Path(token): Path<String>,
    Json(body): Json<NewPassword>,
) -> Result<Response> {
    anyone.knock(None).await?;
    let input = input::ResetPassword { token, password: body.password, hash: None };
    let agent = anyone.house.act::<ResetPassword>(Caller::system(), None, input).await?.output;
    let agent = anyone.house.read(Caller::system(), move |cx| door::agent(cx, agent)).await?;
    // Whoever reads the mailbox is no stranger any more.
    let cookie = [(SET_COOKIE, device_cookie(&anyone, &headers, &agent.email))];
    Ok((cookie, Nothing::default()).into_response())
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
    security(()),
    responses((status = 200, body = InvitationView), (status = 404, body = Envelope))
)]
pub(crate) async fn show_invitation(
    anyone: Anyone,
    Path(token): Path<String>,
) -> Result<Json<InvitationView>> {
    anyone.knock(None).await?;
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
    security(()),
    request_body = Acceptance,
    responses((status = 200, body = Boot), (status = 404, body = Envelope))
)]
pub(crate) async fn accept_invitation(
    anyone: Anyone,
    headers: HeaderMap,
    Path(token): Path<String>,
    Json(body): Json<Acceptance>,
) -> Result<Response> {
    anyone.knock(None).await?;
    let Acceptance { name, password } = body;
    let device = agent_of(&headers).to_owned();
    let input = input::AcceptInvitation { token, name, password, device, made: None };
    let opened = anyone.house.act::<AcceptInvitation>(Caller::system(), None, input).await?.output;
    entered(anyone, &headers, opened).await
}
