//! Keeps an agent's unfinished answer on the server, and drops it.

use base::Result;
use base::error::invalid;
use journal::{Action, Cx, Risk};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::door::acting_agent;
use super::text::LARGEST_HTML;
use crate::model::{ConversationId, DraftMode, Party};
use crate::present::{self, ShownDraft};
use crate::store::conversation::find_conversation;
use crate::store::desk;

pub struct KeepDraft;
pub struct DropDraft;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConversationKeepDraftInput)]
pub struct Input {
    pub conversation_id: ConversationId,
    pub mode: DraftMode,
    pub html: String,
    #[serde(default)]
    pub to: Option<Vec<Party>>,
    #[serde(default)]
    pub cc: Option<Vec<Party>>,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DropInput {
    pub conversation_id: ConversationId,
}

impl Action for KeepDraft {
    const NAME: &'static str = "conversation.keep_draft";
    const GRANT: &'static str = "conversation.note";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = ShownDraft;

    fn run(cx: &mut Cx, input: &Input) -> Result<ShownDraft> {
        let agent = acting_agent(cx)?;
        if input.html.len() > LARGEST_HTML {
            return Err(invalid("text_too_long", "This text is too long.").field("html"));
        }
        let scope = people::scope(cx)?;
        let found = find_conversation(cx, &scope, input.conversation_id)?;
        found.ok_or_else(|| base::error::not_found("conversation_not_found"))?;
        let draft = desk::Draft {
            mode: input.mode,
            html: markup::sanitise_own(&base::text::without_nul(&input.html)),
            recipients: json!({"to": input.to, "cc": input.cc}),
            updated_at: cx.now(),
        };
        desk::set_draft(cx, input.conversation_id, agent, &draft)?;
        Ok(present::draft(draft))
    }
}

impl Action for DropDraft {
    const NAME: &'static str = "conversation.drop_draft";
    const GRANT: &'static str = "conversation.note";
    const RISK: Risk = Risk::Reversible;
    type Input = DropInput;
    type Output = ();

    fn run(cx: &mut Cx, input: &DropInput) -> Result<()> {
        let agent = acting_agent(cx)?;
        desk::delete_draft(cx, input.conversation_id, agent)
    }
}
