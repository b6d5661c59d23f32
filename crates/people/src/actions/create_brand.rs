//! A brand is made.

use base::Result;
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::events;
use crate::model::{Brand, clean_name};
use crate::store;

pub struct CreateBrand;

#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BrandCreateInput)]
pub struct Input {
    pub name: String,
}

impl Action for CreateBrand {
    const NAME: &'static str = "brand.create";
    const RISK: Risk = Risk::Irreversible;
    type Input = Input;
    type Output = Brand;

    fn run(cx: &mut Cx, input: &Input) -> Result<Brand> {
        let name = clean_name(&input.name, "name")?;
        let id = store::insert_brand(cx, &name, false)?;
        cx.record(Note::new(events::BRAND_CREATED, "brand", id.0))?;
        Ok(Brand { id, name, usual: false, archived: false, version: 1 })
    }
}
