//! Signed reply addresses: `support+r.<token>@shop.example` names a conversation and proves that we wrote it there.
//!
//! Subaddressing is RFC 5233. The token is base32 (RFC 4648 section 6, lower case, no padding) of the conversation's id
//! in eight bytes and the first ten bytes of an HMAC-SHA256 over it: 29 letters, safe under folding of case.
//! `+a.` and `+n.` in place of `+r.` name a notice to an agent, to be answered or noted; each [`Purpose`] has keys of its
//! own, so that no token serves for another.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// What an address is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Somebody outside answers what we wrote.
    Reply,
    /// An agent answers the customer.
    Answer,
    /// An agent writes a note.
    Note,
}

impl Purpose {
    const ALL: [Purpose; 3] = [Purpose::Reply, Purpose::Answer, Purpose::Note];

    /// What stands between the local part and the token.
    const fn mark(self) -> &'static str {
        match self {
            Purpose::Reply => "+r.",
            Purpose::Answer => "+a.",
            Purpose::Note => "+n.",
        }
    }
}

/// 80 bits: too many to guess through a mail server, few enough for a local part of 64 bytes (RFC 5321 4.5.3.1.1).
const TAG_BYTES: usize = 10;
const TOKEN_BYTES: usize = 8 + TAG_BYTES;
const TOKEN_LETTERS: usize = (TOKEN_BYTES * 8).div_ceil(5);
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
const LOCAL_BYTES: usize = 64;

/// The token of a conversation.
#[must_use]
pub fn token(conversation: i64, key: &[u8]) -> String {
    let id = conversation.to_be_bytes();
    base32(&[id.as_slice(), tag(&id, key).as_slice()].concat())
}

/// The conversation of a token that was made with the same key. The comparison takes the same time for every token.
#[must_use]
pub fn check(token: &str, key: &[u8]) -> Option<i64> {
    let bytes = unbase32(&token.to_ascii_lowercase())?;
    let id: [u8; 8] = bytes.get(..8)?.try_into().ok()?;
    let good = tag(&id, key).as_slice().ct_eq(bytes.get(8..)?);
    bool::from(good).then(|| i64::from_be_bytes(id))
}

/// Puts a token into a support address; `None` when the address has no local part and domain, or would get too long.
#[must_use]
pub fn compose(base: &str, token: &str) -> Option<String> {
    compose_for(Purpose::Reply, base, token)
}

/// As [`compose`], for any purpose.
#[must_use]
pub fn compose_for(purpose: Purpose, base: &str, token: &str) -> Option<String> {
    let ((local, domain), mark) = (base.rsplit_once('@')?, purpose.mark());
    let fits = local.len() + mark.len() + token.len() <= LOCAL_BYTES;
    // A quoted local part can't be extended without rewriting its quotes.
    let plain = !local.is_empty() && !local.contains('"') && !domain.is_empty();
    (fits && plain).then(|| format!("{local}{mark}{token}@{domain}"))
}

/// The first token in a list of addresses: well-formed, but to be checked.
#[must_use]
pub fn find<'a>(addresses: impl IntoIterator<Item = &'a str>) -> Option<String> {
    addresses.into_iter().find_map(|address| split(address).map(|(_, token)| token))
}

/// The address without its token, and the token.
#[must_use]
pub fn split(address: &str) -> Option<(String, String)> {
    purpose(address).map(|(_, base, token)| (base, token))
}

/// What a signed address is for, the address without its token, and the token.
#[must_use]
pub fn purpose(address: &str) -> Option<(Purpose, String, String)> {
    let (local, domain) = address.trim().rsplit_once('@')?;
    let folded = local.to_ascii_lowercase();
    Purpose::ALL.into_iter().find_map(|purpose| {
        let at = folded.rfind(purpose.mark())?;
        let token = &folded[at + purpose.mark().len()..];
        let good = at > 0 && unbase32(token).is_some();
        good.then(|| (purpose, format!("{}@{domain}", &local[..at]), token.to_owned()))
    })
}

fn tag(id: &[u8; 8], key: &[u8]) -> [u8; TAG_BYTES] {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("HMAC takes keys of any length");
    // The purpose is signed too, so that no other use of the key can yield such a tag.
    mac.update(b"rapport reply address");
    mac.update(id);
    let full = mac.finalize().into_bytes();
    let mut tag = [0; TAG_BYTES];
    tag.copy_from_slice(&full[..TAG_BYTES]);
    tag
}

