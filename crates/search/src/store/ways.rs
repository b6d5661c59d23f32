//! The two ways in which PostgreSQL reads the newest matches, and what each would cost.
//!
//! Its GIN index knows no order: asked for the newest 128 it either fetches every match, or walks all
//! entries by id. The planner takes the walk too often, since it doesn't know how rare a word is that is
//! not among the thousand most common ones (measured with four million entries: 290 ms for a rare word,
//! seconds for one that nobody has used). So the way is chosen here, by how often the question meets the
//! newest entries:
//! - *walking* the entries by age, which is good for words that every tenth entry has;
//! - the *index of words*, as many [chapters](Chapter) of it as hold what is missing, for all others.

use std::time::Duration;

use ::store::{base::Val, p};
use base::Result;
use journal::Cx;

use super::found::Match;
use crate::model::chapter::Chapter;
use crate::model::query::Question;

/// Microseconds, measured on PostgreSQL 15 at four million entries, between cold and warm: one entry that
/// is walked over, one match that is fetched, and the beginning of a look into one chapter.
const WALKED: f64 = 0.6;
const FETCHED: f64 = 2.5;
const OPENED: f64 = 40.0;

/// So many of the newest entries are looked at first: what stands in them says more than any statistics.
const SAMPLE: f64 = 4_000.0;
/// Entries are walked over in so many chapters at once, since each is another question.
const WALKED_CHAPTERS: i64 = 3;
/// And so many are asked for in one statement.
const MOST_CHAPTERS: i64 = 64;
/// How many times more chapters the next look reads when those of the last one held too little.
const GROWTH: i64 = 4;

pub(crate) struct Ways {
    question: Question,
    total: f64,
    /// Entries that were covered so far, and how many of them the question found.
    covered: f64,
    met: f64,
    /// So many chapters the last look read; none when it walked.
    chapters: i64,
    oldest: i64,
    newest: i64,
}

impl Ways {
    pub fn weigh(cx: &mut Cx, question: Question) -> Result<Ways> {
        // The words at hand decide everything, a bitmap of them must not lose its detail, and starting
        // workers takes longer than reading what is read here.
        let settings = "SELECT set_config('plan_cache_mode', 'force_custom_plan', TRUE),
             set_config('work_mem', '32MB', TRUE), set_config('max_parallel_workers_per_gather', '0', TRUE)";
        let _: (String, String, String) = cx.one(settings, p![])?;
        let (total, oldest, newest) = extent(cx)?;
        Ok(Ways { question, total, covered: 0.0, met: 0.0, chapters: 0, oldest, newest })
    }

    /// The next matches below an id, and the id above which everything has been looked at; none when
    /// nothing is left.
    pub fn look(&mut self, cx: &mut Cx, below: i64, most: i64, left: Duration) -> Result<Looked> {
        let below = below.min(self.newest.saturating_add(1));
        let (found, reached) = match self.rows_to_walk(most, left) {
            Some(rows) => self.walk(cx, below, most, rows)?,
            None => self.read_words(cx, below, most)?,
        };
        let span = below - reached.unwrap_or(self.oldest);
        let met = found.len() as f64;
        self.met += met;
        self.covered += (span as f64 * self.density()).max(met).max(1.0);
        Ok((found, reached.filter(|reached| *reached > self.oldest)))
    }

    /// How many entries to walk over for so many matches; none when the index of words is the shorter way.
    fn rows_to_walk(&self, most: i64, left: Duration) -> Option<f64> {
        if self.covered == 0.0 {
            return Some(SAMPLE);
        }
        let rows = most as f64 / self.share();
        let chapters = self.chapters_for(most) as f64;
        let held = chapters * Chapter::SPAN as f64 * self.density();
        let by_words = chapters * OPENED + held * self.share() * FETCHED;
        let left = (left.as_micros() as f64).max(SAMPLE * WALKED);
        (rows * WALKED <= by_words).then_some((rows * 2.0).min(left / WALKED))
    }

    /// How many chapters hold so many matches, if the older ones are as the newer ones.
    fn chapters_for(&self, most: i64) -> i64 {
        let span = most as f64 / (self.share() * self.density());
        (span / Chapter::SPAN as f64).ceil().clamp(1.0, MOST_CHAPTERS as f64) as i64
    }

