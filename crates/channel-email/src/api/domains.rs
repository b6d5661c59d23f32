//! Sending domains: keys that sign, and records in DNS, for administrators.

use base::Page;
use base::error::not_found;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Envelope, House, Json, Nothing, Path, Result};

use crate::actions::make_keys::{Input, MakeKeys, SwitchInput, SwitchKeys};
use crate::domain_records::Record;
use crate::domains;
use crate::signing_key::Key;
use crate::store_keys::list_keys;

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(check))
        .routes(routes!(make))
        .routes(routes!(switch))
}

/// A domain that mail goes out from.
#[derive(Serialize, ToSchema)]
#[schema(as = EmailSendingDomain)]
struct Domain {
    domain: String,
    /// The servers that its mail goes through.
    hosts: Vec<String>,
    /// Newest first.
    keys: Vec<Key>,
}

/// Domains of our mailboxes with the keys that sign their mail.
#[utoipa::path(get, path = "/api/sending-domains", responses((status = 200, body = Page<Domain>)))]
async fn list(at: At) -> Result<Json<Page<Domain>>> {
    at.caller.must("email.set_outgoing")?;
    let read = |cx: &mut journal::Cx<'_, '_>| {
        let mut found = Vec::new();
        for (domain, hosts) in domains::list_domains(cx)? {
            let keys = list_keys(cx, &domain)?;
            found.push(Domain { domain, hosts, keys });
        }
        Ok(found)
    };
    Ok(Json(Page { items: at.read(read).await?, next: None }))
}

/// Asks DNS about a domain, now.
#[utoipa::path(get, path = "/api/sending-domains/{domain}/records", params(("domain" = String, Path)),
    responses((status = 200, body = Page<Record>), (status = 404, body = Envelope)))]
async fn check(at: At, Path(domain): Path<String>) -> Result<Json<Page<Record>>> {
    at.caller.must("email.set_outgoing")?;
    let known = at.read(domains::list_domains).await?;
    if !known.contains_key(&domain) {
        return Err(not_found("domain_not_found").into());
    }
    Ok(Json(Page { items: domains::check(&at.house, &domain).await?, next: None }))
}

/// Makes new keys, which sign once they are published and switched to.
#[utoipa::path(post, path = "/api/sending-domains/{domain}/keys", params(("domain" = String, Path)),
    responses((status = 204), (status = 404, body = Envelope)))]
async fn make(at: At, Path(domain): Path<String>) -> Result<Nothing> {
    let done = at.act::<MakeKeys>(None, Input::new(domain)).await?;
    Ok(Nothing { undo: done.undo })
}

/// Lets the published keys sign. Refused while a record is missing in DNS.
#[utoipa::path(post, path = "/api/sending-domains/{domain}/switch", params(("domain" = String, Path)),
    responses((status = 204), (status = 404, body = Envelope), (status = 409, body = Envelope)))]
async fn switch(at: At, Path(domain): Path<String>) -> Result<Nothing> {
    let done = at.act::<SwitchKeys>(None, SwitchInput::new(domain)).await?;
    Ok(Nothing { undo: done.undo })
}
