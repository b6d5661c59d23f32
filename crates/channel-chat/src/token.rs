//! Visitor tokens: made without storing anything, so that ten thousand idle visitors cost no row.

use base::{Result, Secrets, Time};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::model::{Proven, WidgetId, subject_address, visitor_address};

/// How long a signed token's word is taken before the site has to sign again.
pub const PROVEN_SECONDS: i64 = 12 * 3600;
const RANDOM: usize = 24;
const MARK: usize = 16;
const LONGEST: usize = 4_096;

/// Who holds a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bearer {
    /// By what conversations name the visitor.
    pub address: String,
    /// What is stored of an anonymous visitor's token.
    pub hash: Option<Vec<u8>>,
    pub proven: Option<Proven>,
    /// When the proof ends.
    pub until: Option<Time>,
}

#[derive(Serialize, Deserialize)]
struct Capsule {
    who: Proven,
    until: i64,
}

/// For somebody who has not said who it is.
pub fn anonymous(secrets: &Secrets, widget: WidgetId) -> String {
    let random = base::secrets::sha256(base::secrets::new_token().as_bytes());
    let random = &random[..RANDOM];
    let token = [random, &mark(secrets, widget, random)].concat();
    format!("v{}", URL_SAFE_NO_PAD.encode(token))
}

/// For somebody whom a signed token has named.
pub fn proven(secrets: &Secrets, widget: WidgetId, who: &Proven, now: Time) -> Result<String> {
    let capsule = Capsule { who: who.clone(), until: now.plus_seconds(PROVEN_SECONDS).0 };
    let sealed = secrets.seal(&place(widget), &serde_json::to_vec(&capsule)?)?;
    Ok(format!("u{}", URL_SAFE_NO_PAD.encode(sealed)))
}

/// `None` when it is not ours, another widget's, or over.
pub fn read(secrets: &Secrets, widget: WidgetId, token: &str, now: Time) -> Option<Bearer> {
    if token.len() > LONGEST {
        return None;
    }
    if let Some(rest) = token.strip_prefix('u') {
        let sealed = URL_SAFE_NO_PAD.decode(rest).ok()?;
        let plain = secrets.open_sealed(&place(widget), &sealed).ok()?;
        let Capsule { who, until } = serde_json::from_slice(&plain).ok()?;
        let address = subject_address(&who.subject);
        return (now.0 < until).then_some(Bearer {
            address,
            hash: None,
            proven: Some(who),
            until: Some(Time(until)),
        });
    }
    let bytes = URL_SAFE_NO_PAD.decode(token.strip_prefix('v')?).ok()?;
    let (random, given) = bytes.split_at_checked(RANDOM)?;
    let fits = base::secrets::same(&mark(secrets, widget, random), given);
    let hash = Some(base::secrets::token_hash(token));
    fits.then(|| Bearer { address: visitor_address(token), hash, proven: None, until: None })
}

fn mark(secrets: &Secrets, widget: WidgetId, random: &[u8]) -> [u8; MARK] {
    let mac = secrets.mac("chat-visitor", &[&widget.0.to_be_bytes(), random].concat());
    let mut mark = [0; MARK];
    mark.copy_from_slice(&mac[..MARK]);
    mark
}

fn place(widget: WidgetId) -> String {
    format!("chat_visitors.token.{widget}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Time = Time(1_772_442_000_000);

    #[test]
    fn a_token_is_good_for_its_own_widget_only() {
        let secrets = Secrets::from_bytes([7; 32]);
        let token = anonymous(&secrets, WidgetId(1));
        let bearer = read(&secrets, WidgetId(1), &token, NOW).expect("ours");
        assert!(bearer.proven.is_none() && bearer.address.starts_with("visitor-"));
        assert_eq!(read(&secrets, WidgetId(2), &token, NOW), None);
        assert_eq!(read(&Secrets::from_bytes([8; 32]), WidgetId(1), &token, NOW), None);
        let made_up = format!("v{}", URL_SAFE_NO_PAD.encode([1; RANDOM + MARK]));
        for other in ["", "v", "u", "x", &token[..token.len() - 1], &made_up] {
            assert_eq!(read(&secrets, WidgetId(1), other, NOW), None, "{other}");
        }
    }

    #[test]
    fn a_proof_ends_by_time() {
        let secrets = Secrets::from_bytes([7; 32]);
        let who = Proven { subject: "42".into(), email: None, name: None };
        let token = proven(&secrets, WidgetId(1), &who, NOW).expect("sealed");
        let bearer = read(&secrets, WidgetId(1), &token, NOW.plus_seconds(PROVEN_SECONDS - 1)).expect("good");
        assert_eq!(bearer.proven, Some(who));
        assert_eq!(read(&secrets, WidgetId(1), &token, NOW.plus_seconds(PROVEN_SECONDS)), None);
        assert_eq!(read(&secrets, WidgetId(2), &token, NOW), None);
    }
}
