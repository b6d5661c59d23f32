//! Passwords: argon2id (RFC 9106), off the threads that answer requests.

use std::sync::LazyLock;

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use base::Result;
use base::error::internal;
use tokio::sync::Semaphore;

/// Each hash takes a core and 19 MiB: a flood of attempts must not take them all.
static AT_ONCE: Semaphore = Semaphore::const_new(3);

/// The second recommended option of RFC 9106, 4, with the memory that OWASP's cheat sheet on password
/// storage gives for one lane: 19 MiB, two passes.
fn argon() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None).expect("the limits of RFC 9106 are kept");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Blocks for some ten milliseconds.
pub fn hash_password(password: &str) -> Result<String> {
    argon().hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(internal)
}

/// Blocks for some ten milliseconds, whether there is a hash or not: its time tells nothing about
/// which accounts there are.
pub fn verify_password(password: &str, hash: Option<&str>) -> bool {
    static DUMMY: LazyLock<String> =
        LazyLock::new(|| hash_password("nobody has this one").unwrap_or_default());
    let Ok(parsed) = PasswordHash::new(hash.unwrap_or(&DUMMY)) else { return false };
    argon().verify_password(password.as_bytes(), &parsed).is_ok() && hash.is_some()
}

/// As [`hash_password`], on a thread that may block.
pub async fn hash_later(password: String) -> Result<String> {
    let _turn = AT_ONCE.acquire().await.map_err(internal)?;
    tokio::task::spawn_blocking(move || hash_password(&password)).await.map_err(internal)?
}

/// As [`verify_password`], on a thread that may block.
pub async fn verify_later(password: String, hash: Option<String>) -> Result<bool> {
    let _turn = AT_ONCE.acquire().await.map_err(internal)?;
    let work = move || verify_password(&password, hash.as_deref());
    tokio::task::spawn_blocking(work).await.map_err(internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_password_opens_and_nobody_has_none() {
        let hash = hash_password("größe und ehre").expect("hashes");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(verify_password("größe und ehre", Some(&hash)));
        assert!(!verify_password("grosse und ehre", Some(&hash)));
        assert!(!verify_password("nobody has this one", None));
        assert!(!verify_password("x", Some("nonsense")));
    }
}
