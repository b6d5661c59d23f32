//! A customer is made by hand.

use base::Result;
use journal::{Action, Cx, Risk};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::actions::identity;
use crate::events::{self, CREATED};
use crate::model::{Customer, Details, NewIdentity};
use crate::{reachable, reading, store as rows};

pub struct Create;

#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CustomerCreateInput)]
pub struct Input {
    pub name: String,
    #[serde(default)]
    pub language: Option<String>,
    #[serde(default)]
    pub time_zone: Option<String>,
    #[serde(default)]
    pub preferred_channel: Option<String>,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub tags: Vec<String>,
    #[serde(default)]
    pub attributes: Map<String, Value>,
    #[serde(default)]
    pub identities: Vec<NewIdentity>,
}

impl Input {
    fn details(&self) -> Details {
        let Input { name, language, time_zone, preferred_channel, note, tags, attributes, .. } = self.clone();
        Details { name, language, time_zone, preferred_channel, note, tags, attributes }
    }
}

impl Action for Create {
    const NAME: &'static str = "customer.create";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Customer;

    fn run(cx: &mut Cx<'_, '_>, input: &Input) -> Result<Customer> {
        let details = input.details().checked()?;
        let mut addresses = Vec::new();
        for new in &input.identities {
            let address = reachable::address(cx, new.kind, &new.value)?;
            if rows::find_identity(cx, &address)?.is_some() {
                return Err(identity::taken());
            }
            addresses.push((address, new));
        }
        if addresses.len() > identity::MOST {
            return Err(identity::too_many());
        }
        let customer = rows::insert_customer(cx, &details)?;
        cx.record(events::about(CREATED, customer))?;
        for (address, new) in addresses {
            identity::add(cx, customer, &address, new)?;
        }
        reading::whole(cx, customer)
    }
}
