//! Shuts a conversation's sender out, with the conversation itself as spam; lets in what was held back.

use base::Result;
use base::error::{conflict, not_found};
use customers::actions::block::{self, BlockCustomer};
use journal::{Action, Cx, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::door::enter;
use super::mark_spam::{self, MarkSpam};
use crate::channel::channels;
use crate::model::ConversationId;
use crate::present::Row;
use crate::store::blocked::{Blocked, BlockedId, claim_blocked, delete_blocked, set_released};

pub struct Block;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConversationBlockInput)]
pub struct Input {
    pub conversation_id: ConversationId,
    /// Everybody of the domain of the sender's mail address.
    #[serde(default)]
    pub domain: bool,
}

impl Action for Block {
    const NAME: &'static str = "conversation.block";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Row;

    /// Both steps keep their way back in the one undo record of this action.
    fn run(cx: &mut Cx, input: &Input) -> Result<Row> {
        let c = enter(cx, input.conversation_id, None)?;
        let customer = customers::resolve(cx, c.requester_id)?;
        cx.call::<BlockCustomer>(&block::Customer { customer, domain: input.domain })?;
        cx.call::<MarkSpam>(&mark_spam::Input { conversation_id: c.id, spam: true, version: None })
    }
}

/// Lets in what was held back; a block stays.
pub struct Release;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConversationReleaseInput)]
pub struct Held {
    pub blocked_id: BlockedId,
}

impl Action for Release {
    const NAME: &'static str = "conversation.release";
    const GRANT: &'static str = Block::NAME;
    const RISK: Risk = Risk::Irreversible;
    type Input = Held;
    type Output = ();

    fn run(cx: &mut Cx, input: &Held) -> Result<()> {
        let held = claim_blocked(cx, input.blocked_id)?.ok_or_else(|| not_found("blocked_not_found"))?;
        if held.released_at.is_some() {
            return Err(conflict("released_already", "This was let in already."));
        }
        let Some(raw) = held.raw_id else {
            return Err(conflict("not_kept", "Only its head was kept, so it can't be let in."));
        };
        channels(&cx.registry()).get(&held.channel)?.release(cx, raw)?;
        set_released(cx, held.id)
    }
}

/// Gives up what was held back, for good.
pub struct Discard;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConversationDiscardHeldInput)]
pub struct Discarded {
    pub blocked_id: BlockedId,
    /// It was unwanted, and filters learn from it.
    #[serde(default)]
    pub spam: bool,
}

impl Action for Discard {
    const NAME: &'static str = "conversation.discard";
    const GRANT: &'static str = Block::NAME;
    const RISK: Risk = Risk::Irreversible;
    type Input = Discarded;
    type Output = ();

    fn run(cx: &mut Cx, input: &Discarded) -> Result<()> {
        let held = claim_blocked(cx, input.blocked_id)?.ok_or_else(|| not_found("blocked_not_found"))?;
        discard(cx, &held, input.spam)
    }
}

/// What was let in belongs to its message: only the note of it goes.
pub fn discard(cx: &mut Cx, held: &Blocked, spam: bool) -> Result<()> {
    if let (Some(raw), None) = (held.raw_id, held.released_at) {
        // A channel that is switched off keeps what it has.
        if let Ok(channel) = channels(&cx.registry()).get(&held.channel) {
            channel.forget(cx, raw, spam)?;
        }
    }
    delete_blocked(cx, held.id)
}
