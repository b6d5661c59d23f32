//! The keys of a mail's signatures and seals, asked for side by side: no domain waits for another's name servers.

use std::borrow::Borrow;
use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

use futures_util::future::join_all;
use mail_auth::common::resolver::ToFqdn;
use mail_auth::common::verify::DomainKey;
use mail_auth::{AuthenticatedMessage, DnsError, Error, ResolverCache, Txt};
use tokio::time::{Instant, timeout_at};

use super::names::Servers;

/// Seals that are looked at. RFC 8617 allows fifty; longer ways than this are not seen.
const MOST_SEALS: usize = 12;

/// What the name servers said, by the name that was asked for. Given to mail-auth as a cache that misses nothing, it
/// keeps that from asking by itself, one question after the other.
pub struct Keys(HashMap<Box<str>, Txt>);

impl Keys {
    /// Whatever is not there in time is taken for an error that passes.
    pub async fn ask(servers: &Servers, mail: &AuthenticatedMessage<'_>, until: Instant) -> Keys {
        let asking = names(mail).into_iter().map(async |name: Box<str>| {
            let asked = servers.authenticator.txt_lookup::<DomainKey>(&name, None::<&Keys>);
            let late = || Error::Dns(DnsError::Resolver("no answer in time".to_owned()));
            let found = timeout_at(until, asked).await.unwrap_or_else(|_| Err(late()));
            (name, found.map_or_else(Txt::Error, Txt::DomainKey))
        });
        Keys(join_all(asking).await.into_iter().collect())
    }
}

/// The name of each key once.
fn names(mail: &AuthenticatedMessage<'_>) -> BTreeSet<Box<str>> {
    let signatures = mail.dkim_headers.iter().map(|one| (&one.header.s, &one.header.d));
    // Of the marks of the way only the last is checked, of the seals each one.
    let last = mail.ams_headers.iter().last().map(|one| (&one.header.s, &one.header.d));
    let seals = mail.as_headers.iter().rev().take(MOST_SEALS).map(|one| (&one.header.s, &one.header.d));
    let all = signatures.chain(last).chain(seals);
    all.map(|(selector, domain)| format!("{selector}._domainkey.{domain}.").to_fqdn().into()).collect()
}

impl ResolverCache<Box<str>, Txt> for Keys {
    fn get<Q>(&self, name: &Q) -> Option<Txt>
    where
        Box<str>: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        // Other questions that a signature leads to (RFC 6541, RFC 6651) are not asked.
        Some(self.0.get(name).cloned().unwrap_or(Txt::Error(Error::Dns(DnsError::InvalidRecordType))))
    }

    fn remove<Q>(&self, _: &Q) -> Option<Txt>
    where
        Box<str>: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        None
    }

    fn insert(&self, _: Box<str>, _: Txt, _: std::time::Instant) {}
}
