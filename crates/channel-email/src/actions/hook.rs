//! Lets a mail provider hand in mail over HTTP, under a key of its own.

use base::Result;
use base::error::not_found;
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::events;
use crate::model::MailboxId;
use crate::store::find_mailbox_by_id;
use crate::store_hooks::{delete_hook, put_hook};

/// Makes a key; the one before it is good no longer.
pub struct SetHook;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmailHookInput)]
pub struct Input {
    pub mailbox_id: MailboxId,
}

/// The key is shown this once; only its hash is kept.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = EmailHookMade)]
pub struct Made {
    pub key: String,
    /// Where the provider posts each mail as it came (`message/rfc822`).
    pub url: String,
}

impl Action for SetHook {
    const NAME: &'static str = "email.set_hook";
    const GRANT: &'static str = "email.add_mailbox";
    const RISK: Risk = Risk::Irreversible;
    type Input = Input;
    type Output = Made;

    fn run(cx: &mut Cx<'_, '_>, input: &Input) -> Result<Made> {
        let id = input.mailbox_id;
        find_mailbox_by_id(cx, id)?.ok_or_else(|| not_found("mailbox_not_found"))?;
        let key = base::secrets::new_token();
        put_hook(cx, id, &base::secrets::token_hash(&key))?;
        cx.record(Note::new(events::HOOK_SET, "mailbox", id.0))?;
        let url = format!("{}/api/mail/in/{key}", cx.public_url());
        Ok(Made { key, url })
    }
}

/// Takes no mail over HTTP any more.
pub struct RemoveHook;

impl Action for RemoveHook {
    const NAME: &'static str = "email.remove_hook";
    const GRANT: &'static str = "email.add_mailbox";
    const RISK: Risk = Risk::Irreversible;
    type Input = Input;
    type Output = ();

    fn run(cx: &mut Cx<'_, '_>, input: &Input) -> Result<()> {
        match delete_hook(cx, input.mailbox_id)? {
            true => cx.record(Note::new(events::HOOK_REMOVED, "mailbox", input.mailbox_id.0)).map(drop),
            false => Err(not_found("hook_not_found")),
        }
    }
}
