//! What a workspace can set about its chats.

use journal::settings::Setting;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ChatRules {
    /// A chat that is not taken, or not answered, for so long goes to the next.
    pub answer_within_seconds: i64,
    /// Chats of one agent at a time.
    pub most_chats_per_agent: i64,
    /// Answers that stay unread for so long go out as mail; 0 is never.
    pub mail_after_seconds: i64,
    /// Chats in which nobody says anything for so long are ended.
    pub end_after_minutes: i64,
}

impl Default for ChatRules {
    fn default() -> ChatRules {
        ChatRules {
            answer_within_seconds: 45,
            most_chats_per_agent: 4,
            mail_after_seconds: 300,
            end_after_minutes: 60,
        }
    }
}

impl Setting for ChatRules {
    const NAME: &'static str = "chat.rules";

    fn check(&self) -> Result<(), String> {
        if !(10..=600).contains(&self.answer_within_seconds) {
            return Err("A chat rings for 10 to 600 seconds.".to_owned());
        }
        if !(1..=50).contains(&self.most_chats_per_agent) {
            return Err("An agent has 1 to 50 chats at a time.".to_owned());
        }
        if self.mail_after_seconds != 0 && !(60..=86_400).contains(&self.mail_after_seconds) {
            return Err("Unread answers are mailed after 60 to 86400 seconds, or never (0).".to_owned());
        }
        if !(5..=1_440).contains(&self.end_after_minutes) {
            return Err("Silent chats end after 5 to 1440 minutes.".to_owned());
        }
        Ok(())
    }
}
