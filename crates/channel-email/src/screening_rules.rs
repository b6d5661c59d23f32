//! Decides what becomes of a mail that was looked at: pure, so that every rule can be tried alone.

use std::io;

use conversations::channel::{Hold, HoldCause, HoldReason};
use spam::{Deceit, Reason, Sample, Standing, deceives, is_risky_file, signs};

use crate::inbound::Reading;
use crate::model::Mailbox;
use crate::outward::clamd::Found;
use crate::trust::authentication::{Authentication, OwnerWish, mark};
use crate::trust::lessons::Scan;
use crate::trust::settings::Trust;

/// Reasons that are kept with a mail.
const MOST_REASONS: usize = 12;

/// What the mail itself shows.
pub struct Evidence {
    pub from_name: String,
    pub from_address: String,
    reply_to: Vec<String>,
    subject: String,
    text: String,
    html: String,
    files: Vec<String>,
    domains: Vec<String>,
    named_us: bool,
    has_date: bool,
    has_message_id: bool,
    /// A list or a machine has its own reasons to be answered elsewhere.
    by_machine: bool,
}

impl Evidence {
    pub fn of(reading: &Reading, mailboxes: &[Mailbox], recipients: &[String]) -> Evidence {
        let mail = &reading.mail;
        let from = mail.from.first();
        let folded = |text: &str| base::text::fold(text);
        let ours: Vec<String> = mailboxes
            .iter()
            .map(|mailbox| folded(&mailbox.address))
            .chain(recipients.iter().map(|r| folded(r)))
            .collect();
        let named = mail.to.iter().chain(&mail.cc).any(|each| ours.contains(&folded(&each.email)));
        let mut domains: Vec<String> = mailboxes
            .iter()
            .filter_map(|mailbox| mailbox.address.rsplit_once('@'))
            .map(|(_, domain)| folded(domain))
            .filter(|domain| !is_public_provider(domain))
            .collect();
        domains.dedup();
        Evidence {
            from_name: from.and_then(|from| from.name.clone()).unwrap_or_default(),
            from_address: from.map(|from| from.email.clone()).unwrap_or_default(),
            reply_to: mail.reply_to.iter().map(|each| each.email.clone()).collect(),
            subject: mail.subject.clone(),
            text: reading.text.clone(),
            html: reading.html.clone(),
            files: reading.files.iter().map(|file| file.name.clone()).collect(),
            domains,
            named_us: named,
            has_date: mail.date.is_some(),
            has_message_id: mail.message_id.is_some(),
            by_machine: mime::automatic(mail).is_some() || !mail.signs.list_addresses.is_empty(),
        }
    }

    pub fn sample(&self, deceit: Option<Deceit>) -> Sample<'_> {
        Sample {
            from_name: &self.from_name,
            from_address: &self.from_address,
            subject: &self.subject,
            text: &self.text,
            html: &self.html,
            files: &self.files,
            named_us: self.named_us,
            has_date: self.has_date,
            has_message_id: self.has_message_id,
            reply_to_elsewhere: self.answers_elsewhere(),
            deceit,
        }
    }

    /// The words of it, as the filter counts them.
    pub fn tokens(&self, seed: u64) -> Vec<u32> {
        spam::tokens(&self.sample(None), seed)
    }

    /// Answers would go to a mailbox at a public provider although the mail comes from a domain of its own: how
    /// invoices get paid to the wrong account.
    fn answers_elsewhere(&self) -> bool {
        let domain =
            |address: &str| base::text::fold(address.rsplit_once('@').map_or("", |(_, domain)| domain));
        let from = domain(&self.from_address);
        let away = |address: &String| {
            let to = domain(address);
            to != from && is_public_provider(&to)
        };
        !self.by_machine && !from.is_empty() && !is_public_provider(&from) && self.reply_to.iter().any(away)
    }
}

/// Domains at which anybody may have an address.
fn is_public_provider(domain: &str) -> bool {
    const KNOWN: [&str; 16] = [
        "aol.com",
        "gmail.com",
        "gmx.de",
        "gmx.net",
        "googlemail.com",
        "hotmail.com",
        "icloud.com",
        "live.com",
        "mail.ru",
        "outlook.com",
        "proton.me",
        "protonmail.com",
        "t-online.de",
        "web.de",
        "yahoo.com",
        "yandex.ru",
    ];
    KNOWN.contains(&domain)
}

