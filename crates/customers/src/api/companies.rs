//! Companies and their members, as agents see and change them.

use axum::extract::DefaultBodyLimit;
use base::{Ask, Page};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Created, Done, Envelope, House, IfMatch, Json, Keyed, Nothing, Path, Query, Result};

use crate::actions::change_company::{self, ChangeCompany};
use crate::actions::create_company::CreateCompany;
use crate::actions::member::{AddMember, RemoveMember};
use crate::model::{Company, CompanyDetails, CompanyId, CustomerId, Membership};
use crate::reading;

const LONGEST_BODY: usize = 256 * 1024;

pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(open, change))
        .routes(routes!(add_member, remove_member))
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
}

#[utoipa::path(get, path = "/api/companies",
    params(("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query)),
    responses((status = 200, body = Page<Company>)))]
async fn list(at: At, Query(ask): Query<Ask>) -> Result<Json<Page<Company>>> {
    let page = at.read(move |cx| {
        let scope = people::scope(cx)?;
        reading::companies(cx, &scope, &ask)
    });
    Ok(Json(page.await?))
}

#[utoipa::path(post, path = "/api/companies", request_body = CompanyDetails,
    responses((status = 201, body = Company), (status = 409, body = Envelope)))]
async fn create(at: At, Keyed(input, key): Keyed<CompanyDetails>) -> Result<Created<Company>> {
    Ok(shown(at.act::<CreateCompany>(key, input).await?).created())
}

#[utoipa::path(get, path = "/api/companies/{id}", params(("id" = i64, Path)),
    responses((status = 200, body = Company), (status = 404, body = Envelope)))]
async fn open(at: At, Path(id): Path<CompanyId>) -> Result<Done<Company>> {
    let company = at.read(move |cx| {
        let scope = people::scope(cx)?;
        reading::company(cx, &scope, id)
    });
    Ok(shown(Done::new(company.await?)))
}

#[utoipa::path(put, path = "/api/companies/{id}", params(("id" = i64, Path)), request_body = CompanyDetails,
    responses((status = 200, body = Company), (status = 409, body = Envelope)))]
async fn change(
    at: At,
    Path(company): Path<CompanyId>,
    IfMatch(version): IfMatch,
    Json(details): Json<CompanyDetails>,
) -> Result<Done<Company>> {
    Ok(shown(at.act::<ChangeCompany>(None, change_company::Input { company, version, details }).await?))
}

#[utoipa::path(put, path = "/api/customers/{id}/companies/{company}",
    params(("id" = i64, Path), ("company" = i64, Path)), responses((status = 204)))]
async fn add_member(at: At, Path((customer, company)): Path<(CustomerId, CompanyId)>) -> Result<Nothing> {
    let done = at.act::<AddMember>(None, Membership { company, customer }).await?;
    Ok(Nothing { undo: done.undo })
}

#[utoipa::path(delete, path = "/api/customers/{id}/companies/{company}",
    params(("id" = i64, Path), ("company" = i64, Path)), responses((status = 204)))]
async fn remove_member(at: At, Path((customer, company)): Path<(CustomerId, CompanyId)>) -> Result<Nothing> {
    let done = at.act::<RemoveMember>(None, Membership { company, customer }).await?;
    Ok(Nothing { undo: done.undo })
}

fn shown(done: Done<Company>) -> Done<Company> {
    let version = done.body.version;
    done.version(version)
}
