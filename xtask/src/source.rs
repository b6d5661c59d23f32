//! One file of Rust, read without a compiler: code apart from comments and texts, tests apart from the rest.

use std::ops::RangeInclusive;

/// A text between quotes, with the line on which it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Literal {
    pub line: usize,
    pub text: String,
}

/// A source file, taken apart.
#[derive(Debug, Clone)]
pub struct Source {
    /// The file as it is.
    pub text: String,
    /// The same lines with comments and the insides of texts blanked out.
    pub code: String,
    /// All texts between quotes.
    pub literals: Vec<Literal>,
    tests: Vec<RangeInclusive<usize>>,
}

impl Source {
    /// Takes a file apart.
    pub fn read(text: &str) -> Source {
        let mut scanner = Scanner::new(text);
        scanner.run();
        let tests = test_ranges(&scanner.code);
        Source { text: text.to_owned(), code: scanner.code, literals: scanner.literals, tests }
    }

    /// Does this line belong to an item under `#[cfg(test)]`?
    pub fn is_test_line(&self, line: usize) -> bool {
        self.tests.iter().any(|range| range.contains(&line))
    }

    /// The modules that are declared under `#[cfg(test)]` and live in files of their own.
    pub fn test_modules(&self) -> Vec<String> {
        let mut names = Vec::new();
        for (index, line) in self.code.lines().enumerate() {
            let words: Vec<&str> = line.split_whitespace().collect();
            if let Some(at) = words.iter().position(|word| *word == "mod")
                && let Some(name) = words.get(at + 1).and_then(|name| name.strip_suffix(';'))
                && self.is_test_line(index + 1)
            {
                names.push(name.to_owned());
            }
        }
        names
    }
}

struct Scanner {
    letters: Vec<char>,
    at: usize,
    line: usize,
    code: String,
    literals: Vec<Literal>,
}

impl Scanner {
    fn new(text: &str) -> Scanner {
        let letters: Vec<char> = text.chars().collect();
        let code = String::with_capacity(text.len());
        Scanner { letters, at: 0, line: 1, code, literals: Vec::new() }
    }

    fn run(&mut self) {
        while let Some(letter) = self.peek(0) {
            match letter {
                '/' if self.peek(1) == Some('/') => self.line_comment(),
                '/' if self.peek(1) == Some('*') => self.block_comment(),
                '"' => self.quoted(),
                '\'' => self.tick(),
                'r' if self.raw_hashes().is_some() && !self.inside_word() => self.raw(),
                _ => self.keep(),
            }
        }
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.letters.get(self.at + ahead).copied()
    }

    fn keep(&mut self) {
        if let Some(letter) = self.peek(0) {
            self.line += usize::from(letter == '\n');
            self.code.push(letter);
            self.at += 1;
        }
    }

    /// Line breaks stay, so that line numbers do.
    fn blank(&mut self) {
        if let Some(letter) = self.peek(0) {
            self.line += usize::from(letter == '\n');
            self.code.push(if letter == '\n' { '\n' } else { ' ' });
            self.at += 1;
        }
    }

