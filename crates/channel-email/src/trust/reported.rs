//! What another server says of a mail: `Authentication-Results` (RFC 8601), believed only from servers that the
//! settings name.

use spam::Standing;

use super::authentication::{AuthResult, Authentication, CheckedBy, Dkim, Dmarc, OwnerWish, Spf};

/// Header fields that are looked at.
const MOST_FIELDS: usize = 200;

/// The topmost report of a trusted server; what stands below it may be anybody's.
pub fn reported(raw: &[u8], trusted: &[String], from_domain: &str) -> Option<Authentication> {
    let fields = values(raw, "authentication-results");
    fields.iter().find_map(|value| {
        let value = without_comments(value);
        let mut parts = value.split(';');
        let server = parts.next()?.split_whitespace().next()?.to_lowercase();
        let known = trusted.iter().any(|host| base::text::fold(host) == server);
        known.then(|| read(&server, parts, from_domain))
    })
}

/// Whether a server that sealed a mail saw the domain in From prove itself: the value of its
/// `ARC-Authentication-Results` (RFC 8617 section 4.1.1).
pub fn saw_proof(value: &str, from_domain: &str) -> bool {
    let value = without_comments(value);
    let found = read("", value.split(';'), from_domain);
    let meant = found.dmarc.as_ref().is_none_or(|dmarc| dmarc.domain.eq_ignore_ascii_case(from_domain));
    meant && found.standing() == Standing::Proven
}

fn read<'p>(server: &str, parts: impl Iterator<Item = &'p str>, from_domain: &str) -> Authentication {
    let mut found = Authentication {
        source: CheckedBy::Reported,
        reporter: Some(server.to_owned()),
        ..Authentication::nobody(from_domain)
    };
    for part in parts.take(20) {
        let words: Vec<(&str, &str)> =
            part.split_whitespace().filter_map(|word| word.split_once('=')).collect();
        let Some((method, word)) = words.first() else { continue };
        let property = |name: &str| {
            let value = words.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| *value);
            let value = value.unwrap_or_default().trim_matches('"').rsplit('@').next().unwrap_or_default();
            base::text::cut(value, 253).to_lowercase()
        };
        let result = AuthResult::parse(&word.to_lowercase()).unwrap_or(AuthResult::None);
        match method.to_lowercase().as_str() {
            "spf" => found.spf = Some(Spf { result, domain: property("smtp.mailfrom"), ip: None }),
            "dkim" => {
                let named = property("header.d");
                let domain = if named.is_empty() { property("header.i") } else { named };
                found.dkim.push(Dkim { result, domain, selector: property("header.s"), reason: None });
            }
            "dmarc" => {
                let domain = property("header.from");
                let policy = OwnerWish::parse(&property("policy.dmarc")).unwrap_or(OwnerWish::None);
                found.dmarc = Some(Dmarc { result, domain, policy, spf_aligned: false, dkim_aligned: false });
            }
            _ => {}
        }
    }
    found
}

/// The values of a header field from the top, unfolded.
pub fn values(raw: &[u8], name: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut open = false;
    for line in raw.split(|byte| *byte == b'\n').take(MOST_FIELDS * 10) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        let text = String::from_utf8_lossy(&line[..line.len().min(2_000)]);
        if text.starts_with([' ', '\t']) {
            if open && let Some(last) = found.last_mut() {
                last.push_str(&text);
            }
            continue;
        }
        open = text.split_once(':').is_some_and(|(field, value)| {
            let fits = field.trim().eq_ignore_ascii_case(name) && found.len() < MOST_FIELDS;
            if fits {
                found.push(value.to_owned());
            }
            fits
        });
    }
    found
}

fn without_comments(value: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::new();
    for letter in value.chars() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            letter if depth == 0 => out.push(letter),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = "Received: by a\r\n\
        Authentication-Results: mx.provider.example 1 (all is well);\r\n\
        \tdkim=pass (2048-bit) header.d=Shop.example header.s=s1;\r\n\
        \tspf=softfail smtp.mailfrom=bounce@mail.shop.example;\r\n\
        \tdmarc=fail (p=reject) header.from=shop.example policy.dmarc=reject\r\n\
        Authentication-Results: mx.provider.example; dmarc=pass header.from=shop.example\r\n\
        From: a@shop.example\r\n\r\nAuthentication-Results: mx.provider.example; spf=pass\r\n";

    #[test]
    fn the_topmost_word_of_a_trusted_server_counts_alone() {
        let trusted = ["MX.provider.example".to_owned()];
        let found = reported(MAIL.as_bytes(), &trusted, "shop.example").expect("a report");
        assert_eq!(found.reporter.as_deref(), Some("mx.provider.example"));
        assert_eq!((found.dkim[0].result, found.dkim[0].domain.as_str()), (AuthResult::Pass, "shop.example"));
        let spf = found.spf.as_ref().expect("spf");
        assert_eq!((spf.result, spf.domain.as_str()), (AuthResult::SoftFail, "mail.shop.example"));
        assert_eq!(found.dmarc.as_ref().expect("dmarc").result, AuthResult::Fail);
        assert_eq!(found.wish(), OwnerWish::Reject);
    }

    #[test]
    fn nobody_else_is_believed() {
        assert_eq!(reported(MAIL.as_bytes(), &[], "shop.example"), None);
        assert_eq!(reported(MAIL.as_bytes(), &["evil.test".to_owned()], "shop.example"), None);
        assert_eq!(reported(b"", &["a".to_owned()], ""), None);
        assert_eq!(reported(b"Authentication-Results:", &["".to_owned()], ""), None);
    }
}
