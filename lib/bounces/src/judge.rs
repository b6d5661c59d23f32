//! Decides status, reply and cause from what a report says about one recipient.

use crate::{
    code::{self, Status},
    phrases,
    reason::Reason,
    report::{Action, Fate},
};

/// The command of SMTP at which a server refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Command {
    Connect,
    Hello,
    Mail,
    Rcpt,
    Data,
}

/// What a report says about one recipient, before it is judged.
#[derive(Debug, Clone, Default)]
pub(crate) struct Told {
    pub recipient: String,
    pub original_recipient: Option<String>,
    pub action: Option<Action>,
    /// The field Status (RFC 3464 section 2.3.4).
    pub status: Option<Status>,
    /// Words of the server.
    pub diagnostic: String,
    /// A program of the sending side refused, no server: "x-unix" and the like.
    pub local: bool,
    /// What people are told beside it.
    pub around: String,
}

/// Judges one recipient.
pub(crate) fn judge(told: &Told) -> Fate {
    let words = if told.diagnostic.trim().is_empty() { &told.around } else { inner(&told.diagnostic) };
    let status = status(told, words);
    let lower = words.to_lowercase();
    let reason = reason(told, &lower, status);
    let class = class(told, words, status, reason);
    let reply = reply(told, words, class);
    Fate {
        recipient: told.recipient.clone(),
        original_recipient: told.original_recipient.clone(),
        action: told.action.unwrap_or_default(),
        status,
        reply,
        reason,
        diagnostic: one_line(words),
        temporary: class == 4,
    }
}

/// Amazon SES puts words of its own before those of the server: `5.1.0 - Unknown address error 550-'5.7.1 …'`.
fn inner(diagnostic: &str) -> &str {
    match diagnostic.split_once(" error ") {
        Some((before, rest)) if before.contains(" - Unknown address") && rest.contains("-'") => rest,
        _ => diagnostic,
    }
}

/// A server's own code says more than the field, which the sending side may have made up.
fn status(told: &Told, words: &str) -> Option<Status> {
    let said = code::said(words).filter(|status| status.0 != 2 || told.action == Some(Action::Delivered));
    match (said, told.status) {
        (Some(said), _) if !said.is_vague() => Some(said),
        (said, Some(field)) if !field.is_vague() => Some(field).or(said),
        (said, field) => {
            let beside = told.local.then(|| code::said(&told.around)).flatten();
            let beside = beside.filter(|status| status.0 != 2 && !status.is_vague());
            beside.or(field).or(said)
        }
    }
}

fn class(told: &Told, words: &str, status: Option<Status>, reason: Reason) -> u8 {
    if let Some(status) = status {
        return status.0;
    }
    if told.action == Some(Action::Delayed) || reason == Reason::Expired {
        return 4;
    }
    let reply = code::replies(words).into_iter().map(|(_, code)| code).find(|code| *code >= 400);
    reply.map_or(5, |code| u8::try_from(code / 100).unwrap_or(5))
}

/// The first reply that fits the class: a 554 beside a status of 4.0.0 is another server's word.
fn reply(told: &Told, words: &str, class: u8) -> Option<u16> {
    let fits = |text: &str| {
        code::replies(text).into_iter().map(|(_, code)| code).find(|code| *code / 100 == u16::from(class))
    };
    fits(words).or_else(|| if told.local || words.is_empty() { fits(&told.around) } else { None })
}

