//! Everybody who has to do with a conversation, as far as answers are concerned.

use base::Result;
use base::text::fold;
use journal::Cx;

use crate::channel::{Channel, Reach};
use crate::model::{ParticipantKind, Party, Recipients};
use crate::store::conversation::Conversation;
use crate::store::message::{Message, find_last, find_last_of_participant};
use crate::store::people::list_participants;
use crate::ways::whom;

pub struct Circle {
    /// Where an answer goes first.
    pub last: Option<Party>,
    /// Whether that one has written last, else it is where we wrote or would write.
    pub wrote_last: bool,
    /// Where the requester is reached on this channel.
    pub requester: Option<Party>,
    /// The others who take part, and how they came in.
    pub others: Vec<(Party, &'static str)>,
    /// Folded addresses of the requester.
    own: Vec<String>,
    /// Folded domains of the requester's addresses.
    home: Vec<String>,
}

impl Circle {
    pub fn of(cx: &mut Cx, c: &Conversation, channel: &dyn Channel) -> Result<Circle> {
        let scope = people::scope(cx)?;
        let customer = customers::customer(cx, &scope, c.requester_id)?;
        let requester = match channel.reaches(cx, &whom(c, &customer))? {
            Reach::At(party) => Some(party),
            Reach::Not(_) => None,
        };
        let own: Vec<String> = customer.identities.iter().map(|one| fold(&one.value)).collect();
        let wrote = find_last_of_participant(cx, c.id)?.filter(|m| m.channel == channel.name());
        let wrote = wrote.and_then(|m| recipients(&m)?.from);
        let wrote_last = wrote.is_some();
        let written_to = match &wrote {
            Some(_) => None,
            None => find_last(cx, c.id)?.filter(|m| m.channel == channel.name()),
        };
        let written_to = written_to.and_then(|m| recipients(&m)?.to.into_iter().next());
        let last = wrote.or(written_to).or_else(|| requester.clone());
        let mut home: Vec<String> = own.iter().filter_map(|address| domain(address)).collect();
        if home.is_empty() {
            home.extend(last.iter().filter_map(|party| domain(&fold(&party.address))));
        }
        Ok(Circle { last, wrote_last, requester, others: others(cx, c, channel)?, own, home })
    }

    pub fn is_requester(&self, address: &str) -> bool {
        self.own.contains(&fold(address))
    }

    pub fn is_list(&self, address: &str) -> bool {
        self.others.iter().any(|(party, why)| *why == "list" && fold(&party.address) == fold(address))
    }

    pub fn is_new(&self, address: &str) -> bool {
        let wrote = self.last.as_ref().filter(|_| self.wrote_last);
        let known = self.others.iter().map(|(party, _)| party).chain(wrote);
        !self.is_requester(address) && !known.into_iter().any(|p| fold(&p.address) == fold(address))
    }

    pub fn is_outside(&self, address: &str) -> bool {
        !domain(&fold(address)).is_some_and(|domain| self.home.contains(&domain))
    }

    /// How somebody came into the conversation whom an agent has typed.
    pub fn why(&self, address: &str) -> &'static str {
        let same = |party: &Party| fold(&party.address) == fold(address);
        if self.wrote_last && self.last.as_ref().is_some_and(same) {
            return "wrote_last";
        }
        let other = self.others.iter().find(|(party, why)| *why != "list" && same(party));
        match other {
            Some((_, why)) => why,
            None if self.is_requester(address) => "requester",
            None => "chosen",
        }
    }

    /// With the name under which the address is known here.
    pub fn named(&self, address: &str) -> Party {
        let folded = fold(address);
        let others = self.others.iter().map(|(party, _)| party);
        let known = self.last.iter().chain(&self.requester).chain(others);
        let name = known.into_iter().find(|p| fold(&p.address) == folded).map(|p| p.name.clone());
        Party { name: name.unwrap_or_default(), address: address.trim().to_owned() }
    }
}

fn recipients(message: &Message) -> Option<Recipients> {
    serde_json::from_value(message.recipients.clone()?).ok()
}

fn others(cx: &mut Cx, c: &Conversation, channel: &dyn Channel) -> Result<Vec<(Party, &'static str)>> {
    let participants = list_participants(cx, c.id)?;
    let ids: Vec<_> = participants.iter().map(|p| p.customer_id).collect();
    let names = crate::present::requesters(cx, ids.into_iter())?;
    let why = |kind| match kind {
        ParticipantKind::To => "was_addressed",
        ParticipantKind::Cc => "was_copied",
        ParticipantKind::List => "list",
    };
    Ok(participants
        .into_iter()
        .filter(|one| channel.check_address(&one.address).is_ok())
        .map(|one| {
            let name = names.get(&one.customer_id).map(|r| r.name.clone()).unwrap_or_default();
            (Party { name, address: one.address }, why(one.kind))
        })
        .collect())
}

/// Our own addresses, and addresses that nobody reads.
pub fn never(cx: &mut Cx, channel: &dyn Channel, address: &str) -> Result<Option<&'static str>> {
    let folded = fold(address);
    if channel.is_own(cx, &folded)? {
        return Ok(Some("own_address"));
    }
    let local = folded.split('@').next().unwrap_or_default();
    let plain: String = local.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    let unread = ["noreply", "donotreply", "mailerdaemon", "postmaster", "bounce", "bounces"];
    Ok(unread.contains(&plain.as_str()).then_some("nobody_reads"))
}

fn domain(folded: &str) -> Option<String> {
    folded.rsplit_once('@').map(|(_, domain)| domain.to_owned())
}
