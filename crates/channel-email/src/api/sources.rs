//! Mailboxes on other servers, for administrators: connecting them, and how they fare.

use base::Page;
use base::error::not_found;
use journal::Caller;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Done, Envelope, House, Json, Nothing, Path, Result};

use crate::actions::connect::{self, Connect, Disconnect, DisconnectInput};
use crate::fetch::credentials::{named, server_of};
use crate::fetch::look::{self, Preview};
use crate::fetch::source::{Manner, Place, Source};
use crate::fetch::store;
use crate::jobs::Fetch;
use crate::model::{Mailbox, MailboxId};
use crate::store::{find_mailbox_by_id, list_mailboxes};
use crate::store_hooks::{HookShown, list_hooks};

const GRANT: &str = "email.add_mailbox";

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(connect, disconnect))
        .routes(routes!(preview))
        .routes(routes!(fetch_now))
        .routes(routes!(health))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MailSourceInput)]
struct Wanted {
    place: Place,
    manner: Manner,
}

/// Looks into a mailbox on another server, and changes nothing.
#[utoipa::path(post, path = "/api/mailboxes/{id}/source/preview", params(("id" = i64, Path)),
    request_body = Wanted,
    responses((status = 200, body = Preview), (status = 400, body = Envelope), (status = 503, body = Envelope)))]
async fn preview(at: At, Path(id): Path<MailboxId>, Json(wanted): Json<Wanted>) -> Result<Json<Preview>> {
    at.caller.must(GRANT)?;
    let stored = at
        .read(move |cx| {
            find_mailbox_by_id(cx, id)?.ok_or_else(|| not_found("mailbox_not_found"))?;
            store::find_source(cx, id)
        })
        .await?;
    let place = named(&at.house, wanted.place.checked()?).await?;
    let manner = wanted.manner.checked(place.protocol)?;
    let server = server_of(&at.house, &place, stored.as_ref()).await?;
    Ok(Json(look::preview(&server, place.protocol, &manner, at.house.clock.now()).await?))
}

/// Follows a mailbox on another server, or changes how it is followed.
#[utoipa::path(put, path = "/api/mailboxes/{id}/source", params(("id" = i64, Path)), request_body = Wanted,
    responses((status = 200, body = Source), (status = 404, body = Envelope), (status = 503, body = Envelope)))]
async fn connect(at: At, Path(id): Path<MailboxId>, Json(wanted): Json<Wanted>) -> Result<Done<Source>> {
    let Wanted { place, manner } = wanted;
    let input = connect::Input { mailbox_id: Some(id), place, manner, stand: None };
    at.act::<Connect>(None, input).await
}

/// Fetches no longer; what was fetched stays.
#[utoipa::path(delete, path = "/api/mailboxes/{id}/source", params(("id" = i64, Path)),
    responses((status = 204), (status = 404, body = Envelope)))]
async fn disconnect(at: At, Path(id): Path<MailboxId>) -> Result<Nothing> {
    at.act::<Disconnect>(None, DisconnectInput { mailbox_id: id }).await?;
    Ok(Nothing::default())
}

/// Fetches at once, without waiting for the next round.
#[utoipa::path(post, path = "/api/mailboxes/{id}/source/fetch", params(("id" = i64, Path)),
    responses((status = 204), (status = 404, body = Envelope)))]
async fn fetch_now(at: At, Path(id): Path<MailboxId>) -> Result<Nothing> {
    at.caller.must(GRANT)?;
    at.house
        .write(Caller::system(), move |cx| {
            store::find_source(cx, id)?.ok_or_else(|| not_found("source_not_found"))?;
            cx.sooner(&Fetch { mailbox: id }).map(drop)
        })
        .await?;
    Ok(Nothing::default())
}

/// How a mailbox gets its mail, and whether it does.
#[derive(Serialize, ToSchema)]
#[schema(as = MailboxHealth)]
struct Health {
    mailbox: Mailbox,
    source: Option<Source>,
    hook: Option<HookShown>,
    /// Mails that could not be fetched.
    unfetched: i64,
}

/// How every mailbox fares.
#[utoipa::path(get, path = "/api/mailbox-health", responses((status = 200, body = Page<Health>)))]
async fn health(at: At) -> Result<Json<Page<Health>>> {
    at.caller.must(GRANT)?;
    let items = at
        .read(|cx| {
            let (sources, hooks) = (store::list_sources(cx)?, list_hooks(cx)?);
            let parked = store::count_parked(cx)?;
            let of = |mailbox: Mailbox| Health {
                source: sources.iter().find(|each| each.mailbox_id == mailbox.id).cloned(),
                hook: hooks.iter().find(|each| each.mailbox_id == mailbox.id).cloned(),
                unfetched: parked.iter().find(|each| each.0 == mailbox.id).map_or(0, |each| each.1),
                mailbox,
            };
            Ok(list_mailboxes(cx)?.into_iter().map(of).collect())
        })
        .await?;
    Ok(Json(Page { items, next: None }))
}
