//! The first people of a new workspace.

use base::Result;
use base::error::{conflict, internal};
use journal::{Cx, Note, settings};
use serde_json::json;

use crate::events;
use crate::model::{AgentId, BUILT_IN, OWNER, clean_email, clean_name};
use crate::settings::Profile;
use crate::store::{self, NewAgent};

/// Makes the roles, the usual brand, the team "Support" and the owner of a workspace, once.
pub fn found(
    cx: &mut Cx,
    workspace_name: &str,
    admin_email: &str,
    admin_name: &str,
    password_hash: &str,
) -> Result<AgentId> {
    let (email, name) = (clean_email(admin_email)?, clean_name(admin_name, "name")?);
    let workspace = clean_name(workspace_name, "workspace")?;
    if store::find_role_by_name(cx, OWNER)?.is_some() {
        return Err(conflict("already_founded", "This workspace has its people already."));
    }
    for (role, grants, reach) in BUILT_IN {
        store::insert_role(cx, role, &json!(grants), reach, true)?;
    }
    let owner = store::find_role_by_name(cx, OWNER)?.ok_or_else(|| internal("just made"))?;
    settings::set(cx, &Profile { name: workspace.clone(), ..Profile::default() })?;
    let brand = store::insert_brand(cx, &workspace, true)?;
    let team = store::insert_team(cx, "Support")?;
    let new = NewAgent {
        name: &name,
        email: &email,
        role_id: owner.id,
        locale: None,
        time_zone: None,
        password_hash: Some(password_hash),
    };
    let agent = store::insert_agent(cx, &new)?;
    store::insert_member(cx, team, agent)?;
    cx.record(Note::new(events::BRAND_CREATED, "brand", brand.0))?;
    cx.record(Note::new(events::TEAM_CREATED, "team", team.0))?;
    cx.record(Note::new(events::AGENT_CREATED, "agent", agent.0).with("role_id", owner.id))?;
    Ok(agent)
}
