//! Search over conversations, messages and customers.

use std::collections::{BTreeMap, BTreeSet};

use base::Ask;
use customers::CustomerId;
use journal::Cx;
use people::Scope;
use search::{Found, Hit, Part};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, House, Json, Query, Result};

use crate::present::{self, Requester, Row};
use crate::search_source;
use crate::store::conversation::{find_by_number, find_conversation};
use crate::store::list::{list_by_ids, list_visible};
use crate::store::message::list_seen;
use crate::store::visible::visible;

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(find))
}

#[derive(Deserialize)]
struct FindQuery {
    q: String,
    cursor: Option<String>,
    limit: Option<i64>,
}

#[derive(Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum FoundItem {
    Conversation { row: Box<Row>, snippet: Vec<Part> },
    Customer { customer: Requester, snippet: Vec<Part> },
}

#[derive(Serialize, ToSchema)]
struct FoundPage {
    items: Vec<FoundItem>,
    next: Option<String>,
    /// Not everything was looked at in the time there was.
    partial: bool,
}

/// Searches conversations, messages and customers, newest first.
#[utoipa::path(get, path = "/api/search",
    params(("q" = String, Query), ("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query)),
    responses((status = 200, body = FoundPage)))]
async fn find(at: At, Query(query): Query<FindQuery>) -> Result<Json<FoundPage>> {
    let ask = Ask { cursor: query.cursor, limit: query.limit };
    let text = base::text::cut(&query.q, 500).to_owned();
    let page = at
        .read(move |cx| {
            let list = format!("search {text}");
            let before: Option<i64> = ask.after(&list)?;
            let scope = people::scope(cx)?;
            let most = usize::try_from(ask.limit().min(20)).unwrap_or(20);
            let asked = search::Query { text: text.clone(), kind: None, before, most };
            let found = search::find(cx, &asked, |cx, hits| visible_hits(cx, &scope, hits))?;
            let named = find_named(cx, &scope, &text)?;
            show_found(cx, &scope, Named { row: named, shown: before.is_none() }, &list, found)
        })
        .await?;
    Ok(Json(page))
}

fn visible_hits(cx: &mut Cx, scope: &Scope, hits: &[Hit]) -> base::Result<Vec<bool>> {
    let of_conversations = |h: &&Hit| is_ours(h);
    let ids: Vec<i64> = hits.iter().filter(of_conversations).map(|h| h.parent).collect();
    let seen = list_visible(cx, scope, &ids)?;
    let agents = visible(scope).is_staff();
    let messages: Vec<i64> = hits.iter().filter(|h| h.kind == search_source::MESSAGE).map(|h| h.id).collect();
    // Agents see all of a conversation, so only others are asked for message by message.
    let said = if agents { BTreeSet::from_iter(messages) } else { list_seen(cx, scope, &messages)? };
    let shown = |h: &Hit| match is_ours(h) {
        true => seen.contains(&h.parent) && (h.kind != search_source::MESSAGE || said.contains(&h.id)),
        false => agents,
    };
    Ok(hits.iter().map(shown).collect())
}

/// Hits of other kinds are customers.
fn is_ours(hit: &Hit) -> bool {
    [search_source::KIND, search_source::MESSAGE].contains(&hit.kind.as_str())
}

/// The conversation whose number is all that was asked for.
struct Named {
    row: Option<Row>,
    /// It leads the first page and stands on no other.
    shown: bool,
}

fn find_named(cx: &mut Cx, scope: &Scope, text: &str) -> base::Result<Option<Row>> {
    let Ok(number) = text.trim().trim_start_matches('#').parse::<i64>() else { return Ok(None) };
    let Some(id) = find_by_number(cx, scope, number)? else { return Ok(None) };
    let found = find_conversation(cx, scope, id)?;
    found.map(|c| present::row(cx, c)).transpose()
}

fn show_found(cx: &mut Cx, scope: &Scope, named: Named, list: &str, found: Found) -> base::Result<FoundPage> {
    let (ours, others): (Vec<&Hit>, Vec<&Hit>) = found.hits.iter().partition(|hit| is_ours(hit));
    let ids: Vec<i64> = ours.iter().map(|hit| hit.parent).collect();
    let found_rows = list_by_ids(cx, scope, &ids)?;
    let rows = present::rows(cx, found_rows)?;
    let mut rows: BTreeMap<i64, Row> = rows.into_iter().map(|row| (row.id.0, row)).collect();
    let mut items = Vec::new();
    if let Some(row) = named.row {
        rows.remove(&row.id.0);
        let leading = FoundItem::Conversation { row: Box::new(row), snippet: Vec::new() };
        items.extend(named.shown.then_some(leading));
    }
    let mut customers = present::requesters(cx, others.iter().map(|hit| CustomerId(hit.parent)))?;
    for hit in found.hits {
        let (ours, parent, snippet) = (is_ours(&hit), hit.parent, hit.snippet);
        let item = match ours {
            true => rows.remove(&parent).map(|row| FoundItem::Conversation { row: Box::new(row), snippet }),
            false => customers
                .remove(&CustomerId(parent))
                .map(|customer| FoundItem::Customer { customer, snippet }),
        };
        items.extend(item);
    }
    let next =
        found.next.map(|before| Ask { cursor: None, limit: Some(1) }.page(list, vec![before, 0], |b| *b));
    Ok(FoundPage { items, next: next.and_then(|p| p.next), partial: found.partial })
}
