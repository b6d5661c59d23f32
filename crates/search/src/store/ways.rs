//! The two ways in which PostgreSQL reads the newest matches, and what each would cost.
//!
//! Its GIN index knows no order: asked for the newest 128 it either fetches every match, or walks all
//! entries by id. The planner takes the walk too often, since it doesn't know how rare a word is that is
//! not among the thousand most common ones (measured with four million entries: 290 ms for a rare word,
//! seconds for one that nobody has used). So the way is chosen here:
//! - *walking* the entries by age, which is good for words that every other entry has;
//! - the *index of words*, kept to a window of ids by a BRIN index, which is good for all others (3 ms for
//!   the rare word). That index is over `id + 0`, so that the planner can't take it for walking.

use ::store::p;
use base::Result;
use journal::Cx;

use super::found::Match;
use crate::model::query::Question;

/// Microseconds, measured on PostgreSQL 15 at four million entries, between cold and warm: one entry that is walked over, one entry of
/// a word's list, one match that is fetched, and the beginning of a look into the index of words.
const WALKED: f64 = 0.6;
const LISTED: f64 = 0.3;
const FETCHED: f64 = 3.0;
const OPENED: f64 = 10_000.0;

/// Entries that one look walks over, at least and at most.
const SHORT_WALK: f64 = 2_000.0;
const LONG_WALK: f64 = 50_000.0;
/// How many times larger than the last one a window is when that held too little.
const GROWTH: i64 = 8;
/// A question may have many words; the rarest of the first few is rare enough.
const WORDS_WEIGHED: usize = 6;

pub(crate) struct Ways {
    total: f64,
    /// How many entries the question finds.
    matches: f64,
    /// How many entries have the rarest of its words: so long is the list that must be read.
    rarest: f64,
    /// The ids that the last window of the index spanned.
    window: i64,
    oldest: i64,
    newest: i64,
}

impl Ways {
    pub fn weigh(cx: &mut Cx, question: &Question) -> Result<Ways> {
        // The words at hand decide everything; and a bitmap of them must not lose its detail.
        cx.exec("SET LOCAL plan_cache_mode = force_custom_plan", p![])?;
        cx.exec("SET LOCAL work_mem = '32MB'", p![])?;
        let matches = estimate(cx, &question.for_pg())?;
        let mut rarest = f64::INFINITY;
        for word in question.words_for_pg().iter().take(WORDS_WEIGHED) {
            rarest = rarest.min(estimate(cx, word)?);
        }
        let total = total(cx)?;
        let (oldest, newest) = (edge(cx, "ASC")?, edge(cx, "DESC")?);
        Ok(Ways { total, matches, rarest, window: 0, oldest, newest })
    }

    /// The next matches below an id, and the id above which everything has been looked at; none when
    /// nothing is left.
    pub fn look(&mut self, cx: &mut Cx, question: &str, below: i64, most: i64) -> Result<Looked> {
        let rows = most as f64 * self.total / self.matches;
        let by_words = self.rarest * LISTED + most as f64 * FETCHED + OPENED;
        match rows * WALKED <= by_words {
            true => self.walk(cx, question, below, most, (rows * 2.0).clamp(SHORT_WALK, LONG_WALK)),
            false => self.read_words(cx, question, below, most),
        }
    }

    fn walk(&mut self, cx: &mut Cx, question: &str, below: i64, most: i64, rows: f64) -> Result<Looked> {
        let rows = rows as i64;
        let found: Vec<Match> = cx.all(
            "SELECT id, kind, parent, at FROM
                 (SELECT id, kind, parent, at, folded FROM search_entries WHERE id < $2
                  ORDER BY id DESC LIMIT $3) newest
             WHERE folded @@ to_tsquery('simple', $1) LIMIT $4",
            p![question, below, rows, most],
        )?;
        if found.len() as i64 == most {
            let last = found.last().map(|last| last.id);
            return Ok((found, last));
        }
        // The newest entries tell more than the statistics do.
        self.matches = self.total * found.len().max(1) as f64 / rows as f64;
        let end: Option<(i64,)> = cx.opt(
            "SELECT id FROM search_entries WHERE id < $1 ORDER BY id DESC LIMIT 1 OFFSET $2",
            p![below, rows - 1],
        )?;
        Ok((found, end.map(|(id,)| id)))
    }

    fn read_words(&mut self, cx: &mut Cx, question: &str, below: i64, most: i64) -> Result<Looked> {
        let below = below.min(self.newest.saturating_add(1));
        let all = (self.newest - self.oldest).max(1);
        let guess = (all as f64 * most as f64 * 2.0 / self.matches) as i64;
        self.window = guess.max(self.window.saturating_mul(GROWTH)).clamp(1, all);
        let floor = below.saturating_sub(self.window);
        // `MATERIALIZED` hides the order from the planner, which would walk for its sake.
        let found: Vec<Match> = cx.all(
            "WITH found AS MATERIALIZED (SELECT id, kind, parent, at FROM search_entries
                 WHERE folded @@ to_tsquery('simple', $1) AND (id + 0) < $2 AND (id + 0) >= $3)
             SELECT id, kind, parent, at FROM found ORDER BY id DESC LIMIT $4",
            p![question, below, floor, most],
        )?;
        let reached = match found.len() as i64 == most {
            true => found.last().map(|last| last.id),
            false => Some(floor).filter(|floor| *floor > self.oldest),
        };
        Ok((found, reached))
    }
}

type Looked = (Vec<Match>, Option<i64>);

/// How many entries the planner expects: exact for common words, a few thousandths of all for others.
fn estimate(cx: &mut Cx, question: &str) -> Result<f64> {
    let sql = "EXPLAIN SELECT id FROM search_entries WHERE folded @@ to_tsquery('simple', $1)";
    let plan: Vec<(String,)> = cx.all(sql, p![question])?;
    let rows = |line: &str| line.split(" rows=").nth(1)?.split(' ').next()?.parse::<f64>().ok();
    Ok(plan.first().and_then(|(line,)| rows(line)).unwrap_or(1.0).max(1.0))
}

fn total(cx: &mut Cx) -> Result<f64> {
    let sql = "SELECT CAST(reltuples AS BIGINT) FROM pg_class WHERE oid = CAST('search_entries' AS regclass)";
    let (total,): (i64,) = cx.one(sql, p![])?;
    Ok(total.max(1) as f64)
}

/// The id at one end of all entries.
fn edge(cx: &mut Cx, order: &str) -> Result<i64> {
    let row: Option<(i64,)> =
        cx.opt(format!("SELECT id FROM search_entries ORDER BY id {order} LIMIT 1"), p![])?;
    Ok(row.map_or(0, |(id,)| id))
}
