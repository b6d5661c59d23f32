//! A brand gets another name, is put away, or comes back.

use base::Result;
use base::error::conflict;
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules::check_version;
use crate::events;
use crate::model::{Brand, BrandId, clean_name};
use crate::store;

pub struct ChangeBrand;

/// What is absent stays as it is.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BrandChangeInput)]
pub struct Input {
    pub brand_id: BrandId,
    #[serde(default)]
    pub version: Option<i64>,
    #[serde(default)]
    pub name: Option<String>,
    /// An archived brand keeps what it has, and is offered no more.
    #[serde(default)]
    pub archived: Option<bool>,
}

impl Action for ChangeBrand {
    const NAME: &'static str = "brand.change";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Brand;

    fn run(cx: &mut Cx, input: &Input) -> Result<Brand> {
        let before = store::get_brand_locked(cx, input.brand_id)?;
        check_version(input.version, before.version, &before)?;
        let mut after = before.clone();
        if let Some(name) = &input.name {
            after.name = clean_name(name, "name")?;
        }
        after.archived = input.archived.unwrap_or(before.archived);
        if after == before {
            return Ok(before);
        }
        if after.archived && after.usual {
            let sentence = "What names no other brand belongs to this one, so it stays.";
            return Err(conflict("brand_usual", sentence));
        }
        store::set_brand(cx, &after)?;
        let mut note = Note::new(events::BRAND_CHANGED, "brand", after.id.0);
        if before.archived != after.archived {
            note = note.change("archived", before.archived, after.archived);
        }
        if before.name != after.name {
            note = note.with("renamed", true);
        }
        cx.record(note)?;
        let version = Some(before.version + 1);
        let (brand_id, name, archived) = (before.id, Some(before.name), Some(before.archived));
        cx.undoable::<ChangeBrand>(&Input { brand_id, version, name, archived })?;
        Ok(Brand { version: before.version + 1, ..after })
    }
}
