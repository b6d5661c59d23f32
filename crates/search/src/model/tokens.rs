//! How a text becomes the words under which it is found: the same on both databases.
//!
//! Case, accents and compatibility forms are folded (NFKD, marks dropped, lower case, NFC: Unicode
//! Standard Annex 15). A script that puts no spaces between words is cut into overlapping pairs, so
//! that any part of two or more letters is found as a run of pairs.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// PostgreSQL counts the places of words up to 16,383; beyond that phrases would no longer match.
pub(crate) const MOST_TOKENS: usize = 16_000;
/// A longer word is found by its beginning.
const MOST_LETTERS: usize = 64;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub folded: String,
    /// Where it stands in the text, in bytes.
    pub place: Range<usize>,
    pub shape: Shape,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Word,
    Pair,
    /// The last letter of a run of pairs, standing alone.
    Tail,
    /// A run of one letter.
    Lone,
}

/// The words of a text in their order, at most `most`.
pub(crate) fn tokens(text: &str, most: usize) -> Vec<Token> {
    let mut cutter = Cutter { most, out: Vec::new(), word: None, run: Vec::new() };
    let mut chars = text.char_indices().peekable();
    let mut unit = String::new();
    while let Some((start, first)) = chars.next() {
        if cutter.is_full() {
            break;
        }
        if first.is_ascii() && chars.peek().is_none_or(|(_, next)| next.is_ascii()) {
            cutter.letter(first.to_ascii_lowercase(), start..start + 1);
            continue;
        }
        unit.clear();
        unit.push(first);
        // A letter and its marks are folded together; a hostile pile of marks is cut.
        while let Some((_, mark)) = chars.next_if(|(_, c)| is_combining_mark(*c)) {
            if unit.len() < 64 {
                unit.push(mark);
            }
        }
        let end = chars.peek().map_or(text.len(), |(at, _)| *at);
        cutter.unit(&unit, start..end);
    }
    cutter.end();
    cutter.out.truncate(most);
    cutter.out
}

/// The tokens as they are stored: with one blank between them.
pub(crate) fn join(tokens: &[Token]) -> String {
    let mut joined = String::with_capacity(tokens.iter().map(|t| t.folded.len() + 1).sum());
    for token in tokens {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(&token.folded);
    }
    joined
}

struct Cutter {
    most: usize,
    out: Vec<Token>,
    word: Option<(Token, usize)>,
    /// Letters of a script without spaces, with their places.
    run: Vec<(String, Range<usize>)>,
}

impl Cutter {
    fn is_full(&self) -> bool {
        self.out.len() >= self.most
    }

    /// A letter that isn't ASCII, with its marks.
    fn unit(&mut self, unit: &str, place: Range<usize>) {
        let folded: String = unit
            .nfkd()
            .flat_map(char::to_lowercase)
            .filter(|c| !is_dropped(*c))
            .flat_map(alike)
            .nfc()
            .collect();
        let mut letters = folded.chars().peekable();
        while let Some(letter) = letters.next() {
            if !is_spaceless(letter) {
                self.letter(letter, place.clone());
                continue;
            }
            let mut whole = String::from(letter);
            whole.extend(std::iter::from_fn(|| letters.next_if(|c| is_combining_mark(*c))));
            self.end_word();
            self.run.push((whole, place.clone()));
            if self.run.len() > MOST_LETTERS {
                self.end_run();
            }
        }
    }

    fn letter(&mut self, letter: char, place: Range<usize>) {
        let belongs = letter.is_alphanumeric() || (self.word.is_some() && is_combining_mark(letter));
        if !belongs {
            return self.end();
        }
        self.end_run();
        match &mut self.word {
            Some((word, letters)) => {
                word.place.end = place.end;
                if *letters < MOST_LETTERS {
                    word.folded.push(letter);
                    *letters += 1;
                }
            }
            None => self.word = Some((Token { folded: letter.into(), place, shape: Shape::Word }, 1)),
        }
    }

