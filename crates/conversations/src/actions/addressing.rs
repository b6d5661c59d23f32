//! To whom an answer really goes.

use base::Result;
use base::error::invalid;
use journal::Cx;

use crate::channel::channels;
use crate::model::{Party, Recipients};
use crate::recipients::{MOST_CC, Proposed, propose};
use crate::store::conversation::Conversation;

/// What an agent has chosen: what is absent is taken as proposed.
pub(super) struct Chosen<'a> {
    pub channel: Option<&'a str>,
    pub to: Option<&'a [String]>,
    pub cc: Option<&'a [String]>,
}

/// Checks the chosen recipients, one by one.
pub(super) fn recipients(cx: &mut Cx, c: &Conversation, chosen: &Chosen<'_>) -> Result<Recipients> {
    let proposal = propose(cx, c)?;
    let all = channels(&cx.registry());
    let channel = match chosen.channel {
        Some(name) => all.named(name)?,
        None => all.get(&c.channel)?,
    };
    let known = proposal.to.iter().chain(&proposal.cc);
    let named = |address: &String| {
        let folded = base::text::fold(address);
        let same = known.clone().find(|p| base::text::fold(&p.address) == folded);
        Party { name: same.map(|p| p.name.clone()).unwrap_or_default(), address: address.trim().to_owned() }
    };
    let proposed = |list: &[Proposed]| -> Vec<Party> {
        list.iter().map(|p| Party { name: p.name.clone(), address: p.address.clone() }).collect()
    };
    let to = chosen.to.map_or_else(|| proposed(&proposal.to), |l| l.iter().map(named).collect());
    let cc = chosen.cc.map_or_else(|| proposed(&proposal.cc), |l| l.iter().map(named).collect());
    if to.is_empty() {
        return Err(invalid("recipient_missing", "Nobody would get this. Add a recipient.").field("to"));
    }
    if to.len() + cc.len() > MOST_CC + 2 {
        return Err(invalid("recipients_too_many", format!("At most {MOST_CC} copies.")).field("cc"));
    }
    for (field, party) in to.iter().map(|p| ("to", p)).chain(cc.iter().map(|p| ("cc", p))) {
        channel.check_address(&party.address).map_err(|s| invalid("recipient_invalid", s).field(field))?;
        if channel.is_own(cx, &party.address)? {
            let sentence = "One of our own addresses can't get an answer.";
            return Err(invalid("recipient_own", sentence).field(field));
        }
    }
    let from = channel.sender(cx, c.account.as_deref(), c.brand_id)?;
    Ok(Recipients { from, to, cc, bcc: Vec::new() })
}
