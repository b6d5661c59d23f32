//! Takes an address out of use: mail to it is refused from now on. What came through it stays.

use base::Result;
use base::error::not_found;
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::add_mailbox::{self, AddMailbox};
use crate::events;
use crate::model::MailboxId;
use crate::store;

pub struct RemoveMailbox;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Input {
    pub id: MailboxId,
}

impl Action for RemoveMailbox {
    const NAME: &'static str = "email.remove_mailbox";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = ();

    fn run(cx: &mut Cx<'_, '_>, input: &Input) -> Result<()> {
        let found = store::find_mailbox_by_id(cx, input.id)?;
        let mailbox = found.ok_or_else(|| not_found("mailbox_not_found"))?;
        store::set_removed(cx, mailbox.id)?;
        cx.record(Note::new(events::REMOVED, "mailbox", mailbox.id.0))?;
        // The address stays ours in the directory, so taking it back needs no second database.
        cx.undoable::<AddMailbox>(&add_mailbox::Input {
            address: mailbox.address,
            name: mailbox.name,
            brand_id: mailbox.brand_id,
            team_id: mailbox.team_id,
        })
    }
}
