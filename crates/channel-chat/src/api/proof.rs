//! Visitors who prove who they are.

use base::error::conflict;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Envelope, House, Json, Result};

use super::guest::{Front, Sent};
use super::talk::{self, Session};
use crate::actions::identify;
use crate::actions::widget::secret_place;
use crate::{signature, token};

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(prove))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChatIdentityBody)]
struct IdentityBody {
    /// A signed token (JSON Web Token, HS256) of the company's own server.
    identity: String,
    /// The visitor token of this browser, so that its thread moves along.
    #[serde(default)]
    token: Option<String>,
}

/// Proves who the visitor is.
#[utoipa::path(post, path = "/api/chat/{key}/identity", params(("key" = String, Path)),
    request_body = IdentityBody, responses((status = 200, body = Session), (status = 401, body = Envelope)))]
async fn prove(Sent(front, body): Sent<Front, IdentityBody>) -> Result<Json<Session>> {
    front.lobbies(|lobbies| lobbies.doors().identities.knock(&front.client.limit_key()))?;
    let (house, widget) = (&front.house, &front.widget);
    let off = || conflict("identity_off", "This widget takes no signed tokens.");
    let sealed = widget.secret.as_ref().ok_or_else(off)?;
    let secret = house.secrets.open_sealed(&secret_place(widget.id), sealed)?;
    let now = house.clock.now();
    let who = signature::verify(&body.identity, &secret, &widget.key, now)?;
    let token = token::proven(&house.secrets, widget.id, &who, now)?;
    let guest = front.guest(&token)?;
    let earlier = body.token.and_then(|token| front.guest(&token).ok());
    if let Some(earlier) = earlier.filter(|earlier| earlier.bearer.proven.is_none()) {
        let address = earlier.bearer.address;
        let looked = address.clone();
        // Most who sign in have not written anything: nothing is stored for them.
        if front.read(move |cx| identify::has_begun(cx, &looked)).await? {
            front.write(move |cx| identify::identify(cx, &guest, &address)).await?;
        }
    }
    talk::show(&front, token).await
}
