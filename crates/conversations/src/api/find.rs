//! Search over conversations, messages and customers.

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

use crate::model::ConversationId;
use crate::present::{self, Requester, Row};
use crate::search_source;
use crate::store::conversation::{find_by_number, find_conversation};
use crate::store::list::list_visible;

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
            show_found(cx, &scope, &text, &list, found)
        })
        .await?;
    Ok(Json(page))
}

fn visible_hits(cx: &mut Cx, scope: &Scope, hits: &[Hit]) -> base::Result<Vec<bool>> {
    let of_conversations = |h: &&Hit| is_ours(h);
    let ids: Vec<i64> = hits.iter().filter(of_conversations).map(|h| h.parent).collect();
    let seen: Vec<i64> = list_visible(cx, scope, &ids)?.iter().map(|c| c.id.0).collect();
    let agents = !matches!(scope, Scope::Customer { .. } | Scope::None);
    Ok(hits.iter().map(|h| if is_ours(h) { seen.contains(&h.parent) } else { agents }).collect())
}

/// Hits of other kinds are customers.
fn is_ours(hit: &Hit) -> bool {
    [search_source::KIND, search_source::MESSAGE].contains(&hit.kind.as_str())
}

fn show_found(cx: &mut Cx, scope: &Scope, text: &str, list: &str, found: Found) -> base::Result<FoundPage> {
    let mut items = Vec::new();
    if let Ok(number) = text.trim().trim_start_matches('#').parse::<i64>()
        && let Some(id) = find_by_number(cx, scope, number)?
        && let Some(c) = find_conversation(cx, scope, id)?
    {
        let row = Box::new(present::row(cx, c)?);
        items.push(FoundItem::Conversation { row, snippet: Vec::new() });
    }
    for hit in found.hits {
        if !is_ours(&hit) {
            let id = CustomerId(hit.parent);
            if let Some(customer) = present::requesters(cx, std::iter::once(id))?.remove(&id) {
                items.push(FoundItem::Customer { customer, snippet: hit.snippet });
            }
        } else if let Some(c) = find_conversation(cx, scope, ConversationId(hit.parent))? {
            let row = Box::new(present::row(cx, c)?);
            items.push(FoundItem::Conversation { row, snippet: hit.snippet });
        }
    }
    let next =
        found.next.map(|before| Ask { cursor: None, limit: Some(1) }.page(list, vec![before, 0], |b| *b));
    Ok(FoundPage { items, next: next.and_then(|p| p.next), partial: found.partial })
}
