//! The piece of a text in which the words stand that were looked for.

use std::ops::Range;

use serde::Serialize;
use utoipa::ToSchema;

use super::query::{Question, Term};
use super::tokens::{Token, tokens};

/// Letters before the first hit, and in all.
const BEFORE: usize = 40;
const LENGTH: usize = 160;
/// A hit that stands further back is not shown.
const MOST_TOKENS: usize = 4_000;

/// A stretch of a snippet; `hit` where the words stand that were looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Part {
    pub text: String,
    pub hit: bool,
}

/// The parts in their order, blanks drawn together. Without a hit: how the text begins.
pub(crate) fn snippet(question: &Question, text: &str) -> Vec<Part> {
    let found = tokens(text, MOST_TOKENS);
    let hits = places(question, &found);
    let first = hits.first().map_or(0, |place| place.start);
    let window = window(text, first);
    let mut parts = Vec::new();
    if window.start > 0 {
        push(&mut parts, "… ", false);
    }
    let mut at = window.start;
    for place in hits.into_iter().filter(|place| place.end <= window.end) {
        push(&mut parts, &text[at..place.start], false);
        push(&mut parts, &text[place.clone()], true);
        at = place.end;
    }
    push(&mut parts, &text[at..window.end], false);
    if window.end < text.len() {
        push(&mut parts, " …", false);
    }
    parts
}

/// Where terms stand, in order, without overlaps.
fn places(question: &Question, found: &[Token]) -> Vec<Range<usize>> {
    let mut places: Vec<Range<usize>> = Vec::new();
    for at in 0..found.len() {
        let length =
            question.wanted.iter().filter(|term| stands(term, &found[at..])).map(|t| t.tokens.len()).max();
        let Some(length) = length else { continue };
        let place = found[at].place.start..found[at + length - 1].place.end;
        match places.last_mut() {
            Some(last) if place.start < last.end => last.end = last.end.max(place.end),
            _ => places.push(place),
        }
    }
    places
}

fn stands(term: &Term, found: &[Token]) -> bool {
    let last = term.tokens.len() - 1;
    found.len() > last
        && term.tokens.iter().zip(found).enumerate().all(|(at, (wanted, token))| {
            if term.begins && at == last { token.folded.starts_with(wanted) } else { token.folded == *wanted }
        })
}

/// A stretch around `first` that begins and ends between letters, and after a blank where one is near.
fn window(text: &str, first: usize) -> Range<usize> {
    let start = text[..first].char_indices().rev().take(BEFORE).last().map_or(first, |(at, _)| at);
    let word = text[start..first].find(char::is_whitespace).filter(|_| start > 0);
    let start = word.map_or(start, |blank| start + blank);
    let end = text[start..].char_indices().nth(LENGTH).map_or(text.len(), |(at, _)| start + at);
    start..end
}

fn push(parts: &mut Vec<Part>, text: &str, hit: bool) {
    let mut clean = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_whitespace() || c.is_control() {
            true if clean.ends_with(' ') => {}
            true => clean.push(' '),
            false => clean.push(c),
        }
    }
    if parts.is_empty() || parts.last().is_some_and(|last| last.text.ends_with(' ')) {
        clean = clean.trim_start_matches(' ').to_owned();
    }
    match parts.last_mut() {
        _ if clean.is_empty() => {}
        Some(last) if last.hit == hit => last.text.push_str(&clean),
        _ => parts.push(Part { text: clean, hit }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(question: &str, text: &str, wanted: &str) {
        let question = Question::read(question).expect("something to look for");
        let parts = snippet(&question, text);
        let drawn: String =
            parts.iter().map(|p| if p.hit { format!("[{}]", p.text) } else { p.text.clone() }).collect();
        assert_eq!(drawn, wanted, "{text:?}");
    }

    #[test]
    fn hits_are_marked_in_the_original_writing() {
        check("groesse grosse ", "Die  Größe\n\npasst", "Die [Größe] passt");
        check("京都", "私は東京都にいる", "私は東[京都]にいる");
        check("\"red shoe\" ", "a red hat, a red  shoe", "a red hat, a [red shoe]");
        check("sho", "shoes", "[shoes]");
        check("gone ", "nothing here", "nothing here");
    }

    #[test]
    fn a_late_hit_is_shown_with_what_stands_around_it() {
        let text = format!("{} needle {}", "hay ".repeat(100), "straw ".repeat(100));
        let question = Question::read("needle").expect("a word");
        let parts = snippet(&question, &text);
        let whole: String = parts.iter().map(|p| p.text.as_str()).collect();
        assert!(whole.starts_with("… hay") && whole.ends_with('…'), "{whole}");
        assert!(whole.chars().count() < LENGTH + 10);
        assert_eq!(parts.iter().filter(|p| p.hit).map(|p| p.text.as_str()).collect::<Vec<_>>(), ["needle"]);
    }
}
