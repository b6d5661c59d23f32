//! An agent chooses what to be told by mail.

use base::Result;
use base::error::conflict;
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::events;
use crate::model::Choices;
use crate::store::choices::{get_choices, set_choices};

pub struct Choose;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NotificationChooseInput)]
pub struct Input {
    pub mentioned: bool,
    pub assigned: bool,
    pub replied: bool,
    pub unassigned: bool,
    pub undelivered: bool,
    pub at_desk: bool,
    #[serde(default)]
    pub version: Option<i64>,
}

impl Action for Choose {
    const NAME: &'static str = "notification.choose";
    /// It concerns oneself, like the rest of the profile.
    const GRANT: &'static str = "profile.change";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Choices;

    fn run(cx: &mut Cx, input: &Input) -> Result<Choices> {
        let agent = people::acting_agent(cx)?;
        let before = get_choices(cx, agent)?;
        if input.version.is_some_and(|version| version != before.version) {
            let present = serde_json::to_value(before)?;
            let moved = conflict("version_conflict", "Somebody else changed this meanwhile.");
            return Err(moved.with_present(present));
        }
        let Input { mentioned, assigned, replied, unassigned, undelivered, at_desk, .. } = *input;
        let version = before.version + 1;
        let after = Choices { mentioned, assigned, replied, unassigned, undelivered, at_desk, version };
        set_choices(cx, agent, &after)?;
        cx.record(Note::new(events::CHOSEN, "agent", agent.0))?;
        cx.undoable::<Choose>(&Input {
            mentioned: before.mentioned,
            assigned: before.assigned,
            replied: before.replied,
            unassigned: before.unassigned,
            undelivered: before.undelivered,
            at_desk: before.at_desk,
            version: Some(version),
        })?;
        Ok(after)
    }
}
