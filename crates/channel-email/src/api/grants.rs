//! Access to mailboxes that providers grant, for administrators.

use base::Page;
use journal::settings;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Done, Envelope, House, Json, Nothing, Path, Result};

use crate::actions::connect_grant::{self, AppInput, Connect, RemoveGrant, RemoveInput, SetApp};
use crate::grants;
use crate::model::{GrantId, checked_address};
use crate::oauth::{Apps, Provider};
use crate::store_grants::{self, Grant};

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(apps, set_app))
        .routes(routes!(begin))
        .routes(routes!(list, finish))
        .routes(routes!(remove))
}

/// An app at a provider; its secret never comes back.
#[derive(Serialize, ToSchema)]
#[schema(as = EmailOauthApp)]
struct App {
    provider: Provider,
    client_id: String,
    tenant: String,
}

#[derive(Serialize, ToSchema)]
#[schema(as = EmailOauthApps)]
struct Shown {
    apps: Vec<App>,
    /// What the provider asks for as redirect address.
    redirect: String,
}

/// By which apps the workspace is known at providers.
#[utoipa::path(get, path = "/api/oauth-apps", responses((status = 200, body = Shown)))]
async fn apps(at: At) -> Result<Json<Shown>> {
    at.caller.must("email.set_outgoing")?;
    let kept: Apps = at.read(settings::get).await?;
    let shown = |provider: &Provider| {
        let app = kept.of(*provider)?;
        Some(App { provider: *provider, client_id: app.client_id.clone(), tenant: app.tenant.clone() })
    };
    let apps = Provider::ALL.iter().filter_map(shown).collect();
    Ok(Json(Shown { apps, redirect: grants::back(&at.house) }))
}

/// Names the app at a provider, or forgets it.
#[utoipa::path(put, path = "/api/oauth-apps", request_body = AppInput,
    responses((status = 204), (status = 400, body = Envelope)))]
async fn set_app(at: At, Json(input): Json<AppInput>) -> Result<Nothing> {
    let done = at.act::<SetApp>(None, input).await?;
    Ok(Nothing { undo: done.undo })
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmailOauthBegin)]
struct Begin {
    provider: Provider,
    /// Whose mailbox it is.
    address: String,
}

#[derive(Serialize, ToSchema)]
#[schema(as = EmailOauthBegun)]
struct Begun {
    /// Where the person agrees.
    url: String,
}

/// Begins to connect a mailbox: the person goes to the provider and comes back with a code.
#[utoipa::path(post, path = "/api/email-grants/begin", request_body = Begin,
    responses((status = 200, body = Begun), (status = 400, body = Envelope)))]
async fn begin(at: At, Json(input): Json<Begin>) -> Result<Json<Begun>> {
    at.caller.must("email.set_outgoing")?;
    let address = checked_address(&input.address, "address")?;
    let agent = at.caller.agent_id().unwrap_or_default();
    let session = format!("{:?}", at.pass);
    let url = grants::begin(&at.house, input.provider, address, agent, session).await?;
    Ok(Json(Begun { url }))
}

/// Mailboxes to which a provider has granted access.
#[utoipa::path(get, path = "/api/email-grants", responses((status = 200, body = Page<Grant>)))]
async fn list(at: At) -> Result<Json<Page<Grant>>> {
    at.caller.must("email.set_outgoing")?;
    Ok(Json(Page { items: at.read(store_grants::list_grants).await?, next: None }))
}

/// Takes the code that the person brought back. Only the session that began may end it.
#[utoipa::path(post, path = "/api/email-grants", request_body = connect_grant::Input,
    responses((status = 200, body = Grant), (status = 400, body = Envelope)))]
async fn finish(at: At, Json(input): Json<connect_grant::Input>) -> Result<Done<Grant>> {
    let agent = at.caller.agent_id().unwrap_or_default();
    let session = format!("{:?}", at.pass);
    at.act::<Connect>(None, connect_grant::Input { agent, session, ..input }).await
}

/// Lets go of granted access.
#[utoipa::path(delete, path = "/api/email-grants/{id}", params(("id" = i64, Path)),
    responses((status = 204), (status = 404, body = Envelope)))]
async fn remove(at: At, Path(id): Path<GrantId>) -> Result<Nothing> {
    let done = at.act::<RemoveGrant>(None, RemoveInput { id }).await?;
    Ok(Nothing { undo: done.undo })
}
