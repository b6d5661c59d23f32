//! Reads lists of addresses (RFC 5322 section 3.4) in the forms in which mail programs really write them.

use crate::mail::Address;
use crate::value::{one_line, unfold};
use crate::words::{decode_words, word_length};

/// Addresses, groups flattened: at most `most` of them, and how many were left out.
pub(crate) fn addresses(value: &[u8], most: usize) -> (Vec<Address>, usize) {
    let line = unfold(value, usize::MAX);
    let mut list = List { most, ..List::default() };
    let mut rest = line.as_str();
    while let Some(letter) = rest.chars().next() {
        let taken = list.take(letter, rest);
        rest = &rest[taken..];
    }
    list.flush();
    (list.kept, list.left_out)
}

/// A list as it is read, with the mailbox that stands open.
#[derive(Default)]
struct List {
    most: usize,
    kept: Vec<Address>,
    left_out: usize,
    /// Words before the angle bracket; the name, or the address itself when no bracket follows.
    words: Vec<String>,
    word: String,
    quoted: Option<String>,
    angle: Option<String>,
    comment: String,
    /// The rest of the field closes no quote, or no comment: they stand for themselves from here.
    no_quotes: bool,
    no_comments: bool,
}

impl List {
    /// Takes what begins here and says how many bytes it was.
    fn take(&mut self, letter: char, rest: &str) -> usize {
        let length = match letter {
            '"' if !self.no_quotes => self.quote(&rest[1..]),
            '(' if !self.no_comments => self.comment(&rest[1..]),
            '<' => return 1 + self.angle(&rest[1..]),
            '=' if self.word.is_empty() => {
                word_length(rest).inspect(|length| self.word.push_str(&rest[..*length]))
            }
            _ => None,
        };
        if let Some(length) = length {
            return length;
        }
        match letter {
            ',' | ';' => self.flush(),
            ':' if self.angle.is_none() => self.colon(),
            '"' | '(' | ')' | '>' => {}
            letter if letter.is_whitespace() || letter.is_control() => self.end_word(),
            letter => self.word.push(letter),
        }
        letter.len_utf8()
    }

    /// A quoted string; part of an address when an @ follows it, else part of a name.
    fn quote(&mut self, text: &str) -> Option<usize> {
        let mut inside = String::new();
        let mut letters = text.char_indices();
        while let Some((at, letter)) = letters.next() {
            match letter {
                '"' => {
                    if text[at + 1..].starts_with('@') {
                        self.word.push_str(&format!("\"{inside}\""));
                    } else {
                        self.end_word();
                        self.quoted = Some(inside.clone());
                        self.words.push(inside);
                    }
                    return Some(at + 2);
                }
                '\\' => inside.extend(letters.next().map(|(_, letter)| letter)),
                _ => inside.push(letter),
            }
        }
        self.no_quotes = true;
        None
    }

    /// A comment, which old programs use for the name.
    fn comment(&mut self, text: &str) -> Option<usize> {
        let mut depth = 1;
        let mut letters = text.char_indices();
        while let Some((at, letter)) = letters.next() {
            match letter {
                '\\' => drop(letters.next()),
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                self.end_word();
                self.comment = text[..at].replace('\\', "");
                return Some(at + 2);
            }
        }
        self.no_comments = true;
        None
    }

    /// What stands in angle brackets; a second opening bracket begins anew, the closing one may be missing.
    fn angle(&mut self, text: &str) -> usize {
        self.end_word();
        let end = text.find(['<', '>', ';', '"']).unwrap_or(text.len());
        let (inside, after) = text.split_at(end);
        if after.starts_with('"') && !inside.contains('@') {
            // A quoted local part: to the bracket behind it.
            let end = text.find(['<', '>', ';']).unwrap_or(text.len());
            self.angle = Some(text[..end].to_owned());
            return end + usize::from(text[end..].starts_with('>'));
        }
        // Without its bracket it ends at the next comma, unless that one is part of a route.
        let comma = inside.find(',').filter(|_| !after.starts_with('>'));
        let inside = comma.map_or(inside, |comma| &inside[..comma]);
        if !inside.trim().is_empty() || self.angle.is_none() {
            self.angle = Some(inside.to_owned());
        }
        inside.len() + usize::from(comma.is_none() && after.starts_with('>'))
    }

