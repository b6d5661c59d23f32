//! Splits a mail into its leaf parts in one pass over its lines, without recursion.

use crate::{
    field::{Fields, line_at, read_fields},
    limits::Limits,
    mail::Problem,
    typed::{Typed, typed},
};

/// How the parts inside a multipart relate (RFC 2046 section 5.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Alternative,
    Related,
    Digest,
    Mixed,
}

/// A multipart around a leaf.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Around {
    pub id: usize,
    pub kind: Kind,
}

/// A part without parts.
pub(crate) struct Leaf<'m> {
    pub fields: Fields<'m>,
    pub typed: Typed,
    pub body: &'m [u8],
    /// The multiparts around it, the outermost first.
    pub around: Vec<Around>,
    /// A multipart that was not taken apart.
    pub whole: bool,
}

/// A mail taken apart.
pub(crate) struct Split<'m> {
    pub root: Fields<'m>,
    pub root_type: Typed,
    pub leaves: Vec<Leaf<'m>>,
    pub problems: Vec<Problem>,
}

/// Takes a mail apart.
pub(crate) fn split<'m>(raw: &'m [u8], limits: &Limits) -> Split<'m> {
    let mut walk = Walk {
        raw,
        limits,
        open: Vec::new(),
        current: None,
        leaves: Vec::new(),
        problems: Vec::new(),
        ids: 0,
    };
    let start = raw.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).unwrap_or(raw.len());
    let (root, body) = read_fields(raw, start, limits, |_| false);
    if root.list.is_empty() {
        walk.problems.push(Problem::NoHeader);
    }
    let root_type = content_type(&root, false);
    walk.note(&root);
    walk.enter(root.clone(), body);
    walk.lines(body);
    walk.finish();
    Split { root, root_type, leaves: walk.leaves, problems: walk.problems }
}

/// The content type of a part, with the defaults of RFC 2045 section 5.2 and RFC 2046 section 5.1.5.
fn content_type(fields: &Fields<'_>, in_digest: bool) -> Typed {
    let read = fields.first("content-type").and_then(typed);
    let default = if in_digest { "message/rfc822" } else { "text/plain" };
    read.unwrap_or_else(|| Typed::plain(default))
}

/// A multipart whose end was not seen yet.
struct Open<'m> {
    boundary: Vec<u8>,
    around: Around,
    body: usize,
    seen: bool,
    fields: Fields<'m>,
}

struct Walk<'m, 'l> {
    raw: &'m [u8],
    limits: &'l Limits,
    open: Vec<Open<'m>>,
    /// The leaf that is being read and where its body began.
    current: Option<(Leaf<'m>, usize)>,
    leaves: Vec<Leaf<'m>>,
    problems: Vec<Problem>,
    ids: usize,
}

impl<'m> Walk<'m, '_> {
    fn lines(&mut self, mut at: usize) {
        while at < self.raw.len() {
            let (line, next) = line_at(self.raw, at);
            match self.delimiter(line) {
                None => at = next,
                Some((level, closes)) => {
                    self.leave(at, level, closes);
                    at = if closes { next } else { self.begin(next) };
                }
            }
        }
    }

    /// Which open multipart the line delimits, innermost first, and whether it closes it.
    fn delimiter(&self, line: &[u8]) -> Option<(usize, bool)> {
        let mark = line.strip_prefix(b"--")?.trim_ascii_end();
        let levels = self.open.iter().enumerate().rev();
        for (level, open) in levels {
            match mark.strip_prefix(open.boundary.as_slice()) {
                Some(b"") => return Some((level, false)),
                Some(b"--") => return Some((level, true)),
                _ => {}
            }
        }
        None
    }

    /// Ends the part before a delimiter, and the multiparts inside the one that it belongs to.
    fn leave(&mut self, at: usize, level: usize, closes: bool) {
        // The line break before a delimiter belongs to the delimiter (RFC 2046 section 5.1.1).
        let before = &self.raw[..at];
        let before = before.strip_suffix(b"\n").unwrap_or(before);
        let end = before.strip_suffix(b"\r").unwrap_or(before).len();
        self.end_leaf(end);
        while self.open.len() > level + 1 {
            self.end_multipart(end, false);
        }
        self.open[level].seen = true;
        if closes {
            self.end_multipart(end, true);
        }
    }

