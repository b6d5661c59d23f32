//! The keys of our domains: sealed at rest, opened to sign what goes out.

use base::Result;
use journal::{Caller, Workspace};

use crate::dkim::{self, Signer};
use crate::signing_key::Key;
use crate::store_keys;

/// The domain of an address as DNS knows it.
pub fn domain_of(address: &str) -> String {
    let domain = address.rsplit_once('@').map_or(address, |(_, domain)| domain);
    idna::domain_to_ascii(domain).unwrap_or_else(|_| domain.to_ascii_lowercase())
}

/// The address with its domain as DNS knows it (RFC 5891): every server takes that, whatever it knows of
/// internationalised mail. A local part beyond ASCII stays, and needs a server that offers SMTPUTF8 (RFC 6531).
pub fn ascii_address(address: &str) -> String {
    let address = address.trim();
    match address.rsplit_once('@') {
        Some((local, domain)) if !domain.is_ascii() => format!("{local}@{}", domain_of(address)),
        _ => address.to_owned(),
    }
}

/// The mail as it leaves the house: signed by every active key of its sender's domain.
pub async fn signed(house: &Workspace, from: &str, raw: Vec<u8>) -> Result<Vec<u8>> {
    let domain = domain_of(from);
    let keys = house.read(Caller::system(), move |cx| store_keys::list_active_keys(cx, &domain)).await?;
    let mut signers = Vec::new();
    for key in keys {
        let Some(sealed) = &key.secret else { continue };
        let secret = house.secrets.open_sealed(&Key::place(key.id), sealed)?;
        signers.push(Signer { domain: key.domain, selector: key.selector, algorithm: key.algorithm, secret });
    }
    match signers.is_empty() {
        true => Ok(raw),
        false => dkim::sign(&raw, &signers),
    }
}
