//! Mails that could not be fetched, with their causes.

use base::error::not_found;
use base::{Ask, Page};
use journal::Note;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Envelope, House, Json, Nothing, Path, Query, Result};

use crate::events;
use crate::fetch::source::{FetchedId, Unfetched};
use crate::fetch::store;
use crate::jobs::Fetch;

const GRANT: &str = "email.add_mailbox";

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(retry)).routes(routes!(discard))
}

/// Mails that lie on other servers and could not be fetched, newest first.
#[utoipa::path(get, path = "/api/unfetched",
    params(("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query)),
    responses((status = 200, body = Page<Unfetched>)))]
async fn list(at: At, Query(ask): Query<Ask>) -> Result<Json<Page<Unfetched>>> {
    at.caller.must(GRANT)?;
    let page = at
        .read(move |cx| {
            let before = ask.after::<i64>("unfetched")?.unwrap_or(i64::MAX);
            let rows = store::list_unfetched(cx, before, ask.fetch())?;
            Ok(ask.page("unfetched", rows, |row| row.id.0))
        })
        .await?;
    Ok(Json(page))
}

/// Tries it with the next round, which comes at once.
#[utoipa::path(post, path = "/api/unfetched/{id}/retry", params(("id" = i64, Path)),
    responses((status = 204), (status = 404, body = Envelope)))]
async fn retry(at: At, Path(id): Path<FetchedId>) -> Result<Nothing> {
    settle(&at, id, false).await
}

/// Leaves it on the server and fetches it never.
#[utoipa::path(delete, path = "/api/unfetched/{id}", params(("id" = i64, Path)),
    responses((status = 204), (status = 404, body = Envelope)))]
async fn discard(at: At, Path(id): Path<FetchedId>) -> Result<Nothing> {
    settle(&at, id, true).await
}

async fn settle(at: &At, id: FetchedId, discard: bool) -> Result<Nothing> {
    at.caller.must(GRANT)?;
    at.house
        .write(at.caller.clone(), move |cx| {
            let mailbox = store::settle_unfetched(cx, id, discard)?;
            let mailbox = mailbox.ok_or_else(|| not_found("unfetched_not_found"))?;
            let name = if discard { events::MAIL_DISCARDED } else { events::MAIL_RETRIED };
            cx.record(Note::new(name, "mailbox", mailbox.0).with("mail", id))?;
            if discard { Ok(()) } else { cx.sooner(&Fetch { mailbox }).map(drop) }
        })
        .await?;
    Ok(Nothing::default())
}
