//! What a workspace says of itself.

use base::Result;
use journal::Cx;
use journal::settings::{self, Setting};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::{check_locale, check_time_zone, clean_name};

/// Name, language and time zone of a workspace; agents without their own take these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Profile {
    pub name: String,
    pub locale: String,
    pub time_zone: String,
}

impl Default for Profile {
    fn default() -> Profile {
        Profile { name: "Rapport".to_owned(), locale: "en".to_owned(), time_zone: "UTC".to_owned() }
    }
}

impl Setting for Profile {
    const NAME: &'static str = "workspace.profile";

    fn check(&self) -> Result<(), String> {
        let checks = [
            clean_name(&self.name, "name").map(drop),
            check_locale(&self.locale),
            check_time_zone(&self.time_zone),
        ];
        checks.into_iter().collect::<Result<()>>().map_err(|e| e.message.to_string())
    }
}

/// The profile with its version, as clients see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = WorkspaceProfile)]
pub struct ProfileView {
    pub name: String,
    pub locale: String,
    pub time_zone: String,
    pub version: i64,
}

impl ProfileView {
    pub fn read(cx: &mut Cx) -> Result<ProfileView> {
        let (Profile { name, locale, time_zone }, version) = settings::versioned(cx)?;
        Ok(ProfileView { name, locale, time_zone, version })
    }

    pub fn profile(&self) -> Profile {
        let ProfileView { name, locale, time_zone, .. } = self.clone();
        Profile { name, locale, time_zone }
    }
}
