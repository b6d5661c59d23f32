//! No statement of the natural path goes through a whole table that grows, on either database.

use super::*;
use crate::actions::note::{self, Note};
use crate::actions::reply::{self, Reply};
use crate::model::{MessageId, SideId};
use crate::store::blocked::BlockedId;
use crate::store::list::{
    View, count_view, enumerate, list_by_ids, list_of_customer, list_view, list_visible,
};
use crate::store::{attachment, blocked, conversation, desk, message, side};
use base::Ask;
use customers::CustomerId;
use journal::Acted;
use people::{BrandId, Scope, TeamId};
use serde_json::{Value, json};

/// Each of these has a handful of rows, or is a queue that is read from its beginning.
const SMALL: [&str; 12] = [
    "roles",
    "agents",
    "teams",
    "team_members",
    "brands",
    "brand_members",
    "reactions",
    "nodes",
    "settings",
    "event_sequence",
    "password_resets",
    "search_waiting",
];

/// What is no table: lists of ids, the index over words, and the parts of a statement.
const HARMLESS: [&str; 8] = [
    "json_each",
    "search_words VIRTUAL TABLE",
    "CONSTANT ROW",
    "(subquery-1)",
    "part",
    "found",
    "counted",
    "u",
];

/// Partial indexes that hold just what is asked for, and are read up to a limit.
const QUEUES: [&str; 2] = ["events_unsequenced", "blocked_messages_waiting"];

/// The lines of a plan of SQLite that go through all of a table (sqlite.org/eqp.html).
fn lite_scans(plan: &[String]) -> Vec<String> {
    let is = |name: &str, known: &str| {
        name == known || name.strip_prefix(known).is_some_and(|rest| rest.starts_with(' '))
    };
    let harmless = |name: &str| HARMLESS.iter().chain(&SMALL).any(|known| is(name, known));
    let is_queue = |name: &str| QUEUES.iter().any(|index| name.ends_with(&format!(" INDEX {index}")));
    let at_fault = |name: &str| !harmless(name) && !is_queue(name);
    let scans = plan.iter().filter(|line| line.strip_prefix("SCAN ").is_some_and(at_fault));
    scans.cloned().collect()
}

/// The same of PostgreSQL: a sequential scan, or an index that is read without a condition.
fn pg_scans(plan: &[String]) -> Vec<String> {
    let is_queue = |line: &str| QUEUES.iter().any(|index| line.contains(&format!(" using {index} on ")));
    let small =
        |line: &str| is_queue(line) || SMALL.iter().any(|table| line.contains(&format!(" on {table}")));
    let at_fault = |at: usize, line: &str| {
        let indexed =
            ["Index Scan", "Index Only Scan", "Bitmap Index Scan"].iter().any(|kind| line.contains(kind));
        let bounded = plan.get(at + 1).is_some_and(|next| next.trim_start().starts_with("Index Cond:"));
        // One row at either end of an index is no way through it.
        let limited = at > 0 && plan[at - 1].trim_start_matches([' ', '-', '>']).starts_with("Limit");
        let is_end = limited && line.contains(" using search_entries_pkey on ");
        !small(line) && !is_end && (line.contains("Seq Scan on ") || (indexed && !bounded))
    };
    plan.iter().enumerate().filter(|(at, line)| at_fault(*at, line)).map(|(_, line)| line.clone()).collect()
}

/// What reads for a screen, as each kind of agent and as a customer.
fn look_around(cx: &mut Cx, scope: &Scope, id: ConversationId) -> Result<()> {
    let (ask, me) = (Ask::default(), Some(AgentId(1)));
    for view in View::ALL {
        list_view(cx, scope, *view, me, &ask)?;
        count_view(cx, scope, *view, me)?;
    }
    list_of_customer(cx, scope, CustomerId(5), &ask)?;
    enumerate(cx, scope, &ask)?;
    list_by_ids(cx, scope, &[id.0])?;
    list_visible(cx, scope, &[id.0])?;
    conversation::find_by_number(cx, scope, 1)?;
    message::list_messages(cx, scope, id, &ask)?;
    attachment::find_attachment(cx, scope, "agent:1", "token")?;
    if let Some(c) = conversation::find_conversation(cx, scope, id)? {
        conversation::list_also_open(cx, scope, &c)?;
    }
    side::list_sides(cx, scope, id)?;
    side::find_side(cx, scope, SideId(5))?;
    message::list_seen(cx, scope, &[id.0])?;
    blocked::list_blocked(cx, BlockedId(5), None, 10)?;
    blocked::list_blocked(cx, BlockedId(5), Some(crate::channel::HoldCause::Spam), 10)?;
    blocked::count_waiting(cx, 10)?;
    blocked::list_expired(cx, cx.now(), 10)?;
    let c = conversation::find_conversation(cx, &Scope::All, id)?.expect("there");
    customers::timeline(cx, &Scope::All, c.requester_id, &ask)?;
    Ok(())
}

