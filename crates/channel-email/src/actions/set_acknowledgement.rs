//! Switches on or off what a mailbox says by itself, and changes its words.

use base::Result;
use base::error::{conflict, invalid, not_found};
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::events;
use crate::model::MailboxId;
use crate::store;
use crate::store_acknowledge::{Acknowledgement, find_acknowledgement, put_acknowledgement};

/// Characters.
const LONGEST: usize = 5_000;

pub struct SetAcknowledgement;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmailSetAcknowledgementInput)]
pub struct Input {
    #[serde(default)]
    pub mailbox_id: Option<MailboxId>,
    pub on: bool,
    /// Plain text; `{number}` stands for the number of the conversation. Empty: the usual words.
    #[serde(default)]
    pub text: String,
    /// `en`, `de` or `ar`.
    pub language: String,
    /// What the caller saw.
    #[serde(default)]
    pub version: Option<i64>,
}

/// What a mailbox says that nobody has told anything.
pub fn unset(mailbox_id: MailboxId) -> Acknowledgement {
    Acknowledgement { mailbox_id, on: false, text: String::new(), language: "en".to_owned(), version: 0 }
}

impl Action for SetAcknowledgement {
    const NAME: &'static str = "email.set_acknowledgement";
    const GRANT: &'static str = "email.add_mailbox";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Acknowledgement;

    fn run(cx: &mut Cx<'_, '_>, input: &Input) -> Result<Acknowledgement> {
        let missing = || not_found("mailbox_not_found");
        let mailbox = store::find_mailbox_by_id(cx, input.mailbox_id.ok_or_else(missing)?)?;
        let mailbox = mailbox.ok_or_else(missing)?;
        let before = find_acknowledgement(cx, mailbox.id)?.unwrap_or_else(|| unset(mailbox.id));
        if input.version.is_some_and(|seen| seen != before.version) {
            let sentence = "Somebody else has changed this mailbox meanwhile.";
            return Err(conflict("version_conflict", sentence).with_present(json!(before)));
        }
        if !["en", "de", "ar"].contains(&input.language.as_str()) {
            return Err(invalid("language_unknown", "There are no words in this language.").field("language"));
        }
        let text = base::text::without_nul(&input.text);
        if text.chars().count() > LONGEST {
            let sentence = format!("A confirmation has at most {LONGEST} characters.");
            return Err(invalid("too_long", sentence).field("text"));
        }
        let after = Acknowledgement {
            mailbox_id: mailbox.id,
            on: input.on,
            text,
            language: input.language.clone(),
            version: before.version + 1,
        };
        put_acknowledgement(cx, &after)?;
        cx.record(Note::new(events::CHANGED, "mailbox", mailbox.id.0).change(
            "acknowledges",
            before.on,
            after.on,
        ))?;
        cx.undoable::<SetAcknowledgement>(&Input {
            mailbox_id: Some(mailbox.id),
            on: before.on,
            text: before.text,
            language: before.language,
            version: Some(after.version),
        })?;
        Ok(after)
    }
}