    /// What part of all entries the question finds, by those that were covered.
    fn share(&self) -> f64 {
        self.met.max(0.5) / self.covered
    }

    /// Entries per id.
    fn density(&self) -> f64 {
        self.total / (self.newest - self.oldest).max(1) as f64
    }

    fn walk(&mut self, cx: &mut Cx, below: i64, most: i64, rows: f64) -> Result<Looked> {
        self.chapters = 0;
        let rows = rows as i64;
        let (questions, floor) = self.questions(below, WALKED_CHAPTERS);
        let any: Vec<String> = questions.iter().map(|question| format!("({question})")).collect();
        let found: Vec<Match> = cx.all(
            "SELECT id, kind, parent, at FROM
                 (SELECT id, kind, parent, at, folded FROM search_entries WHERE id < $2 AND id >= $3
                  ORDER BY id DESC LIMIT $4) newest
             WHERE folded @@ to_tsquery('simple', $1) LIMIT $5",
            p![any.join(" | "), below, floor, rows, most],
        )?;
        if found.len() as i64 == most {
            let last = found.last().map(|last| last.id);
            return Ok((found, last));
        }
        let end: Option<(i64,)> = cx.opt(
            "SELECT id FROM search_entries WHERE id < $1 AND id >= $2 ORDER BY id DESC LIMIT 1 OFFSET $3",
            p![below, floor, rows - 1],
        )?;
        Ok((found, Some(end.map_or(floor, |(id,)| id))))
    }

    fn read_words(&mut self, cx: &mut Cx, below: i64, most: i64) -> Result<Looked> {
        self.chapters = self.chapters_for(most).max(self.chapters * GROWTH).min(MOST_CHAPTERS);
        let (questions, floor) = self.questions(below, self.chapters);
        // Each chapter by itself: of words that must stand together the rarest leads only within an AND.
        let each: Vec<String> =
            (0..questions.len()).map(|n| format!("folded @@ to_tsquery('simple', ${})", n + 3)).collect();
        // `id + 0` and `MATERIALIZED` hide the order from the planner, which would walk for its sake.
        let sql = format!(
            "WITH found AS MATERIALIZED (SELECT id, kind, parent, at FROM search_entries
                 WHERE ({}) AND (id + 0) < $1)
             SELECT id, kind, parent, at FROM found ORDER BY id DESC LIMIT $2",
            each.join(" OR ")
        );
        let mut params = vec![Val::Int(below), Val::Int(most)];
        params.extend(questions.iter().map(|question| Val::Text(question.into())));
        let found: Vec<Match> = cx.all(sql, &params)?;
        let full = found.len() as i64 == most;
        let reached = found.last().filter(|_| full).map_or(floor, |last| last.id);
        Ok((found, Some(reached)))
    }

    /// The question in the chapters below an id, and the least id in them.
    fn questions(&self, below: i64, most: i64) -> (Vec<String>, i64) {
        let oldest = Chapter::of(self.oldest).first();
        let chapters = Chapter::of(below - 1).back(most).take_while(|chapter| chapter.first() >= oldest);
        let chapters: Vec<Chapter> = chapters.collect();
        let floor = chapters.last().map_or(oldest, |last| last.first());
        (chapters.iter().map(|chapter| self.question.for_pg(*chapter)).collect(), floor)
    }
}

type Looked = (Vec<Match>, Option<i64>);

/// How many entries there are, about, and the ids at both ends.
fn extent(cx: &mut Cx) -> Result<(f64, i64, i64)> {
    let (total, oldest, newest): (i64, Option<i64>, Option<i64>) = cx.one(
        "SELECT CAST(reltuples AS BIGINT), (SELECT id FROM search_entries ORDER BY id LIMIT 1),
             (SELECT id FROM search_entries ORDER BY id DESC LIMIT 1)
         FROM pg_class WHERE oid = CAST('search_entries' AS regclass)",
        p![],
    )?;
    Ok((total.max(1) as f64, oldest.unwrap_or(0), newest.unwrap_or(0)))
}
