//! Which DNS records a sending domain needs, and what those that stand there are worth. No network in here.

use serde::{Deserialize, Serialize};
use spf::Answer;
use utoipa::ToSchema;

base::words! {
    /// What a record is for.
    pub enum Purpose {
        /// Which servers may send (RFC 7208).
        Spf = "spf",
        /// By which key signatures are checked (RFC 6376).
        Dkim = "dkim",
        /// What becomes of mail that passes neither (RFC 7489).
        Dmarc = "dmarc",
        /// Who takes mail for the domain (RFC 5321 section 5.1).
        Mx = "mx",
    }
}

base::words! {
    /// How a record stands.
    pub enum RecordStanding {
        Right = "right",
        Wrong = "wrong",
        Missing = "missing",
        /// No name server answered.
        Unanswered = "unanswered",
    }
}

/// A record as it should be, and as it was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = EmailDomainRecord)]
pub struct Record {
    pub purpose: Purpose,
    /// `TXT` or `MX`.
    pub kind: String,
    pub name: String,
    /// What to set when nothing is there; absent where it depends on who takes your mail.
    pub wanted: Option<String>,
    pub found: Vec<String>,
    pub standing: RecordStanding,
    /// A code that the screen puts into a sentence.
    pub advice: String,
}

/// The term by which a provider's servers are let send, by what ends the name of the server.
const PROVIDERS: [(&str, &str); 8] = [
    ("office365.com", "include:spf.protection.outlook.com"),
    ("outlook.com", "include:spf.protection.outlook.com"),
    ("gmail.com", "include:_spf.google.com"),
    ("google.com", "include:_spf.google.com"),
    ("amazonaws.com", "include:amazonses.com"),
    ("sendgrid.net", "include:sendgrid.net"),
    ("mailgun.org", "include:mailgun.org"),
    ("mandrillapp.com", "include:spf.mandrillapp.com"),
];

/// The SPF term for mail that goes out through a server.
pub fn spf_term(host: &str) -> String {
    let host = host.to_ascii_lowercase();
    let of_provider = PROVIDERS.iter().find(|(end, _)| host.ends_with(end));
    match of_provider {
        Some((_, term)) => (*term).to_owned(),
        None if host.contains('.') && host.parse::<std::net::IpAddr>().is_err() => format!("a:{host}"),
        None => "mx".to_owned(),
    }
}

fn record(purpose: Purpose, kind: &str, name: String, wanted: Option<String>) -> Record {
    Record {
        purpose,
        kind: kind.to_owned(),
        name,
        wanted,
        found: Vec::new(),
        standing: RecordStanding::Unanswered,
        advice: "unanswered".to_owned(),
    }
}

impl Record {
    fn judged(mut self, standing: RecordStanding, advice: &str) -> Record {
        self.standing = standing;
        self.advice = advice.to_owned();
        self
    }

    fn with(mut self, found: Vec<String>) -> Record {
        self.found = found.into_iter().map(|text| base::text::cut(&text, 1_000).to_owned()).collect();
        self
    }
}

/// Texts that begin with the mark of their kind; `None` when nobody answered.
fn texts(answer: &Answer, mark: &str) -> Option<Vec<String>> {
    let Answer::Texts(all) = answer else { return None };
    let all = all.iter().map(|text| base::text::without_nul(&String::from_utf8_lossy(text)));
    Some(all.filter(|text| text.to_ascii_lowercase().starts_with(mark)).collect())
}

/// `passes`: whether the policy, followed to its end, lets the server send; `None` when that can't be said.
pub fn spf(domain: &str, terms: &[String], answer: &Answer, passes: Option<bool>) -> Record {
    let wanted = format!("v=spf1 {} ~all", terms.join(" "));
    let blank = record(Purpose::Spf, "TXT", domain.to_owned(), Some(wanted));
    let Some(found) = texts(answer, "v=spf1") else { return blank };
    let judged = blank.with(found.clone());
    let [policy] = &found[..] else {
        return match found.is_empty() {
            true => judged.judged(RecordStanding::Missing, "spf_missing"),
            false => judged.judged(RecordStanding::Wrong, "spf_several"),
        };
    };
    let policy = policy.to_ascii_lowercase();
    let words: Vec<&str> = policy.split_ascii_whitespace().collect();
    if words.iter().any(|word| matches!(*word, "+all" | "all")) {
        return judged.judged(RecordStanding::Wrong, "spf_open");
    }
    let named = terms.iter().all(|term| words.iter().any(|word| word.trim_start_matches('+') == term));
    match (named, passes) {
        (true, _) | (_, Some(true)) => judged.judged(RecordStanding::Right, "right"),
        (false, Some(false) | None) => judged.judged(RecordStanding::Wrong, "spf_without_server"),
    }
}

