//! Signed tokens by which a company's site says who a visitor is: JSON Web Tokens (RFC 7519) of one kind.

use base::error::unauthenticated;
use base::{Error, Result, Time};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use sha2::Sha256;

use crate::model::{Proven, checked_email, cleaned_name};

/// Longer ones would be worth stealing.
const LONGEST_SECONDS: i64 = 3600;
/// The clocks of two servers differ a little.
const SKEW_SECONDS: i64 = 60;
const LONGEST_TOKEN: usize = 4_096;
const LONGEST_SUBJECT: usize = 200;

#[derive(Deserialize)]
struct Header {
    alg: String,
    /// RFC 7515, section 4.1.11: whoever does not understand what stands here must refuse.
    crit: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Claims {
    sub: Option<serde_json::Value>,
    aud: Option<serde_json::Value>,
    exp: Option<f64>,
    nbf: Option<f64>,
    email: Option<String>,
    name: Option<String>,
}

/// Who the token says it is, when the widget's secret signed it, for this widget, for now.
pub fn verify(token: &str, secret: &[u8], widget_key: &str, now: Time) -> Result<Proven> {
    let malformed = || refuse("identity_malformed", "This is no signed token.");
    if token.len() > LONGEST_TOKEN {
        return Err(malformed());
    }
    let (signed, signature) = token.rsplit_once('.').ok_or_else(malformed)?;
    let (header, claims) = signed.split_once('.').ok_or_else(malformed)?;
    let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| malformed());
    let header: Header = serde_json::from_slice(&decode(header)?).map_err(|_| malformed())?;
    // One algorithm, whatever the token asks for (RFC 8725, section 3.1).
    if header.alg != "HS256" || header.crit.is_some() {
        return Err(refuse("identity_algorithm", "Tokens are signed with HS256."));
    }
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).map_err(base::error::internal)?;
    mac.update(signed.as_bytes());
    let wanted = mac.finalize().into_bytes();
    if !base::secrets::same(&wanted, &decode(signature)?) {
        return Err(refuse("identity_forged", "This token was signed with another secret."));
    }
    let claims: Claims = serde_json::from_slice(&decode(claims)?).map_err(|_| malformed())?;
    check(&claims, widget_key, now)?;
    proven(claims).ok_or_else(malformed)
}

fn check(claims: &Claims, widget_key: &str, now: Time) -> Result<()> {
    let names = |value: &serde_json::Value| value.as_str() == Some(widget_key);
    let ours = match &claims.aud {
        Some(serde_json::Value::Array(all)) => all.iter().any(names),
        Some(one) => names(one),
        None => false,
    };
    if !ours {
        return Err(refuse("identity_foreign", "This token is for another widget."));
    }
    let seconds = |at: f64| at as i64;
    let now = now.0.div_euclid(1000);
    let Some(exp) = claims.exp.map(seconds) else {
        return Err(refuse("identity_too_long", "A token ends within an hour."));
    };
    if exp <= now {
        return Err(refuse("identity_expired", "This token is over."));
    }
    if exp > now + LONGEST_SECONDS + SKEW_SECONDS {
        return Err(refuse("identity_too_long", "A token ends within an hour."));
    }
    if claims.nbf.map(seconds).is_some_and(|from| from > now + SKEW_SECONDS) {
        return Err(refuse("identity_expired", "This token is not yet good."));
    }
    Ok(())
}

fn proven(claims: Claims) -> Option<Proven> {
    let subject = match claims.sub? {
        serde_json::Value::String(text) => base::text::without_nul(&text).trim().to_owned(),
        serde_json::Value::Number(number) => number.to_string(),
        _ => return None,
    };
    if subject.is_empty() || subject.chars().count() > LONGEST_SUBJECT {
        return None;
    }
    // An address that can't be one is as good as none.
    let email = claims.email.and_then(|email| checked_email(&email).ok());
    let name = claims.name.map(|name| cleaned_name(&name)).filter(|name| !name.is_empty());
    Some(Proven { subject, email, name })
}

fn refuse(code: &'static str, sentence: &'static str) -> Error {
    let mut error = unauthenticated(code);
    error = Error::new(error.kind, code, sentence);
    error
}

/// Signs, as the company's own server does; for tests and for the documentation's example.
#[cfg(test)]
pub fn sign(claims: &serde_json::Value, secret: &[u8]) -> String {
    let encode = |text: String| URL_SAFE_NO_PAD.encode(text);
    let signed =
        format!("{}.{}", encode(r#"{"alg":"HS256","typ":"JWT"}"#.to_owned()), encode(claims.to_string()));
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("any length");
    mac.update(signed.as_bytes());
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NOW: Time = Time(1_772_442_000_000);
    const AT: i64 = 1_772_442_000;

    fn code(token: &str) -> &'static str {
        verify(token, b"secret", "key", NOW).expect_err("refused").code
    }

    #[test]
    fn a_good_token_says_who_it_is() {
        let claims = json!({"sub": "42", "aud": ["x", "key"], "exp": AT + 3600, "email": "ann@a.example", "name": "Ann"});
        let proven = verify(&sign(&claims, b"secret"), b"secret", "key", NOW).expect("good");
        assert_eq!((proven.subject.as_str(), proven.email.as_deref()), ("42", Some("ann@a.example")));
    }

    #[test]
    fn every_other_token_is_refused_with_its_reason() {
        let with = |claims: serde_json::Value| code(&sign(&claims, b"secret"));
        assert_eq!(with(json!({"sub": "42", "aud": "key", "exp": AT})), "identity_expired");
        assert_eq!(with(json!({"sub": "42", "aud": "key", "exp": AT + 8000})), "identity_too_long");
        assert_eq!(with(json!({"sub": "42", "aud": "key"})), "identity_too_long");
        assert_eq!(with(json!({"sub": "42", "aud": "other", "exp": AT + 60})), "identity_foreign");
        assert_eq!(with(json!({"sub": "42", "exp": AT + 60})), "identity_foreign");
        assert_eq!(with(json!({"aud": "key", "exp": AT + 60})), "identity_malformed");
        assert_eq!(with(json!({"sub": "", "aud": "key", "exp": AT + 60})), "identity_malformed");
        let good = json!({"sub": "42", "aud": "key", "exp": AT + 60});
        assert_eq!(code(&sign(&good, b"other")), "identity_forged");
        assert_eq!(code("a.b"), "identity_malformed");
        let none = format!(
            "{}.{}.",
            URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#),
            URL_SAFE_NO_PAD.encode(good.to_string())
        );
        assert_eq!(code(&none), "identity_algorithm");
        let changed = sign(&good, b"secret").replacen('.', ".e30", 1);
        assert_ne!(
            verify(&changed, b"secret", "key", NOW).map_err(|e| e.code),
            Ok(Proven { subject: "42".into(), email: None, name: None })
        );
    }
}
