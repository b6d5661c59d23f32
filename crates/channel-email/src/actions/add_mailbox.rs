//! Takes an address into use, so that mail to it becomes conversations, and out of use again.

use std::sync::Arc;

use base::Result;
use base::error::{conflict, internal, not_found};
use journal::{Action, Cx, Note, Risk, Workspace};
use people::{BrandId, TeamId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::channel::Addresses;
use crate::events;
use crate::fetch::store::find_source;
use crate::jobs::Fetch;
use crate::model::{Mailbox, MailboxId, checked_address, checked_name};
use crate::store;

pub struct AddMailbox;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmailAddMailboxInput)]
pub struct Input {
    pub address: String,
    /// What customers read beside the address, such as the brand.
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub brand_id: Option<BrandId>,
    #[serde(default)]
    pub team_id: Option<TeamId>,
}

impl Action for AddMailbox {
    const NAME: &'static str = "email.add_mailbox";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Mailbox;

    /// The directory is another database, so it comes first: an address that leads to a workspace where
    /// nobody uses it harms nobody, the other way round mail would be refused.
    async fn prepare(house: &Arc<Workspace>, input: &mut Input) -> Result<()> {
        input.address = checked_address(&input.address, "address")?;
        let registry = house.registry();
        let addresses =
            registry.socket::<Addresses>().ok_or_else(|| internal("no directory was plugged in"))?;
        addresses.directory()?.set_address(&input.address, &house.name).await
    }

    fn run(cx: &mut Cx<'_, '_>, input: &Input) -> Result<Mailbox> {
        let name = checked_name(&input.name)?;
        let fresh = Mailbox {
            id: cx.new_id(),
            address: checked_address(&input.address, "address")?,
            name,
            brand_id: input.brand_id,
            team_id: input.team_id,
            version: 1,
            created_at: cx.now(),
        };
        let taken = || conflict("mailbox_exists", "This address is in use already.").field("address");
        let added = store::insert_mailbox(cx, &fresh)?.ok_or_else(taken)?;
        cx.record(Note::new(events::ADDED, "mailbox", added.id.0))?;
        // One that comes back is fetched again from where it was fetched before.
        if find_source(cx, added.id)?.is_some() {
            cx.sooner(&Fetch { mailbox: added.id })?;
        }
        cx.undoable::<RemoveMailbox>(&RemoveInput { id: added.id })?;
        Ok(added)
    }
}

/// Mail to the address is refused from now on. What came through it stays.
pub struct RemoveMailbox;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveInput {
    pub id: MailboxId,
}

impl Action for RemoveMailbox {
    const NAME: &'static str = "email.remove_mailbox";
    const RISK: Risk = Risk::Reversible;
    type Input = RemoveInput;
    type Output = ();

    fn run(cx: &mut Cx<'_, '_>, input: &RemoveInput) -> Result<()> {
        let found = store::find_mailbox_by_id(cx, input.id)?;
        let mailbox = found.ok_or_else(|| not_found("mailbox_not_found"))?;
        store::set_removed(cx, mailbox.id)?;
        cx.record(Note::new(events::REMOVED, "mailbox", mailbox.id.0))?;
        // The address stays ours in the directory, so taking it back needs no second database.
        cx.undoable::<AddMailbox>(&Input {
            address: mailbox.address,
            name: mailbox.name,
            brand_id: mailbox.brand_id,
            team_id: mailbox.team_id,
        })
    }
}
