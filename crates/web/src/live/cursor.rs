//! Where a socket stopped, so that it can go on there.

use base::Result;
use journal::Workspace;

/// Where a socket begins that must miss nothing from now on: taken before the screen is loaded.
pub async fn cursor(house: &Workspace) -> Result<String> {
    house.last_seq().await.map(written)
}

/// Opaque to clients.
pub(super) fn written(seq: i64) -> String {
    format!("s{seq:x}")
}

pub(super) fn read(cursor: &str) -> Option<i64> {
    i64::from_str_radix(cursor.strip_prefix('s')?, 16).ok().filter(|seq| *seq >= 0)
}
