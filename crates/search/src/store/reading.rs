//! Reading what a question finds, newest first, in looks that begin where the last one ended.
//!
//! FTS5 gives its matches in the order of their ids, so SQLite stops when it has enough. PostgreSQL's GIN
//! index knows no order: asked for the newest 128 it either fetches every match or walks all entries by
//! id, and with no statistics of rare words it often walks (measured with four million entries: 290 ms
//! for a rare word, seconds for one that nobody has used). So the newest entries are walked first, and
//! what is found in them decides how the older ones are read: a frequent word goes on walking; a rarer
//! one is read from the GIN index together with a BRIN index over ids, which keeps to the pages of a
//! window (3 ms for the same word).

use ::store::{p, row};
use base::{Result, Time};
use journal::Cx;

row! {
    #[derive(Clone, Debug)]
    pub(crate) struct Match { pub id: i64, pub kind: String, pub parent: i64, pub at: Time }
}

/// Entries that are walked before anything is known of a question.
const SAMPLE: i64 = if cfg!(test) { 100 } else { 5_000 };
/// A question that finds fewer than this many of the sample is read from the index of words.
const FREQUENT: f64 = 15.0;
/// How many times larger than the last one a window can be: what is known of a word may be chance.
const GROWTH: f64 = 64.0;

pub(crate) struct Reading {
    /// In the engine's own language.
    question: String,
    /// Everything from here on has been looked at.
    below: i64,
    over: bool,
    known: Known,
}

/// What the looks so far tell of a question, on PostgreSQL.
#[derive(Default)]
struct Known {
    /// The ids that the sample spans.
    sample: i64,
    /// The ids that were looked at.
    span: i64,
    matches: usize,
    last_span: i64,
}

impl Reading {
    pub fn begin(cx: &mut Cx, question: String, before: Option<i64>) -> Result<Reading> {
        if cx.is_lite() {
            return Ok(Reading::new(question, before.unwrap_or(i64::MAX)));
        }
        // How rare the words at hand are decides everything; and a bitmap of them must not lose its detail.
        cx.exec("SET LOCAL plan_cache_mode = force_custom_plan", p![])?;
        cx.exec("SET LOCAL work_mem = '32MB'", p![])?;
        let below = match before {
            Some(before) => before,
            None => newest(cx)?.saturating_add(1),
        };
        Ok(Reading::new(question, below))
    }

    fn new(question: String, below: i64) -> Reading {
        Reading { question, below, over: false, known: Known::default() }
    }

    /// The next matches, at most `most`; fewer do not mean that there are no more.
    pub fn look(&mut self, cx: &mut Cx, most: i64) -> Result<Vec<Match>> {
        match cx.is_lite() {
            true => self.look_lite(cx, most),
            false => self.look_pg(cx, most),
        }
    }

    pub fn below(&self) -> i64 {
        self.below
    }

    pub fn is_over(&self) -> bool {
        self.over
    }

    fn look_lite(&mut self, cx: &mut Cx, most: i64) -> Result<Vec<Match>> {
        let found: Vec<Match> = cx.all(
            "SELECT e.id, e.kind, e.parent, e.at FROM search_words
               JOIN search_entries e ON e.id = search_words.rowid
             WHERE search_words MATCH $1 AND search_words.rowid < $2
             ORDER BY search_words.rowid DESC LIMIT $3",
            p![self.question, self.below, most],
        )?;
        self.over = (found.len() as i64) < most;
        self.below = found.last().map_or(self.below, |last| last.id);
        Ok(found)
    }

    fn look_pg(&mut self, cx: &mut Cx, most: i64) -> Result<Vec<Match>> {
        let floor = self.floor(cx, most)?;
        let found = match self.known.sample == 0 || self.known.is_frequent() {
            true => walk(cx, &self.question, self.below, floor, most)?,
            false => read_words(cx, &self.question, self.below, floor, most)?,
        };
        let full = found.len() as i64 == most;
        let reached = if full { found.last().map_or(floor, |last| last.id) } else { floor };
        self.known.learn(self.below, reached, found.len());
        self.over = !full && floor == 0;
        self.below = reached;
        Ok(found)
    }

    /// The id at which the next window ends; 0 when nothing lies below it.
    fn floor(&self, cx: &mut Cx, most: i64) -> Result<i64> {
        if self.known.sample == 0 {
            return nth_below(cx, self.below, SAMPLE);
        }
        let floor = self.below.saturating_sub(self.known.window(most));
        Ok(if floor <= oldest(cx)? { 0 } else { floor })
    }
}

impl Known {
    fn learn(&mut self, below: i64, reached: i64, matches: usize) {
        let span = below.saturating_sub(reached).max(1);
        if self.sample == 0 {
            self.sample = span;
        }
        self.last_span = span;
        self.span += span;
        self.matches += matches;
    }

    /// Matches among so many ids as the sample has.
    fn per_sample(&self) -> f64 {
        self.matches as f64 / self.span as f64 * self.sample as f64
    }

    fn is_frequent(&self) -> bool {
        self.per_sample() >= FREQUENT
    }

    /// How many ids should hold so many matches, with some to spare.
    fn window(&self, most: i64) -> i64 {
        let wanted = most as f64 * 1.5 / self.per_sample().max(0.001) * self.sample as f64;
        wanted.min(self.last_span as f64 * GROWTH).max(self.sample as f64) as i64
    }
}

fn nth_below(cx: &mut Cx, below: i64, n: i64) -> Result<i64> {
    let sql = "SELECT id FROM search_entries WHERE id < $1 ORDER BY id DESC LIMIT 1 OFFSET $2";
    let row: Option<(i64,)> = cx.opt(sql, p![below, n])?;
    Ok(row.map_or(0, |(id,)| id))
}

fn newest(cx: &mut Cx) -> Result<i64> {
    let row: Option<(i64,)> = cx.opt("SELECT id FROM search_entries ORDER BY id DESC LIMIT 1", p![])?;
    Ok(row.map_or(0, |(id,)| id))
}

fn oldest(cx: &mut Cx) -> Result<i64> {
    let row: Option<(i64,)> = cx.opt("SELECT id FROM search_entries ORDER BY id LIMIT 1", p![])?;
    Ok(row.map_or(0, |(id,)| id))
}

/// By id, entry after entry. `OFFSET 0` keeps the planner from another way.
fn walk(cx: &mut Cx, question: &str, below: i64, floor: i64, most: i64) -> Result<Vec<Match>> {
    cx.all(
        "SELECT id, kind, parent, at FROM
             (SELECT id, kind, parent, at, folded FROM search_entries WHERE id < $2 AND id >= $3
              ORDER BY id DESC OFFSET 0) newest
         WHERE folded @@ to_tsquery('simple', $1) LIMIT $4",
        p![question, below, floor, most],
    )
}

/// By the index of words, within the window. `MATERIALIZED` keeps the order from the planner's eyes.
fn read_words(cx: &mut Cx, question: &str, below: i64, floor: i64, most: i64) -> Result<Vec<Match>> {
    cx.all(
        "WITH found AS MATERIALIZED (SELECT id, kind, parent, at FROM search_entries
             WHERE folded @@ to_tsquery('simple', $1) AND id < $2 AND id >= $3)
         SELECT id, kind, parent, at FROM found ORDER BY id DESC LIMIT $4",
        p![question, below, floor, most],
    )
}
