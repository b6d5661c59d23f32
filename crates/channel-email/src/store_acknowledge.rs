//! SQL of acknowledgements: what mailboxes say, and who wrote how much and was told when.

use base::{Result, Time};
use journal::Cx;
use serde::{Deserialize, Serialize};
use store::{p, row};
use utoipa::ToSchema;

use crate::model::MailboxId;

row! {
    /// What a mailbox says by itself when a first mail has arrived.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
    pub struct Acknowledgement {
        pub mailbox_id: MailboxId,
        /// Nothing is said while it is off.
        pub on: bool,
        /// Plain text; `{number}` stands for the number of the conversation. Empty: the usual words.
        pub text: String,
        /// The language of the usual words: `en`, `de` or `ar`.
        pub language: String,
        pub version: i64,
    }
}

pub fn find_acknowledgement(cx: &mut Cx, mailbox: MailboxId) -> Result<Option<Acknowledgement>> {
    cx.opt(
        "SELECT mailbox_id, on_arrival, text, language, version FROM email_acknowledgements
         WHERE mailbox_id = $1",
        p![mailbox],
    )
}

pub fn put_acknowledgement(cx: &mut Cx, one: &Acknowledgement) -> Result<()> {
    cx.exec(
        "INSERT INTO email_acknowledgements (mailbox_id, on_arrival, text, language, version)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (mailbox_id) DO UPDATE SET on_arrival = excluded.on_arrival, text = excluded.text,
             language = excluded.language, version = excluded.version",
        p![one.mailbox_id, one.on, one.text, one.language, one.version],
    )
    .map(drop)
}

/// Counts a mail of a sender; answers how many came in this hour.
pub fn count_mail(cx: &mut Cx, folded: &str, hour: i64) -> Result<i64> {
    let (mails,): (i64,) = cx.one(
        "INSERT INTO email_senders (folded, hour, mails, acknowledged_at) VALUES ($1, $2, 1, NULL)
         ON CONFLICT (folded) DO UPDATE SET
             mails = CASE WHEN email_senders.hour = excluded.hour THEN email_senders.mails + 1 ELSE 1 END,
             hour = excluded.hour
         RETURNING mails",
        p![folded, hour],
    )?;
    Ok(mails)
}

/// Remembers that somebody is told now, unless it was done since then.
pub fn claim_acknowledging(cx: &mut Cx, folded: &str, now: Time, since: Time) -> Result<bool> {
    let changed = cx.exec(
        "UPDATE email_senders SET acknowledged_at = $2
         WHERE folded = $1 AND (acknowledged_at IS NULL OR acknowledged_at < $3)",
        p![folded, now, since],
    )?;
    Ok(changed == 1)
}

/// Forgets who wrote nothing for some days, some at a time.
pub fn delete_old_senders(cx: &mut Cx, before_hour: i64, most: i64) -> Result<i64> {
    cx.exec(
        "DELETE FROM email_senders WHERE folded IN
             (SELECT folded FROM email_senders WHERE hour < $1 ORDER BY hour LIMIT $2)",
        p![before_hour, most],
    )
    .map(|count| i64::try_from(count).unwrap_or(i64::MAX))
}
