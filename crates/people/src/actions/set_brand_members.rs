//! Who is with a brand: the whole list at once.

use base::Result;
use base::error::invalid;
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules::check_version;
use crate::events;
use crate::model::{AgentId, BrandId, MOST_MEMBERS};
use crate::store;

pub struct SetBrandMembers;

#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BrandSetMembersInput)]
pub struct Input {
    pub brand_id: BrandId,
    #[serde(default)]
    pub version: Option<i64>,
    pub agent_ids: Vec<AgentId>,
}

impl Action for SetBrandMembers {
    const NAME: &'static str = "brand.set_members";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Vec<AgentId>;

    fn run(cx: &mut Cx, input: &Input) -> Result<Vec<AgentId>> {
        if input.agent_ids.len() > MOST_MEMBERS {
            return Err(invalid("too_many_members", "A brand has at most 1,000 members.").field("agent_ids"));
        }
        let brand = store::get_brand_locked(cx, input.brand_id)?;
        check_version(input.version, brand.version, &brand)?;
        let before = store::list_brand_members(cx, input.brand_id)?;
        store::set_brand_members(cx, input.brand_id, &input.agent_ids)?;
        let after = store::list_brand_members(cx, input.brand_id)?;
        if after != before {
            let note = Note::new(events::BRAND_MEMBERS_CHANGED, "brand", input.brand_id.0);
            cx.record(note.change("agent_ids", &before, &after))?;
            let (brand_id, version) = (input.brand_id, Some(brand.version + 1));
            cx.undoable::<SetBrandMembers>(&Input { brand_id, version, agent_ids: before })?;
        }
        Ok(after)
    }
}
