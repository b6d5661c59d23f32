//! Turns HTML into the text that a person would read aloud.

use std::cell::RefCell;

use html5ever::{
    Attribute,
    buffer_queue::BufferQueue,
    tendril::StrTendril,
    tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts},
};

use crate::{calm::calm, schema::MAIL, veil::unveil};

/// Deepest quote that is marked; more `>` say nothing more.
const QUOTES: usize = 12;

/// HTML as text: paragraphs as empty lines, items with a dash or number, quotes with `>`, links with their target.
#[must_use]
pub fn html_to_text(html: &str) -> String {
    let calm = unveil(&calm(html, &MAIL));
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(calm.as_str()));
    let tokenizer = Tokenizer::new(Sink(RefCell::default()), TokenizerOpts::default());
    // It never stops early: the sink answers only "go on".
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner().finish()
}

struct Sink(RefCell<Page>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut page = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => page.text(&text),
            Token::TagToken(tag) => page.tag(&tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// The text so far and what it is inside of.
#[derive(Default)]
struct Page {
    out: String,
    /// Line breaks to be written before the next word.
    breaks: usize,
    /// White space to be written before the next word.
    space: bool,
    quotes: usize,
    verbatim: usize,
    /// Next number of each open list; 0 for lists with dashes.
    lists: Vec<usize>,
    /// Where the open paragraph began, when it stands without a gap.
    tight: Option<usize>,
    /// The target of the open link and where its words begin.
    link: Option<(String, usize)>,
}

impl Page {
    fn text(&mut self, text: &str) {
        if self.verbatim > 0 {
            for (count, line) in text.split('\n').enumerate() {
                if count > 0 {
                    self.break_line(1, true);
                }
                self.word(line);
            }
            return;
        }
        for (count, word) in text.split(|letter: char| letter.is_ascii_whitespace()).enumerate() {
            self.space |= count > 0;
            self.word(word);
        }
    }

    /// Writes a word behind the breaks and the space that are due.
    fn word(&mut self, word: &str) {
        // Invisible filling of newsletters: soft hyphens, joiners, combining marks without a letter.
        let word = word.trim_matches(['\u{34f}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{ad}', '\u{feff}']);
        if word.trim_matches('\u{a0}').is_empty() {
            self.space |= !word.is_empty();
            return;
        }
        if self.breaks > 0 || self.out.is_empty() {
            if !self.out.is_empty() {
                for _ in 0..self.breaks {
                    self.out.push('\n');
                }
            }
            self.out.push_str(&"> ".repeat(self.quotes.min(QUOTES)));
        } else if self.space {
            self.out.push(' ');
        }
        (self.breaks, self.space) = (0, false);
        self.out.push_str(&word.replace('\u{a0}', " "));
    }

    /// Asks for line breaks before the next word: `more` adds to those due, else the larger number counts.
    fn break_line(&mut self, count: usize, more: bool) {
        self.breaks = if more { (self.breaks + count).min(3) } else { self.breaks.max(count) };
        self.space = false;
    }

    fn tag(&mut self, tag: &Tag) {
        let opens = tag.kind == TagKind::StartTag;
        match &*tag.name {
            "br" => self.break_line(1, true),
            "hr" => {
                self.break_line(2, false);
                self.word("---");
                self.break_line(2, false);
            }
            "img" => self.picture(tag),
            "a" => self.link(tag, opens),
            "blockquote" => {
                self.break_line(2, false);
                self.quotes = if opens { self.quotes + 1 } else { self.quotes.saturating_sub(1) };
            }
            "pre" => {
                self.break_line(2, false);
                self.verbatim = if opens { self.verbatim + 1 } else { self.verbatim.saturating_sub(1) };
            }
            "ul" | "ol" => self.list(tag, opens),
            "li" if opens => self.item(),
            "td" | "th" => self.space = true,
            "p" => self.paragraph(tag, opens),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dl" | "table" | "figure" => self.break_line(2, false),
            "div" | "tr" | "li" | "dt" | "dd" | "address" | "article" | "aside" | "center" | "details"
            | "dir" | "figcaption" | "footer" | "header" | "main" | "menu" | "nav" | "section"
            | "summary" => {
                self.break_line(1, false);
            }
            _ => {}
        }
    }

    /// Paragraphs without a margin follow each other like lines; an empty one is a gap.
    fn paragraph(&mut self, tag: &Tag, opens: bool) {
        if let Some(start) = self.tight.take() {
            self.break_line(1, self.out.len() == start);
        } else if !opens {
            self.break_line(2, false);
        }
        if opens {
            let style = attribute(tag, "style").unwrap_or_default();
            let tight = style.split(';').any(|each| each.trim() == "margin: 0");
            self.break_line(if tight { 1 } else { 2 }, false);
            self.tight = tight.then_some(self.out.len());
        }
    }

    fn list(&mut self, tag: &Tag, opens: bool) {
        let outermost = self.lists.len() <= usize::from(!opens);
        self.break_line(if outermost { 2 } else { 1 }, false);
        if opens {
            let start = attribute(tag, "start").and_then(|start| start.parse().ok()).unwrap_or(1);
            self.lists.push(if &*tag.name == "ol" { start } else { 0 });
        } else {
            self.lists.pop();
        }
    }

    fn item(&mut self) {
        self.break_line(1, false);
        let indent = "  ".repeat(self.lists.len().saturating_sub(1).min(QUOTES));
        let mark = match self.lists.last_mut() {
            Some(next) if *next > 0 => {
                *next += 1;
                format!("{indent}{}.", *next - 1)
            }
            _ => format!("{indent}-"),
        };
        self.word(&mark);
        self.space = true;
    }

    fn picture(&mut self, tag: &Tag) {
        if let Some(alt) = attribute(tag, "alt").filter(|alt| !alt.trim().is_empty()) {
            let alt: String = alt.split_whitespace().collect::<Vec<_>>().join(" ");
            self.word(&format!("[{alt}]"));
        }
    }

    /// A link ends with its target, unless its words say the same.
    fn link(&mut self, tag: &Tag, opens: bool) {
        if let Some((target, start)) = self.link.take() {
            let words = self.out.get(start..).unwrap_or_default().trim().to_owned();
            let plain = |text: &str| text.trim_start_matches("mailto:").trim_end_matches('/').to_owned();
            let told = plain(&target).ends_with(&plain(&words)) || plain(&words).contains(&plain(&target));
            if !words.is_empty() && !told {
                // Breaks inside the link come behind its target.
                let breaks = std::mem::take(&mut self.breaks);
                self.space = true;
                self.word(&format!("<{target}>"));
                self.breaks = breaks;
            }
        }
        if opens {
            let target = attribute(tag, "href").filter(|target| target.len() <= 2_000);
            self.link = target.map(|target| (target.to_owned(), self.out.len()));
        }
    }

    fn finish(self) -> String {
        self.out.trim_end().to_owned()
    }
}

fn attribute<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    let found = tag.attrs.iter().find(|each: &&Attribute| &*each.name.local == name);
    found.map(|each| &*each.value)
}
