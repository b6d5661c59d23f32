//! Separates what somebody wrote from the history quoted below it, in plain text.

use crate::reply_line::{is_attribution, is_header_block, is_original};

/// Lines looked at; a text that is longer is shown whole behind them.
const LINES: usize = 20_000;
/// How far below an introduction its quote is looked for.
const NEAR: usize = 300;
/// A quoted line this wide may have been broken.
const WIDE: usize = 55;

/// The visible part and the quoted part. Put together they are the text: nothing is deleted, history is only folded.
#[must_use]
pub fn visible_reply(text: &str) -> (&str, &str) {
    let lines: Vec<&str> = text.split_inclusive('\n').take(LINES).collect();
    let mark = first_mark(&lines).or_else(|| trailing_quote(&lines).map(|at| (at, 0)));
    let Some((line, introduction)) = mark else {
        return (text, "");
    };
    let length = |lines: &[&str]| lines.iter().map(|line| line.len()).sum::<usize>();
    let (visible, quoted) = text.split_at(length(&lines[..line]));
    let history = &quoted[length(&lines[line..line + introduction])..];
    // An answer written below or between the quotes, or nothing but a quote: then all of it is the message.
    if visible.trim().is_empty() || has_answer(history) {
        return (text, "");
    }
    (visible, quoted)
}

/// The first line that introduces history, and how many lines say whose it is.
fn first_mark(lines: &[&str]) -> Option<(usize, usize)> {
    (0..lines.len()).find_map(|at| {
        let rest = &lines[at..lines.len().min(at + 8)];
        if is_original(rest[0]) || is_header_block(rest) {
            return Some((at, 1));
        }
        let length = is_attribution(rest)?;
        is_followed_by_quote(&lines[at + length..]).then_some((at, length))
    })
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
fn has_answer(quoted: &str) -> bool {
    let mut before: Option<&str> = None;
    for line in quoted.lines().take(LINES) {
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
