//! What could not be processed, with its cause.

use axum::body::Body;
use axum::http::Response;
use base::{Ask, Page, Time};
use journal::Cx;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Envelope, House, Json, Nothing, Path, Query, Result};

use super::original::download;
use crate::model::{RawHead, RawId};
use crate::store::{self, ParkedRow};

/// Seeing parked mail is a right of those who set mail up: it may be anybody's.
const GRANT: &str = "email.add_mailbox";

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(retry))
        .routes(routes!(discard))
        .routes(routes!(parked_raw))
}

/// Work that nobody could do, with its cause.
#[derive(Serialize, ToSchema)]
struct Parked {
    id: i64,
    job: String,
    cause: String,
    attempts: i64,
    created_at: Time,
    /// The mail that it is about.
    mail: Option<RawHead>,
}

/// Lists what could not be processed, newest first.
#[utoipa::path(get, path = "/api/parked",
    params(("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query)),
    responses((status = 200, body = Page<Parked>)))]
async fn list(at: At, Query(ask): Query<Ask>) -> Result<Json<Page<Parked>>> {
    at.caller.must(GRANT)?;
    let page = at
        .read(move |cx| {
            let before = ask.after::<i64>("parked")?.unwrap_or(i64::MAX);
            let rows = store::list_parked(cx, before, ask.fetch())?;
            let page = ask.page("parked", rows, |row| row.id);
            let items = page.items.into_iter().map(|row| shown(cx, row)).collect::<base::Result<_>>()?;
            Ok(Page { items, next: page.next })
        })
        .await?;
    Ok(Json(page))
}

fn shown(cx: &mut Cx<'_, '_>, row: ParkedRow) -> base::Result<Parked> {
    let mail = match raw_of(&row) {
        Some(id) => store::find_raw_head(cx, id)?,
        None => None,
    };
    Ok(Parked {
        id: row.id,
        cause: row.error.unwrap_or_default(),
        attempts: row.attempts,
        created_at: row.created_at,
        job: row.name,
        mail,
    })
}

fn raw_of(row: &ParkedRow) -> Option<RawId> {
    row.args.get("raw").and_then(serde_json::Value::as_i64).map(RawId)
}

/// Tries it once more.
#[utoipa::path(post, path = "/api/parked/{id}/retry", params(("id" = i64, Path)),
    responses((status = 204), (status = 404, body = Envelope)))]
async fn retry(at: At, Path(id): Path<i64>) -> Result<Nothing> {
    at.caller.must(GRANT)?;
    at.house.retry_parked_job(at.caller.clone(), id).await?;
    Ok(Nothing::default())
}

/// Gives it up: it is tried no more. The mail itself stays stored.
#[utoipa::path(delete, path = "/api/parked/{id}", params(("id" = i64, Path)),
    responses((status = 204), (status = 404, body = Envelope)))]
async fn discard(at: At, Path(id): Path<i64>) -> Result<Nothing> {
    at.caller.must(GRANT)?;
    at.house.discard_parked_job(at.caller.clone(), id).await?;
    Ok(Nothing::default())
}

/// The mail of a parked job, as it came.
#[utoipa::path(get, path = "/api/parked/{id}/raw", params(("id" = i64, Path)),
    responses((status = 200), (status = 404, body = Envelope)))]
async fn parked_raw(at: At, Path(id): Path<i64>) -> Result<Response<Body>> {
    at.caller.must(GRANT)?;
    let raw = at
        .read(move |cx| {
            let row = store::list_parked(cx, id.saturating_add(1), 1)?.into_iter().find(|row| row.id == id);
            match row.as_ref().and_then(raw_of) {
                Some(raw) => store::find_raw(cx, raw),
                None => Ok(None),
            }
        })
        .await?;
    download(&at, raw, id).await
}
