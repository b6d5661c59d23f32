//! Who gets an answer: computed here, shown before sending, with why. The same judgement is passed on what
//! an agent has typed, and sending is refused for the same reasons.

use base::Result;
use base::error::invalid;
use journal::Cx;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::channel::Channel;
use crate::circle::{Circle, never};
use crate::model::{Audience, Party, Wish};
use crate::store::conversation::Conversation;
use crate::ways::answering;

/// Why an address is among the recipients, or is not; a code that the screen puts into words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Proposed {
    pub name: String,
    pub address: String,
    /// `requester`, `wrote_last`, `was_addressed`, `was_copied` or `chosen`.
    pub why: String,
    /// Does not take part in the conversation yet.
    pub new: bool,
    /// Its domain is another one than the customer's.
    pub outside: bool,
    /// What reports say against writing there.
    #[serde(default)]
    pub trouble: Option<customers::Trouble>,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct LeftOut {
    pub address: String,
    /// `own_address`, `list`, `nobody_reads`, `too_many`, `twice` or `customer_only`.
    pub why: String,
}

/// What sending would be refused with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    pub code: String,
    pub message: String,
    pub field: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Proposal {
    pub channel: String,
    pub audience: Audience,
    pub from: Option<Party>,
    pub to: Vec<Proposed>,
    pub cc: Vec<Proposed>,
    pub left_out: Vec<LeftOut>,
    pub problem: Option<Problem>,
}

/// Copies go to at most this many.
pub const MOST_CC: usize = 48;
const MOST_TO: usize = 20;

pub fn propose(cx: &mut Cx, c: &Conversation, wish: &Wish<'_>) -> Result<Proposal> {
    let channel = answering(cx, c, wish.channel)?;
    let from = channel.sender(cx, c.account.as_deref(), c.brand_id)?;
    let circle = Circle::of(cx, c, channel.as_ref())?;
    let audience = wish.audience.unwrap_or(Audience::Everybody);
    let mut draft =
        Draft { channel: channel.as_ref(), circle: &circle, to: vec![], cc: vec![], left_out: vec![] };
    match wish.to {
        Some(list) => draft.choose(list, Place::To),
        None => draft.answer(cx, audience)?,
    }
    match wish.cc {
        Some(list) => draft.choose(list, Place::Cc),
        None => draft.copy(cx, audience)?,
    }
    let problem = problem(cx, &draft, wish)?;
    let Draft { mut to, mut cc, left_out, .. } = draft;
    for one in to.iter_mut().chain(&mut cc) {
        one.trouble = customers::trouble_of(cx, channel.identity_kind(), &one.address)?;
    }
    Ok(Proposal { channel: channel.name().to_owned(), audience, from, to, cc, left_out, problem })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    To,
    Cc,
}

/// A proposal as it grows.
struct Draft<'a> {
    channel: &'a dyn Channel,
    circle: &'a Circle,
    to: Vec<Proposed>,
    cc: Vec<Proposed>,
    left_out: Vec<LeftOut>,
}