    fn line_comment(&mut self) {
        while self.peek(0).is_some_and(|letter| letter != '\n') {
            self.blank();
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0;
        while self.at < self.letters.len() {
            match (self.peek(0), self.peek(1)) {
                (Some('/'), Some('*')) => {
                    depth += 1;
                    self.blank();
                }
                (Some('*'), Some('/')) => {
                    depth -= 1;
                    self.blank();
                }
                _ => {}
            }
            self.blank();
            if depth == 0 {
                return;
            }
        }
    }

    fn quoted(&mut self) {
        let line = self.line;
        let mut text = String::new();
        self.keep();
        while let Some(letter) = self.peek(0) {
            if letter == '"' {
                self.keep();
                break;
            }
            if letter == '\\' {
                text.push(letter);
                self.blank();
            }
            text.extend(self.peek(0));
            self.blank();
        }
        self.literals.push(Literal { line, text });
    }

    /// `r"…"` or `r#"…"#`: how many hashes, when one begins here.
    fn raw_hashes(&self) -> Option<usize> {
        let hashes = (1..).take_while(|ahead| self.peek(*ahead) == Some('#')).count();
        (self.peek(hashes + 1) == Some('"')).then_some(hashes)
    }

    fn inside_word(&self) -> bool {
        // `br"…"` is a raw text as well; any other letter before the `r` makes it the end of a name.
        let before = self.at.checked_sub(1).and_then(|at| self.letters.get(at)).copied();
        before.is_some_and(|letter| {
            (letter.is_alphanumeric() || letter == '_') && letter != 'b' && letter != 'c'
        })
    }

    fn raw(&mut self) {
        let line = self.line;
        let hashes = self.raw_hashes().unwrap_or(0);
        for _ in 0..hashes + 2 {
            self.keep();
        }
        let mut text = String::new();
        while let Some(letter) = self.peek(0) {
            let closes = letter == '"' && (1..=hashes).all(|ahead| self.peek(ahead) == Some('#'));
            if closes {
                for _ in 0..=hashes {
                    self.keep();
                }
                break;
            }
            text.push(letter);
            self.blank();
        }
        self.literals.push(Literal { line, text });
    }

    /// A tick opens either a letter (`'a'`, `'\n'`) or a lifetime (`'a`).
    fn tick(&mut self) {
        self.keep();
        if self.peek(0) == Some('\\') {
            self.blank();
            self.blank();
            while self.peek(0).is_some_and(|letter| letter != '\'') {
                self.blank();
            }
            self.keep();
        } else if self.peek(1) == Some('\'') {
            self.blank();
            self.keep();
        }
    }
}

/// The lines of every item under `#[cfg(test)]`.
fn test_ranges(code: &str) -> Vec<RangeInclusive<usize>> {
    let mut ranges = Vec::new();
    for mark in ["#[cfg(test)]", "#[cfg(all(test"] {
        for (at, _) in code.match_indices(mark) {
            let begin = line_of(code, at);
            ranges.push(begin..=line_of(code, end_of_item(code, at + mark.len())));
        }
    }
    ranges
}

fn line_of(code: &str, at: usize) -> usize {
    code[..at].matches('\n').count() + 1
}

/// Where the item ends that begins here: at its `;`, or at the brace that closes its first one.
fn end_of_item(code: &str, from: usize) -> usize {
    let mut depth = 0;
    for (offset, letter) in code[from..].char_indices() {
        match letter {
            ';' if depth == 0 => return from + offset,
            '{' => depth += 1,
            '}' => {
                depth -= 1;
                if depth <= 0 {
                    return from + offset;
                }
            }
            _ => {}
        }
    }
    code.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_texts_are_blanked_and_lines_stay() {
        let source = Source::read("let a = \"x // y\"; // use crate::b\n/* use\n c */ let d = 'e';\n");
        assert_eq!(source.code.lines().count(), 3);
        assert!(!source.code.contains("use"));
        assert!(source.code.contains("let d = ' ';"));
        assert_eq!(source.literals, [Literal { line: 1, text: "x // y".to_owned() }]);
    }

    #[test]
    fn raw_texts_escapes_and_lifetimes_do_not_confuse() {
        let source =
            Source::read("fn f<'a>(x: &'a str) { g(r#\"SELECT \"q\"\"#, \"a\\\"b\", '\\'', b\"c\") }\n");
        let texts: Vec<&str> = source.literals.iter().map(|literal| literal.text.as_str()).collect();
        assert_eq!(texts, ["SELECT \"q\"", "a\\\"b", "c"]);
        assert!(source.code.contains("fn f<'a>(x: &'a str)"));
    }

    #[test]
    fn lines_under_cfg_test_are_known() {
        let text = "fn a() {}\n#[cfg(test)]\nmod cases;\n#[cfg(test)]\nmod tests {\n    fn b() { {} }\n}\nfn c() {}\n";
        let source = Source::read(text);
        let lines: Vec<usize> = (1..=8).filter(|line| source.is_test_line(*line)).collect();
        assert_eq!(lines, [2, 3, 4, 5, 6, 7]);
        assert_eq!(source.test_modules(), ["cases"]);
    }
}
