//! A source as administrators see it: the password never leaves the house.

use base::Time;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::source::{Afterwards, Protocol, Source};
use crate::model::MailboxId;
use crate::smtp::client::Security;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = MailSource)]
pub struct Shown {
    pub mailbox_id: MailboxId,
    pub protocol: Protocol,
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub username: String,
    pub trusted_certificate: Option<String>,
    pub folders: Vec<String>,
    pub sent_folder: Option<String>,
    pub afterwards: Afterwards,
    pub move_to: Option<String>,
    pub keep_days: i64,
    pub history_days: i64,
    pub connected_at: Time,
    pub version: i64,
    pub tried_at: Option<Time>,
    /// When everything that was there had last been fetched.
    pub fetched_at: Option<Time>,
    /// When the server got the newest mail that was fetched.
    pub newest_at: Option<Time>,
    pub failing_since: Option<Time>,
    /// Why it can't be fetched, as a code that screens put into words, and as a sentence.
    pub error_code: Option<String>,
    pub error: Option<String>,
    /// Mails that wait on the server.
    pub waiting: i64,
}

impl From<Source> for Shown {
    fn from(source: Source) -> Shown {
        let folders = source.folders();
        Shown {
            mailbox_id: source.mailbox_id,
            protocol: source.protocol,
            host: source.host,
            port: source.port,
            security: source.security,
            username: source.username,
            trusted_certificate: source.trusted_certificate,
            folders,
            sent_folder: source.sent_folder,
            afterwards: source.afterwards,
            move_to: source.move_to,
            keep_days: source.keep_days,
            history_days: source.history_days,
            connected_at: source.connected_at,
            version: source.version,
            tried_at: source.tried_at,
            fetched_at: source.fetched_at,
            newest_at: source.newest_at,
            failing_since: source.failing_since,
            error_code: source.error_code,
            error: source.error,
            waiting: source.waiting,
        }
    }
}
