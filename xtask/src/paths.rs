//! Finds the paths that a source file names: `use` trees, paths inside code, and declared modules.

/// What a path is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `mod name;`
    Declared,
    /// `use a::b;`
    Used,
    /// `a::b()` inside code
    Inline,
}

/// A path and where it stands. A glob ends in `*`; a path that can only mean another crate begins with `::`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub line: usize,
    pub kind: Kind,
    pub segments: Vec<String>,
    /// The name under which the file knows it afterwards.
    pub alias: Option<String>,
}

/// All paths in code whose comments and texts are blanked.
pub fn named_in(code: &str) -> Vec<Named> {
    let mut reader = Reader { tokens: tokens(code), at: 0, found: Vec::new() };
    reader.run();
    reader.found
}

/// The names that a file defines itself, at whatever depth.
pub fn defined_in(code: &str) -> Vec<String> {
    let tokens = tokens(code);
    let words = ["fn", "struct", "enum", "trait", "type", "const", "static", "union", "macro_rules", "mod"];
    let mut names = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        if !words.contains(&token.text) {
            continue;
        }
        let name = tokens[index + 1..].iter().find(|next| next.text != "!");
        names.extend(name.filter(|name| is_word(name.text)).map(|name| name.text.to_owned()));
    }
    names
}

#[derive(Debug, Clone, Copy)]
struct Token<'a> {
    text: &'a str,
    line: usize,
}

fn is_word(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_alphabetic() || letter == '_')
}

fn tokens(code: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    for (index, content) in code.lines().enumerate() {
        let line = index + 1;
        let mut rest = content.trim_start();
        while let Some(first) = rest.chars().next() {
            let length = if first.is_alphanumeric() || first == '_' {
                rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len())
            } else if rest.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            found.push(Token { text: &rest[..length], line });
            rest = rest[length..].trim_start();
        }
    }
    found
}

struct Reader<'a> {
    tokens: Vec<Token<'a>>,
    at: usize,
    found: Vec<Named>,
}

impl<'a> Reader<'a> {
    fn run(&mut self) {
        while let Some(token) = self.peek(0) {
            match token.text {
                "use" => {
                    self.at += 1;
                    let outside = self.text(0) == "::";
                    self.tree(&mut if outside { vec!["::".to_owned()] } else { Vec::new() });
                }
                "mod" if self.text(2) == ";" => {
                    let name = self.text(1).to_owned();
                    self.push(token.line, Kind::Declared, vec![name.clone()], Some(name));
                    self.at += 3;
                }
                text if is_word(text) && self.text(1) == "::" => self.inline(),
                _ => self.at += 1,
            }
        }
    }

    fn peek(&self, ahead: usize) -> Option<Token<'a>> {
        self.tokens.get(self.at + ahead).copied()
    }

    fn text(&self, ahead: usize) -> &'a str {
        self.peek(ahead).map_or("", |token| token.text)
    }

    fn push(&mut self, line: usize, kind: Kind, segments: Vec<String>, alias: Option<String>) {
        self.found.push(Named { line, kind, segments, alias });
    }

    /// One branch of a `use` tree; `prefix` is what stands before the braces around it.
    fn tree(&mut self, prefix: &mut Vec<String>) {
        let depth = prefix.len();
        let line = self.peek(0).map_or(0, |token| token.line);
        loop {
            match self.text(0) {
                "::" => self.at += 1,
                "{" => {
                    self.at += 1;
                    while !matches!(self.text(0), "}" | "") {
                        self.tree(prefix);
                        if self.text(0) == "," {
                            self.at += 1;
                        }
                    }
                    self.at += 1;
                    break;
                }
                "*" => {
                    self.at += 1;
                    let mut segments = prefix.clone();
                    segments.push("*".to_owned());
                    self.push(line, Kind::Used, segments, None);
                    break;
                }
                word if is_word(word) => {
                    self.at += 1;
                    // `a::{self, b}` names `a` itself.
                    if word != "self" || prefix.is_empty() {
                        prefix.push(word.to_owned());
                    }
                    if self.text(0) != "::" {
                        self.leaf(line, prefix);
                        break;
                    }
                }
                _ => break,
            }
        }
        prefix.truncate(depth);
    }

    fn leaf(&mut self, line: usize, prefix: &[String]) {
        let mut alias = prefix.last().cloned();
        if self.text(0) == "as" {
            alias = Some(self.text(1).to_owned());
            self.at += 2;
        }
        self.push(line, Kind::Used, prefix.to_vec(), alias);
    }

    fn inline(&mut self) {
        let line = self.peek(0).map_or(0, |token| token.line);
        let after = self.at.checked_sub(1).map_or("", |at| self.tokens[at].text);
        let mut segments = vec![self.text(0).to_owned()];
        self.at += 1;
        while self.text(0) == "::" && is_word(self.text(1)) {
            segments.push(self.text(1).to_owned());
            self.at += 2;
        }
        if self.text(0) == "::" {
            self.at += 1;
        }
        // `x.y::<T>()` and `<T as A>::b::c` are no paths from a root; `$crate::x` is read where a macro is used.
        if !matches!(after, "." | "::" | "$") && segments.len() > 1 {
            self.push(line, Kind::Inline, segments, None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str) -> Vec<String> {
        named_in(code).iter().map(|named| format!("{}:{}", named.line, named.segments.join("::"))).collect()
    }

    #[test]
    fn a_use_tree_is_spread_out() {
        let code = "use crate::{model::{self, Id}, store::*};\npub use super::a as b;\n";
        assert_eq!(shown(code), ["1:crate::model", "1:crate::model::Id", "1:crate::store::*", "2:super::a"]);
        assert_eq!(named_in(code)[3].alias.as_deref(), Some("b"));
    }

    #[test]
    fn paths_in_code_and_modules_are_found() {
        let code =
            "mod store;\nfn f() { crate::store::find(1); $crate::not(); x.collect::<Vec<base::Id>>() }\n";
        assert_eq!(shown(code), ["1:store", "2:crate::store::find", "2:base::Id"]);
    }

    #[test]
    fn definitions_are_found() {
        assert_eq!(
            defined_in("pub struct A; macro_rules! b { () => {} } pub(crate) fn c() {}"),
            ["A", "b", "c"]
        );
    }
}
