//! An agent's name, role or standing changes; who is deactivated is out at once.

use base::Result;
use base::error::{conflict, not_found};
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules::{check_version, end_sessions, must_give};
use crate::events;
use crate::model::{Agent, AgentId, AgentView, OWNER, clean_name};
use crate::store;

pub struct ChangeAgent;

/// What is absent stays as it is.
#[derive(Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AgentChangeInput)]
pub struct Input {
    pub agent_id: Option<AgentId>,
    #[serde(default)]
    pub version: Option<i64>,
    #[serde(default)]
    pub name: Option<String>,
    /// The name of a role.
    #[serde(default)]
    pub role: Option<String>,
    #[serde(default)]
    pub active: Option<bool>,
}

impl Action for ChangeAgent {
    const NAME: &'static str = "agent.change";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = AgentView;

    fn run(cx: &mut Cx, input: &Input) -> Result<AgentView> {
        let id = input.agent_id.ok_or_else(|| not_found("agent_not_found"))?;
        let before = store::get_agent_locked(cx, id)?;
        check_version(input.version, before.version, &AgentView::from(before.clone()))?;
        // Whoever may do more than the caller is out of the caller's reach.
        let role = store::get_role_locked(cx, before.role_id)?;
        must_give(cx, &role)?;
        let after = changed(cx, &before, input)?;
        if after == before {
            return Ok(before.into());
        }
        must_keep_an_owner(cx, &before, &after)?;
        store::set_agent(cx, &after)?;
        record(cx, &before, &after)?;
        let undo = Input {
            agent_id: Some(id),
            version: Some(before.version + 1),
            name: Some(before.name),
            role: Some(before.role),
            active: Some(before.active),
        };
        cx.undoable::<ChangeAgent>(&undo)?;
        Ok(Agent { version: before.version + 1, ..after }.into())
    }
}

fn changed(cx: &mut Cx, before: &Agent, input: &Input) -> Result<Agent> {
    let mut after = before.clone();
    if let Some(name) = &input.name {
        after.name = clean_name(name, "name")?;
    }
    if let Some(active) = input.active {
        after.active = active;
    }
    if let Some(name) = input.role.as_ref().filter(|name| **name != before.role) {
        let role = store::find_role_by_name(cx, name)?;
        let role = role.ok_or_else(|| not_found("role_not_found").field("role"))?;
        must_give(cx, &role)?;
        (after.role_id, after.role) = (role.id, role.name);
    }
    Ok(after)
}

fn must_keep_an_owner(cx: &mut Cx, before: &Agent, after: &Agent) -> Result<()> {
    let leaves = before.role == OWNER && before.active && (after.role != OWNER || !after.active);
    if !leaves {
        return Ok(());
    }
    // The role's row is locked: two owners can't leave at the same moment.
    match store::count_active(cx, before.role_id)? {
        0 | 1 => Err(conflict("last_owner", "A workspace keeps at least one active owner.")),
        _ => Ok(()),
    }
}

fn record(cx: &mut Cx, before: &Agent, after: &Agent) -> Result<()> {
    let mut note = Note::new(events::AGENT_CHANGED, "agent", after.id.0);
    if before.role_id != after.role_id {
        note = note.change("role_id", before.role_id, after.role_id);
    }
    if before.active != after.active {
        note = note.change("active", before.active, after.active);
    }
    // Names are personal: that it changed is told, not how.
    if before.name != after.name {
        note = note.with("renamed", true);
    }
    cx.record(note)?;
    if before.active && !after.active {
        cx.record(Note::new(events::AGENT_DEACTIVATED, "agent", after.id.0))?;
        end_sessions(cx, after.id)?;
    }
    Ok(())
}