    fn end(&mut self) {
        self.end_word();
        self.end_run();
    }

    fn end_word(&mut self) {
        self.out.extend(self.word.take().map(|(word, _)| word));
    }

    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        for pair in run.windows(2) {
            let ((a, from), (b, to)) = (&pair[0], &pair[1]);
            let folded = format!("{a}{b}");
            self.out.push(Token { folded, place: from.start..to.end, shape: Shape::Pair });
        }
        if let Some((last, place)) = run.last() {
            let shape = if run.len() == 1 { Shape::Lone } else { Shape::Tail };
            self.out.push(Token { folded: last.clone(), place: place.clone(), shape });
        }
    }
}

/// Marks that people leave out: Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowel signs,
/// the Arabic stretch, and what can't be seen.
fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{640}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{ad}' | '\u{200b}'..='\u{200f}'
        | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

/// Letters that are written in two ways and have no decomposition.
fn alike(c: char) -> impl Iterator<Item = char> {
    let (first, second) = match c {
        'ß' => ('s', Some('s')),
        'æ' => ('a', Some('e')),
        'œ' => ('o', Some('e')),
        'þ' => ('t', Some('h')),
        'ø' => ('o', None),
        'ł' => ('l', None),
        'đ' | 'ð' => ('d', None),
        'ı' => ('i', None),
        'ς' => ('σ', None),
        'ى' => ('ي', None),
        'ة' => ('ه', None),
        other => (other, None),
    };
    std::iter::once(first).chain(second)
}

/// Scripts without spaces between words; Hangul too, where particles cling to the words.
fn is_spaceless(c: char) -> bool {
    matches!(u32::from(c),
        0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x1950..=0x19ff | 0x1a20..=0x1aaf
        | 0x2e80..=0x2fdf | 0x3005..=0x3007 | 0x3040..=0x312f | 0x3131..=0x318e | 0x31a0..=0x31bf
        | 0x31f0..=0x31ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xa960..=0xa97f | 0xac00..=0xd7ff
        | 0xf900..=0xfaff | 0x20000..=0x3ffff)
        && (c.is_alphabetic() || is_combining_mark(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, wanted: &str) {
        assert_eq!(join(&tokens(text, 100)), wanted, "{text:?}");
    }

    #[test]
    fn case_accents_and_forms_are_folded() {
        check("Größe ÉCOLE İstanbul Łódź", "grosse ecole istanbul lodz");
        check("don't foo-bar_baz ann@example.com", "don t foo bar baz ann example com");
        check("ﬁne １２３ ℃", "fine 123 c");
        check("e\u{301}te\u{301}", "ete");
        check("إِسْلَام مدرسة", "اسلام مدرسه");
        check("ΟΔΟΣ οδος", "οδοσ οδοσ");
        check("हिन्दी", "हिन्दी");
    }

    #[test]
    fn scripts_without_spaces_become_pairs() {
        check("東京都", "東京 京都 都");
        check("iPhone買う。", "iphone 買う う");
        check("か\u{3099}く", "がく く");
        check("서울에서", "서울 울에 에서 서");
        check("木", "木");
        check("กินข้าว", "กิน นข้ ข้า าว ว");
    }

    #[test]
    fn places_point_into_the_text() {
        let text = "¡Größe, 東京都!";
        let places: Vec<&str> = tokens(text, 9).iter().map(|t| &text[t.place.clone()]).collect();
        assert_eq!(places, ["Größe", "東京", "京都", "都"]);
    }

    #[test]
    fn hostile_texts_stay_small() {
        let pile = format!("a{}", "\u{300}".repeat(100_000));
        assert_eq!(join(&tokens(&pile, 10)), "a");
        assert_eq!(tokens(&"x".repeat(1_000_000), 10)[0].folded.len(), MOST_LETTERS);
        assert_eq!(tokens(&"東".repeat(1_000_000), 10).len(), 10);
        assert!(tokens(&"\u{fdfa}".repeat(1_000), 10).len() <= 10);
    }
}
