//! All SQL of the keys that sign mail.

use base::Result;
use journal::Cx;
use store::p;

use crate::signing_key::{Key, KeyState};

/// Keys of one domain that are shown; each rotation adds two.
const MOST_KEYS: i64 = 50;

/// Newest first.
pub fn list_keys(cx: &mut Cx, domain: &str) -> Result<Vec<Key>> {
    cx.all(
        "SELECT id, domain, selector, algorithm, secret, public, state, created_at, changed_at FROM email_keys
         WHERE domain = $1 ORDER BY id DESC LIMIT $2",
        p![domain, MOST_KEYS],
    )
}

/// RSA before Ed25519: some receivers look at the first signature alone.
pub fn list_active_keys(cx: &mut Cx, domain: &str) -> Result<Vec<Key>> {
    cx.all(
        "SELECT id, domain, selector, algorithm, secret, public, state, created_at, changed_at FROM email_keys
         WHERE domain = $1 AND state = $2 ORDER BY algorithm DESC LIMIT $3",
        p![domain, KeyState::Active, MOST_KEYS],
    )
}

pub fn insert_key(cx: &mut Cx, key: &Key) -> Result<()> {
    cx.exec(
        "INSERT INTO email_keys (id, domain, selector, algorithm, secret, public, state, created_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        p![
            key.id,
            key.domain,
            key.selector,
            key.algorithm,
            key.secret,
            key.public,
            key.state,
            key.created_at,
            key.changed_at
        ],
    )
    .map(drop)
}

/// From now on those that were published sign, and those that signed do no more.
pub fn switch_keys(cx: &mut Cx, domain: &str) -> Result<()> {
    let now = cx.now();
    cx.exec(
        "UPDATE email_keys SET state = $2, secret = NULL, changed_at = $3 WHERE domain = $1 AND state = $4",
        p![domain, KeyState::Retired, now, KeyState::Active],
    )?;
    cx.exec(
        "UPDATE email_keys SET state = $2, changed_at = $3 WHERE domain = $1 AND state = $4",
        p![domain, KeyState::Active, now, KeyState::Next],
    )
    .map(drop)
}

/// Forgets keys that have never signed anything.
pub fn delete_next_keys(cx: &mut Cx, domain: &str) -> Result<()> {
    let sql = "DELETE FROM email_keys WHERE domain = $1 AND state = $2";
    cx.exec(sql, p![domain, KeyState::Next]).map(drop)
}
