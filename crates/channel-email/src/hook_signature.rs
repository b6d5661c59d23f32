//! Whether mail that is handed in over HTTP was signed with the mailbox's key, as the Standard Webhooks describe it
//! (github.com/standard-webhooks/standard-webhooks, spec): HMAC-SHA256 over `id.timestamp.body`. No clock, no network.

use base::error::{Kind, invalid};
use base::secrets::sha256;
use base::{Error, Result, Time};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// How far the clocks of both may be apart, in seconds. For so long a signature is remembered, on either side.
pub const WINDOW_SECONDS: i64 = 300;
const LONGEST_ID: usize = 200;
/// While a key is being changed the sender may sign with several.
const MOST_SIGNATURES: usize = 8;

/// What the head of a request says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    id: String,
    timestamp: i64,
    signatures: Vec<Vec<u8>>,
}

impl Signed {
    /// From the header fields `webhook-id`, `webhook-timestamp` and `webhook-signature` (`v1,` and base64).
    pub fn read<'h>(header: impl Fn(&str) -> Option<&'h str>, now: Time) -> Result<Signed> {
        let missing =
            || refused("signature_missing", "The mail is not signed: three header fields are needed.");
        let field = |name| header(name).map(str::trim).filter(|value| !value.is_empty()).ok_or_else(missing);
        let (id, timestamp, said) =
            (field("webhook-id")?, field("webhook-timestamp")?, field("webhook-signature")?);
        let timestamp: i64 = timestamp.parse().map_err(|_| missing())?;
        if id.len() > LONGEST_ID {
            return Err(invalid("signature_id", "The id of a mail has at most 200 letters."));
        }
        let apart = (now.0 / 1000).checked_sub(timestamp).and_then(i64::checked_abs);
        if apart.is_none_or(|apart| apart > WINDOW_SECONDS) {
            return Err(refused("signature_late", "It was signed too long ago, or a clock is wrong."));
        }
        let one = |word: &str| STANDARD.decode(word.strip_prefix("v1,")?).ok();
        let signatures = said.split_whitespace().take(MOST_SIGNATURES).filter_map(one).collect();
        Ok(Signed { id: id.to_owned(), timestamp, signatures })
    }

    /// Compares in constant time. Answers by what this very mail under this very id is known again: one that is
    /// signed anew is another.
    pub fn check(&self, key: &[u8], body: &[u8]) -> Result<Vec<u8>> {
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("any key length is fine");
        mac.update(format!("{}.{}.", self.id, self.timestamp).as_bytes());
        mac.update(body);
        match self.signatures.iter().any(|said| mac.clone().verify_slice(said).is_ok()) {
            true => Ok(sha256(&mac.finalize().into_bytes()).to_vec()),
            false => Err(refused("signature_wrong", "The signature does not fit this mail and its key.")),
        }
    }
}

fn refused(code: &'static str, sentence: &'static str) -> Error {
    Error::new(Kind::Unauthenticated, code, sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Time = Time(1_614_265_330_000);

    /// The example of the specification's libraries.
    fn example() -> Vec<(&'static str, String)> {
        vec![
            ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek".into()),
            ("webhook-timestamp", "1614265330".into()),
            ("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=".into()),
        ]
    }

    fn read(fields: &[(&'static str, String)], now: Time) -> Result<Signed> {
        Signed::read(|name| fields.iter().find(|field| field.0 == name).map(|field| field.1.as_str()), now)
    }

    fn key() -> Vec<u8> {
        STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").expect("base64")
    }

    #[test]
    fn the_example_of_the_specification_holds_and_nothing_beside_it() {
        let body = br#"{"test": 2432232314}"#;
        let signed = read(&example(), NOW).expect("read");
        assert!(signed.check(&key(), body).is_ok());
        assert_eq!(signed.check(&key(), b"{}").expect_err("another body").code, "signature_wrong");
        assert_eq!(signed.check(b"another", body).expect_err("another key").code, "signature_wrong");
        let mut several = example();
        several[2].1 = format!("v1,AAAA v2,x {}", several[2].1);
        assert!(read(&several, NOW).expect("read").check(&key(), body).is_ok());
        let mark = signed.check(&key(), body).expect("fits");
        assert_eq!(
            read(&example(), NOW).expect("read").check(&key(), body).expect("fits"),
            mark,
            "known again"
        );
        for (at, value) in [(0, "msg_other"), (1, "1614265331")] {
            let mut other = example();
            other[at].1 = value.into();
            assert!(read(&other, NOW).expect("read").check(&key(), body).is_err(), "{value}");
        }
    }

    #[test]
    fn what_is_missing_or_late_is_told() {
        for at in 0..3 {
            let mut fields = example();
            fields.remove(at);
            assert_eq!(read(&fields, NOW).expect_err("missing").code, "signature_missing");
        }
        for (seconds, fits) in
            [(0, true), (300, true), (-300, true), (301, false), (-301, false), (i64::MIN / 2_000, false)]
        {
            assert_eq!(read(&example(), NOW.plus_seconds(seconds)).is_ok(), fits, "{seconds}");
        }
        let mut odd = example();
        odd[1].1 = "9223372036854775808".into();
        assert_eq!(read(&odd, NOW).expect_err("no number").code, "signature_missing");
        odd[1].1 = i64::MIN.to_string();
        assert_eq!(read(&odd, NOW).expect_err("far away").code, "signature_late");
        let long = vec![("webhook-id", "a".repeat(201)), example()[1].clone(), example()[2].clone()];
        assert_eq!(read(&long, NOW).expect_err("too long").code, "signature_id");
    }
}
