//! Agents change what is said of themselves.

use base::Result;
use base::error::forbidden;
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules::check_version;
use crate::events;
use crate::model::{Agent, AgentId, AgentView, check_locale, check_time_zone, clean_name};
use crate::store;

pub struct ChangeProfile;

#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ProfileChangeInput)]
pub struct Input {
    #[serde(default)]
    pub version: Option<i64>,
    pub name: String,
    /// The workspace's when absent.
    #[serde(default)]
    pub locale: Option<String>,
    #[serde(default)]
    pub time_zone: Option<String>,
}

impl Action for ChangeProfile {
    const NAME: &'static str = "profile.change";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = AgentView;

    fn run(cx: &mut Cx, input: &Input) -> Result<AgentView> {
        let me = cx.caller().agent_id().map(AgentId);
        let me = me.ok_or_else(|| forbidden("agents_only", "Only agents have a profile here."))?;
        let name = clean_name(&input.name, "name")?;
        input.locale.as_deref().map(check_locale).transpose()?;
        input.time_zone.as_deref().map(check_time_zone).transpose()?;
        let before = store::get_agent_locked(cx, me)?;
        check_version(input.version, before.version, &AgentView::from(before.clone()))?;
        let (locale, time_zone) = (input.locale.clone(), input.time_zone.clone());
        let after = Agent { name, locale, time_zone, ..before.clone() };
        if after == before {
            return Ok(before.into());
        }
        store::set_agent(cx, &after)?;
        let mut note = Note::new(events::AGENT_CHANGED, "agent", me.0);
        if before.locale != after.locale {
            note = note.change("locale", &before.locale, &after.locale);
        }
        cx.record(note)?;
        let version = Some(before.version + 1);
        let undo = Input { version, name: before.name, locale: before.locale, time_zone: before.time_zone };
        cx.undoable::<ChangeProfile>(&undo)?;
        Ok(Agent { version: before.version + 1, ..after }.into())
    }
}
