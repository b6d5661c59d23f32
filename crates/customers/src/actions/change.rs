//! What is kept about a customer is written anew.

use base::Result;
use journal::{Action, Cx, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::events;
use crate::model::{Customer, CustomerId, Details, must_be};
use crate::{reading, store as rows};

pub struct Change;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CustomerChangeInput)]
pub struct Input {
    pub customer: CustomerId,
    /// Refuses when the customer has another version by now.
    #[serde(default)]
    pub version: Option<i64>,
    pub details: Details,
}

impl Action for Change {
    const NAME: &'static str = "customer.change";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Customer;

    fn run(cx: &mut Cx<'_, '_>, input: &Input) -> Result<Customer> {
        let details = input.details.checked()?;
        rows::lock_customer(cx, input.customer)?;
        let before = reading::whole(cx, input.customer)?;
        must_be(input.version, before.version, &before)?;
        let Some(note) = events::changed(&before, &details) else { return Ok(before) };
        rows::set_customer(cx, input.customer, &details)?;
        cx.record(note)?;
        let after = reading::whole(cx, input.customer)?;
        let back = Input { customer: before.id, version: Some(after.version), details: details_of(before) };
        cx.undoable::<Change>(&back)?;
        Ok(after)
    }
}

fn details_of(customer: Customer) -> Details {
    let Customer { name, language, time_zone, preferred_channel, note, tags, attributes, .. } = customer;
    Details { name, language, time_zone, preferred_channel, note, tags, attributes }
}
