//! Slips of later work.

use journal::{Job, Lane};
use serde::{Deserialize, Serialize};

use crate::model::{ChatId, MailingId, VisitorId};

/// Looks whether a chat was taken or answered in time.
#[derive(Debug, Serialize, Deserialize)]
pub struct Watch {
    pub chat: ChatId,
    /// Void once the chat has changed hands.
    pub turn: i64,
}

impl Job for Watch {
    const NAME: &'static str = "chat.watch";
}

/// Looks whether answers are still unread, and puts down a mailing if they are.
#[derive(Debug, Serialize, Deserialize)]
pub struct LookUnread {
    pub visitor: VisitorId,
}

impl Job for LookUnread {
    const NAME: &'static str = "chat.look_unread";

    fn key(&self) -> Option<String> {
        Some(format!("chat.look_unread:{}", self.visitor))
    }
}

/// Sends a mailing, once.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendMailing {
    pub mailing: MailingId,
}

impl Job for SendMailing {
    const NAME: &'static str = "chat.send_mailing";
    const LANE: Lane = Lane::Slow;
}