fn reason(told: &Told, lower: &str, status: Option<Status>) -> Reason {
    if told.action == Some(Action::Delivered) {
        return Reason::Delivered;
    }
    let around = told.around.to_lowercase();
    if told.local && !lower.contains("unknown user") {
        let named = phrases::named(lower).or_else(|| phrases::named(&around));
        let program =
            matches!(named, None | Some(Reason::UserUnknown | Reason::HostUnknown | Reason::SystemError));
        return if program { Reason::MailerError } else { named.unwrap_or(Reason::MailerError) };
    }
    let command = command(&around).or_else(|| command(lower));
    let named = match phrases::named(lower) {
        Some(Reason::UserUnknown) if command == Some(Command::Data) => Some(Reason::Filtered),
        Some(Reason::UserUnknown) if refused_late(&around, lower) => Some(Reason::Filtered),
        Some(Reason::UserUnknown | Reason::HostUnknown) if command == Some(Command::Mail) => {
            Some(Reason::Rejected)
        }
        named => named,
    };
    let coded = status.and_then(by_status);
    let silent = told.diagnostic.trim().is_empty() && coded == Some(Reason::Expired);
    let named = named.filter(|_| !silent);
    match (named, coded) {
        (Some(Reason::UserUnknown), Some(coded @ (Reason::HasMoved | Reason::Filtered))) => coded,
        (Some(named), _) => named,
        (None, Some(coded)) => coded,
        (None, None) => phrases::named(&around).unwrap_or_else(|| by_command(told, command, lower)),
    }
}

/// Sendmail sends several commands at once (RFC 2920), so the one in its transcript tells little; but a server that
/// names another code than "no such mailbox" at the content knows the address.
fn refused_late(around: &str, lower: &str) -> bool {
    around.contains(">>> data") && code::said(lower).is_some_and(|said| matches!(said.1, 0 | 2))
}

fn by_command(told: &Told, command: Option<Command>, lower: &str) -> Reason {
    match command {
        _ if told.action == Some(Action::Delayed) => Reason::Expired,
        Some(Command::Connect | Command::Hello) => Reason::Blocked,
        Some(Command::Mail) => Reason::Rejected,
        Some(Command::Rcpt) if lower.contains("550") => Reason::UserUnknown,
        _ => Reason::Undefined,
    }
}

/// Where the sending side was when it was refused.
fn command(lower: &str) -> Option<Command> {
    let said = [
        ("in reply to end of data", Command::Data),
        ("in reply to data", Command::Data),
        ("after end of data", Command::Data),
        ("in reply to rcpt to", Command::Rcpt),
        ("after rcpt to", Command::Rcpt),
        (">>> rcpt to", Command::Rcpt),
        ("in reply to mail from", Command::Mail),
        ("after mail from", Command::Mail),
        (">>> mail from", Command::Mail),
        ("in reply to ehlo", Command::Hello),
        ("in reply to helo", Command::Hello),
        ("after ehlo", Command::Hello),
        ("after helo", Command::Hello),
        ("after initial connection", Command::Connect),
        ("refused to talk to me", Command::Connect),
    ];
    said.into_iter().find(|(words, _)| lower.contains(words)).map(|(_, command)| command)
}

/// What the registry of enhanced codes says (RFC 3463, 5248 and what was registered since).
fn by_status(status: Status) -> Option<Reason> {
    Some(match (status.1, status.2) {
        (1, 1) | (1, 3) | (1, 0) => Reason::UserUnknown,
        (1, 2) | (4, 4) => Reason::HostUnknown,
        (1, 4 | 6) => Reason::HasMoved,
        (1, 7 | 8) => Reason::Rejected,
        (1, 10) | (7, 27) => Reason::NotAccept,
        (2, 0) => Reason::Filtered,
        (2, 1) | (7, 13) => Reason::Suspend,
        (2, 2) => Reason::MailboxFull,
        (2, 3) | (3, 4) => Reason::MesgTooBig,
        (3, 1) => Reason::SystemFull,
        (3, 0) => Reason::SystemError,
        (3, 2) => Reason::NotAccept,
        (4, 1 | 7) => Reason::Expired,
        (4, 0 | 2 | 3 | 6) => Reason::NetworkError,
        (4, 5) => Reason::SystemFull,
        (5, 3) => Reason::TooManyConn,
        (5, 2 | 4) => Reason::SyntaxError,
        (6, _) => Reason::ContentError,
        (7, 1) => Reason::Rejected,
        (7, 25) => Reason::RequirePtr,
        (7, 20..=24 | 26) => Reason::AuthFailure,
        (7, _) => Reason::SecurityError,
        _ => return None,
    })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
