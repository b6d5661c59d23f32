//! Our sending domains: their keys, and what DNS really says about them.

use std::collections::BTreeMap;
use std::net::IpAddr;

use base::Result;
use journal::{Caller, Cx, Workspace};
use spf::{Answer, Answers, Kind, Query, Question, Verdict};

use crate::domain_records::{self, Record, spf_term};
use crate::outward::names::ask;
use crate::signing::domain_of;
use crate::signing_key::{Key, KeyState};
use crate::store;
use crate::store_keys::list_keys;
use crate::ways::account_for;

/// Answers that one policy may need; RFC 7208 section 4.6.4 allows fewer.
const MOST_QUESTIONS: usize = 40;

/// Each domain that mail goes out from, with the servers that it goes through.
pub fn list_domains(cx: &mut Cx) -> Result<BTreeMap<String, Vec<String>>> {
    let mut domains: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for mailbox in store::list_mailboxes(cx)? {
        let hosts = domains.entry(domain_of(&mailbox.address)).or_default();
        if let Some(account) = account_for(cx, &mailbox)?
            && !hosts.contains(&account.host)
        {
            hosts.push(account.host);
        }
    }
    Ok(domains)
}

/// Asks about everything that the domain needs.
pub async fn check(house: &Workspace, domain: &str) -> Result<Vec<Record>> {
    let own = domain.to_owned();
    let (hosts, keys) = house
        .read(Caller::system(), move |cx| {
            let hosts = list_domains(cx)?.remove(&own).unwrap_or_default();
            Ok((hosts, list_keys(cx, &own)?))
        })
        .await?;
    let mut records = vec![check_spf(house, domain, &hosts).await];
    for key in keys.iter().filter(|key| key.state != KeyState::Retired) {
        records.push(check_key(house, key).await);
    }
    let policy = ask(house, &txt(format!("_dmarc.{domain}"))).await;
    let above = match domain.split_once('.') {
        Some((_, above)) if above.contains('.') => Some(ask(house, &txt(format!("_dmarc.{above}"))).await),
        _ => None,
    };
    records.push(domain_records::dmarc(domain, &policy, above.as_ref()));
    let exchangers = ask(house, &Query { kind: Kind::Mx, name: domain.to_owned() }).await;
    records.push(domain_records::mx(domain, &exchangers));
    Ok(records)
}

/// Whether the record of a key stands in DNS.
pub async fn check_key(house: &Workspace, key: &Key) -> Record {
    let answer = ask(house, &txt(key.name())).await;
    domain_records::dkim(key.name(), key.record(), &answer)
}

fn txt(name: String) -> Query {
    Query { kind: Kind::Txt, name }
}

async fn check_spf(house: &Workspace, domain: &str, hosts: &[String]) -> Record {
    let mut terms: Vec<String> = hosts.iter().map(|host| spf_term(host)).collect();
    terms.sort();
    terms.dedup();
    if terms.is_empty() {
        terms.push("mx".to_owned());
    }
    let answer = ask(house, &txt(domain.to_owned())).await;
    let passes = match hosts {
        [] => None,
        hosts => lets_send(house, domain, hosts).await,
    };
    domain_records::spf(domain, &terms, &answer, passes)
}

/// Follows the policy for each server's addresses. A provider's servers may send from others than these.
async fn lets_send(house: &Workspace, domain: &str, hosts: &[String]) -> Option<bool> {
    for host in hosts {
        let Answer::Addresses(found) = ask(house, &Query { kind: Kind::A, name: host.clone() }).await else {
            return None;
        };
        for ip in found {
            match judge(house, domain, ip).await? {
                Verdict::Pass => {}
                _ => return Some(false),
            }
        }
    }
    Some(true)
}

async fn judge(house: &Workspace, domain: &str, ip: IpAddr) -> Option<Verdict> {
    let question = Question { ip, helo: domain.to_owned(), sender: format!("postmaster@{domain}") };
    let mut answers = Answers::new();
    for _ in 0..MOST_QUESTIONS {
        match spf::check(&question, &answers) {
            Ok(judged) => return Some(judged.verdict),
            Err(query) => {
                let answer = ask(house, &query).await;
                answers.insert(query, answer);
            }
        }
    }
    None
}
