//! Hides the characters of text over which the HTML writer stumbles, and brings them back.
//!
//! html5ever 0.40 looks through the whole rest of a text for `<` and `>` again at every `&` and at every character from
//! U+0080 to U+00BF, which makes a text of two megabytes take hours. Behind the veil they are private characters, which it
//! copies. Only text is veiled: there a character reference never opens a tag, so it can stay as it is.

/// Stands for `&`.
const AMPERSAND: char = '\u{f7ff}';
/// The first of those that stand for U+0080 to U+00BF.
const FIRST: u32 = 0xf780;

/// Appends text with its character references as they stand, veiled; `<` becomes a reference, NUL goes.
pub(crate) fn veil(text: &str, out: &mut String) {
    for (at, letter) in text.char_indices() {
        match letter {
            '\0' => {}
            '<' => out.extend([AMPERSAND, 'l', 't', ';']),
            '&' => {
                out.push(AMPERSAND);
                if !text[at + 1..].starts_with(|next: char| next.is_ascii_alphanumeric() || next == '#') {
                    out.push_str("amp;");
                }
            }
            '\u{80}'..='\u{bf}' => out.extend(char::from_u32(FIRST + u32::from(letter) - 0x80)),
            '\u{f780}'..='\u{f7bf}' | AMPERSAND => out.push(char::REPLACEMENT_CHARACTER),
            letter => out.push(letter),
        }
    }
}

/// Brings the veiled characters back.
pub(crate) fn unveil(html: &str) -> String {
    html.chars()
        .map(|letter| match letter {
            AMPERSAND => '&',
            '\u{f780}'..='\u{f7bf}' => char::from_u32(u32::from(letter) - FIRST + 0x80).unwrap_or(letter),
            letter => letter,
        })
        .collect()
}
