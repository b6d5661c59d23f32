//! Reads the plainer values of header fields: text, words, ids, paths.

use crate::charset::decode;
use crate::words::decode_words;

/// Longest text value that is read.
const TEXT_BYTES: usize = 16 * 1024;

/// Unstructured text with its encoded words decoded (RFC 2047), on one line.
pub(crate) fn text(value: &[u8]) -> String {
    one_line(&decode_words(&unfold(value, TEXT_BYTES)))
}

/// The first word in lower case, for fields that hold one of a few words.
pub(crate) fn word(value: &[u8]) -> String {
    let line = unfold(value, TEXT_BYTES);
    let first = line.split([';', ' ', '\t', '(']).find(|part| !part.is_empty());
    one_line(first.unwrap_or_default()).to_ascii_lowercase()
}

/// Message-IDs without their angle brackets (RFC 5322 section 3.6.4).
///
/// Some programs leave the brackets out; then the words that look like an id count.
pub(crate) fn ids(value: &[u8]) -> Vec<String> {
    let line = unfold(value, usize::MAX);
    let mut found = Vec::new();
    for after in line.split('<').skip(1) {
        if let Some((id, _)) = after.split_once('>') {
            found.extend(id_of(id));
        }
    }
    if found.is_empty() {
        let words = line.split_whitespace().filter(|word| word.contains('@'));
        found.extend(words.filter_map(id_of));
    }
    found
}

fn id_of(text: &str) -> Option<String> {
    let id: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace() && !letter.is_control() && !"<>".contains(*letter))
        .collect();
    (!id.is_empty() && id.len() <= 900).then_some(id)
}

/// The path of Return-Path; an empty string is the null sender (RFC 5321 section 4.5.5).
pub(crate) fn path(value: &[u8]) -> String {
    let line = unfold(value, TEXT_BYTES);
    let inner = match line.split_once('<') {
        Some((_, rest)) => rest.split('>').next().unwrap_or_default(),
        None => line.as_str(),
    };
    one_line(inner)
}

/// One line of Unicode: folds removed (RFC 5322 section 2.2.3). Raw bytes are UTF-8 (RFC 6532) or guessed.
pub(crate) fn unfold(value: &[u8], most: usize) -> String {
    let text = decode(&value[..value.len().min(most)], "").text;
    let mut line = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\0' | '\r' => {}
            '\n' if matches!(letters.peek(), Some(' ' | '\t')) => {}
            '\n' => line.push(' '),
            letter => line.push(letter),
        }
    }
    line
}

/// Control characters become spaces, spaces at the ends go.
pub(crate) fn one_line(text: &str) -> String {
    let clean: String = text
        .chars()
        .filter(|letter| *letter != '\0')
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    clean.trim().to_owned()
}
