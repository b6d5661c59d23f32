//! By which channels an answer can go, and which one is proposed: the customer's own wish before all else.

use std::sync::Arc;

use base::Result;
use customers::Customer;
use journal::Cx;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::channel::{Channel, Channels, Reach, Whom, channels};
use crate::model::Party;
use crate::store::conversation::Conversation;

/// One channel, seen from one conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Way {
    pub channel: String,
    pub can: bool,
    /// A code that the screen puts into words.
    pub why_not: Option<String>,
    pub to: Option<Party>,
    /// The customer's own wish.
    pub preferred: bool,
    pub proposed: bool,
}

pub fn whom<'a>(c: &'a Conversation, customer: &'a Customer) -> Whom<'a> {
    Whom {
        conversation: c.id,
        account: c.account.as_deref(),
        brand: c.brand_id,
        name: &customer.name,
        identities: &customer.identities,
    }
}

/// All channels of the house.
pub fn ways(cx: &mut Cx, c: &Conversation, customer: &Customer) -> Result<Vec<Way>> {
    let all = channels(&cx.registry());
    let mut ways = Vec::new();
    for channel in all.all() {
        let (to, why_not) = match channel.reaches(cx, &whom(c, customer))? {
            Reach::At(party) => (Some(party), None),
            Reach::Not(why) => (None, Some(why.to_owned())),
        };
        ways.push(Way {
            channel: channel.name().to_owned(),
            can: to.is_some(),
            why_not,
            to,
            preferred: customer.preferred_channel.as_deref() == Some(channel.name()),
            proposed: false,
        });
    }
    let rank = |way: &Way| (way.can, way.preferred, way.channel == c.channel);
    // The last of equals would win, so the list is read from its end.
    let best = ways.iter().rev().filter(|way| way.can).max_by_key(|way| rank(way));
    let best = best.map(|way| way.channel.clone());
    for way in &mut ways {
        way.proposed = best.as_deref() == Some(way.channel.as_str());
    }
    Ok(ways)
}

/// The channel of an answer: the one that was named, else that of the conversation, else, when nothing
/// can be sent on that one, the proposed one.
pub fn answering(cx: &mut Cx, c: &Conversation, named: Option<&str>) -> Result<Arc<dyn Channel>> {
    let all: Channels = channels(&cx.registry());
    if let Some(name) = named {
        return all.named(name);
    }
    if let Ok(own) = all.get(&c.channel) {
        return Ok(own);
    }
    let scope = people::scope(cx)?;
    let customer = customers::customer(cx, &scope, c.requester_id)?;
    let proposed = ways(cx, c, &customer)?.into_iter().find(|way| way.proposed);
    match proposed {
        Some(way) => all.get(&way.channel),
        // A logged contact with somebody of whom nothing but a name is known: mail can still be addressed.
        None => all.all().next().cloned().map_or_else(|| all.get(&c.channel), Ok),
    }
}
