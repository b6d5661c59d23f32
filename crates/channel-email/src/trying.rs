//! Sends a mail about nothing, so that its look is seen where it arrives.

use std::sync::Arc;

use base::Result;
use base::error::invalid;
use conversations::channel::channels;
use conversations::model::MessageId;
use journal::Workspace;

use crate::account::Account;
use crate::enclosing::Enclosed;
use crate::handover::hand_over;
use crate::letter;
use crate::looks::dress::Dress;
use crate::looks::sample;
use crate::model::{Mailbox, NAME};
use crate::smtp::client::Fate;
use crate::smtp::pool::Pool;

/// The same way as an answer, but for what is kept of one.
pub async fn try_letter(
    house: &Arc<Workspace>,
    dress: &Dress,
    mailbox: &Mailbox,
    account: &Account,
    to: &str,
) -> Result<Fate> {
    let sender = letter::sender(house, mailbox, None);
    let mail = channels(&house.registry()).get(NAME)?;
    let source_id = mail.new_source_id(MessageId(0), Some(&sender.mailbox));
    let letter = sample::letter(dress, &sender.mailbox, to, source_id, house.clock.now());
    let (raw, addressed) =
        letter::write(&letter, &sender, dress, Enclosed { files: Vec::new(), links: None })
            .map_err(|why| invalid("not_writable", why))?;
    hand_over(house, &Pool::default(), account, &mailbox.address, &addressed, raw).await
}
