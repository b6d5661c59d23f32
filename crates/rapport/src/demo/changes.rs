//! What agents of the story change about a conversation, word by word.

use base::Result;
use base::error::internal;
use conversations::actions::assign::{self, Assign};
use conversations::actions::change::{self, Change};
use conversations::actions::mark_spam::{self, MarkSpam};
use conversations::actions::set_status::{self, SetStatus};
use journal::Caller;
use serde_json::json;

use super::stage::{Stage, Thread};

/// `priority high`, `type problem`, `tags kettle warranty`, `assign bo`, `team repairs`, `spam`, or a status.
pub async fn apply(stage: &Stage<'_>, thread: &mut Thread, caller: &Caller, words: &[&str]) -> Result<()> {
    let conversation_id = thread.id()?;
    let (house, caller) = (&stage.house, caller.clone());
    match words {
        ["assign", key] => {
            thread.assignee = Some(stage.agent(key)?);
            assign(stage, thread, caller).await
        }
        ["team", name] => {
            thread.repairs = *name == "repairs";
            assign(stage, thread, caller).await
        }
        ["spam"] => {
            let input = mark_spam::Input { conversation_id, spam: true, version: None };
            house.act::<MarkSpam>(caller, None, input).await.map(drop)
        }
        ["tags", tags @ ..] => {
            let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
            let input = change::Input {
                conversation_id: Some(conversation_id),
                tags: Some(tags),
                ..Default::default()
            };
            house.act::<Change>(caller, None, input).await.map(drop)
        }
        [field @ ("priority" | "type"), value] => {
            let input = json!({ "conversation_id": conversation_id, *field: value });
            house.act::<Change>(caller, None, serde_json::from_value(input)?).await.map(drop)
        }
        [status] => {
            let status = serde_json::from_value(json!(status))?;
            let input = set_status::Input { conversation_id, status, version: None, only_from: None };
            house.act::<SetStatus>(caller, None, input).await.map(drop)
        }
        other => Err(internal(format!("nobody can do “{}”", other.join(" ")))),
    }
}

async fn assign(stage: &Stage<'_>, thread: &Thread, caller: Caller) -> Result<()> {
    let team = if thread.repairs { stage.staff.repairs } else { stage.staff.support };
    let input = assign::Input {
        conversation_id: thread.id()?,
        assignee_id: thread.assignee,
        team_id: Some(team),
        version: None,
    };
    stage.house.act::<Assign>(caller, None, input).await.map(drop)
}