    /// `Team: a@x, b@x;` is a group; `mailto:a@x` is an address.
    fn colon(&mut self) {
        if self.word.contains('@') || self.word.contains('[') {
            self.word.push(':');
            return;
        }
        self.word.clear();
        self.words.clear();
        self.quoted = None;
    }

    fn end_word(&mut self) {
        if !self.word.is_empty() {
            self.words.push(std::mem::take(&mut self.word));
        }
    }

    fn flush(&mut self) {
        self.end_word();
        let words = std::mem::take(&mut self.words);
        let comment = std::mem::take(&mut self.comment);
        let quoted = self.quoted.take();
        match self.angle.take() {
            Some(inside) => {
                let name = if words.is_empty() { comment } else { words.join(" ") };
                self.push(&name, &inside);
            }
            None if words.len() == 1 && quoted.is_some() => self.push(&words[0], ""),
            None => self.loose(&glued(words), &comment),
        }
    }

    /// Words without brackets: each that holds an @ is an address, the others are its name.
    fn loose(&mut self, words: &[String], comment: &str) {
        let is_address = |word: &&String| word.contains('@');
        if words.iter().filter(is_address).count() == 0 {
            let name = if words.is_empty() { comment.to_owned() } else { words.join(" ") };
            return self.push(&name, "");
        }
        let name: Vec<&str> = words.iter().filter(|word| !is_address(word)).map(String::as_str).collect();
        let name = if name.is_empty() { comment.to_owned() } else { name.join(" ") };
        for word in words.iter().filter(is_address) {
            self.push(&name, word);
        }
    }

    fn push(&mut self, name: &str, email: &str) {
        let name = one_line(&decode_words(name));
        // Outlook puts addresses that serve as names into quotes of its own.
        let bare = name.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
        let name = bare.filter(|bare| bare.contains('@')).unwrap_or(&name).trim();
        let mut email = clean(email);
        // "From: a@b" written inside quotes is an address all the same, unless the name merely contains one.
        if !email.contains('@') && name.contains('@') && !name.contains(' ') {
            email = clean(name);
        }
        if name.is_empty() && email.is_empty() {
            return;
        }
        if self.kept.len() >= self.most {
            self.left_out += 1;
            return;
        }
        let name = Some(name.to_owned()).filter(|name| !name.is_empty() && *name != email);
        self.kept.push(Address { name, email });
    }
}

/// White space around dots and @ is no boundary (the obsolete forms of RFC 5322 section 4.4).
fn glued(words: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in words {
        match out.last_mut() {
            Some(last)
                if word.starts_with('@')
                    || last.ends_with('@')
                    || last.contains('@') && (word.starts_with('.') || last.ends_with('.')) =>
            {
                last.push_str(&word);
            }
            _ => out.push(word),
        }
    }
    out
}

/// An address without its route (RFC 5322 section 4.4), white space and what else was put around it.
fn clean(email: &str) -> String {
    let email: String = email.chars().filter(|each| !each.is_whitespace() && !each.is_control()).collect();
    let route = email.starts_with('@');
    let email = if route { email.split_once(':').map_or("", |(_, rest)| rest) } else { &email };
    let email = email.trim_start_matches("mailto:").trim_start_matches("MAILTO:");
    let email = email.trim_matches(['\'', ',', '<', '>', '[', ']', ';']).trim_end_matches('.');
    // RFC 5321 section 4.5.3.1: 64 for the local part, 255 for the domain, and the @ between them.
    if email.len() <= 320 { email.to_owned() } else { String::new() }
}
