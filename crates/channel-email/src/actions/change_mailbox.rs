//! Changes the name, brand or team of a mailbox.

use base::Result;
use base::error::{conflict, not_found};
use journal::{Action, Cx, Note, Risk};
use people::{BrandId, TeamId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::events;
use crate::model::{Mailbox, MailboxId, checked_name};
use crate::store;

pub struct ChangeMailbox;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmailChangeMailboxInput)]
pub struct Input {
    #[serde(default)]
    pub id: Option<MailboxId>,
    pub name: String,
    pub brand_id: Option<BrandId>,
    pub team_id: Option<TeamId>,
    /// What the caller saw.
    #[serde(default)]
    pub version: Option<i64>,
}

impl Action for ChangeMailbox {
    const NAME: &'static str = "email.change_mailbox";
    const GRANT: &'static str = "email.add_mailbox";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Mailbox;

    fn run(cx: &mut Cx<'_, '_>, input: &Input) -> Result<Mailbox> {
        let missing = || not_found("mailbox_not_found");
        let before = store::find_mailbox_by_id(cx, input.id.ok_or_else(missing)?)?.ok_or_else(missing)?;
        if input.version.is_some_and(|seen| seen != before.version) {
            let sentence = "Somebody else has changed this mailbox meanwhile.";
            return Err(conflict("version_conflict", sentence).with_present(json!(before)));
        }
        let name = checked_name(&input.name)?;
        let after = Mailbox {
            name,
            brand_id: input.brand_id,
            team_id: input.team_id,
            version: before.version + 1,
            ..before.clone()
        };
        store::set_mailbox(cx, &after)?;
        let note = Note::new(events::CHANGED, "mailbox", after.id.0)
            .change("brand_id", before.brand_id, after.brand_id)
            .change("team_id", before.team_id, after.team_id);
        cx.record(note)?;
        cx.undoable::<ChangeMailbox>(&Input {
            id: Some(before.id),
            name: before.name,
            brand_id: before.brand_id,
            team_id: before.team_id,
            version: Some(after.version),
        })?;
        Ok(after)
    }
}
