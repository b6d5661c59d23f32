//! Tells mail of machines from mail of people, so that no machine is answered by a machine (RFC 3834).

use crate::mail::Mail;

/// Why a mail counts as automatic. None of these may be answered automatically.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Automatic {
    /// A report that mail could not be delivered, or was delayed (RFC 3464).
    Bounce,
    /// A read receipt (RFC 8098).
    Receipt,
    /// A complaint report of a mailbox provider (RFC 5965).
    Complaint,
    /// An absence note or another answer by a machine.
    Reply,
    /// A notice that a program wrote by itself.
    Notice,
    /// A mailing list or newsletter.
    List,
    /// Bulk mail without a list's fields.
    Bulk,
    /// The sender asks for no automatic answers.
    Suppressed,
}

/// Says whether a machine wrote the mail, by the surest sign first.
#[must_use]
pub fn automatic(mail: &Mail) -> Option<Automatic> {
    report(mail).or_else(|| submitted(mail)).or_else(|| listed(mail)).or_else(|| sender(mail))
}

fn report(mail: &Mail) -> Option<Automatic> {
    match mail.signs.report_type.as_deref() {
        Some("delivery-status") => return Some(Automatic::Bounce),
        Some("disposition-notification") => return Some(Automatic::Receipt),
        Some("feedback-report") => return Some(Automatic::Complaint),
        _ => {}
    }
    let inner = mail.parts.iter().find_map(|part| match part.content_type.as_str() {
        "message/delivery-status" | "message/global-delivery-status" => Some(Automatic::Bounce),
        "message/disposition-notification" => Some(Automatic::Receipt),
        "message/feedback-report" => Some(Automatic::Complaint),
        _ => None,
    });
    inner.or_else(|| from_mailer_daemon(mail).then_some(Automatic::Bounce))
}

/// Mail systems that follow no RFC still write under one of these names.
fn from_mailer_daemon(mail: &Mail) -> bool {
    mail.from.iter().any(|from| {
        let folded = from.folded();
        let local = folded.split('@').next().unwrap_or_default();
        matches!(local, "mailer-daemon" | "mailerdaemon" | "mail-daemon" | "mailer_daemon")
            || local == "postmaster" && null_sender(mail)
            || from.email.is_empty()
                && from.name.as_deref().is_some_and(|name| name.to_lowercase().contains("mailer-daemon"))
    })
}

fn null_sender(mail: &Mail) -> bool {
    mail.signs.return_path.as_deref() == Some("")
}

/// RFC 3834 section 5, and what was used before it.
fn submitted(mail: &Mail) -> Option<Automatic> {
    let signs = &mail.signs;
    match signs.auto_submitted.as_deref() {
        Some("auto-replied") => return Some(Automatic::Reply),
        None | Some("no") => {}
        Some(_) => return Some(Automatic::Notice),
    }
    if signs.autoreply || matches!(signs.precedence.as_deref(), Some("auto_reply" | "auto-reply")) {
        return Some(Automatic::Reply);
    }
    None
}

fn listed(mail: &Mail) -> Option<Automatic> {
    let precedence = mail.signs.precedence.as_deref();
    if mail.signs.list || precedence == Some("list") {
        return Some(Automatic::List);
    }
    matches!(precedence, Some("bulk" | "junk")).then_some(Automatic::Bulk)
}

fn sender(mail: &Mail) -> Option<Automatic> {
    if null_sender(mail) {
        return Some(Automatic::Reply);
    }
    // Exchange's own words: DR, RN and NRN ask for no receipts only, the others for no automatic answers.
    if let Some(asked) = &mail.signs.response_suppress {
        let mut words = asked.split([',', ' ', ';']);
        if words.any(|word| matches!(word, "all" | "oof" | "autoreply")) {
            return Some(Automatic::Suppressed);
        }
    }
    let unanswerable =
        mail.reply_to.is_empty() && mail.from.iter().any(|from| names_a_machine(&from.folded()));
    unanswerable.then_some(Automatic::Notice)
}

/// Addresses that nobody reads (RFC 3834 section 2 names the list ones).
fn names_a_machine(email: &str) -> bool {
    let local = email.split('@').next().unwrap_or_default();
    let plain: String = local.chars().filter(|letter| letter.is_alphanumeric()).collect();
    local.starts_with("owner-")
        || local.ends_with("-request")
        || local.ends_with("-bounces")
        || matches!(plain.as_str(), "noreply" | "donotreply" | "nichtantworten" | "nepasrepondre")
}
