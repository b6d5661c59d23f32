//! A role is made.

use base::Result;
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::rules::{check_grants, must_give_grants};
use crate::events;
use crate::model::{Reach, Role, clean_name};
use crate::store;

pub struct CreateRole;

#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RoleCreateInput)]
pub struct Input {
    pub name: String,
    pub grants: Vec<String>,
    pub reach: Reach,
}

impl Action for CreateRole {
    const NAME: &'static str = "role.create";
    const RISK: Risk = Risk::Irreversible;
    type Input = Input;
    type Output = Role;

    fn run(cx: &mut Cx, input: &Input) -> Result<Role> {
        let name = clean_name(&input.name, "name")?;
        check_grants(&input.grants)?;
        must_give_grants(cx, &input.grants)?;
        let id = store::insert_role(cx, &name, &json!(input.grants), input.reach, false)?;
        cx.record(Note::new(events::ROLE_CREATED, "role", id.0))?;
        let (grants, reach) = (input.grants.clone(), input.reach);
        Ok(Role { id, name, grants, reach, built_in: false, version: 1 })
    }
}
