//! What a workspace says of itself changes: its name, language and time zone.

use base::Result;
use journal::{Action, Cx, Risk, settings};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules::check_version;
use crate::model::clean_name;
use crate::settings::{Profile, ProfileView};

pub struct ChangeWorkspace;

/// What is absent stays as it is.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WorkspaceChangeInput)]
pub struct Input {
    #[serde(default)]
    pub version: Option<i64>,
    #[serde(default)]
    pub name: Option<String>,
    /// The language of agents without their own, as in `de` or `pt-BR`.
    #[serde(default)]
    pub locale: Option<String>,
    /// The time zone of agents without their own, as in `Europe/Berlin`.
    #[serde(default)]
    pub time_zone: Option<String>,
}

impl Action for ChangeWorkspace {
    const NAME: &'static str = "workspace.change";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = ProfileView;

    fn run(cx: &mut Cx, input: &Input) -> Result<ProfileView> {
        let before = ProfileView::read(cx)?;
        check_version(input.version, before.version, &before)?;
        let mut after = before.profile();
        if let Some(name) = &input.name {
            after.name = clean_name(name, "name")?;
        }
        after.locale = input.locale.clone().unwrap_or(after.locale);
        after.time_zone = input.time_zone.clone().unwrap_or(after.time_zone);
        crate::model::check_locale(&after.locale)?;
        crate::model::check_time_zone(&after.time_zone)?;
        if after == before.profile() {
            return Ok(before);
        }
        settings::set::<Profile>(cx, &after)?;
        let now = ProfileView::read(cx)?;
        let ProfileView { name, locale, time_zone, .. } = before;
        let (version, name) = (Some(now.version), Some(name));
        let (locale, time_zone) = (Some(locale), Some(time_zone));
        cx.undoable::<ChangeWorkspace>(&Input { version, name, locale, time_zone })?;
        Ok(now)
    }
}
