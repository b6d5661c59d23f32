//! Says through which account mail of a mailbox or a brand goes out.

use base::Result;
use base::error::{invalid, not_found};
use journal::{Action, Cx, Note, Risk};
use people::BrandId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::account::AccountId;
use crate::events;
use crate::model::MailboxId;
use crate::{store, store_accounts};

pub struct SetWay;

/// Either a mailbox or a brand.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmailSetWayInput)]
pub struct Input {
    #[serde(default)]
    pub mailbox_id: Option<MailboxId>,
    #[serde(default)]
    pub brand_id: Option<BrandId>,
    /// Absent for the usual way: the account of the brand, else the one of the workspace.
    #[serde(default)]
    pub account_id: Option<AccountId>,
}

impl Action for SetWay {
    const NAME: &'static str = "email.set_way";
    const GRANT: &'static str = "email.set_outgoing";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = ();

    fn run(cx: &mut Cx<'_, '_>, input: &Input) -> Result<()> {
        if let Some(id) = input.account_id {
            store_accounts::find_account(cx, id)?.ok_or_else(|| not_found("account_not_found"))?;
        }
        let before = match (input.mailbox_id, input.brand_id) {
            (Some(mailbox), None) => {
                store::find_mailbox_by_id(cx, mailbox)?.ok_or_else(|| not_found("mailbox_not_found"))?;
                let before = store_accounts::find_account_of_mailbox(cx, mailbox)?;
                store_accounts::set_mailbox_way(cx, mailbox, input.account_id)?;
                cx.record(Note::new(events::WAY_SET, "mailbox", mailbox.0))?;
                before
            }
            (None, Some(brand)) => {
                let known = people::brands(cx)?.iter().any(|one| one.id == brand);
                known.then_some(()).ok_or_else(|| not_found("brand_not_found"))?;
                let before = store_accounts::find_account_of_brand(cx, brand)?;
                store_accounts::set_brand_way(cx, brand, input.account_id)?;
                cx.record(Note::new(events::WAY_SET, "brand", brand.0))?;
                before
            }
            _ => return Err(invalid("way_of_one", "Name either a mailbox or a brand.")),
        };
        let account_id = before.map(|account| account.id);
        cx.undoable::<SetWay>(&Input { account_id, ..input.clone() })
    }
}
