//! Separates what somebody wrote from the signature and the history below it, in plain text.

use crate::{
    forward::is_forward_line,
    line::{is_attribution, is_header_block, is_original},
    signature,
    split::{Folds, Split},
};

/// Lines looked at; a text that is longer is shown whole behind them.
const LINES: usize = 20_000;
/// How far below an introduction its quote is looked for.
const NEAR: usize = 300;
/// A quoted line this wide may have been broken.
const WIDE: usize = 55;

/// Parts a text. Answers between quotes stay visible with the quotes, forwarded mail is what somebody wanted to show.
#[must_use]
pub fn split_text(text: &str) -> Split<'_> {
    let lines: Vec<&str> = text.split_inclusive('\n').take(LINES).collect();
    let length = |count: usize| lines[..count].iter().map(|line| line.len()).sum::<usize>();
    // What stands at the very end, also below history: lists and companies sign everything that passes.
    let last = signature::begins(&lines).filter(|at| shows(&lines[..*at]));
    let body = &lines[..last.unwrap_or(lines.len())];
    let history = history(body).filter(|at| shows(&lines[..*at]));
    let upper = &body[..history.unwrap_or(body.len())];
    let signed = signature::begins(upper).filter(|at| shows(&lines[..*at]));
    match (signed.or(last.filter(|_| history.is_none())), history) {
        (Some(at), _) => Split::at(text, length(at), Folds::Signature),
        (None, Some(at)) => Split::at(text, length(at), Folds::History),
        (None, None) => Split::whole(text),
    }
}

fn shows(lines: &[&str]) -> bool {
    lines.iter().any(|line| !line.trim().is_empty())
}

/// The line at which history begins, unless somebody answers inside of it.
fn history(lines: &[&str]) -> Option<usize> {
    let mark = first_mark(lines);
    let answered = mark.is_none_or(|(at, introduction)| has_answer(&lines[at + introduction..]));
    let at = match mark {
        Some((at, _)) if !answered => at,
        _ => trailing_quote(lines)?,
    };
    Some(above_rules(lines, at))
}

/// Rules of dashes directly above the history belong to it.
fn above_rules(lines: &[&str], at: usize) -> usize {
    let is_rule = |line: &str| {
        let line = line.trim();
        line.len() >= 3
            && (line.bytes().all(|byte| byte == b'-') || line.bytes().all(|byte| matches!(byte, b'=' | b'_')))
    };
    let filled = lines[..at].iter().rposition(|line| !line.trim().is_empty());
    filled.filter(|above| is_rule(lines[*above])).unwrap_or(at)
}

/// The first line that introduces history, and how many lines say whose it is.
fn first_mark(lines: &[&str]) -> Option<(usize, usize)> {
    for at in 0..lines.len() {
        let rest = &lines[at..lines.len().min(at + 8)];
        if is_forward_line(rest[0]) {
            return None;
        }
        if is_original(rest[0]) || is_header_block(rest) {
            return Some((at, 1));
        }
        if let Some(length) =
            is_attribution(rest).filter(|length| is_followed_by_quote(&lines[at + length..]))
        {
            return Some((at, length));
        }
    }
    None
}

/// "On … wrote:" counts when a quote follows, or when what follows bears no quote marks at all (Apple Mail, phones).
fn is_followed_by_quote(rest: &[&str]) -> bool {
    let mut filled = rest.iter().filter(|line| !line.trim().is_empty());
    match filled.next() {
        Some(first) => is_quote(first) || !rest.iter().take(NEAR).any(|line| is_quote(line)),
        None => true,
    }
}

/// A block of `>` lines at the end, with at most a signature behind it.
fn trailing_quote(lines: &[&str]) -> Option<usize> {
    let last = lines.iter().rposition(|line| !line.trim().is_empty())?;
    if !is_quote(lines[last]) {
        return None;
    }
    let before = lines[..last].iter().rposition(|line| !is_quote(line) && !line.trim().is_empty());
    let start = before.map_or(0, |at| at + 1);
    lines[start..].iter().position(|line| is_quote(line)).map(|at| start + at)
}

/// Whether somebody answered inside or below the history: lines without a quote mark behind lines with one.
fn has_answer(quoted: &[&str]) -> bool {
    let mut before: Option<&str> = None;
    for line in quoted.iter().take(LINES) {
        let line = line.trim();
        if line == "--" || line.starts_with("____") || is_original(line) {
            break;
        }
        if is_quote(line) {
            before = Some(line);
        } else if let Some(quote) = before.filter(|_| !line.is_empty()) {
            // Programs that break long lines leave their rest without a mark, directly below.
            let rest = is_quote(quote)
                && quote.chars().count() >= WIDE
                && line.chars().count() < quote.chars().count();
            if !rest {
                return true;
            }
            before = Some(line);
        } else if before.is_some() {
            before = Some("");
        }
    }
    false
}

fn is_quote(line: &str) -> bool {
    line.trim_start().starts_with('>')
}
