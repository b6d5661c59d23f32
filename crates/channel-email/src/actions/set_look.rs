//! Changes the look of a brand's mail.

use base::Result;
use base::error::{conflict, not_found};
use journal::{Action, Cx, Note, Risk};
use people::BrandId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::events;
use crate::looks::look::Draft;
use crate::looks::store::{find_look, insert_look};

pub struct SetLook;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmailSetLookInput)]
pub struct Input {
    #[serde(default)]
    pub brand_id: Option<BrandId>,
    pub look: Draft,
    /// What the caller saw; 0 where nobody has written one.
    #[serde(default)]
    pub version: Option<i64>,
}

/// A brand's look as administrators see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = MailLookShown)]
pub struct Shown {
    pub brand_id: BrandId,
    pub look: Draft,
    /// 0 where nobody has written one.
    pub version: i64,
}

/// What counts for a brand now.
pub fn show(cx: &mut Cx, brand_id: BrandId) -> Result<Shown> {
    people::brands(cx)?
        .into_iter()
        .find(|brand| brand.id == brand_id)
        .ok_or_else(|| not_found("brand_not_found"))?;
    Ok(match find_look(cx, brand_id)? {
        Some(look) => Shown { brand_id, version: look.version, look: look.into() },
        None => Shown { brand_id, version: 0, look: Draft::default() },
    })
}

impl Action for SetLook {
    const NAME: &'static str = "email.set_look";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Shown;

    fn run(cx: &mut Cx<'_, '_>, input: &Input) -> Result<Shown> {
        let brand = input.brand_id.ok_or_else(|| not_found("brand_not_found"))?;
        let before = show(cx, brand)?;
        if input.version.is_some_and(|seen| seen != before.version) {
            let sentence = "Somebody else has changed this look meanwhile.";
            return Err(conflict("version_conflict", sentence).with_present(json!(before)));
        }
        input.look.check()?;
        if input.look == before.look && before.version > 0 {
            return Ok(before);
        }
        let version = before.version + 1;
        let look = input.look.look(cx.new_id(), brand, version);
        insert_look(cx, &look)?;
        cx.record(Note::new(events::LOOK_SET, "brand", brand.0))?;
        cx.undoable::<SetLook>(&Input { brand_id: Some(brand), look: before.look, version: Some(version) })?;
        Ok(Shown { brand_id: brand, version, look: look.into() })
    }
}
