//! The channel: how conversations write mail without knowing what mail is.

use std::sync::Arc;

use base::{Kind, Result};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use conversations::channel::{Channel, Delivering, Outcome, Outgoing, Reach, Whom, reached_by_identity};
use conversations::model::{MessageId, Party};
use journal::{Cx, Workspace, settings};
use people::BrandId;

use crate::delivery::Carrier;
use crate::links::settings::FileLinks;
use crate::mailboxes::{is_own, mailbox};
use crate::model::{NAME, RawId, check_address};
use crate::teaching;
use crate::ways::account_for;

/// Mail as a channel.
#[derive(Default)]
pub struct Email {
    carrier: Carrier,
}

impl Channel for Email {
    fn name(&self) -> &'static str {
        NAME
    }

    fn is_own(&self, cx: &mut Cx<'_, '_>, address: &str) -> Result<bool> {
        is_own(cx, address)
    }

    fn sender(
        &self,
        cx: &mut Cx<'_, '_>,
        account: Option<&str>,
        brand: Option<BrandId>,
    ) -> Result<Option<Party>> {
        let mailbox = mailbox(cx, account, brand)?;
        Ok(mailbox.map(|mailbox| Party { name: mailbox.name, address: mailbox.address }))
    }

    fn check_address(&self, address: &str) -> Result<(), String> {
        check_address(address)
    }

    /// Without a server to send through nobody is reached, whatever is known of them.
    fn reaches(&self, cx: &mut Cx<'_, '_>, whom: &Whom<'_>) -> Result<Reach> {
        let mailbox = mailbox(cx, whom.account, whom.brand)?;
        let account = mailbox.map(|mailbox| account_for(cx, &mailbox)).transpose()?;
        if account.flatten().is_none() {
            return Ok(Reach::Not("not_set_up"));
        }
        reached_by_identity(self, cx, whom)
    }

    fn release(&self, cx: &mut Cx<'_, '_>, raw: i64) -> Result<()> {
        teaching::let_in(cx, RawId(raw))
    }

    fn forget(&self, cx: &mut Cx<'_, '_>, raw: i64, spam: bool) -> Result<()> {
        teaching::give_up(cx, RawId(raw), spam)
    }

    /// What is too large for a mail goes as a link, when links lead anywhere.
    fn most_file_bytes(&self, cx: &mut Cx<'_, '_>) -> Result<i64> {
        Ok(settings::get::<FileLinks>(cx)?.most_together(cx.public_url()))
    }

    fn new_source_id(&self, message: MessageId, from: Option<&Party>) -> String {
        let domain = from.and_then(|party| party.address.rsplit_once('@')).map(|(_, domain)| domain);
        let domain = domain.filter(|domain| domain.is_ascii() && !domain.contains(['[', ']']));
        // Random, so that nobody can name a mail that was not sent to him.
        let random =
            URL_SAFE_NO_PAD.encode(&base::secrets::sha256(base::secrets::new_token().as_bytes())[..12]);
        format!("{message}.{random}@{}", domain.unwrap_or("rapport.invalid"))
    }

    fn deliver(&self, house: Arc<Workspace>, letter: Outgoing) -> Delivering {
        let carrier = self.carrier.clone();
        Box::pin(async move {
            match carrier.deliver(&house, &letter).await {
                Ok(outcome) => outcome,
                // Errors end before anything was sent: what was sent has an outcome.
                Err(e) if matches!(e.kind, Kind::Unavailable | Kind::TooMany | Kind::Internal) => {
                    tracing::warn!(error = ?e, message.id = letter.message.0, "a mail could not be made");
                    Outcome::Postponed(e.message.to_string())
                }
                Err(e) => Outcome::Refused(e.message.to_string()),
            }
        })
    }
}
