//! What the workspace says of itself.

use serde::Deserialize;
use utoipa::ToSchema;
use web::{At, Done, Envelope, IfMatch, Json, Result};

use crate::actions::{ChangeWorkspace, input};
use crate::settings::ProfileView;

/// The name, language and time zone of the workspace.
#[utoipa::path(get, path = "/api/workspace", responses((status = 200, body = ProfileView)))]
pub(crate) async fn show(at: At) -> Result<Done<ProfileView>> {
    let profile = at.read(ProfileView::read).await?;
    let version = profile.version;
    Ok(Done::new(profile).version(version))
}

/// What is absent stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WorkspaceChange {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    locale: Option<String>,
    #[serde(default)]
    time_zone: Option<String>,
}

/// Changes the name, language or time zone of the workspace.
#[utoipa::path(
    patch,
    path = "/api/workspace",
    request_body = WorkspaceChange,
    responses((status = 200, body = ProfileView), (status = 400, body = Envelope), (status = 409, body = Envelope))
)]
pub(crate) async fn change(
    at: At,
    IfMatch(version): IfMatch,
    Json(body): Json<WorkspaceChange>,
) -> Result<Done<ProfileView>> {
    let WorkspaceChange { name, locale, time_zone } = body;
    let input = input::ChangeWorkspace { version, name, locale, time_zone };
    let done = at.act::<ChangeWorkspace>(None, input).await?;
    let version = done.body.version;
    Ok(done.version(version))
}
