//! Small rules for text that comes from outside.

/// Removes U+0000, which PostgreSQL can't store.
pub fn without_nul(text: &str) -> String {
    text.replace('\0', "")
}

/// The form in which names and addresses are compared: case is folded by Unicode, blanks at the
/// ends are gone.
pub fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}

/// At most `max` characters, cut between characters.
pub fn cut(text: &str, max: usize) -> &str {
    match text.char_indices().nth(max) {
        Some((at, _)) => &text[..at],
        None => text,
    }
}

/// Up to two letters that stand for a name where there is no picture.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|w| w.chars().next());
    let first = words.next();
    first.into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_between_characters() {
        assert_eq!(cut("größer", 3), "grö");
        assert_eq!(cut("ab", 3), "ab");
    }

    #[test]
    fn initials_take_the_first_and_the_last_word() {
        assert_eq!(initials("ann maria becker"), "AB");
        assert_eq!(initials("  "), "");
    }
}
