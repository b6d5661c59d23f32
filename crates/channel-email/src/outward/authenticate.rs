//! Checks the sender of a mail by asking DNS: SPF with our own judge, the rest with mail-auth.

use std::net::IpAddr;
use std::time::Duration;

use mail_auth::arc::Set;
use mail_auth::dkim::Canonicalization;
use mail_auth::dmarc::Policy;
use mail_auth::dmarc::verify::DmarcParameters;
use mail_auth::{
    AuthenticatedMessage, DkimOutput, DkimResult, DmarcOutput, DmarcResult, Parameters, SpfOutput, SpfResult,
};
use spf::{Answer, Answers, Question};
use tokio::time::{Instant, timeout, timeout_at};

use super::keys::Keys;
use super::names::{Names, Servers};
use crate::trust::authentication::{
    Arc, AuthResult, Authentication, CheckedBy, Dkim, Dmarc, Hop, OwnerWish, Spf,
};
use crate::trust::canonical::{with_line_ends, without_blank_tail};
use crate::trust::reported::saw_proof;

/// For what the sender has to show for itself, all of it asked side by side.
const PROOFS_WITHIN: Duration = Duration::from_secs(5);
/// Then for the policy that judges it. Its questions go to the domain in From and to nobody whom the sender chooses.
const POLICY_WITHIN: Duration = Duration::from_secs(4);
/// Signatures that are looked at: each costs questions.
const MOST_SIGNATURES: usize = 8;

/// From whom a mail was taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Peer {
    pub ip: Option<IpAddr>,
    pub helo: String,
    /// Of the envelope.
    pub sender: String,
}

impl Peer {
    /// A server of the internet; one of our own network passes on what others sent.
    pub fn outside(&self) -> Option<IpAddr> {
        self.ip.map(|ip| ip.to_canonical()).filter(|ip| web::outward::is_public(*ip))
    }
}

/// What can be shown within the time; `None` when nothing could be looked at.
pub async fn authenticate(
    names: &Names,
    raw: &[u8],
    peer: &Peer,
    from_domain: &str,
) -> Option<Authentication> {
    let servers = names.servers()?;
    let raw = with_line_ends(raw);
    let mail = AuthenticatedMessage::parse(&raw)?;
    let signed = !mail.dkim_headers.is_empty() || !mail.as_headers.is_empty();
    // Without a server and without signatures there is nothing that DNS could say.
    if peer.outside().is_none() && !signed {
        return None;
    }
    let found = check(&servers, &raw, mail, peer, from_domain).await;
    // Anybody can name a domain whose servers are silent. Only where ours answer nothing at all, nobody waits again.
    if is_late(&found) && !servers.answer().await {
        servers.rest();
    }
    Some(found)
}

fn is_late(found: &Authentication) -> bool {
    let late = |result: AuthResult| result == AuthResult::TempError;
    found.spf.as_ref().is_some_and(|spf| late(spf.result))
        || found.dkim.iter().any(|dkim| late(dkim.result))
        || found.arc.as_ref().is_some_and(|arc| late(arc.result))
        || found.dmarc.as_ref().is_some_and(|dmarc| late(dmarc.result))
}

async fn check(
    servers: &Servers,
    raw: &[u8],
    mut mail: AuthenticatedMessage<'_>,
    peer: &Peer,
    from_domain: &str,
) -> Authentication {
    mail.dkim_headers.truncate(MOST_SIGNATURES);
    let until = Instant::now() + PROOFS_WITHIN;
    let (spf, keys) = tokio::join!(spf(servers, peer, until), Keys::ask(servers, &mail, until));
    let outputs = servers.authenticator.verify_dkim(Parameters::new(&mail).with_txt_cache(&keys)).await;
    let arc = servers.authenticator.verify_arc(Parameters::new(&mail).with_txt_cache(&keys)).await;
    let mut dkim: Vec<Dkim> = outputs.iter().map(signature).collect();
    let tail = without_blank_tail(raw);
    let shorter = tail.as_deref().and_then(AuthenticatedMessage::parse);
    let again = match &shorter {
        Some(shorter) if outputs.iter().any(|one| one.result() != &DkimResult::Pass) => {
            servers.authenticator.verify_dkim(Parameters::new(shorter).with_txt_cache(&keys)).await
        }
        _ => Vec::new(),
    };
    // Only the relaxed form drops these lines: for it, both mails are the same.
    let relaxed = |one: &&DkimOutput<'_>| {
        one.signature().is_some_and(|s| s.cb == Canonicalization::Relaxed)
            && one.result() == &DkimResult::Pass
    };
    let mended: Vec<DkimOutput<'_>> = again.iter().filter(relaxed).cloned().collect();
    for one in mended.iter().map(signature) {
        dkim.retain(|old| (&old.domain, &old.selector) != (&one.domain, &one.selector));
        dkim.push(one);
    }
    let outputs: Vec<DkimOutput<'_>> = outputs.into_iter().chain(mended).collect();
    let dmarc = timeout(POLICY_WITHIN, dmarc(servers, &mail, &outputs, spf.as_ref())).await;
    let dmarc = dmarc.unwrap_or_else(|_| Some(unknown(from_domain)));
    Authentication {
        source: CheckedBy::Checked,
        reporter: None,
        from_domain: from_domain.to_owned(),
        spf,
        dkim,
        arc: arc.sets().last().map(|set| Arc {
            result: ended(arc.result()).0,
            sealer: set.seal.header.d.clone(),
            reason: ended(arc.result()).1,
            trusted: false,
            hops: arc.sets().iter().map(|set| hop(set, from_domain)).collect(),
        }),
        dmarc,
    }
}