/// A key's record: the tag `p=` decides.
pub fn dkim(name: String, wanted: String, answer: &Answer) -> Record {
    let tag = |text: &str| {
        let value = text.split(';').find_map(|tag| tag.trim().strip_prefix("p=").map(str::to_owned));
        value.map(|value| value.chars().filter(|c| !c.is_whitespace()).collect::<String>())
    };
    let public = tag(&wanted);
    let blank = record(Purpose::Dkim, "TXT", name, Some(wanted));
    let Answer::Texts(all) = answer else { return blank };
    let found: Vec<String> = all.iter().map(|text| String::from_utf8_lossy(text).into_owned()).collect();
    let keys: Vec<Option<String>> = found.iter().map(|text| tag(text)).collect();
    let judged = blank.with(found);
    if keys.is_empty() {
        return judged.judged(RecordStanding::Missing, "dkim_missing");
    }
    if keys.contains(&public) {
        return judged.judged(RecordStanding::Right, "right");
    }
    let revoked = keys.iter().flatten().any(String::is_empty);
    judged.judged(RecordStanding::Wrong, if revoked { "dkim_revoked" } else { "dkim_other" })
}

/// `above` is what stands at the domain above, which counts where a subdomain has none of its own.
pub fn dmarc(domain: &str, answer: &Answer, above: Option<&Answer>) -> Record {
    let wanted = "v=DMARC1; p=none".to_owned();
    let blank = record(Purpose::Dmarc, "TXT", format!("_dmarc.{domain}"), Some(wanted));
    let Some(mut found) = texts(answer, "v=dmarc1") else { return blank };
    let mut inherited = false;
    if found.is_empty()
        && let Some(above) = above.and_then(|answer| texts(answer, "v=dmarc1"))
    {
        (inherited, found) = (!above.is_empty(), above);
    }
    let judged = blank.with(found.clone());
    let [policy] = &found[..] else {
        return match found.is_empty() {
            true => judged.judged(RecordStanding::Missing, "dmarc_missing"),
            false => judged.judged(RecordStanding::Wrong, "dmarc_several"),
        };
    };
    let policy = policy.to_ascii_lowercase();
    let says = policy.split(';').find_map(|tag| tag.trim().strip_prefix("p=").map(str::trim));
    match says {
        Some("none") => judged.judged(RecordStanding::Right, "dmarc_watches"),
        Some("quarantine" | "reject") if inherited => judged.judged(RecordStanding::Right, "dmarc_above"),
        Some("quarantine" | "reject") => judged.judged(RecordStanding::Right, "right"),
        _ => judged.judged(RecordStanding::Wrong, "dmarc_broken"),
    }
}

