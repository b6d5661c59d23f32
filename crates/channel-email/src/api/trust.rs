//! Trust in mail: what was seen of a message, the policy of the workspace, who is allowed.

use base::error::not_found;
use base::{Ask, Page};
use conversations::channel::HoldReason;
use conversations::model::MessageId;
use conversations::store::message::find_message;
use journal::settings;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Created, Done, Envelope, House, Json, Keyed, Nothing, Path, Query, Result};

use crate::actions::allow::{self, Allow, Disallow};
use crate::actions::set_trust::SetTrust;
use crate::model::{NAME, RawId};
use crate::store_trust::{Seen, find_seen, list_allowed};
use crate::trust::allowed::{Allowed, AllowedId};
use crate::trust::authentication::Authentication;
use crate::trust::lessons::Scan;
use crate::trust::settings::Trust;

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(trust_of_message))
        .routes(routes!(policy, set_policy))
        .routes(routes!(list, allow))
        .routes(routes!(disallow))
}

/// What was seen of a mail.
#[derive(Serialize, ToSchema)]
#[schema(as = MailSeen)]
pub struct Shown {
    pub authentication: Option<Authentication>,
    /// How much speaks for spam.
    pub points: i64,
    /// Heaviest first.
    pub reasons: Vec<HoldReason>,
    pub scan: Option<Scan>,
}

impl From<Seen> for Shown {
    fn from(seen: Seen) -> Shown {
        Shown {
            authentication: seen.results.and_then(|value| serde_json::from_value(value).ok()),
            points: seen.points.unwrap_or(0),
            reasons: seen.reasons.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default(),
            scan: seen.scan,
        }
    }
}

/// Who really sent the mail behind a message, as far as it can be known.
#[utoipa::path(get, path = "/api/messages/{id}/trust", params(("id" = i64, Path)),
    responses((status = 200, body = Shown), (status = 404, body = Envelope)))]
async fn trust_of_message(at: At, Path(id): Path<MessageId>) -> Result<Json<Shown>> {
    let seen = at
        .read(move |cx| {
            let scope = people::scope(cx)?;
            let message = find_message(cx, &scope, id)?.filter(|m| m.channel == NAME);
            match message.and_then(|m| m.raw_id) {
                Some(raw) => find_seen(cx, RawId(raw)),
                None => Ok(None),
            }
        })
        .await?;
    Ok(Json(seen.ok_or_else(|| not_found("trust_not_known"))?.into()))
}

/// The policy of the workspace.
#[utoipa::path(get, path = "/api/mail-trust", responses((status = 200, body = Trust)))]
async fn policy(at: At) -> Result<Json<Trust>> {
    at.caller.must("email.set_trust")?;
    Ok(Json(at.read(settings::get::<Trust>).await?))
}

/// Changes the policy of the workspace.
#[utoipa::path(put, path = "/api/mail-trust", request_body = Trust,
    responses((status = 200, body = Trust), (status = 400, body = Envelope)))]
async fn set_policy(at: At, Json(input): Json<Trust>) -> Result<Done<Trust>> {
    at.act::<SetTrust>(None, input).await
}

/// Who is allowed, newest first.
#[utoipa::path(get, path = "/api/allowed-senders",
    params(("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query)),
    responses((status = 200, body = Page<Allowed>)))]
async fn list(at: At, Query(ask): Query<Ask>) -> Result<Json<Page<Allowed>>> {
    at.caller.must("conversation.block")?;
    let page = at
        .read(move |cx| {
            let before: AllowedId = ask.after("allowed")?.unwrap_or(AllowedId(i64::MAX));
            let found = list_allowed(cx, before, ask.fetch())?;
            Ok(ask.page("allowed", found, |one| one.id))
        })
        .await?;
    Ok(Json(page))
}

/// Allows a sender, or everybody of a domain.
#[utoipa::path(post, path = "/api/allowed-senders", request_body = allow::Input,
    responses((status = 201, body = Allowed), (status = 400, body = Envelope)))]
async fn allow(at: At, Keyed(input, key): Keyed<allow::Input>) -> Result<Created<Allowed>> {
    Ok(at.act::<Allow>(key, input).await?.created())
}

/// Allows somebody no longer.
#[utoipa::path(delete, path = "/api/allowed-senders/{id}", params(("id" = i64, Path)),
    responses((status = 204), (status = 404, body = Envelope)))]
async fn disallow(at: At, Path(id): Path<AllowedId>) -> Result<Nothing> {
    let done = at.act::<Disallow>(None, allow::Which { id }).await?;
    Ok(Nothing { undo: done.undo })
}
