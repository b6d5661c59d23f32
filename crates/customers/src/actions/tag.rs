//! A customer's tags are set, whatever else has changed.

use base::Result;
use journal::{Action, Cx, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::events::{self, CHANGED};
use crate::model::{CustomerId, checked_tags};
use crate::{reading, store as rows};

pub struct Tag;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CustomerTagInput)]
pub struct Input {
    pub customer: CustomerId,
    #[serde(default)]
    pub add: Vec<String>,
    #[serde(default)]
    pub remove: Vec<String>,
}

impl Action for Tag {
    const NAME: &'static str = "customer.tag";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Vec<String>;

    fn run(cx: &mut Cx<'_, '_>, input: &Input) -> Result<Vec<String>> {
        let (add, remove) = (checked_tags(&input.add)?, checked_tags(&input.remove)?);
        rows::lock_customer(cx, input.customer)?;
        let before = reading::whole(cx, input.customer)?.tags;
        let kept = before.iter().filter(|tag| !remove.contains(tag)).cloned();
        let after = checked_tags(&kept.chain(add).collect::<Vec<String>>())?;
        if after == before {
            return Ok(after);
        }
        rows::set_tags(cx, input.customer, &after)?;
        cx.record(events::about(CHANGED, input.customer).change("tags", &before, &after))?;
        let missing = |from: &[String], of: &[String]| {
            from.iter().filter(|tag| !of.contains(tag)).cloned().collect::<Vec<String>>()
        };
        let back = Input {
            customer: input.customer,
            add: missing(&before, &after),
            remove: missing(&after, &before),
        };
        cx.undoable::<Tag>(&back)?;
        Ok(after)
    }
}
