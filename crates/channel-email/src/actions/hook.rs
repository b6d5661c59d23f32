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

/// Binds the sealed signing key to its mailbox.
pub fn signing_place(mailbox: MailboxId) -> String {
    format!("email_hooks.signing.{}", mailbox.0)
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmailHookInput)]
pub struct Input {
    pub mailbox_id: MailboxId,
    /// Each mail has to be signed; then the address in the path is no secret.
    #[serde(default)]
    pub signed: bool,
}

/// Keys are shown this once.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = EmailHookMade)]
pub struct Made {
    pub key: String,
    /// Where the provider posts each mail as it came (`message/rfc822`).
    pub url: String,
    /// The bytes with which each mail is signed (HMAC-SHA256), where that was asked for.
    pub signing_key: Option<String>,
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
        let signing_key = input.signed.then(base::secrets::new_token);
        let seal = |key: &String| cx.secrets().seal(&signing_place(id), key.as_bytes());
        let sealed = signing_key.as_ref().map(seal).transpose()?;
        put_hook(cx, id, &base::secrets::token_hash(&key), sealed)?;
        cx.record(Note::new(events::HOOK_SET, "mailbox", id.0))?;
        let url = format!("{}/api/mail/in/{key}", cx.public_url());
        Ok(Made { key, url, signing_key })
    }
}

/// Takes no mail over HTTP any more.
pub struct RemoveHook;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmailRemoveHookInput)]
pub struct RemoveInput {
    pub mailbox_id: MailboxId,
}

impl Action for RemoveHook {
    const NAME: &'static str = "email.remove_hook";
    const GRANT: &'static str = "email.add_mailbox";
    const RISK: Risk = Risk::Irreversible;
    type Input = RemoveInput;
    type Output = ();

    fn run(cx: &mut Cx<'_, '_>, input: &RemoveInput) -> Result<()> {
        match delete_hook(cx, input.mailbox_id)? {
            true => cx.record(Note::new(events::HOOK_REMOVED, "mailbox", input.mailbox_id.0)).map(drop),
            false => Err(not_found("hook_not_found")),
        }
    }
}
