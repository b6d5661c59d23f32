//! Finding: matches are read newest first, and what the caller may not see is passed over.

use std::collections::{BTreeMap, HashSet};
use std::time::{Duration, Instant};

use base::Result;
use journal::Cx;

use crate::model::query::Question;
use crate::model::snippet::snippet;
use crate::model::{Found, Hit, Query};
use crate::sockets::Sources;
use crate::store as rows;

/// After this time an answer is given with what was found so far.
const PATIENCE: Duration = Duration::from_millis(50);
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
    let asked = question.clone().of_kind(query.kind);
    let text = if cx.is_lite() { asked.for_lite() } else { asked.for_pg() };
    rows::plan_afresh(cx)?;
    let started = Instant::now();
    let mut found = Found::default();
    let mut parents = HashSet::new();
    let mut before = query.before.unwrap_or(i64::MAX);
    let mut look = FIRST_LOOK;
    loop {
        let hits = look_below(cx, &text, before, look)?;
        let seen = visible(cx, &hits)?;
        let all = (hits.len() as i64) < look;
        for (hit, seen) in hits.into_iter().zip(seen) {
            if found.hits.len() == query.most {
                found.next = Some(before);
                return Ok(found);
            }
            before = hit.id;
            if seen && parents.insert(hit.parent) {
                found.hits.push(hit);
            }
        }
        if all {
            return Ok(found);
        }
        if started.elapsed() > PATIENCE || found.hits.len() == query.most {
            found.partial = found.hits.len() < query.most;
            found.next = Some(before);
            return Ok(found);
        }
        look = (look * 4).min(LONGEST_LOOK);
    }
}

fn look_below(cx: &mut Cx<'_, '_>, text: &str, before: i64, most: i64) -> Result<Vec<Hit>> {
    let matches = rows::list_matches(cx, text, before, most)?;
    let hit =
        |m: rows::Match| Hit { kind: m.kind, id: m.id, parent: m.parent, at: m.at, snippet: Vec::new() };
    Ok(matches.into_iter().map(hit).collect())
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
