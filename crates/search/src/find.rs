//! Finding: matches are read newest first, and what the caller may not see is passed over.

use std::collections::{BTreeMap, HashSet};
use std::time::{Duration, Instant};

use base::Result;
use journal::Cx;

use crate::model::query::Question;
use crate::model::snippet::snippet;
use crate::model::{Found, Hit, Query};
use crate::sockets::Sources;
use crate::store::found::Match;
use crate::store::reading::Reading;

/// After this time an answer is given with what was found so far.
const PATIENCE: Duration = Duration::from_millis(35);
/// Whoever sees one entry in twenty finds a page of them in the second look.
const FIRST_LOOK: i64 = 128;
const LONGEST_LOOK: i64 = 2_048;

/// Looks until `most` visible hits are together, nothing is left, or the time is up. `visible` says of
/// each hit whether the caller may see it. No text of a query is refused.
pub fn find(
    cx: &mut Cx<'_, '_>,
    query: &Query,
    mut visible: impl FnMut(&mut Cx<'_, '_>, &[Hit]) -> Result<Vec<bool>>,
) -> Result<Found> {
    let Some(question) = Question::read(&query.text) else { return Ok(Found::default()) };
    let mut found = scan(cx, query, &question, &mut visible)?;
    add_snippets(cx, &question, &mut found.hits)?;
    Ok(found)
}

fn scan(
    cx: &mut Cx<'_, '_>,
    query: &Query,
    question: &Question,
    visible: &mut impl FnMut(&mut Cx<'_, '_>, &[Hit]) -> Result<Vec<bool>>,
) -> Result<Found> {
    let mut reading = Reading::begin(cx, question.clone().of_kind(query.kind), query.before)?;
    let started = Instant::now();
    let mut found = Found::default();
    let mut parents = HashSet::new();
    let mut last = reading.below();
    let mut most = FIRST_LOOK;
    let mut looked = 0;
    loop {
        let hits: Vec<Hit> = reading
            .look(cx, most, PATIENCE.saturating_sub(started.elapsed()))?
            .into_iter()
            .map(hit)
            .collect();
        let seen = visible(cx, &hits)?;
        looked += hits.len();
        for (hit, seen) in hits.into_iter().zip(seen) {
            if found.hits.len() == query.most {
                found.next = Some(last);
                return Ok(found);
            }
            last = hit.id;
            if seen && parents.insert(hit.parent) {
                found.hits.push(hit);
            }
        }
        if reading.is_over() {
            return Ok(found);
        }
        last = reading.below();
        if started.elapsed() > PATIENCE || found.hits.len() == query.most {
            found.partial = found.hits.len() < query.most;
            found.next = Some(last);
            return Ok(found);
        }
        most = next_look(query.most - found.hits.len(), found.hits.len(), looked, most);
    }
}

/// So many matches hold what is missing, when as many of them are visible as of those before.
fn next_look(missing: usize, visible: usize, looked: usize, last: i64) -> i64 {
    let wanted = match visible {
        0 => last * 4,
        _ => i64::try_from(missing * looked * 5 / visible / 4).unwrap_or(LONGEST_LOOK),
    };
    wanted.clamp(FIRST_LOOK, LONGEST_LOOK)
}

fn hit(found: Match) -> Hit {
    Hit { kind: found.kind, id: found.id, parent: found.parent, at: found.at, snippet: Vec::new() }
}

/// Snippets come from the rows as they are now. A hit whose row is gone meanwhile is gone as well.
fn add_snippets(cx: &mut Cx<'_, '_>, question: &Question, hits: &mut Vec<Hit>) -> Result<()> {
    let registry = cx.registry();
    let Some(sources) = registry.socket::<Sources>() else { return Ok(()) };
    let mut ids: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    for hit in hits.iter() {
        ids.entry(&hit.kind).or_default().push(hit.id);
    }
    let mut texts = BTreeMap::new();
    for (kind, ids) in ids {
        let Some(source) = sources.of(kind) else { continue };
        for entry in source.load(cx, &ids)? {
            let shown = if entry.text.is_empty() { &entry.title } else { &entry.text };
            texts.insert(entry.id, snippet(question, shown));
        }
    }
    hits.retain_mut(|hit| match texts.remove(&hit.id) {
        Some(parts) => {
            hit.snippet = parts;
            true
        }
        None => false,
    });
    Ok(())
}
