//! Reading what a question finds, newest first, in looks that begin where the last one ended.
//!
//! FTS5 gives its matches in the order of their ids, so SQLite stops when it has enough; how PostgreSQL
//! finds them is decided in [`ways`](super::ways).

use std::time::Duration;

use ::store::p;
use base::Result;
use journal::Cx;

use super::found::Match;
use super::ways::Ways;
use crate::model::query::Question;

pub(crate) struct Reading {
    /// As FTS5 is asked; empty on PostgreSQL.
    question: String,
    /// Everything from here on has been looked at.
    below: i64,
    over: bool,
    /// How PostgreSQL is asked; absent on SQLite.
    ways: Option<Ways>,
}

impl Reading {
    pub fn begin(cx: &mut Cx, question: Question, before: Option<i64>) -> Result<Reading> {
        let below = before.unwrap_or(i64::MAX);
        let (question, ways) = match cx.is_lite() {
            true => (question.for_lite(), None),
            false => (String::new(), Some(Ways::weigh(cx, question)?)),
        };
        Ok(Reading { question, below, over: false, ways })
    }

    /// The next matches, at most `most`; fewer do not mean that there are no more. PostgreSQL looks no
    /// further than it gets in the time that is left.
    pub fn look(&mut self, cx: &mut Cx, most: i64, left: Duration) -> Result<Vec<Match>> {
        let (found, reached) = match &mut self.ways {
            Some(ways) => ways.look(cx, self.below, most, left)?,
            None => self.look_lite(cx, most)?,
        };
        match reached {
            Some(reached) => self.below = reached,
            None => self.over = true,
        }
        Ok(found)
    }

    pub fn below(&self) -> i64 {
        self.below
    }

    pub fn is_over(&self) -> bool {
        self.over
    }

    fn look_lite(&self, cx: &mut Cx, most: i64) -> Result<(Vec<Match>, Option<i64>)> {
        let found: Vec<Match> = cx.all(
            "SELECT e.id, e.kind, e.parent, e.at FROM search_words
               JOIN search_entries e ON e.id = search_words.rowid
             WHERE search_words MATCH $1 AND search_words.rowid < $2
             ORDER BY search_words.rowid DESC LIMIT $3",
            p![self.question, self.below, most],
        )?;
        let full = found.len() as i64 == most;
        let last = found.last().map(|last| last.id).filter(|_| full);
        Ok((found, last))
    }
}
