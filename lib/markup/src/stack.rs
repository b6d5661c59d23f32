//! Follows which elements are open as the HTML parser will see them, so that nesting can be bounded before it runs.
//!
//! The parser ignores closing tags that are out of scope, ends paragraphs and items by itself, and opens formatting
//! again in every block (HTML standard, sections 13.2.4.2 and 13.2.6.4). A plain count of tags could be led astray by each of
//! these. Where this follower is not exact it counts too much, never too little.

use crate::schema::Kind;

/// An open element that is no formatting.
struct Open {
    name: &'static str,
    kind: Kind,
}

/// Formatting that the parser will open again.
struct Active {
    name: &'static str,
    weight: usize,
    /// Elements that were open below it.
    below: usize,
    /// Table cells that were open below it.
    cells: usize,
}

/// The elements open at one place.
#[derive(Default)]
pub(crate) struct Stack {
    open: Vec<Open>,
    active: Vec<Active>,
    cells: usize,
}

/// Names for which the adoption agency may run out of rounds and leave formatting open.
const ROUNDS: usize = 6;

impl Stack {
    pub fn depth(&self) -> usize {
        self.open.len() + self.active.len()
    }

    pub fn formats(&self) -> usize {
        self.active.len()
    }

    /// What it costs when the parser opens all active formatting once more.
    pub fn weight(&self) -> usize {
        self.active.iter().map(|active| active.weight).sum()
    }

    /// Takes note of an opening tag. Says false when the parser would ignore it.
    pub fn opened(&mut self, name: &'static str, kind: Kind, weight: usize) -> bool {
        match kind {
            Kind::Void => {
                if name == "hr" {
                    self.end_paragraph();
                }
                return true;
            }
            Kind::Format => {
                self.begin_format(name, weight);
                return true;
            }
            Kind::Row | Kind::Cell => {
                let Some(table) = self.last(|open| open.kind == Kind::Table) else {
                    return false;
                };
                self.cut(table + 1);
                if kind == Kind::Row {
                    return true;
                }
                self.cells += 1;
            }
            Kind::Table => self.end_bare_table(),
            Kind::Block => self.end_paragraph(),
            Kind::Item => {
                self.end_item(name);
                self.end_paragraph();
            }
            Kind::Plain => {}
        }
        self.open.push(Open { name, kind });
        true
    }

    /// Takes note of a closing tag. Says false when the parser would ignore it.
    pub fn closed(&mut self, name: &'static str, kind: Kind) -> bool {
        let found = match kind {
            Kind::Format => return self.end_format(name),
            // Rows end with the next row or the table.
            Kind::Void | Kind::Row => None,
            Kind::Table => self.last(|open| open.kind == Kind::Table),
            Kind::Cell => self.scoped(|open| open.kind == Kind::Table, |open| open.name == name),
            Kind::Block if is_heading(name) => self.scoped(is_barrier, |open| is_heading(open.name)),
            Kind::Block => self.scoped(is_barrier, |open| open.name == name),
            Kind::Item => self.scoped(
                |open| is_barrier(open) || name == "li" && matches!(open.name, "ul" | "ol"),
                |open| open.name == name,
            ),
            Kind::Plain => self.scoped(|open| open.kind != Kind::Plain, |open| open.name == name),
        };
        if let Some(at) = found {
            self.cut(at);
        }
        found.is_some()
    }

    fn last(&self, is: impl Fn(&Open) -> bool) -> Option<usize> {
        self.open.iter().rposition(is)
    }

    /// The innermost match that no barrier covers.
    fn scoped(&self, barrier: impl Fn(&Open) -> bool, is: impl Fn(&Open) -> bool) -> Option<usize> {
        let at = self.last(|open| is(open) || barrier(open))?;
        is(&self.open[at]).then_some(at)
    }

    fn cut(&mut self, length: usize) {
        let cells = self.open.drain(length..).filter(|open| open.kind == Kind::Cell).count();
        if cells > 0 {
            // The end of a cell forgets the formatting inside it, and nothing else does.
            self.cells -= cells;
            let left = self.cells;
            self.active.retain(|active| active.cells <= left);
        }
    }

    fn end_paragraph(&mut self) {
        if let Some(at) = self.scoped(is_barrier, |open| open.name == "p") {
            self.cut(at);
        }
    }

    fn end_item(&mut self, name: &str) {
        let alike = |open: &Open| match name {
            "li" => open.name == "li",
            _ => matches!(open.name, "dd" | "dt"),
        };
        let barrier = |open: &Open| open.kind != Kind::Plain && !matches!(open.name, "address" | "div" | "p");
        if let Some(at) = self.scoped(barrier, alike) {
            self.cut(at);
        }
    }

    /// A table directly inside a table ends the outer one.
    fn end_bare_table(&mut self) {
        let innermost = self.last(|open| matches!(open.kind, Kind::Table | Kind::Cell));
        if let Some(at) = innermost.filter(|&at| self.open[at].kind == Kind::Table) {
            self.cut(at);
        }
    }

    fn begin_format(&mut self, name: &'static str, weight: usize) {
        let cells = self.cells;
        if name == "a" {
            // A link inside a link ends the outer one.
            self.active.retain(|active| active.name != "a" || active.cells != cells);
        }
        self.active.push(Active { name, weight, below: self.open.len(), cells });
    }

    fn end_format(&mut self, name: &str) -> bool {
        let cells = self.cells;
        let Some(at) = self.active.iter().rposition(|active| active.name == name && active.cells == cells)
        else {
            return false;
        };
        let above = self.open.get(self.active[at].below..).unwrap_or_default();
        let blocks = above.iter().filter(|open| open.kind != Kind::Plain).count();
        if blocks <= ROUNDS && above.iter().all(|open| open.kind != Kind::Table) {
            self.active.remove(at);
        }
        true
    }
}

fn is_barrier(open: &Open) -> bool {
    matches!(open.kind, Kind::Table | Kind::Cell)
}

fn is_heading(name: &str) -> bool {
    matches!(name.as_bytes(), [b'h', b'1'..=b'6'])
}