fn hop(set: &Set<'_>, from_domain: &str) -> Hop {
    let sealer = base::text::cut(&set.seal.header.d, 253).to_lowercase();
    Hop { sealer, proven: saw_proof(&String::from_utf8_lossy(set.results.value), from_domain) }
}

/// The judge decides what it means for a policy that something was not answered in time.
async fn spf(servers: &Servers, peer: &Peer, until: Instant) -> Option<Spf> {
    let ip = peer.outside()?;
    let question = Question { ip, helo: peer.helo.clone(), sender: peer.sender.clone() };
    let mut answers = Answers::new();
    loop {
        match spf::check(&question, &answers) {
            Ok(judged) => {
                let result = AuthResult::parse(judged.verdict.as_str()).unwrap_or(AuthResult::None);
                return Some(Spf { result, domain: judged.domain, ip: Some(ip.to_string()) });
            }
            Err(query) => {
                let answer = timeout_at(until, servers.ask(&query)).await.unwrap_or(Answer::Failed);
                answers.insert(query, answer);
            }
        }
    }
}

/// The name servers of the domain in From were silent.
fn unknown(from_domain: &str) -> Dmarc {
    Dmarc {
        result: AuthResult::TempError,
        domain: from_domain.to_owned(),
        policy: OwnerWish::None,
        spf_aligned: false,
        dkim_aligned: false,
    }
}

async fn dmarc(
    servers: &Servers,
    mail: &AuthenticatedMessage<'_>,
    dkim: &[DkimOutput<'_>],
    spf: Option<&Spf>,
) -> Option<Dmarc> {
    let domain = spf.map(|spf| spf.domain.clone()).unwrap_or_default();
    let result = spf.map_or(SpfResult::None, |spf| match spf.result {
        AuthResult::Pass => SpfResult::Pass,
        AuthResult::TempError => SpfResult::TempError,
        _ => SpfResult::Fail,
    });
    let spf_output = SpfOutput::new(domain.clone()).with_result(result);
    let parameters = DmarcParameters {
        message: mail,
        dkim_output: dkim,
        dkim2_output: None,
        rfc5321_mail_from_domain: &domain,
        spf_output: &spf_output,
    };
    let found = servers.authenticator.verify_dmarc(parameters).await;
    shaped(&found, spf.is_some())
}

/// `judged` says that SPF could be looked at: mail that another server of ours has fetched may have passed it.
fn shaped(found: &DmarcOutput, judged: bool) -> Option<Dmarc> {
    let (spf, dkim) = (found.spf_result(), found.dkim_result());
    let late = |one: &DmarcResult| matches!(one, DmarcResult::TempError(_));
    let result = match found.dmarc_record() {
        _ if spf == &DmarcResult::Pass || dkim == &DmarcResult::Pass => AuthResult::Pass,
        _ if late(spf) || late(dkim) => AuthResult::TempError,
        Some(_) if judged => AuthResult::Fail,
        _ => AuthResult::None,
    };
    (!found.domain().is_empty()).then(|| Dmarc {
        result,
        domain: found.domain().to_owned(),
        policy: match found.policy() {
            Policy::Reject => OwnerWish::Reject,
            Policy::Quarantine => OwnerWish::Quarantine,
            Policy::None | Policy::Unspecified => OwnerWish::None,
        },
        spf_aligned: spf == &DmarcResult::Pass,
        dkim_aligned: dkim == &DmarcResult::Pass,
    })
}

fn signature(output: &DkimOutput<'_>) -> Dkim {
    let (result, reason) = ended(output.result());
    let named = |text: &str| base::text::cut(text, 253).to_lowercase();
    Dkim {
        result,
        domain: output.signature().map(|s| named(&s.d)).unwrap_or_default(),
        selector: output.signature().map(|s| named(&s.s)).unwrap_or_default(),
        reason,
    }
}

fn ended(result: &DkimResult) -> (AuthResult, Option<String>) {
    let said = |e: &mail_auth::Error| Some(base::text::cut(&e.to_string(), 200).to_owned());
    match result {
        DkimResult::Pass => (AuthResult::Pass, None),
        DkimResult::None => (AuthResult::None, None),
        DkimResult::Neutral(e) => (AuthResult::Neutral, said(e)),
        DkimResult::Fail(e) => (AuthResult::Fail, said(e)),
        DkimResult::PermError(e) => (AuthResult::PermError, said(e)),
        DkimResult::TempError(e) => (AuthResult::TempError, said(e)),
    }
}
