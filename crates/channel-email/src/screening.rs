//! Looks at a mail before it opens anything: who sent it, what it pretends, what it carries.

use std::io;
use std::sync::Arc;

use base::Result;
use conversations::channel::{HoldCause, Inbound};
use journal::{Cx, Registry, Workspace};
use serde_json::json;

use crate::inbound::Reading;
use crate::model::{Mailbox, Raw};
use crate::outward::authenticate::authenticate;
use crate::outward::clamd::{self, Found};
use crate::outward::names::Names;
use crate::outward::rests::Rests;
use crate::outward::rspamd;
use crate::screening_facts::{Known, know};
use crate::screening_rules::{Evidence, Judged, judge};
use crate::store_trust::{Seen, put_seen};
use crate::trust::authentication::Authentication;
use crate::trust::lessons::packed;
use crate::trust::reported::reported;

/// What was seen, and what follows.
pub struct Screened {
    seen: Seen,
    judged: Judged,
}

impl Screened {
    /// Stores what was seen, in the transaction that takes the mail in.
    pub fn keep(&self, cx: &mut Cx<'_, '_>) -> Result<()> {
        put_seen(cx, &self.seen)
    }

    /// Nobody answers whom the sender's own domain denies: the answer would reach somebody else.
    pub fn is_forged(&self) -> bool {
        self.judged.forged
    }

    /// The domain in From vouches for who sent it.
    pub fn is_proven(&self) -> bool {
        self.judged.proven
    }

    /// It opens nothing before somebody has looked at it. Unwanted words of somebody who is proven are not of that kind.
    pub fn holds(&self) -> bool {
        let spam = |cause| cause == HoldCause::Spam;
        self.judged.hold.as_ref().is_some_and(|hold| !(self.judged.proven && spam(hold.cause)))
    }

    pub fn apply(&self, inbound: &mut Inbound) {
        inbound.marks.extend(self.judged.marks.iter().cloned());
        inbound.hints.hold = self.judged.hold.clone();
        // A From that its own domain denies is a claim, whatever address it was sent to.
        inbound.verified &= !self.judged.forged;
    }
}

pub async fn screen(
    house: &Arc<Workspace>,
    raw: &Raw,
    bytes: &[u8],
    mailboxes: &[Mailbox],
    reading: &Reading,
) -> Result<Screened> {
    let from = reading.mail.from.first().map(|from| from.email.clone()).unwrap_or_default();
    let domain = from.rsplit_once('@').map(|(_, domain)| domain.to_lowercase()).unwrap_or_default();
    let evidence = Evidence::of(reading, mailboxes, &raw.recipients());
    let seed = base::secrets::sha256(house.name.as_bytes());
    let seed = u64::from_be_bytes([seed[0], seed[1], seed[2], seed[3], seed[4], seed[5], seed[6], seed[7]]);
    let tokens = evidence.tokens(seed);
    let known = know(house, raw, &from, &tokens, mailboxes).await?;
    // Side by side, so that a mail waits for the slowest of them and no longer.
    let (authentication, rspamd, virus) = tokio::join!(
        check(house, bytes, &known, &domain),
        ask_rspamd(house, &known, bytes),
        look_for_viruses(house, &known, bytes)
    );
    let others = Others { rspamd, virus };
    let judged = judge(&evidence, &authentication, &others.facts(&known));
    let seen = Seen {
        raw_id: raw.id,
        results: Some(json!(authentication)),
        points: Some(judged.points),
        reasons: Some(json!(judged.reasons)),
        scan: judged.scan,
        tokens: Some(packed(&tokens)),
        learned: None,
    };
    Ok(Screened { seen, judged })
}

/// A server that we trust has looked already, or we look ourselves.
async fn check(house: &Workspace, bytes: &[u8], known: &Known, domain: &str) -> Authentication {
    let (names, hosts) =
        (house.registry().socket::<Names>().cloned().unwrap_or_default(), &known.trust.trusted_hosts);
    if let Some(found) = reported(bytes, hosts, domain) {
        // Anybody on the internet can write such a report; what was fetched, or passed on in our own network, came
        // past that server.
        let from_there = match known.peer.outside() {
            Some(ip) => names.lead_to(ip, hosts).await,
            None => true,
        };
        if from_there {
            return found;
        }
    }
    let mut found = match authenticate(&names, bytes, &known.peer, domain).await {
        Some(found) => found,
        None => return Authentication::nobody(domain),
    };
    found.hear_sealers(hosts);
    found
}

/// What others say of the mail.
struct Others {
    rspamd: Option<(i64, String)>,
    virus: Option<io::Result<Found>>,
}

impl Others {
    fn facts<'f>(&'f self, known: &'f Known) -> crate::screening_rules::Facts<'f> {
        crate::screening_rules::Facts {
            trust: &known.trust,
            names: &known.names,
            allowed: !known.allowed.is_empty(),
            allowed_forged: known.allowed.iter().any(|one| one.forged_too),
            probability: known.probability(),
            rspamd: self.rspamd.as_ref(),
            virus: self.virus.as_ref(),
        }
    }
}

async fn ask_rspamd(house: &Workspace, known: &Known, bytes: &[u8]) -> Option<(i64, String)> {
    let base = known.trust.rspamd.as_deref()?;
    let ip = known.peer.ip.map(|ip| ip.to_string());
    let asking = rspamd::check(base, bytes, &known.peer.sender, ip.as_deref(), &known.peer.helo);
    match rests(&house.registry()).ask(base, rspamd::PATIENCE, asking, || rspamd::lives(base)).await {
        Some(Ok(checked)) => Some((checked.points(), checked.action)),
        Some(Err(e)) => {
            tracing::warn!(error = ?e, "rspamd did not look at a mail");
            None
        }
        None => {
            tracing::warn!("rspamd is silent and did not look at a mail");
            None
        }
    }
}

async fn look_for_viruses(house: &Workspace, known: &Known, bytes: &[u8]) -> Option<io::Result<Found>> {
    let place = known.trust.clamd.as_deref()?;
    let scanning = clamd::scan(place, bytes);
    let found = rests(&house.registry()).ask(place, clamd::PATIENCE, scanning, || clamd::lives(place)).await;
    let found = found.unwrap_or_else(|| Err(io::ErrorKind::TimedOut.into()));
    if let Err(e) = &found {
        tracing::warn!(error = %e, "a mail was not scanned for viruses");
    }
    Some(found)
}

fn rests(registry: &Registry) -> &Rests {
    registry.socket().expect("this capability fills it")
}
