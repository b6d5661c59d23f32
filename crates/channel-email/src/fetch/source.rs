//! The nouns of fetching: where a mailbox's mail lies, how far it was fetched, what became of each mail.

use base::error::invalid;
use base::{Result, Time};
use serde::{Deserialize, Serialize};
use store::row;
use utoipa::ToSchema;

use crate::model::{GrantId, MailboxId};
use crate::smtp::client::Security;

base::id! {
    /// A folder that is followed.
    FolderId
}
base::id! {
    /// What became of one mail on the server.
    FetchedId
}

base::words! {
    pub enum Protocol {
        Imap = "imap",
        Pop3 = "pop3",
    }
}

base::words! {
    /// What happens on the server to a mail that was fetched.
    pub enum Afterwards {
        /// Nothing at all: not even a flag changes.
        Keep = "keep",
        /// It is marked as seen (IMAP).
        Seen = "seen",
        /// It goes to another folder (IMAP).
        Move = "move",
        /// It is deleted after some days.
        Delete = "delete",
    }
}

base::words! {
    /// What became of one mail on the server.
    pub enum State {
        /// It is on disk here.
        Taken = "taken",
        /// It stays where it is: it lay there before the connection, or it was here already.
        Known = "known",
        /// It lay there before the connection, and it is still to be seen whether it is taken (POP3).
        Waiting = "waiting",
        /// It could not be fetched; it is tried again.
        Parked = "parked",
        /// Somebody decided that it is not wanted.
        Discarded = "discarded",
        /// It was taken, and is gone from the server.
        Cleared = "cleared",
    }
}

