//! Writes HTML anew with only the elements that are kept and with bounded nesting, for the parser behind it.

use std::collections::HashMap;

use crate::{
    attribute,
    pixel::is_tracking,
    scan::{Piece, Scan},
    schema::{Kind, Schema, is_dropped},
    stack::Stack,
    veil::veil,
};

/// Bytes of HTML that are read; the rest is cut.
pub const HTML_BYTES: usize = 5 * 1024 * 1024;
/// How deep elements may nest; tags beyond are left out, their text stays.
pub const DEPTH: usize = 200;
/// Formatting that may be open at once.
const FORMATS: usize = 60;
/// What the parser may spend on opening formatting again, in bytes; then only text is kept.
const BUDGET: usize = 32 * 1024 * 1024;
/// What an element costs the parser, without its attributes.
const ELEMENT: usize = 200;

/// The HTML with the elements of the schema, calm enough for any parser. Its text is veiled.
pub(crate) fn calm(html: &str, schema: &Schema) -> String {
    let mut end = html.len().min(HTML_BYTES);
    while !html.is_char_boundary(end) {
        end -= 1;
    }
    let mut writer = Writer {
        schema,
        out: String::with_capacity(end),
        stack: Stack::default(),
        budget: BUDGET,
        skipped: HashMap::new(),
        dropping: None,
    };
    for piece in Scan::new(&html[..end]) {
        match piece {
            Piece::Text(text) => writer.text(text),
            Piece::Open(name, attributes) => writer.open(&name.to_ascii_lowercase(), &attributes),
            Piece::Close(name) => writer.close(&name.to_ascii_lowercase()),
        }
    }
    writer.out
}

struct Writer<'s> {
    schema: &'s Schema,
    out: String,
    stack: Stack,
    budget: usize,
    /// Opening tags that were left out, whose closing tags must be left out too.
    skipped: HashMap<&'static str, usize>,
    /// The element that goes with its content, and how often it nests in itself.
    dropping: Option<(String, usize)>,
}

impl Writer<'_> {
    fn text(&mut self, text: &str) {
        if self.dropping.is_some() {
            return;
        }
        if !text.trim().is_empty() {
            self.spend();
        }
        veil(text, &mut self.out);
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        if let Some((dropped, depth)) = &mut self.dropping {
            *depth += usize::from(dropped == name);
            return;
        }
        if is_dropped(name) {
            self.dropping = Some((name.to_owned(), 1));
            return;
        }
        let Some((name, kind)) = (self.schema.element)(name) else {
            self.separate(name);
            return;
        };
        if name == "img" && !self.schema.own && is_tracking(attributes) {
            return;
        }
        let full = self.stack.depth() >= DEPTH || kind == Kind::Format && self.stack.formats() >= FORMATS;
        if kind != Kind::Void && full || self.budget == 0 {
            *self.skipped.entry(name).or_default() += usize::from(kind != Kind::Void);
            return;
        }
        let written = attribute::write(name, attributes, self.schema);
        if self.stack.opened(name, kind, ELEMENT + written.len()) {
            self.spend();
            self.out.push('<');
            self.out.push_str(name);
            self.out.push_str(&written);
            self.out.push('>');
        }
    }

    fn close(&mut self, name: &str) {
        if let Some((dropped, depth)) = &mut self.dropping {
            *depth -= usize::from(dropped == name);
            if *depth == 0 {
                self.dropping = None;
            }
            return;
        }
        let Some((name, kind)) = (self.schema.element)(name) else {
            self.separate(name);
            return;
        };
        if let Some(count) = self.skipped.get_mut(name).filter(|count| **count > 0) {
            *count -= 1;
            return;
        }
        if self.stack.closed(name, kind) && self.budget > 0 {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
    }

    /// Words on both sides of a block that is left out must not grow together.
    fn separate(&mut self, name: &str) {
        if self.schema.own
            && matches!(name, "tr" | "td" | "th" | "table" | "section" | "article" | "header" | "dt" | "dd")
        {
            self.out.push(' ');
        }
    }

    fn spend(&mut self) {
        self.budget = self.budget.saturating_sub(self.stack.weight());
    }
}