/// What the house knows and others say.
pub struct Facts<'f> {
    pub trust: &'f Trust,
    /// Of agents, brands and mailboxes.
    pub names: &'f [String],
    pub allowed: bool,
    /// Also when the sender's domain denies it.
    pub allowed_forged: bool,
    pub probability: Option<f64>,
    pub rspamd: Option<&'f (i64, String)>,
    pub virus: Option<&'f io::Result<Found>>,
}

/// What becomes of the mail.
#[derive(Debug)]
pub struct Judged {
    pub points: i64,
    pub reasons: Vec<HoldReason>,
    pub marks: Vec<String>,
    pub hold: Option<Hold>,
    pub forged: bool,
    /// The domain in From vouches for it.
    pub proven: bool,
    pub scan: Option<Scan>,
}

pub fn judge(evidence: &Evidence, authentication: &Authentication, facts: &Facts<'_>) -> Judged {
    let standing = authentication.standing();
    let deceit = deceives(&evidence.from_name, &evidence.from_address, &evidence.domains, facts.names);
    let mut found = signs(&evidence.sample(deceit.clone()));
    if let Some((points, action)) = facts.rspamd {
        found.push(Reason { code: "rspamd".to_owned(), points: *points, detail: action.clone() });
    }
    let (points, reasons) = spam::score(found, standing, facts.probability);
    let mut reasons: Vec<HoldReason> = reasons
        .into_iter()
        .take(MOST_REASONS)
        .map(|one| HoldReason {
            code: one.code,
            points: one.points,
            detail: base::text::without_nul(&one.detail),
        })
        .collect();
    let (scan, virus) = scanned(facts.virus);
    if let Some(name) = &virus {
        reasons.insert(0, HoldReason { code: "virus".to_owned(), points: 0, detail: name.clone() });
    }
    let cause = cause(authentication, facts, points, scan);
    Judged {
        points,
        marks: marks(evidence, standing, deceit.as_ref(), facts.trust, scan),
        hold: cause.map(|cause| Hold { cause, reasons: reasons.clone() }),
        forged: standing == Standing::Forged,
        proven: standing == Standing::Proven,
        reasons,
        scan,
    }
}

fn scanned(said: Option<&io::Result<Found>>) -> (Option<Scan>, Option<String>) {
    match said {
        None => (None, None),
        Some(Ok(Found::Clean)) => (Some(Scan::Clean), None),
        Some(Ok(Found::Virus(name))) => (Some(Scan::Infected), Some(name.clone())),
        Some(Err(_)) => (Some(Scan::Failed), None),
    }
}

/// The worst first. Nobody is allowed to send viruses.
fn cause(
    authentication: &Authentication,
    facts: &Facts<'_>,
    points: i64,
    scan: Option<Scan>,
) -> Option<HoldCause> {
    let trust = facts.trust;
    let denied = authentication.wish() != OwnerWish::None;
    match scan {
        Some(Scan::Infected) => return Some(HoldCause::Virus),
        Some(Scan::Failed) if trust.hold_unscanned => return Some(HoldCause::Unscanned),
        _ => {}
    }
    if denied && trust.hold_forged && !facts.allowed_forged {
        return Some(HoldCause::Forged);
    }
    // An allowed sender is one who is not denied: else allowing somebody would let everybody in.
    let allowed = facts.allowed_forged || facts.allowed && authentication.standing() != Standing::Forged;
    (points >= trust.spam_points && trust.hold_spam && !allowed).then_some(HoldCause::Spam)
}

fn marks(
    evidence: &Evidence,
    standing: Standing,
    deceit: Option<&Deceit>,
    trust: &Trust,
    scan: Option<Scan>,
) -> Vec<String> {
    let mut marks = Vec::new();
    marks.extend(mark(standing));
    if trust.warn_of_deceit {
        marks.extend(deceit.map(|deceit| match deceit {
            Deceit::Name(_) => "looks_like_name",
            Deceit::Domain(_) => "looks_like_domain",
            Deceit::Address(_) => "address_in_name",
        }));
        if evidence.answers_elsewhere() {
            marks.push("reply_to_elsewhere");
        }
    }
    if trust.warn_of_files && evidence.files.iter().any(|name| is_risky_file(name)) {
        marks.push("risky_file");
    }
    match scan {
        Some(Scan::Failed) => marks.push("not_scanned"),
        Some(Scan::Infected) => marks.push("virus"),
        _ => {}
    }
    marks.into_iter().map(str::to_owned).collect()
}
