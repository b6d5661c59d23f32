//! To whom an answer really goes.

use base::Result;
use journal::Cx;

use crate::model::{Party, Recipients, Wish};
use crate::recipients::{Proposed, propose, refusal};
use crate::store::conversation::Conversation;

/// The recipients that were shown, and the channel; refused for the reasons that were shown.
pub(super) fn recipients(cx: &mut Cx, c: &Conversation, wish: &Wish<'_>) -> Result<(String, Recipients)> {
    let proposal = propose(cx, c, wish)?;
    if let Some(problem) = &proposal.problem {
        return Err(refusal(problem));
    }
    let parties = |list: Vec<Proposed>| -> Vec<Party> {
        list.into_iter().map(|one| Party { name: one.name, address: one.address }).collect()
    };
    let (from, to, cc) = (proposal.from, parties(proposal.to), parties(proposal.cc));
    Ok((proposal.channel, Recipients { from, to, cc, bcc: Vec::new() }))
}
