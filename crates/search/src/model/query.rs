//! What somebody types into the search box, made harmless and bounded, as each database wants it.

use super::chapter::Chapter;
use super::tokens::{Shape, Token, tokens};

/// Longer questions are cut: nobody types them.
const MOST_CHARS: usize = 400;
const MOST_TERMS: usize = 12;
const MOST_TOKENS_IN_TERM: usize = 24;
/// A shorter beginning matches a tenth of all words: PostgreSQL gathers every one of them.
const SHORTEST_BEGINNING: usize = 3;

/// One word or phrase: tokens that stand side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    pub tokens: Vec<String>,
    /// The last token is only the beginning of a word.
    pub begins: bool,
}

/// At least one term that must be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Question {
    pub wanted: Vec<Term>,
    pub unwanted: Vec<Term>,
}

impl Question {
    /// `None` when there is nothing to look for. No text is refused.
    pub fn read(text: &str) -> Option<Question> {
        let text = base::text::cut(text, MOST_CHARS);
        let mut question = Question { wanted: Vec::new(), unwanted: Vec::new() };
        for piece in pieces(text) {
            let Some(term) = term(&piece) else { continue };
            let list = if piece.unwanted { &mut question.unwanted } else { &mut question.wanted };
            if list.len() < MOST_TERMS && !list.contains(&term) {
                list.push(term);
            }
        }
        // Looking for what excludes itself would go through all that there is.
        let contradicts = question.unwanted.iter().any(|term| question.wanted.contains(term));
        (!question.wanted.is_empty() && !contradicts).then_some(question)
    }

    /// Only entries of one kind, which is a word of its own in their text.
    pub fn of_kind(mut self, kind: Option<&str>) -> Question {
        let tokens = kind.map(|kind| vec![kind_word(kind)]);
        self.wanted.extend(tokens.map(|tokens| Term { tokens, begins: false }));
        self
    }

    /// As SQLite's FTS5 reads it (sqlite.org/fts5.html, section 3).
    pub fn for_lite(&self) -> String {
        let phrase = |term: &Term| {
            let star = if term.begins { " *" } else { "" };
            format!("\"{}\"{star}", term.tokens.join(" "))
        };
        let wanted: Vec<String> = self.wanted.iter().map(phrase).collect();
        let mut text = format!("({})", wanted.join(" AND "));
        for term in &self.unwanted {
            text = format!("({text} NOT {})", phrase(term));
        }
        text
    }

    /// As PostgreSQL's `to_tsquery` reads it (its manual, section 12.3.2), within one chapter.
    pub fn for_pg(&self, chapter: Chapter) -> String {
        let phrase = |term: &Term| {
            let quoted: Vec<String> =
                term.tokens.iter().map(|token| format!("'{}'", chapter.word(token))).collect();
            let star = if term.begins { ":*" } else { "" };
            format!("({}{star})", quoted.join(" <-> "))
        };
        let wanted = self.wanted.iter().map(phrase);
        let unwanted = self.unwanted.iter().map(|term| format!("!{}", phrase(term)));
        wanted.chain(unwanted).collect::<Vec<String>>().join(" & ")
    }
}

/// The word that marks all entries of a kind.
pub(crate) fn kind_word(kind: &str) -> String {
    let plain: String = kind.chars().filter(char::is_ascii_lowercase).collect();
    format!("kind0{plain}0")
}

struct Piece<'a> {
    text: &'a str,
    unwanted: bool,
    /// The person may still be typing it.
    unfinished: bool,
}

/// Cuts at blanks and double quotes. A quote that is never closed reaches to the end.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let is_quote = |c: char| matches!(c, '"' | '“' | '”' | '„' | '«' | '»');
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let bare = rest.strip_prefix('-').filter(|bare| !bare.starts_with(char::is_whitespace));
        let unwanted = bare.is_some_and(|bare| !bare.is_empty()) && first == '-';
        let body = if unwanted { bare.unwrap_or(rest) } else { rest };
        let inside = body.strip_prefix(is_quote);
        let (piece, after, unfinished) = match inside {
            Some(inside) => {
                let end = inside.find(is_quote).unwrap_or(inside.len());
                let after = inside[end..].strip_prefix(is_quote).unwrap_or("");
                (&inside[..end], after, false)
            }
            None => {
                let end = body.find(|c: char| c.is_whitespace() || is_quote(c)).unwrap_or(body.len());
                (&body[..end], &body[end..], end == body.len())
            }
        };
        found.push(Piece { text: piece, unwanted, unfinished });
        rest = after.trim_start();
    }
    found
}

fn term(piece: &Piece<'_>) -> Option<Term> {
    let mut found = tokens(piece.text, MOST_TOKENS_IN_TERM);
    // The pairs before it say all that the last letter says, and it may go on in the text.
    if found.last().is_some_and(|token| token.shape == Shape::Tail) {
        found.pop();
    }
    let begins = found.last().is_some_and(|last| begins(last, piece.unfinished));
    let tokens: Vec<String> = found.into_iter().map(|token| token.folded).collect();
    (!tokens.is_empty()).then_some(Term { tokens, begins })
}

fn begins(last: &Token, unfinished: bool) -> bool {
    match last.shape {
        Shape::Word => unfinished && last.folded.chars().count() >= SHORTEST_BEGINNING,
        Shape::Lone => true,
        Shape::Pair | Shape::Tail => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, lite: &str, pg: &str) {
        let question = Question::read(text).expect("something to look for");
        let chaptered = question.for_pg(Chapter::of(0));
        assert_eq!((question.for_lite().as_str(), chaptered.as_str()), (lite, pg), "{text:?}");
    }

    #[test]
    fn words_phrases_and_exclusions_are_written_for_both() {
        check("Red Shoe", "(\"red\" AND \"shoe\" *)", "('c0xred') & ('c0xshoe':*)");
        check("\"red shoe\" ", "(\"red shoe\")", "('c0xred' <-> 'c0xshoe')");
        check(
            "red -\"Blue Shoe\" ",
            "((\"red\") NOT \"blue shoe\")",
            "('c0xred') & !('c0xblue' <-> 'c0xshoe')",
        );
        check("ann@example", "(\"ann example\" *)", "('c0xann' <-> 'c0xexample':*)");
        check("東京都", "(\"東京 京都\")", "('c0x東京' <-> 'c0x京都')");
        check("東", "(\"東\" *)", "('c0x東':*)");
        check("xy", "(\"xy\")", "('c0xxy')");
    }

    #[test]
    fn a_question_without_a_wanted_word_finds_nothing() {
        for text in ["", "  ", "-", "- -", "\"\"", "-foo", "* ( ) ' \\ : & | !", "\0", "foo -foo "] {
            assert_eq!(Question::read(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_question_is_bounded() {
        let question = Question::read(&"word0 \"a b\" -c ".repeat(10_000)).expect("words");
        assert!(question.wanted.len() <= MOST_TERMS && question.unwanted.len() <= MOST_TERMS);
        let many: String = (0..10_000).map(|n| format!("{n} ")).collect();
        assert!(Question::read(&many).expect("words").wanted.len() <= MOST_TERMS);
    }
}
