//! Reports that are text for people alone: Exim, Sendmail, Postfix and qmail before or without RFC 3464.

use crate::{judge::Told, report::Action, status_part::bare};

/// Lines behind which the returned mail stands.
const RETURNED: &[&str] = &[
    "copy of the message",
    "copy of your message",
    "original message follows",
    "original message headers",
    "unsent message follows",
    "unsent message below",
    "message header follows",
    "header of the original",
    "headers of the message",
    "below this line is",
    "message text follows",
    "undelivered message follows",
    "the body of your message",
    "message headers follow",
];

/// Lines looked at.
const LINES: usize = 5_000;
const MOST: usize = 1_000;

/// What a server says, and the mail that it returned inside the text.
pub(crate) fn split(text: &str) -> (&str, &str) {
    let mut at = 0;
    for line in text.split_inclusive('\n').take(LINES) {
        let lower = line.to_lowercase();
        let marked = line.trim().len() < 120 && RETURNED.iter().any(|mark| lower.contains(mark));
        if marked && at > 0 {
            return (&text[..at], &text[at + line.len()..]);
        }
        at += line.len();
    }
    (text, "")
}

/// A report that somebody sent on has a mark before each line.
pub(crate) fn unquoted(text: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().take(LINES).collect();
    let quoted = lines.iter().filter(|line| line.starts_with('>')).count();
    (quoted * 3 > lines.len() && quoted > 5).then(|| {
        let strip =
            |line: &&str| line.trim_start_matches('>').strip_prefix(' ').map_or("", |rest| rest).to_owned();
        lines.iter().filter(|line| line.starts_with('>')).map(strip).collect::<Vec<_>>().join("\n")
    })
}

/// One for each recipient that the text names.
pub(crate) fn read(text: &str, failed: &str) -> Vec<Told> {
    let failed: Vec<&str> = failed.split(',').map(str::trim).filter(|one| !one.is_empty()).collect();
    let (notice, session) = transcript(text);
    let mut found: Vec<Told> = Vec::new();
    let mut open = false;
    for line in notice.lines().take(LINES) {
        let named = recipient(line, &failed).filter(|_| found.len() < MOST);
        // Servers begin their reply with the recipient too.
        let repeats = |address: &str| {
            open && found.last().is_some_and(|last| last.recipient == address && !last.diagnostic.is_empty())
        };
        if let Some((address, rest)) = named.filter(|(address, _)| !repeats(address)) {
            found.push(Told { recipient: address, diagnostic: rest, ..Told::default() });
            open = true;
        } else if line.trim().is_empty() {
            open &= found.last().is_some_and(|told| told.diagnostic.is_empty());
        } else if let Some(told) = found.last_mut().filter(|_| open) {
            told.diagnostic.push(' ');
            told.diagnostic.push_str(line.trim());
        }
    }
    // Exim's header says who failed; other addresses of its text are the sender's.
    if found.iter().any(|told| is_failed(&failed, &told.recipient)) {
        found.retain(|told| is_failed(&failed, &told.recipient));
    }
    if found.is_empty() {
        found = failed.iter().map(|one| Told { recipient: (*one).to_owned(), ..Told::default() }).collect();
    }
    // Programs name the same recipient above and below.
    let mut told: Vec<Told> = Vec::new();
    for one in found {
        match told.iter_mut().find(|before| before.recipient.eq_ignore_ascii_case(&one.recipient)) {
            Some(before) if before.diagnostic.trim().is_empty() => before.diagnostic = one.diagnostic,
            Some(_) => {}
            None => told.push(one),
        }
    }
    finish(told, notice, session)
}

fn is_failed(failed: &[&str], recipient: &str) -> bool {
    failed.iter().any(|one| one.eq_ignore_ascii_case(recipient))
}

fn finish(mut told: Vec<Told>, notice: &str, session: &str) -> Vec<Told> {
    let lower = notice.to_lowercase();
    let later = [
        "has not yet been delivered",
        "will be retried",
        "delivery attempts will continue",
        "warning message only",
    ];
    let delayed = later.iter().any(|words| lower.contains(words)) || lower.contains("still being retried");
    for one in &mut told {
        one.action = Some(if delayed { Action::Delayed } else { Action::Failed });
        one.diagnostic = reasoned(&one.diagnostic).to_owned();
        one.around = format!("{} {}", one.diagnostic, if session.is_empty() { notice } else { session });
    }
    told
}

/// Sendmail writes `(reason: 550 …)` below the address.
fn reasoned(diagnostic: &str) -> &str {
    let diagnostic = diagnostic.trim();
    match diagnostic.split_once("(reason: ") {
        Some((_, reason)) => {
            reason.split("(expanded from").next().unwrap_or(reason).trim().trim_end_matches(')')
        }
        None => diagnostic,
    }
}

/// Sendmail's transcript of the session stands below its notice.
fn transcript(text: &str) -> (&str, &str) {
    match text.find("Transcript of session follows") {
        // In old forms the addresses stand behind the transcript.
        Some(at) if text[..at].contains('<') || text[..at].contains("addresses had") => text.split_at(at),
        _ => (text, ""),
    }
}

/// The recipient of a line that begins one, with what stands behind it.
fn recipient(line: &str, failed: &[&str]) -> Option<(String, String)> {
    let trimmed = line.trim();
    let indented = line.starts_with([' ', '\t']);
    if let Some(rest) = trimmed.strip_prefix('<') {
        let (address, rest) = rest.split_once('>')?;
        let rest = rest.trim_start();
        let begins = rest.is_empty() || rest.starts_with(':') || rest.starts_with('(');
        let fits = is_address(address) && begins && !rest.starts_with(": host")
            || is_address(address) && rest.starts_with(": ");
        return fits.then(|| (address.to_owned(), rest.trim_start_matches(':').trim().to_owned()));
    }
    let (head, rest) = match trimmed.split_once(": ") {
        Some((head, rest)) if indented && (head.contains('@') || head.contains('|')) => (head, rest),
        _ => (trimmed.trim_end_matches(':'), ""),
    };
    let inner = head.rsplit_once('<').and_then(|(_, inner)| inner.strip_suffix('>')).unwrap_or(head);
    let inner = inner.split("<mailto:").next().unwrap_or(inner);
    let names = !head.split('<').next().unwrap_or_default().contains(':');
    if names && is_address(bare(inner)) && (indented || rest.is_empty() && inner == trimmed) {
        return Some((bare(inner).to_owned(), rest.to_owned()));
    }
    // Exim names local users and programs without a domain; its header names them wholly.
    let program = head.starts_with('|') || head.starts_with('/');
    let whole = failed.iter().find(|one| one.split('@').next() == Some(head) && !head.is_empty());
    match whole {
        Some(whole) if indented => Some(((*whole).to_owned(), rest.to_owned())),
        None if indented && program && !head.contains(": ") => {
            Some((head.to_owned(), rest.to_owned())).filter(|_| rest.is_empty())
        }
        _ => None,
    }
}

fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let plain =
        |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b',' | b';' | b'(' | b')');
    !local.is_empty()
        && domain.len() > 1
        && text.len() <= 320
        && text.bytes().all(|byte| plain(byte) || byte >= 128)
        && !domain.contains(':')
}
