//! Another filter: rspamd, asked over HTTP (rspamd.com/doc, `POST /checkv2`).

use std::time::Duration;

use base::Result;
use base::error::unavailable;
use serde::Deserialize;

/// For one mail.
pub const PATIENCE: Duration = Duration::from_secs(10);
const LONGEST_ANSWER: usize = 256 * 1024;

/// What it answers, as far as it is used.
#[derive(Debug, Deserialize)]
pub struct Checked {
    pub score: f64,
    pub required_score: f64,
    pub action: String,
}

impl Checked {
    /// Its score in our points: where it would reject or tag, a mail has a hundred.
    pub fn points(&self) -> i64 {
        let required = if self.required_score > 0.5 { self.required_score } else { 15.0 };
        let points = (self.score / required * 100.0).clamp(-100.0, 1_000.0);
        points.round() as i64
    }
}

/// What the server and its envelope were goes along in header fields.
pub async fn check(base: &str, mail: &[u8], from: &str, peer: Option<&str>, helo: &str) -> Result<Checked> {
    let failed = |e: reqwest::Error| {
        unavailable("rspamd_failed", "The filter rspamd did not answer.").because(e.without_url())
    };
    let mut asking = client().map_err(failed)?.post(at(base, "checkv2")).body(mail.to_vec());
    let told = [("From", Some(from)), ("IP", peer), ("Helo", Some(helo))];
    for (name, value) in told {
        if let Some(value) =
            value.filter(|value| !value.is_empty() && value.chars().all(|c| c.is_ascii_graphic()))
        {
            asking = asking.header(name, value);
        }
    }
    let mut answer = asking.send().await.and_then(reqwest::Response::error_for_status).map_err(failed)?;
    let mut bytes = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(failed)? {
        bytes.extend_from_slice(&piece);
        if bytes.len() > LONGEST_ANSWER {
            return Err(unavailable("rspamd_failed", "The filter rspamd answers without an end."));
        }
    }
    serde_json::from_slice(&bytes)
        .map_err(|e| unavailable("rspamd_failed", "The answer of rspamd can't be read.").because(e))
}

/// Whether it answers anything.
pub async fn lives(base: &str) -> bool {
    match client() {
        Ok(client) => client.get(at(base, "ping")).send().await.is_ok(),
        Err(_) => false,
    }
}

fn client() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder().no_proxy().build()
}

fn at(base: &str, path: &str) -> String {
    format!("{}/{path}", base.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_score_becomes_points() {
        let of = |score, required_score| Checked { score, required_score, action: String::new() }.points();
        assert_eq!(of(15.0, 15.0), 100);
        assert_eq!(of(-3.0, 15.0), -20);
        assert_eq!(of(5_000.0, 15.0), 1_000);
        assert_eq!(of(7.5, 0.0), 50);
    }
}
