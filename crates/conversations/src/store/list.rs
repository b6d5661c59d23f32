//! Lists and their counts: each reads one index in its order, whatever the history behind it.

use std::collections::BTreeSet;

use base::{Ask, Page, Result};
use customers::CustomerId;
use journal::Cx;
use people::{AgentId, Scope};
use serde_json::json;
use store::p;

use crate::store::conversation::{COLUMNS, Conversation};
use crate::store::visible::visible;

base::words! {
    /// The lists that every desk has.
    pub enum View { Mine = "mine", Unassigned = "unassigned", All = "all", Solved = "solved" }
}

/// Counting ends here: the screen says "or more".
pub const MOST_COUNTED: i64 = 1_000;

fn conditions(view: View, me: Option<AgentId>) -> String {
    let me = me.map_or(0, |a| a.0);
    match view {
        View::Mine => format!("c.shelf = 'active' AND c.assignee_id = {me}"),
        View::Unassigned => "c.shelf = 'active' AND c.assignee_id IS NULL".to_owned(),
        View::All => "c.shelf = 'active'".to_owned(),
        View::Solved => "c.shelf = 'solved'".to_owned(),
    }
}

/// One branch per partition of the scope: each is a range of an index in the list's order, so a small
/// team in a large company reads fifty rows and not a million.
fn branches(scope: &Scope, view: View, me: Option<AgentId>) -> Vec<String> {
    let filter = conditions(view, me);
    let own = |agent: &AgentId| format!("{filter} AND c.assignee_id = {agent}");
    match scope {
        Scope::Teams { agent, teams } if view != View::Mine => teams
            .iter()
            .map(|t| format!("{filter} AND c.team_id = {t}"))
            .chain((view != View::Unassigned).then(|| own(agent)))
            .collect(),
        Scope::Brands { agent, brands } if view != View::Mine => brands
            .iter()
            .map(|b| format!("{filter} AND c.brand_id = {b}"))
            .chain((view != View::Unassigned).then(|| own(agent)))
            .collect(),
        _ => vec![format!("{filter} AND {}", visible(scope).sql())],
    }
}

/// Newest activity first.
pub fn list_view(
    cx: &mut Cx,
    scope: &Scope,
    view: View,
    me: Option<AgentId>,
    ask: &Ask,
) -> Result<Page<Conversation>> {
    let list = format!("conversations {view} {}", me.map_or(0, |a| a.0));
    let after: Option<(i64, i64)> = ask.after(&list)?;
    let (at, id) = after.unwrap_or((i64::MAX, i64::MAX));
    let parts: Vec<String> = branches(scope, view, me)
        .iter()
        .map(|filter| {
            format!(
                "SELECT * FROM (SELECT c.last_activity_at, c.id FROM conversations c WHERE {filter}
                     AND (c.last_activity_at, c.id) < ($1, $2)
                     ORDER BY c.last_activity_at DESC, c.id DESC LIMIT $3) part"
            )
        })
        .collect();
    if parts.is_empty() {
        return Ok(Page { items: Vec::new(), next: None });
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM ({}) found JOIN conversations c ON c.id = found.id
         ORDER BY found.last_activity_at DESC, found.id DESC LIMIT $3",
        parts.join(" UNION ")
    );
    let rows = cx.all(sql, p![at, id, ask.fetch()])?;
    Ok(ask.page(&list, rows, |c: &Conversation| (c.last_activity_at.0, c.id.0)))
}

/// At most [`MOST_COUNTED`] and whether there are more.
pub fn count_view(cx: &mut Cx, scope: &Scope, view: View, me: Option<AgentId>) -> Result<(i64, bool)> {
    let most = MOST_COUNTED + 1;
    let parts: Vec<String> = branches(scope, view, me)
        .iter()
        .map(|filter| {
            format!("SELECT * FROM (SELECT c.id FROM conversations c WHERE {filter} LIMIT {most}) part")
        })
        .collect();
    if parts.is_empty() {
        return Ok((0, false));
    }
    let sql =
        format!("SELECT count(*) FROM (SELECT id FROM ({}) u LIMIT {most}) counted", parts.join(" UNION "));
    let (count,): (i64,) = cx.one(sql, p![])?;
    Ok((count.min(MOST_COUNTED), count > MOST_COUNTED))
}

/// All conversations of one customer, newest first.
pub fn list_of_customer(
    cx: &mut Cx,
    scope: &Scope,
    customer: CustomerId,
    ask: &Ask,
) -> Result<Page<Conversation>> {
    let list = format!("conversations of {customer}");
    let below: i64 = ask.after(&list)?.unwrap_or(i64::MAX);
    // After a merge some rows may still be on their way to the customer.
    let mut requesters = vec!["$1".to_owned()];
    requesters.extend(customers::with_moving(cx, customer)?.iter().skip(1).map(ToString::to_string));
    let visible = visible(scope).sql();
    let parts: Vec<String> = requesters
        .iter()
        .map(|requester| {
            format!(
                "SELECT * FROM (SELECT {COLUMNS} FROM conversations c
                     WHERE c.requester_id = {requester} AND c.id < $2 AND c.shelf <> 'bin' AND {visible}
                     ORDER BY c.id DESC LIMIT $3) part"
            )
        })
        .collect();
    let sql = format!("{} ORDER BY id DESC LIMIT $3", parts.join(" UNION ALL "));
    let rows = cx.all(sql, p![customer, below, ask.fetch()])?;
    Ok(ask.page(&list, rows, |c: &Conversation| c.id.0))
}

/// In the order of ids, which never change: no skip and no double while others write.
pub fn enumerate(cx: &mut Cx, scope: &Scope, ask: &Ask) -> Result<Page<Conversation>> {
    let above: i64 = ask.after("conversations by id")?.unwrap_or(0);
    let sql = format!(
        "SELECT {COLUMNS} FROM conversations c WHERE c.id > $1 AND c.shelf <> 'bin' AND {}
         ORDER BY c.id LIMIT $2",
        visible(scope).sql()
    );
    let rows = cx.all(sql, p![above, ask.fetch()])?;
    Ok(ask.page("conversations by id", rows, |c: &Conversation| c.id.0))
}

/// In any order.
pub fn list_by_ids(cx: &mut Cx, scope: &Scope, ids: &[i64]) -> Result<Vec<Conversation>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let (among, visible) = (cx.among("c.id", 1), visible(scope).sql());
    cx.all(format!("SELECT {COLUMNS} FROM conversations c WHERE {among} AND {visible}"), p![json!(ids)])
}

/// Those of `ids` that the scope may see.
pub fn list_visible(cx: &mut Cx, scope: &Scope, ids: &[i64]) -> Result<BTreeSet<i64>> {
    if ids.is_empty() {
        return Ok(BTreeSet::new());
    }
    let (among, visible) = (cx.among("c.id", 1), visible(scope).sql());
    let sql = format!("SELECT c.id FROM conversations c WHERE {among} AND c.shelf <> 'bin' AND {visible}");
    let rows: Vec<(i64,)> = cx.all(sql, p![json!(ids)])?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