impl Draft<'_> {
    /// Whoever wrote last; where only the customer is to read it, the customer.
    fn answer(&mut self, cx: &mut Cx, audience: Audience) -> Result<()> {
        let circle = self.circle;
        let last = circle.last.as_ref().filter(|_| circle.wrote_last);
        let other = last.filter(|last| !circle.is_requester(&last.address));
        match (audience, other) {
            (Audience::Customer, Some(other)) => {
                self.leave_out(other.address.clone(), "customer_only");
                match &circle.requester {
                    Some(requester) => self.add(cx, requester.clone(), "requester", Place::To),
                    None => Ok(()),
                }
            }
            _ => match &circle.last {
                Some(target) => {
                    let why = if circle.wrote_last { "wrote_last" } else { "requester" };
                    self.add(cx, target.clone(), why, Place::To)
                }
                None => Ok(()),
            },
        }
    }

    fn copy(&mut self, cx: &mut Cx, audience: Audience) -> Result<()> {
        for (party, why) in &self.circle.others {
            match (audience, why) {
                (_, &"list") => self.leave_out(party.address.clone(), "list"),
                (Audience::Customer, _) => self.leave_out(party.address.clone(), "customer_only"),
                (Audience::Everybody, why) => self.add(cx, party.clone(), why, Place::Cc)?,
            }
        }
        Ok(())
    }

    /// What was typed stays where it was typed; [`problem`] says what is wrong with it.
    fn choose(&mut self, list: &[String], place: Place) {
        for address in list {
            let party = self.circle.named(address);
            if self.has(&party.address) {
                self.leave_out(party.address, "twice");
                continue;
            }
            let why = self.circle.why(&party.address);
            self.put(party, why, place);
        }
    }

    fn add(&mut self, cx: &mut Cx, party: Party, why: &str, place: Place) -> Result<()> {
        if self.has(&party.address) {
            return Ok(());
        }
        if let Some(why) = never(cx, self.channel, &party.address)? {
            self.leave_out(party.address, why);
        } else if place == Place::Cc && self.cc.len() >= MOST_CC {
            self.leave_out(party.address, "too_many");
        } else {
            self.put(party, why, place);
        }
        Ok(())
    }

    fn put(&mut self, party: Party, why: &str, place: Place) {
        let (new, outside) = (self.circle.is_new(&party.address), self.circle.is_outside(&party.address));
        let one = Proposed {
            name: party.name,
            address: party.address,
            why: why.to_owned(),
            new,
            outside,
            trouble: None,
        };
        match place {
            Place::To => self.to.push(one),
            Place::Cc => self.cc.push(one),
        }
    }

    fn has(&self, address: &str) -> bool {
        let folded = base::text::fold(address);
        self.to.iter().chain(&self.cc).any(|one| base::text::fold(&one.address) == folded)
    }

    fn leave_out(&mut self, address: String, why: &str) {
        if !self.left_out.iter().any(|one| one.address == address) {
            self.left_out.push(LeftOut { address, why: why.to_owned() });
        }
    }
}

fn problem(cx: &mut Cx, draft: &Draft<'_>, wish: &Wish<'_>) -> Result<Option<Problem>> {
    let say = |code: &str, message: String, field: &str| {
        Ok(Some(Problem { code: code.to_owned(), message, field: field.to_owned() }))
    };
    if draft.to.is_empty() {
        return say("recipient_missing", "Nobody would get this. Add a recipient.".to_owned(), "to");
    }
    if draft.cc.len() > MOST_CC {
        return say("recipients_too_many", format!("At most {MOST_CC} people can be in copy."), "cc");
    }
    if draft.to.len() > MOST_TO {
        return say(
            "recipients_too_many",
            format!("At most {MOST_TO} people can be written to at once."),
            "to",
        );
    }
    let chosen = [(&draft.to, "to", wish.to.is_some()), (&draft.cc, "cc", wish.cc.is_some())];
    for (list, field, typed) in chosen {
        for one in list {
            if let Err(sentence) = draft.channel.check_address(&one.address) {
                return say("recipient_invalid", sentence, field);
            }
            if !typed {
                continue;
            }
            match never(cx, draft.channel, &one.address)? {
                Some("own_address") => {
                    let sentence = "One of our own addresses can't get an answer.";
                    return say("recipient_own", sentence.to_owned(), field);
                }
                Some(_) => {
                    let sentence = format!("Nobody reads “{}”.", base::text::cut(&one.address, 100));
                    return say("recipient_unread", sentence, field);
                }
                None if draft.circle.is_list(&one.address) => {
                    let sentence = format!("“{}” is a mailing list.", base::text::cut(&one.address, 100));
                    return say("recipient_list", sentence, field);
                }
                None => {}
            }
        }
    }
    Ok(None)
}

/// The problem as the error with which sending is refused.
pub fn refusal(problem: &Problem) -> base::Error {
    let codes = [
        "recipient_missing",
        "recipients_too_many",
        "recipient_invalid",
        "recipient_own",
        "recipient_unread",
        "recipient_list",
    ];
    let code = codes.into_iter().find(|code| *code == problem.code).unwrap_or("recipient_invalid");
    invalid(code, problem.message.clone()).field(if problem.field == "cc" { "cc" } else { "to" })
}
