//! What a role may do and see changes; open sockets take it in at once.

use base::Result;
use base::error::forbidden;
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules::{check_grants, check_version, must_give, must_give_grants};
use crate::events;
use crate::model::{Reach, Role, RoleId};
use crate::store;

pub struct ChangeRole;

#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RoleChangeInput)]
pub struct Input {
    pub role_id: RoleId,
    #[serde(default)]
    pub version: Option<i64>,
    pub grants: Vec<String>,
    pub reach: Reach,
}

impl Action for ChangeRole {
    const NAME: &'static str = "role.change";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Role;

    fn run(cx: &mut Cx, input: &Input) -> Result<Role> {
        let before = store::get_role_locked(cx, input.role_id)?;
        check_version(input.version, before.version, &before)?;
        if before.built_in {
            return Err(forbidden("role_built_in", "Roles that come with Rapport can't be changed."));
        }
        check_grants(&input.grants)?;
        must_give(cx, &before)?;
        must_give_grants(cx, &input.grants)?;
        let (grants, reach) = (input.grants.clone(), input.reach);
        let after = Role { grants, reach, ..before.clone() };
        if after == before {
            return Ok(before);
        }
        store::set_role(cx, &after)?;
        let note = Note::new(events::ROLE_CHANGED, "role", before.id.0);
        let note = note.change("reach", before.reach, after.reach);
        cx.record(note.change("grants", &before.grants, &after.grants))?;
        let version = Some(before.version + 1);
        let (role_id, grants, reach) = (before.id, before.grants, before.reach);
        cx.undoable::<ChangeRole>(&Input { role_id, version, grants, reach })?;
        Ok(Role { version: before.version + 1, ..after })
    }
}
