//! Cuts HTML into tags and text in one pass, with a bound on what a tag may hold.
//!
//! The tokenizer of html5ever compares every attribute of a tag with all before it, which a mail of a million attributes
//! turns into hours. This one is coarser, but what it yields is written anew and parsed properly afterwards.

/// Attributes kept of one tag; further ones are skipped.
pub const ATTRIBUTES: usize = 24;

/// A piece of HTML.
#[derive(Debug, PartialEq)]
pub(crate) enum Piece<'h> {
    /// Text with its character references as they stand.
    Text(&'h str),
    /// An opening tag; values with their character references as they stand.
    Open(&'h str, Vec<(&'h str, &'h str)>),
    /// A closing tag.
    Close(&'h str),
}

/// Elements whose content is not markup (HTML standard, section 13.2.5).
const RAW: [&str; 9] =
    ["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "plaintext"];

/// Walks over the pieces of some HTML. Comments, declarations and the content of raw elements are left out.
pub(crate) struct Scan<'h> {
    html: &'h str,
    at: usize,
}

impl<'h> Scan<'h> {
    pub fn new(html: &'h str) -> Self {
        Self { html, at: 0 }
    }

    fn rest(&self) -> &'h [u8] {
        &self.html.as_bytes()[self.at..]
    }

    /// Moves behind the next place of `what`, or to the end.
    fn skip_behind(&mut self, what: &str) {
        self.at = self.html[self.at..].find(what).map_or(self.html.len(), |at| self.at + at + what.len());
    }

    fn comment(&mut self) {
        self.at += "<!--".len();
        if self.rest().starts_with(b">") || self.rest().starts_with(b"->") {
            self.skip_behind(">");
        } else {
            self.skip_behind("-->");
        }
    }

    /// Reads a tag whose name begins at `from`; `None` when the text ends inside it.
    fn tag(&mut self, from: usize) -> Option<(&'h str, Vec<(&'h str, &'h str)>)> {
        self.at = from;
        let name = self.take_while(|byte| !byte.is_ascii_whitespace() && byte != b'/' && byte != b'>');
        let mut attributes = Vec::new();
        loop {
            self.take_while(|byte| byte.is_ascii_whitespace() || byte == b'/');
            match self.rest().first()? {
                b'>' => {
                    self.at += 1;
                    return Some((name, attributes));
                }
                _ => {
                    let attribute = self.attribute()?;
                    if attributes.len() < ATTRIBUTES {
                        attributes.push(attribute);
                    }
                }
            }
        }
    }

    fn attribute(&mut self) -> Option<(&'h str, &'h str)> {
        let start = self.at;
        // An equals sign at the start of a name belongs to the name.
        self.at += 1;
        self.realign();
        self.take_while(|byte| !byte.is_ascii_whitespace() && !b"/>=".contains(&byte));
        let name = &self.html[start..self.at];
        self.take_while(|byte| byte.is_ascii_whitespace());
        if self.rest().first() != Some(&b'=') {
            return Some((name, ""));
        }
        self.at += 1;
        self.take_while(|byte| byte.is_ascii_whitespace());
        let value = match self.rest().first()? {
            quote @ (b'"' | b'\'') => {
                self.at += 1;
                let value = self.take_while(|byte| byte != *quote);
                self.rest().first()?;
                self.at += 1;
                value
            }
            _ => self.take_while(|byte| !byte.is_ascii_whitespace() && byte != b'>'),
        };
        Some((name, value))
    }

    /// Moves on to the next beginning of a character.
    fn realign(&mut self) {
        while !self.html.is_char_boundary(self.at) {
            self.at += 1;
        }
    }

    /// Every byte that ends a run is ASCII, so runs end between characters.
    fn take_while(&mut self, keep: impl Fn(u8) -> bool) -> &'h str {
        let start = self.at;
        let rest = self.rest();
        self.at += rest.iter().position(|&byte| !keep(byte)).unwrap_or(rest.len());
        &self.html[start..self.at]
    }

    /// Moves to the closing tag of a raw element, or to the end.
    fn skip_raw(&mut self, name: &str) {
        while let Some(at) = self.html[self.at..].find("</") {
            self.at += at;
            let rest = &self.rest()[2..];
            let same = rest.get(..name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()));
            if same
                && rest.get(name.len()).is_none_or(|byte| byte.is_ascii_whitespace() || b"/>".contains(byte))
            {
                return;
            }
            self.at += 2;
        }
        self.at = self.html.len();
    }

    fn open(&mut self) -> Option<Piece<'h>> {
        let (name, attributes) = self.tag(self.at + 1)?;
        if RAW.iter().any(|raw| raw.eq_ignore_ascii_case(name)) {
            self.skip_raw(name);
        }
        Some(Piece::Open(name, attributes))
    }
}

impl<'h> Iterator for Scan<'h> {
    type Item = Piece<'h>;

    fn next(&mut self) -> Option<Piece<'h>> {
        loop {
            match self.rest() {
                [] => return None,
                [b'<', b'!', b'-', b'-', ..] => self.comment(),
                [b'<', b'!' | b'?', ..] => self.skip_behind(">"),
                [b'<', b'/', letter, ..] if letter.is_ascii_alphabetic() => {
                    let (name, _) = self.tag(self.at + 2)?;
                    return Some(Piece::Close(name));
                }
                [b'<', b'/', ..] => self.skip_behind(">"),
                [b'<', letter, ..] if letter.is_ascii_alphabetic() => return self.open(),
                [_, rest @ ..] => {
                    let end = rest.iter().position(|&byte| byte == b'<').unwrap_or(rest.len());
                    let text = &self.html[self.at..=self.at + end];
                    self.at += end + 1;
                    return Some(Piece::Text(text));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, Scan};

    fn check(html: &str, expect: &[Piece<'_>]) {
        assert_eq!(Scan::new(html).collect::<Vec<_>>(), expect, "for {html:?}");
    }

    #[test]
    fn tags_and_text_are_told_apart() {
        use Piece::{Close, Open, Text};
        check("a<b>c</b >d", &[Text("a"), Open("b", vec![]), Text("c"), Close("b"), Text("d")]);
        check("1 < 2 <", &[Text("1 "), Text("< 2 "), Text("<")]);
        check(
            "<a href=x title='>' ü=\"1\" b/>",
            &[Open("a", vec![("href", "x"), ("title", ">"), ("ü", "1"), ("b", "")])],
        );
        check("a<!-- <b> -->b<!DOCTYPE x><?p?></ >c", &[Text("a"), Text("b"), Text("c")]);
        check("<!-->a<!--->b<!-- c", &[Text("a"), Text("b")]);
        check("<style>p > <b></style>x", &[Open("style", vec![]), Close("style"), Text("x")]);
        check("<a title=\"never ends", &[]);
        check("<img src=a/b.png>", &[Open("img", vec![("src", "a/b.png")])]);
    }
}
