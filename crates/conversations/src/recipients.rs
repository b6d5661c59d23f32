//! Who gets an answer: computed here, shown before sending, with why.

use base::Result;
use journal::Cx;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::channel::{Channel, channels};
use crate::model::{Party, Recipients};
use crate::store::conversation::Conversation;
use crate::store::message::{find_last, find_last_of_participant};
use crate::store::people::list_participants;

/// Why an address is among the recipients, or is not; a code that the screen puts into words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Proposed {
    pub name: String,
    pub address: String,
    pub why: String,
    /// Nobody wrote from or to this address in the conversation yet.
    pub new: bool,
    /// Its domain is another one than the customer's.
    pub outside: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct LeftOut {
    pub address: String,
    pub why: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Proposal {
    pub channel: String,
    pub from: Option<Party>,
    pub to: Vec<Proposed>,
    pub cc: Vec<Proposed>,
    pub left_out: Vec<LeftOut>,
}

/// Copies go to at most this many.
pub const MOST_CC: usize = 48;

pub fn propose(cx: &mut Cx, c: &Conversation) -> Result<Proposal> {
    let channel = channels(&cx.registry()).get(&c.channel)?;
    let from = channel.sender(cx, c.account.as_deref(), c.brand_id)?;
    let mut proposal =
        Proposal { channel: c.channel.clone(), from, to: vec![], cc: vec![], left_out: vec![] };
    let target = target(cx, c)?;
    let home = target.as_ref().map(|t| domain(&t.address)).unwrap_or_default();
    if let Some(target) = target {
        add(cx, channel.as_ref(), &mut proposal, target, "wrote_last", &home, Place::To)?;
    }
    for party in copied(cx, c)? {
        add(cx, channel.as_ref(), &mut proposal, party, "was_copied", &home, Place::Cc)?;
    }
    Ok(proposal)
}

/// Whoever of those who take part wrote last on this channel; where nobody has, the requester's address there.
fn target(cx: &mut Cx, c: &Conversation) -> Result<Option<Party>> {
    if let Some(last) = find_last_of_participant(cx, c.id)?
        && last.channel == c.channel
        && let Some(recipients) = last.recipients
        && let Ok(Recipients { from: Some(from), .. }) = serde_json::from_value(recipients)
    {
        return Ok(Some(from));
    }
    if let Some(last) = find_last(cx, c.id)?
        && let Some(recipients) = last.recipients
        && let Ok(Recipients { to, .. }) = serde_json::from_value::<Recipients>(recipients)
        && let Some(first) = to.into_iter().next()
    {
        return Ok(Some(first));
    }
    let found = customers::summaries(cx, &[c.requester_id])?.into_iter().next();
    Ok(found.and_then(|s| s.address.map(|address| Party { name: s.name, address })))
}

fn copied(cx: &mut Cx, c: &Conversation) -> Result<Vec<Party>> {
    let participants = list_participants(cx, c.id)?;
    let ids: Vec<_> = participants.iter().map(|p| p.customer_id).collect();
    let names = crate::present::requesters(cx, ids.into_iter())?;
    Ok(participants
        .into_iter()
        .map(|p| Party {
            name: names.get(&p.customer_id).map(|r| r.name.clone()).unwrap_or_default(),
            address: p.address,
        })
        .collect())
}

#[derive(Clone, Copy)]
enum Place {
    To,
    Cc,
}

fn add(
    cx: &mut Cx,
    channel: &dyn Channel,
    proposal: &mut Proposal,
    party: Party,
    why: &str,
    home: &str,
    place: Place,
) -> Result<()> {
    let folded = base::text::fold(&party.address);
    let there = |list: &[Proposed]| list.iter().any(|p| base::text::fold(&p.address) == folded);
    if there(&proposal.to) || there(&proposal.cc) {
        return Ok(());
    }
    if let Some(why) = never(cx, channel, &folded)? {
        proposal.left_out.push(LeftOut { address: party.address, why: why.to_owned() });
        return Ok(());
    }
    if matches!(place, Place::Cc) && proposal.cc.len() >= MOST_CC {
        proposal.left_out.push(LeftOut { address: party.address, why: "too_many".to_owned() });
        return Ok(());
    }
    let outside = domain(&folded) != home;
    let one = Proposed { name: party.name, address: party.address, why: why.to_owned(), new: false, outside };
    match place {
        Place::To => proposal.to.push(one),
        Place::Cc => proposal.cc.push(one),
    }
    Ok(())
}

/// Our own addresses, lists and addresses that nobody reads.
fn never(cx: &mut Cx, channel: &dyn Channel, folded: &str) -> Result<Option<&'static str>> {
    if channel.is_own(cx, folded)? {
        return Ok(Some("own_address"));
    }
    let local = folded.split('@').next().unwrap_or_default();
    let plain: String = local.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    let unread = ["noreply", "donotreply", "mailerdaemon", "postmaster", "bounce", "bounces"];
    Ok(unread.contains(&plain.as_str()).then_some("nobody_reads"))
}

fn domain(address: &str) -> String {
    address.rsplit_once('@').map(|(_, d)| base::text::fold(d)).unwrap_or_default()
}