fn base32(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(TOKEN_LETTERS);
    let (mut buffer, mut bits) = (0_u32, 0);
    for &byte in bytes {
        buffer = buffer << 8 | u32::from(byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(letter(buffer >> bits));
        }
    }
    if bits > 0 {
        out.push(letter(buffer << (5 - bits)));
    }
    out
}

fn letter(value: u32) -> char {
    char::from(ALPHABET[(value & 31) as usize])
}

/// The bytes of a token; `None` unless it is exactly what `base32` writes.
fn unbase32(token: &str) -> Option<Vec<u8>> {
    if token.len() != TOKEN_LETTERS {
        return None;
    }
    let mut bytes = Vec::with_capacity(TOKEN_BYTES);
    let (mut buffer, mut bits) = (0_u32, 0);
    for byte in token.bytes() {
        let value = ALPHABET.iter().position(|&each| each == byte)?;
        buffer = (buffer << 5 | u32::try_from(value).ok()?) & 0xffff;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((buffer >> bits & 0xff) as u8);
        }
    }
    // The bits left over must be zero, else one conversation would have several tokens.
    let rest = buffer & ((1 << bits) - 1);
    (bytes.len() == TOKEN_BYTES && rest == 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KEY: &[u8] = b"0123456789abcdef0123456789abcdef";

    #[test]
    fn an_address_goes_out_and_comes_back() {
        let token = token(9_007_199_254_740_991, KEY);
        assert_eq!(token.len(), 29);
        let address = compose("support@shop.example", &token).expect("it fits");
        assert!(address.starts_with("support+r.") && address.ends_with("@shop.example"), "{address}");
        let shouted = address.to_uppercase();
        let found = find(["other@x.example", shouted.as_str()]).expect("it is there");
        assert_eq!(check(&found, KEY), Some(9_007_199_254_740_991));
        assert_eq!(split(&address).map(|(base, _)| base).as_deref(), Some("support@shop.example"));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let token = token(1, KEY);
        assert!(compose(&format!("{}@x.example", "a".repeat(32)), &token).is_some());
        assert!(compose(&format!("{}@x.example", "a".repeat(33)), &token).is_none());
        for bad in ["support", "@x.example", "support@", "\"a b\"@x.example"] {
            assert!(compose(bad, &token).is_none(), "{bad}");
        }
    }

    #[test]
    fn an_address_that_has_a_tag_of_its_own_keeps_it() {
        let address = compose("support+eu@shop.example", &token(5, KEY)).expect("it fits");
        assert_eq!(split(&address).map(|(base, _)| base).as_deref(), Some("support+eu@shop.example"));
    }

    #[test]
    fn every_purpose_has_addresses_of_its_own() {
        let token = token(7, KEY);
        for (purpose, mark) in [(Purpose::Reply, "+r."), (Purpose::Answer, "+a."), (Purpose::Note, "+n.")] {
            let address = compose_for(purpose, "support@x.example", &token).expect("it fits");
            assert!(address.contains(mark), "{address}");
            let found = super::purpose(&address.to_uppercase()).expect("it is signed");
            assert_eq!((found.0, found.2.as_str()), (purpose, token.as_str()));
            assert_eq!(split(&address).expect("it is signed").0, "support@x.example");
        }
        assert_eq!(super::purpose("support+x.abc@x.example"), None);
    }

    proptest! {
        #[test]
        fn every_id_comes_back_only_with_its_key(id in 0_i64..1 << 53, other in proptest::collection::vec(any::<u8>(), 0..64)) {
            let token = token(id, KEY);
            prop_assert_eq!(check(&token, KEY), Some(id));
            if other != KEY {
                prop_assert_eq!(check(&token, &other), None);
            }
        }

        #[test]
        fn one_changed_letter_is_noticed(id in 0_i64..1 << 53, at in 0_usize..29, with in 0_usize..32) {
            let mut letters = token(id, KEY).into_bytes();
            prop_assume!(letters[at] != ALPHABET[with]);
            letters[at] = ALPHABET[with];
            prop_assert_eq!(check(&String::from_utf8(letters).unwrap(), KEY), None);
        }

        #[test]
        fn any_text_is_survived(text in "\\PC*") {
            let _ = (check(&text, KEY), find([text.as_str()]), compose(&text, &text));
        }
    }
}
