//! What a workspace can set about its conversations.

use journal::settings::Setting;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::CLOSE_AFTER_DAYS;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Rules {
    /// How long an answer waits before it goes out, 0 to 60.
    pub undo_send_seconds: i64,
    /// How long a solved conversation can be reopened.
    pub close_after_days: i64,
    /// How long a delivery that is put off is tried again, 1 to 96.
    pub give_up_after_hours: i64,
}

impl Default for Rules {
    fn default() -> Rules {
        Rules { undo_send_seconds: 10, close_after_days: CLOSE_AFTER_DAYS, give_up_after_hours: 96 }
    }
}

impl Setting for Rules {
    const NAME: &'static str = "conversations.rules";

    fn check(&self) -> Result<(), String> {
        if !(0..=60).contains(&self.undo_send_seconds) {
            return Err("Answers can be held for 0 to 60 seconds.".to_owned());
        }
        if !(1..=3650).contains(&self.close_after_days) {
            return Err("Solved conversations are closed after 1 to 3650 days.".to_owned());
        }
        if !(1..=96).contains(&self.give_up_after_hours) {
            return Err("Deliveries are tried for 1 to 96 hours.".to_owned());
        }
        Ok(())
    }
}
