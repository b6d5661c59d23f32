//! What another server says of a mail: `Authentication-Results` (RFC 8601), believed only from servers that the
//! settings name.

use spam::Standing;

use super::authentication::{AuthResult, Authentication, CheckedBy, Dkim, Dmarc, OwnerWish, Spf};

/// Header fields that are looked at.
const MOST_FIELDS: usize = 200;

/// The topmost report of a trusted server; what stands below it may be anybody's. Whoever calls this knows that the
/// server itself has handed the mail in: others can write its name, too (RFC 8601 section 7.1).
pub fn reported(raw: &[u8], trusted: &[String], from_domain: &str) -> Option<Authentication> {
    let fields = values(raw, "authentication-results");
    let topmost = fields.iter().find_map(|value| {
        let (parts, whole) = parts(value);
        let server = parts.first()?.first()?.to_lowercase();
        let known = trusted.iter().any(|host| base::text::fold(host) == server);
        known.then(|| whole.then(|| read(&server, &parts, from_domain)))
    });
    let mut found = topmost.flatten()?;
    // With several fields From, the server may have judged another one than is shown here.
    found.dmarc.take_if(|dmarc| !is_same(&dmarc.domain, from_domain));
    Some(found)
}

/// Whether a server that sealed a mail saw the domain in From prove itself: the value of its
/// `ARC-Authentication-Results` (RFC 8617 section 4.1.1).
pub fn saw_proof(value: &str, from_domain: &str) -> bool {
    let (parts, whole) = parts(value);
    let found = read("", &parts, from_domain);
    let meant = found.dmarc.as_ref().is_none_or(|dmarc| is_same(&dmarc.domain, from_domain));
    whole && meant && found.standing() == Standing::Proven
}

/// Servers write names of other scripts in either form.
fn is_same(one: &str, other: &str) -> bool {
    let plain = |name: &str| idna::domain_to_ascii(name).unwrap_or_else(|_| name.to_lowercase());
    plain(one) == plain(other)
}

fn read(server: &str, parts: &[Vec<String>], from_domain: &str) -> Authentication {
    let mut found = Authentication {
        source: CheckedBy::Reported,
        reporter: Some(server.to_owned()),
        ..Authentication::nobody(from_domain)
    };
    for part in parts.iter().skip(1).take(20) {
        let words: Vec<(&str, &str)> = part.iter().filter_map(|word| word.split_once('=')).collect();
        let Some((method, word)) = words.first() else { continue };
        let property = |name: &str| {
            let value = words.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| *value);
            let value = value.unwrap_or_default().rsplit('@').next().unwrap_or_default();
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

/// The parts of a report in words: comments are left out, and what is quoted may hold anything without ending its
/// word (RFC 8601 section 2.2). A server repeats what strangers have told it, so this must be exact. `false` when a
/// quote or a comment has no end.
fn parts(value: &str) -> (Vec<Vec<String>>, bool) {
    let (mut parts, mut word) = (vec![Vec::new()], String::new());
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for letter in value.chars() {
        match letter {
            letter if escaped => {
                escaped = false;
                word.extend(quoted.then_some(letter));
            }
            '\\' if quoted || depth > 0 => escaped = true,
            '"' if depth == 0 => quoted = !quoted,
            letter if quoted => word.push(letter),
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            ';' => {
                end(&mut parts, &mut word);
                parts.push(Vec::new());
            }
            letter if letter.is_whitespace() => end(&mut parts, &mut word),
            letter => word.push(letter),
        }
    }
    end(&mut parts, &mut word);
    (parts, depth == 0 && !quoted)
}

fn end(parts: &mut [Vec<String>], word: &mut String) {
    if let Some(last) = parts.last_mut().filter(|_| !word.is_empty()) {
        last.push(std::mem::take(word));
    }
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
    fn words_of_strangers_make_no_parts() {
        let of = |value: &str| {
            let (parts, whole) = parts(value);
            (parts.iter().map(|part| part.join(" ")).collect::<Vec<_>>().join("|"), whole)
        };
        for (value, wanted, whole) in [
            ("mx 1; spf=pass (a; b) x=y", "mx 1|spf=pass x=y", true),
            ("mx; a=\"b; c=d\"@e", "mx|a=b; c=d@e", true),
            ("mx; a=\"b\\\"; c=d\"", "mx|a=b\"; c=d", true),
            ("mx; (a \\) ; b=c (d)) e=f", "mx|e=f", true),
            ("mx; (\") a=b; c=d", "mx|a=b|c=d", true),
            ("mx; a=\"b; c=d", "mx|a=b; c=d", false),
            ("mx; (a; b=c", "mx|", false),
            ("", "", true),
        ] {
            assert_eq!(of(value), (wanted.to_owned(), whole), "{value}");
        }
    }

    #[test]
    fn nobody_else_is_believed() {
        assert_eq!(reported(MAIL.as_bytes(), &[], "shop.example"), None);
        assert_eq!(reported(MAIL.as_bytes(), &["evil.test".to_owned()], "shop.example"), None);
        assert_eq!(reported(b"", &["a".to_owned()], ""), None);
        assert_eq!(reported(b"Authentication-Results:", &["".to_owned()], ""), None);
    }
}