async fn lead_a_conversation(w: &World, ann: &Caller) -> ConversationId {
    let first = mail("mia@example.org", "Kettle", "It drips on the carpet.");
    let got = receive(w, first.clone()).await;
    receive(w, first.clone()).await;
    let mut second = mail("mia@example.org", "Re: Kettle", "Still dripping.");
    second.references = vec![first.source_id.expect("set")];
    receive(w, second).await;
    let conversation_id = Some(got.conversation_id);
    let input = reply::Input {
        conversation_id,
        html: "<p>We look at it.</p>".to_owned(),
        channel: None,
        to: None,
        cc: None,
        audience: None,
        then: None,
        upload_ids: Vec::new(),
        version: None,
        clean: None,
    };
    w.house.act::<Reply>(ann.clone(), None, input).await.expect("answered");
    let html = "<p>Ask the workshop</p>".to_owned();
    let input =
        note::Input { conversation_id, html, mentions: Vec::new(), upload_ids: Vec::new(), clean: None };
    w.house.act::<Note>(ann.clone(), None, input).await.expect("noted");
    w.clock.advance(11_000);
    w.settle().await;
    got.conversation_id
}

/// Contacts, third parties, blocks and merges.
async fn go_beside(w: &World, ann: &Caller, id: ConversationId) {
    let act = json!({"conversation_id": id, "channel": "voice", "direction": "in", "html": "She rang.",
        "identity": {"kind": "phone", "value": "030 123"}});
    let logged = by_name(w, ann, "message.log", act).await;
    w.house.undo(ann.clone(), logged.undo.expect("set")).await.expect("undone");
    let ask = json!({"conversation_id": id, "to": {"address": "mend@mend.example"}, "html": "Can you?"});
    let asked = by_name(w, ann, "conversation.forward", ask).await.output;
    by_name(w, ann, "conversation.answer_side", json!({"side_id": asked["side"]["id"], "html": "And?"}))
        .await;
    w.clock.advance(11_000);
    w.settle().await;
    let mut back = mail("mend@mend.example", "Re: Kettle", "Yes.");
    let sent = MessageId(asked["id"].as_i64().expect("an id"));
    back.references = w
        .system(move |cx| Ok(message::claim_any(cx, sent)?.source_id))
        .await
        .expect("read")
        .into_iter()
        .collect();
    assert_eq!(receive(w, back).await.conversation_id, id);
    let other = receive(w, mail("max@example.org", "Pot", "Hello.")).await.conversation_id;
    let blocked = by_name(w, ann, "conversation.block", json!({"conversation_id": other})).await;
    assert!(receive(w, mail("max@example.org", "Pot", "Again.")).await.blocked);
    w.house.undo(ann.clone(), blocked.undo.expect("set")).await.expect("undone");
    let (mia, max) = (conversation(w, id).await.requester_id, conversation(w, other).await.requester_id);
    let merged = by_name(w, ann, "customer.merge", json!({"customer": mia, "into": max})).await;
    w.settle().await;
    w.house.undo(ann.clone(), merged.undo.expect("set")).await.expect("undone");
    w.settle().await;
}

async fn by_name(w: &World, ann: &Caller, name: &str, input: Value) -> Acted<Value> {
    w.house.registry().act(&w.house, ann.clone(), name, None, input).await.expect(name)
}

testkit::both! { with house();

async fn the_natural_path_goes_through_no_table_that_grows(w: World) {
    let ann = found(&w).await;
    w.house.db.watch();
    let id = lead_a_conversation(&w, &ann).await;
    go_beside(&w, &ann, id).await;
    let scopes = [
        Scope::All,
        Scope::Teams { agent: AgentId(1), teams: vec![TeamId(2), TeamId(3)] },
        Scope::Brands { agent: AgentId(1), brands: vec![BrandId(2)] },
        Scope::Own { agent: AgentId(1) },
        Scope::Customer { id: 5 },
    ];
    let look = move |cx: &mut Cx| {
        scopes.iter().try_for_each(|scope| look_around(cx, scope, id))?;
        desk::list_reads_of(cx, AgentId(1), &[id])?;
        let query = search::Query { text: "drips carpet ".to_owned(), kind: None, before: None, most: 20 };
        search::find(cx, &query, |_, hits| Ok(vec![true; hits.len()])).map(drop)
    };
    w.house.read(Caller::system(), look).await.expect("reads");
    let plans = w.house.db.plans();
    assert!(plans.len() > 100, "only {} statements were seen", plans.len());
    let scans = if w.house.db.engine() == store::Engine::Sqlite { lite_scans } else { pg_scans };
    let faults: Vec<String> = plans
        .iter()
        .filter(|(_, plan)| !scans(plan).is_empty())
        .map(|(sql, plan)| format!("{sql}\n    {}", plan.join("\n    ")))
        .collect();
    assert!(faults.is_empty(), "{} statements:\n{}", faults.len(), faults.join("\n\n"));
}

}
