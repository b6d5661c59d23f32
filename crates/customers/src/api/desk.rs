//! Customers, as agents see and change them.

use axum::extract::DefaultBodyLimit;
use base::{Ask, Page};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Created, Done, Envelope, House, IfMatch, Json, Keyed, Path, Query, Result};

use crate::actions::change::{self, Change};
use crate::actions::create::{self, Create};
use crate::model::{Customer, CustomerId, Details, Summary, TimelineEntry};
use crate::reading;

/// A note of 20,000 letters in a script of four bytes, with room for the rest.
const LONGEST_BODY: usize = 256 * 1024;

pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(open, change))
        .routes(routes!(timeline))
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
}

#[derive(Deserialize, IntoParams)]
struct Listing {
    /// Words of a name, an address, a company or a note; the last one may be unfinished.
    q: Option<String>,
    cursor: Option<String>,
    limit: Option<i64>,
}

#[utoipa::path(get, path = "/api/customers", params(Listing), responses((status = 200, body = Page<Summary>)))]
async fn list(at: At, Query(query): Query<Listing>) -> Result<Json<Page<Summary>>> {
    let Listing { q, cursor, limit } = query;
    let (text, ask) = (q.unwrap_or_default(), Ask { cursor, limit });
    let page = at.read(move |cx| {
        let scope = people::scope(cx)?;
        match text.trim().is_empty() {
            true => reading::customers(cx, &scope, &ask),
            false => reading::look_up(cx, &scope, &text, &ask),
        }
    });
    Ok(Json(page.await?))
}

#[utoipa::path(post, path = "/api/customers", request_body = create::Input,
    responses((status = 201, body = Customer), (status = 409, body = Envelope)))]
async fn create(at: At, Keyed(input, key): Keyed<create::Input>) -> Result<Created<Customer>> {
    Ok(shown(at.act::<Create>(key, input).await?).created())
}

#[utoipa::path(get, path = "/api/customers/{id}", params(("id" = i64, Path)),
    responses((status = 200, body = Customer), (status = 404, body = Envelope)))]
async fn open(at: At, Path(id): Path<CustomerId>) -> Result<Done<Customer>> {
    let customer = at.read(move |cx| {
        let scope = people::scope(cx)?;
        reading::customer(cx, &scope, id)
    });
    Ok(shown(Done::new(customer.await?)))
}

#[utoipa::path(put, path = "/api/customers/{id}", params(("id" = i64, Path)), request_body = Details,
    responses((status = 200, body = Customer), (status = 409, body = Envelope)))]
async fn change(
    at: At,
    Path(customer): Path<CustomerId>,
    IfMatch(version): IfMatch,
    Json(details): Json<Details>,
) -> Result<Done<Customer>> {
    Ok(shown(at.act::<Change>(None, change::Input { customer, version, details }).await?))
}

#[utoipa::path(get, path = "/api/customers/{id}/timeline",
    params(("id" = i64, Path), ("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query)),
    responses((status = 200, body = Page<TimelineEntry>)))]
async fn timeline(
    at: At,
    Path(id): Path<CustomerId>,
    Query(ask): Query<Ask>,
) -> Result<Json<Page<TimelineEntry>>> {
    let page = at.read(move |cx| {
        let scope = people::scope(cx)?;
        reading::timeline(cx, &scope, id, &ask)
    });
    Ok(Json(page.await?))
}

fn shown(done: Done<Customer>) -> Done<Customer> {
    let version = done.body.version;
    done.version(version)
}
