//! From which size on files go as links, and for how long.

use journal::settings::Setting;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Bytes of the files of one message that always go as parts of its mail, and of all when the largest go as links.
const MOST_ATTACHED: i64 = 25 * 1024 * 1024;
const MOST_LINKED: i64 = 500 * 1024 * 1024;

/// What a workspace has decided about large files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = FileLinks)]
pub struct FileLinks {
    pub on: bool,
    /// What the files of one mail may have together, in MB; the largest ones beyond that go as links. 1 to 50.
    pub over_mb: i64,
    /// How long the links lead somewhere, 1 to 365.
    pub days: i64,
}

impl FileLinks {
    /// What the files of one message may have together.
    pub fn most_together(&self, public_url: &str) -> i64 {
        if self.on && reaches_others(public_url) { MOST_LINKED } else { MOST_ATTACHED }
    }

    /// What may go as parts of one mail.
    pub fn most_in_mail(&self) -> i64 {
        if self.on { MOST_ATTACHED.max(self.over_mb.saturating_mul(1_000_000)) } else { MOST_ATTACHED }
    }
}

/// Most servers take mail of 25 MB; base64 makes four bytes out of three.
impl Default for FileLinks {
    fn default() -> FileLinks {
        FileLinks { on: true, over_mb: 15, days: 30 }
    }
}

impl Setting for FileLinks {
    const NAME: &'static str = "email.file_links";

    fn check(&self) -> Result<(), String> {
        if !(1..=50).contains(&self.over_mb) {
            return Err("Files go as links from 1 to 50 MB on.".to_owned());
        }
        if !(1..=365).contains(&self.days) {
            return Err("Links lead somewhere for 1 to 365 days.".to_owned());
        }
        Ok(())
    }
}

/// Links that only this machine can follow would be worse than a large mail.
pub fn reaches_others(public_url: &str) -> bool {
    let host = base::config::host_of(public_url);
    !host.is_empty() && host != "localhost" && host != "[::1]" && host != "::1" && !host.starts_with("127.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_this_machine_are_told_apart() {
        let table = [
            ("https://help.example.com", true),
            ("http://10.0.0.5:8080", true),
            ("http://localhost:8080", false),
            ("http://127.0.0.1:8080", false),
            ("http://[::1]:8080", false),
            ("", false),
        ];
        for (url, expect) in table {
            assert_eq!(reaches_others(url), expect, "{url}");
        }
    }
}
