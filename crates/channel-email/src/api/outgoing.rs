//! The server through which mail goes out, for administrators.

use base::error::not_found;
use journal::settings;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Done, Envelope, House, Json, Result};

use crate::actions::set_outgoing::{self, SetOutgoing, Shown};
use crate::actions::test_outgoing::{self, TestOutgoing, Tried};
use crate::model::OutgoingMail;

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(outgoing, set_outgoing)).routes(routes!(test_outgoing))
}

/// The outgoing server, without its password.
#[utoipa::path(get, path = "/api/outgoing-mail",
    responses((status = 200, body = Shown), (status = 404, body = Envelope)))]
async fn outgoing(at: At) -> Result<Json<Shown>> {
    at.caller.must("email.set_outgoing")?;
    let settings = at.read(settings::get::<OutgoingMail>).await?;
    match settings.host.is_empty() {
        true => Err(not_found("outgoing_not_set").into()),
        false => Ok(Json(settings.into())),
    }
}

/// Names the outgoing server.
#[utoipa::path(put, path = "/api/outgoing-mail", request_body = set_outgoing::Input,
    responses((status = 200, body = Shown), (status = 400, body = Envelope)))]
async fn set_outgoing(at: At, Json(input): Json<set_outgoing::Input>) -> Result<Done<Shown>> {
    at.act::<SetOutgoing>(None, input).await
}

/// Sends a test mail and says what became of it.
#[utoipa::path(post, path = "/api/outgoing-mail/test", request_body = test_outgoing::Input,
    responses((status = 200, body = Tried), (status = 400, body = Envelope)))]
async fn test_outgoing(at: At, Json(input): Json<test_outgoing::Input>) -> Result<Done<Tried>> {
    at.act::<TestOutgoing>(None, input).await
}
