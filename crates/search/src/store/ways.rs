//! The two ways in which PostgreSQL reads the newest matches, and what each would cost.
//!
//! Its GIN index knows no order: asked for the newest 128 it either fetches every match, or walks all
//! entries by id. The planner takes the walk too often, since it doesn't know how rare a word is that is
//! not among the thousand most common ones (measured with four million entries: 290 ms for a rare word,
//! seconds for one that nobody has used). So the way is chosen here, by how
//! often the question meets the newest entries:
//! - *walking* the entries by age, which is good for words that every other entry has;
//! - the *index of words*, kept to a window of ids by a BRIN index, which is good for all others (3 ms for
//!   the rare word). That index is over `id + 0`, so that the planner can't take it for walking.

use std::time::Duration;

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

/// So many of the newest entries are looked at first: what stands in them says more than any statistics.
const SAMPLE: f64 = 4_000.0;
/// A list that takes so many times what is left of a question's time is not read for it.
const TOO_LONG: f64 = 2.0;
/// So many matches are worth a walk that may not find all that were asked for.
const WORTH_WALKING: f64 = 8.0;
/// How many times larger than the last one a window is when that held too little.
const GROWTH: i64 = 8;
/// A question may have many words; the rarest of the first few is rare enough.
const WORDS_WEIGHED: usize = 6;

pub(crate) struct Ways {
    words: Vec<String>,
    total: f64,
    /// Entries that were covered so far, and how many of them the question found.
    covered: f64,
    met: f64,
    /// How many entries have the rarest of several words, as the planner believes; asked when it is needed.
    rarest: Option<f64>,
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
        Ok(Ways {
            words: question.words_for_pg(),
            total: total(cx)?,
            covered: 0.0,
            met: 0.0,
            rarest: None,
            window: 0,
            oldest: edge(cx, "ASC")?,
            newest: edge(cx, "DESC")?,
        })
    }

    /// The next matches below an id, and the id above which everything has been looked at; none when
    /// nothing is left.
    pub fn look(
        &mut self,
        cx: &mut Cx,
        question: &str,
        below: i64,
        most: i64,
        left: Duration,
    ) -> Result<Looked> {
        let below = below.min(self.newest.saturating_add(1));
        let (found, reached) = match self.rows_to_walk(cx, most, left)? {
            Some(rows) => self.walk(cx, question, below, most, rows)?,
            None => self.read_words(cx, question, below, most)?,
        };
        let span = below - reached.unwrap_or(self.oldest);
        self.covered += (self.total * span as f64 / self.all() as f64).max(1.0);
        self.met += found.len() as f64;
        Ok((found, reached))
    }

    /// How many entries to walk over for so many matches; none when the index of words is the shorter way.
    /// A list can't be read in part, so one that would take much longer than is left is not begun when
    /// walking finds something in that time.
    fn rows_to_walk(&mut self, cx: &mut Cx, most: i64, left: Duration) -> Result<Option<f64>> {
        if self.covered == 0.0 {
            return Ok(Some(SAMPLE));
        }
        let rows = most as f64 / self.share();
        let by_words = self.longest_list(cx)? * LISTED + most as f64 * FETCHED + OPENED;
        let left = (left.as_micros() as f64).max(SAMPLE * WALKED);
        let something = left / WALKED * self.share() >= WORTH_WALKING;
        let walk = rows * WALKED <= by_words || (something && by_words > left * TOO_LONG);
        Ok(walk.then_some((rows * 2.0).min(left / WALKED)))
    }

    /// What part of all entries the question finds, by those that were covered.
    fn share(&self) -> f64 {
        self.met.max(0.5) / self.covered
    }

    fn all(&self) -> i64 {
        (self.newest - self.oldest).max(1)
    }

    /// The list that must be read is that of the rarest word.
    fn longest_list(&mut self, cx: &mut Cx) -> Result<f64> {
        let matches = self.share() * self.total;
        if self.words.len() < 2 {
            return Ok(matches);
        }
        if self.rarest.is_none() {
            let mut rarest = f64::INFINITY;
            for word in self.words.iter().take(WORDS_WEIGHED) {
                rarest = rarest.min(estimate(cx, word)?);
            }
            self.rarest = Some(rarest);
        }
        Ok(self.rarest.unwrap_or(matches).max(matches))
    }

    fn walk(&self, cx: &mut Cx, question: &str, below: i64, most: i64, rows: f64) -> Result<Looked> {
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
        let end: Option<(i64,)> = cx.opt(
            "SELECT id FROM search_entries WHERE id < $1 ORDER BY id DESC LIMIT 1 OFFSET $2",
            p![below, rows - 1],
        )?;
        Ok((found, end.map(|(id,)| id)))
    }

    fn read_words(&mut self, cx: &mut Cx, question: &str, below: i64, most: i64) -> Result<Looked> {
        let guess = (self.all() as f64 * most as f64 * 2.0 / (self.share() * self.total)) as i64;
        self.window = guess.max(self.window.saturating_mul(GROWTH)).clamp(1, self.all());
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