/// Somebody has to take mail for the domain, else answers and reports are lost.
pub fn mx(domain: &str, answer: &Answer) -> Record {
    let blank = record(Purpose::Mx, "MX", domain.to_owned(), None);
    let Answer::Names(found) = answer else { return blank };
    let judged = blank.with(found.clone());
    match &found[..] {
        [] => judged.judged(RecordStanding::Missing, "mx_missing"),
        [one] if one == "." => judged.judged(RecordStanding::Wrong, "mx_none"),
        _ => judged.judged(RecordStanding::Right, "mx_there"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(texts: &[&str]) -> Answer {
        Answer::Texts(texts.iter().map(|text| text.as_bytes().to_vec()).collect())
    }

    #[test]
    fn policies_for_servers_are_judged() {
        let terms = ["a:smtp.shop.example".to_owned()];
        let table: [(&[&str], Option<bool>, RecordStanding, &str); 9] = [
            (&[], None, RecordStanding::Missing, "spf_missing"),
            (&["other=1"], None, RecordStanding::Missing, "spf_missing"),
            (&["v=spf1 a:smtp.shop.example -all"], None, RecordStanding::Right, "right"),
            (&["V=SPF1 +A:smtp.Shop.example ~all"], Some(false), RecordStanding::Right, "right"),
            (&["v=spf1 ip4:192.0.2.1 -all"], Some(true), RecordStanding::Right, "right"),
            (&["v=spf1 mx -all"], Some(false), RecordStanding::Wrong, "spf_without_server"),
            (&["v=spf1 mx -all"], None, RecordStanding::Wrong, "spf_without_server"),
            (&["v=spf1 a:smtp.shop.example +all"], Some(true), RecordStanding::Wrong, "spf_open"),
            (&["v=spf1 mx", "v=spf1 a"], None, RecordStanding::Wrong, "spf_several"),
        ];
        for (found, passes, standing, advice) in table {
            let judged = spf("shop.example", &terms, &said(found), passes);
            assert_eq!((judged.standing, judged.advice.as_str()), (standing, advice), "{found:?}");
        }
        assert_eq!(spf("shop.example", &terms, &Answer::Failed, None).standing, RecordStanding::Unanswered);
    }

    #[test]
    fn keys_are_compared_without_their_spaces() {
        let wanted = "v=DKIM1; k=rsa; p=ABC";
        let table: [(&[&str], RecordStanding, &str); 5] = [
            (&[], RecordStanding::Missing, "dkim_missing"),
            (&["v=DKIM1; p=AB C"], RecordStanding::Right, "right"),
            (&["k=rsa;p=ABC; t=s"], RecordStanding::Right, "right"),
            (&["v=DKIM1; p=XYZ"], RecordStanding::Wrong, "dkim_other"),
            (&["v=DKIM1; p="], RecordStanding::Wrong, "dkim_revoked"),
        ];
        for (found, standing, advice) in table {
            let judged = dkim("s._domainkey.shop.example".into(), wanted.into(), &said(found));
            assert_eq!((judged.standing, judged.advice.as_str()), (standing, advice), "{found:?}");
        }
    }

    #[test]
    fn policies_for_receivers_are_judged() {
        type Case = (&'static [&'static str], Option<&'static [&'static str]>, RecordStanding, &'static str);
        let table: [Case; 7] = [
            (&[], None, RecordStanding::Missing, "dmarc_missing"),
            (&[], Some(&[]), RecordStanding::Missing, "dmarc_missing"),
            (&[], Some(&["v=DMARC1; p=reject"]), RecordStanding::Right, "dmarc_above"),
            (&["v=DMARC1; p=reject"], None, RecordStanding::Right, "right"),
            (&["v=DMARC1; p=none; rua=mailto:a@b.example"], None, RecordStanding::Right, "dmarc_watches"),
            (&["v=DMARC1; rua=mailto:a@b.example"], None, RecordStanding::Wrong, "dmarc_broken"),
            (&["v=DMARC1; p=none", "v=DMARC1; p=reject"], None, RecordStanding::Wrong, "dmarc_several"),
        ];
        for (found, above, standing, advice) in table {
            let judged = dmarc("shop.example", &said(found), above.map(said).as_ref());
            assert_eq!((judged.standing, judged.advice.as_str()), (standing, advice), "{found:?}");
        }
    }

    #[test]
    fn a_server_is_named_by_its_provider_or_by_itself() {
        let table = [
            ("smtp.office365.com", "include:spf.protection.outlook.com"),
            ("smtp.gmail.com", "include:_spf.google.com"),
            ("smtp.shop.example", "a:smtp.shop.example"),
            ("localhost", "mx"),
            ("127.0.0.1", "mx"),
        ];
        for (host, term) in table {
            assert_eq!(spf_term(host), term, "{host}");
        }
        assert_eq!(mx("shop.example", &Answer::Names(vec![".".into()])).advice, "mx_none");
    }
}