    /// Reads the header of the part that begins here and says where its body begins.
    fn begin(&mut self, at: usize) -> usize {
        let (fields, body) = read_fields(self.raw, at, self.limits, |line| self.delimiter(line).is_some());
        self.note(&fields);
        self.enter(fields, body);
        body
    }

    fn enter(&mut self, fields: Fields<'m>, body: usize) {
        let in_digest = self.open.last().is_some_and(|open| open.around.kind == Kind::Digest);
        let typed = content_type(&fields, in_digest);
        let mut whole = false;
        if let Some(subtype) = typed.kind.strip_prefix("multipart/") {
            let named = typed.parameter("boundary").map(|each| each.as_bytes().to_vec());
            let boundary = named.or_else(|| guess_boundary(&self.raw[body..]));
            match boundary.filter(|each| !each.is_empty()) {
                Some(_) if self.open.len() >= self.limits.depth => {
                    self.problems.push(Problem::TooDeep);
                    whole = true;
                }
                Some(boundary) => return self.push_open(boundary, subtype, fields, body),
                None => self.problems.push(Problem::NoBoundary),
            }
        }
        self.begin_leaf(fields, typed, body, whole);
    }

    fn push_open(&mut self, boundary: Vec<u8>, subtype: &str, fields: Fields<'m>, body: usize) {
        let kind = match subtype {
            "alternative" => Kind::Alternative,
            "related" => Kind::Related,
            "digest" => Kind::Digest,
            _ => Kind::Mixed,
        };
        self.ids += 1;
        self.open.push(Open { boundary, around: Around { id: self.ids, kind }, body, seen: false, fields });
    }

    fn begin_leaf(&mut self, fields: Fields<'m>, typed: Typed, body: usize, whole: bool) {
        if self.leaves.len() >= self.limits.parts {
            self.problems.push(Problem::PartsCut);
            return;
        }
        let leaf = Leaf {
            fields,
            typed,
            body: &[],
            around: self.open.iter().map(|open| open.around).collect(),
            whole,
        };
        self.current = Some((leaf, body));
    }

    fn end_leaf(&mut self, end: usize) {
        if let Some((mut leaf, start)) = self.current.take() {
            leaf.body = self.raw.get(start..end).unwrap_or_default();
            self.leaves.push(leaf);
        }
    }

    fn end_multipart(&mut self, end: usize, closed: bool) {
        let Some(open) = self.open.pop() else { return };
        if open.seen {
            if !closed {
                self.problems.push(Problem::Truncated);
            }
            return;
        }
        // Its boundary never came, so all of it stands where a preamble would: better read as text than lost.
        self.problems.push(Problem::NoBoundary);
        self.begin_leaf(open.fields, Typed::plain("text/plain"), open.body, false);
        self.end_leaf(end.max(open.body));
    }

    fn finish(&mut self) {
        let end = self.raw.len();
        self.end_leaf(end);
        while !self.open.is_empty() {
            self.end_multipart(end, false);
        }
    }

    fn note(&mut self, fields: &Fields<'_>) {
        if fields.cut {
            self.problems.push(Problem::HeaderCut);
        }
        if fields.broken {
            self.problems.push(Problem::BrokenHeader);
        }
    }
}

/// The boundary of a multipart that names none: its body should open with a delimiter.
fn guess_boundary(body: &[u8]) -> Option<Vec<u8>> {
    let mut at = 0;
    for _ in 0..20 {
        if at >= body.len() {
            return None;
        }
        let (line, next) = line_at(body, at);
        if let Some(mark) = line.strip_prefix(b"--") {
            let mark = mark.trim_ascii_end();
            let likely = (1..=200).contains(&mark.len()) && !mark.contains(&b' ');
            return likely.then(|| mark.to_vec());
        }
        at = next;
    }
    None
}
