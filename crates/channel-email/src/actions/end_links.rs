//! Ends the links of a message before their time, or lets them lead somewhere again.

use base::Result;
use base::error::{conflict, not_found};
use conversations::model::MessageId;
use conversations::store::message::find_message;
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::events;
use crate::links::store::set_ended;

pub struct EndLinks;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmailEndLinksInput)]
pub struct Input {
    pub message_id: MessageId,
    pub ended: bool,
}

impl Action for EndLinks {
    const NAME: &'static str = "message.end_links";
    const GRANT: &'static str = "conversation.reply";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = ();

    fn run(cx: &mut Cx<'_, '_>, input: &Input) -> Result<()> {
        people::acting_agent(cx)?;
        let scope = people::scope(cx)?;
        let message = find_message(cx, &scope, input.message_id)?;
        let message = message.ok_or_else(|| not_found("message_not_found"))?;
        if set_ended(cx, message.id, input.ended)? == 0 {
            return Err(conflict("moved_on", "These links were changed already."));
        }
        let note = Note::new(events::LINKS_ENDED, "conversation", message.conversation_id.0);
        cx.record(note.with("message", message.id).change("ended", !input.ended, input.ended))?;
        cx.undoable::<EndLinks>(&Input { message_id: message.id, ended: !input.ended })
    }
}