row! {
    /// Where the mail of a mailbox is fetched from. What opens it never leaves the house.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
    #[schema(as = MailSource)]
    pub struct Source {
        pub mailbox_id: MailboxId,
        pub protocol: Protocol,
        pub host: String,
        pub port: u16,
        pub security: Security,
        pub username: String,
        /// Sealed with the key of the house, in base64; empty where a grant opens the mailbox.
        #[serde(skip)]
        pub password: String,
        /// Access that a provider has granted, in place of a password.
        pub grant_id: Option<GrantId>,
        pub trusted_certificate: Option<String>,
        #[schema(value_type = Vec<String>)]
        pub folders: serde_json::Value,
        /// What agents send from their own mail program lies here; it is filed and never sent.
        pub sent_folder: Option<String>,
        pub afterwards: Afterwards,
        pub move_to: Option<String>,
        /// After how many days a fetched mail is deleted from the server.
        pub keep_days: i64,
        /// How many days before the connection are taken as solved history; 0 takes none.
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
}

row! {
    /// How far a folder was fetched (RFC 9051 section 2.3.1.1).
    #[derive(Clone, Debug)]
    pub struct Folder {
        pub id: FolderId,
        pub name: String,
        /// UIDVALIDITY; 0 with POP3, which has none.
        pub epoch: i64,
        /// Everything up to this UID is dealt with.
        pub last_uid: i64,
        /// Mails up to this UID lay there when the folder was first seen.
        pub old_uid: i64,
        /// The UIDs have changed, so that mails which were fetched come again up to `old_uid`.
        pub resync: bool,
        /// Connections that broke since the last mail.
        pub tries: i64,
    }
}

row! {
    /// A mail that could not be fetched.
    #[derive(Clone, Debug)]
    pub struct Stuck {
        pub id: FetchedId,
        pub folder_id: FolderId,
        pub epoch: i64,
        pub remote: String,
        pub tries: i64,
        pub at: Time,
    }
}

row! {
    /// A mail that could not be fetched, as it is shown.
    #[derive(Clone, Debug, Serialize, ToSchema)]
    #[schema(as = UnfetchedMail)]
    pub struct Unfetched {
        pub id: FetchedId,
        pub mailbox_id: MailboxId,
        pub address: String,
        pub folder: String,
        pub cause: Option<String>,
        pub tries: i64,
        /// When it was last tried.
        pub at: Time,
    }
}

impl Source {
    pub fn folders(&self) -> Vec<String> {
        serde_json::from_value(self.folders.clone()).unwrap_or_default()
    }

    /// All that are followed, with whether it is the one for sent mail.
    pub fn followed(&self) -> Vec<(String, bool)> {
        let incoming = self.folders().into_iter().map(|name| (name, false));
        incoming.chain(self.sent_folder.iter().map(|name| (name.clone(), true))).collect()
    }
}

/// Where a mailbox lies, as somebody enters it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MailSourcePlace)]
pub struct Place {
    pub protocol: Protocol,
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub username: String,
    /// The stored one is kept when this is absent; another server never gets to see it.
    #[serde(default)]
    pub password: Option<String>,
    /// Access that a provider has granted, in place of a password. Its mailbox is meant when no user name is entered.
    #[serde(default)]
    pub grant_id: Option<GrantId>,
    /// A certificate (PEM) that is trusted beside those of the system.
    #[serde(default)]
    pub trusted_certificate: Option<String>,
}

pub const MOST_HISTORY_DAYS: i64 = 36_500;
pub const MOST_KEEP_DAYS: i64 = 3_650;
const MOST_FOLDERS: usize = 20;
const LONGEST_NAME: usize = 250;

impl Place {
    /// Trimmed and looked through.
    pub fn checked(&self) -> Result<Place> {
        let place = Place {
            host: self.host.trim().to_owned(),
            username: base::text::without_nul(self.username.trim()),
            trusted_certificate: self.trusted_certificate.clone().filter(|pem| !pem.trim().is_empty()),
            ..self.clone()
        };
        let plain = |c: char| c.is_alphanumeric() || ".-_:[]".contains(c);
        let refuse = |code, field: &str, sentence: &'static str| Err(invalid(code, sentence).field(field));
        if place.host.is_empty() || place.host.len() > 253 || !place.host.chars().all(plain) {
            return refuse("source_host", "host", "Name the mail server, as in imap.example.com.");
        }
        if place.port == 0 {
            return refuse("source_port", "port", "A port lies between 1 and 65535.");
        }
        let odd = |text: &str| text.is_empty() || text.len() > 500 || text.chars().any(char::is_control);
        let named_by_grant = place.grant_id.is_some() && place.username.is_empty();
        if odd(&place.username) && !named_by_grant {
            return refuse("source_username", "username", "Enter the user name of the mailbox.");
        }
        if place.password.as_deref().is_some_and(|password| password.is_empty() || odd(password)) {
            return refuse("source_password", "password", "This can't be a password.");
        }
        let local = matches!(place.host.as_str(), "localhost" | "127.0.0.1" | "::1");
        if place.security == Security::None && !local {
            let sentence = "A password is sent only over TLS, or to this machine itself.";
            return refuse("source_clear", "security", sentence);
        }
        Ok(place)
    }
}

/// What is to be fetched, and what happens to it on the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MailSourceManner)]
pub struct Manner {
    /// Folders whose mail comes in; the inbox when empty. POP3 has no folders.
    #[serde(default)]
    pub folders: Vec<String>,
    /// Folder of sent mail, filed in its conversations and never sent again (IMAP).
    #[serde(default)]
    pub sent_folder: Option<String>,
    pub afterwards: Afterwards,
    #[serde(default)]
    pub move_to: Option<String>,
    /// With `delete`: after how many days.
    #[serde(default)]
    pub keep_days: i64,
    /// How many days before the connection are taken as solved history; 0 takes new mail alone.
    #[serde(default)]
    pub history_days: i64,
}

impl Manner {
    pub fn checked(&self, protocol: Protocol) -> Result<Manner> {
        let mut manner = self.clone();
        manner.sent_folder = manner.sent_folder.filter(|name| !name.trim().is_empty());
        manner.move_to = manner.move_to.filter(|name| !name.trim().is_empty());
        let refuse = |code, field: &str, sentence: &'static str| Err(invalid(code, sentence).field(field));
        if protocol == Protocol::Pop3 {
            let plain = manner.folders.is_empty() && manner.sent_folder.is_none();
            if !plain || !matches!(manner.afterwards, Afterwards::Keep | Afterwards::Delete) {
                let sentence = "POP3 knows no folders and no flags. Use IMAP for these.";
                return refuse("source_pop3", "afterwards", sentence);
            }
        } else if manner.folders.is_empty() {
            manner.folders = vec!["INBOX".to_owned()];
        }
        let all = manner.folders.iter().chain(&manner.sent_folder).chain(&manner.move_to);
        let odd = |name: &&String| {
            name.is_empty() || name.len() > LONGEST_NAME || name.contains(['\r', '\n', '\0'])
        };
        if manner.folders.len() > MOST_FOLDERS || all.clone().any(|name| odd(&name)) {
            return refuse("source_folders", "folders", "Name at most 20 folders, as the server calls them.");
        }
        if manner.afterwards == Afterwards::Move && manner.move_to.is_none() {
            return refuse("source_move_to", "move_to", "Name the folder to which fetched mail goes.");
        }
        if manner.afterwards == Afterwards::Move
            && manner.move_to.as_ref().is_some_and(|to| manner.folders.contains(to))
        {
            return refuse("source_move_round", "move_to", "Mail is fetched from this folder. Name another.");
        }
        if !(0..=MOST_KEEP_DAYS).contains(&manner.keep_days) {
            return refuse("source_keep_days", "keep_days", "This is a number of days up to 3650.");
        }
        if !(0..=MOST_HISTORY_DAYS).contains(&manner.history_days) {
            return refuse("source_history_days", "history_days", "This is a number of days up to 36500.");
        }
        Ok(manner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> Place {
        Place {
            protocol: Protocol::Imap,
            host: " imap.example.com ".into(),
            port: 993,
            security: Security::Tls,
            username: "desk".into(),
            password: None,
            grant_id: None,
            trusted_certificate: None,
        }
    }

    fn manner() -> Manner {
        Manner {
            folders: Vec::new(),
            sent_folder: None,
            afterwards: Afterwards::Keep,
            move_to: None,
            keep_days: 0,
            history_days: 0,
        }
    }

    #[test]
    fn a_password_travels_only_under_tls_or_within_this_machine() {
        assert_eq!(place().checked().expect("fits").host, "imap.example.com");
        let open = Place { security: Security::None, ..place() };
        assert_eq!(open.checked().expect_err("open").code, "source_clear");
        assert!(Place { host: "127.0.0.1".into(), ..open }.checked().is_ok());
        for bad in ["", "a b", "a/b", "a\r\nb"] {
            assert!(Place { host: bad.into(), ..place() }.checked().is_err(), "{bad:?}");
        }
        assert!(Place { username: "a\r\nB LOGOUT".into(), ..place() }.checked().is_err());
    }

    #[test]
    fn choices_that_a_server_could_not_follow_are_refused() {
        assert_eq!(manner().checked(Protocol::Imap).expect("fits").folders, ["INBOX"]);
        let seen = Manner { afterwards: Afterwards::Seen, ..manner() };
        assert!(seen.checked(Protocol::Imap).is_ok() && seen.checked(Protocol::Pop3).is_err());
        let moved = Manner { afterwards: Afterwards::Move, ..manner() };
        assert_eq!(moved.checked(Protocol::Imap).expect_err("where to").code, "source_move_to");
        let round = Manner { move_to: Some("INBOX".into()), folders: vec!["INBOX".into()], ..moved };
        assert_eq!(round.checked(Protocol::Imap).expect_err("round").code, "source_move_round");
        assert!(Manner { keep_days: -1, ..manner() }.checked(Protocol::Imap).is_err());
        assert!(Manner { folders: vec!["a\r\nb".into()], ..manner() }.checked(Protocol::Imap).is_err());
    }
}
