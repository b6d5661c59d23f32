//! No statement of the natural path goes through a whole table that grows, on either database.

use super::*;
use crate::actions::note::{self, Note};
use crate::actions::reply::{self, Reply};
use crate::store::list::{
    View, count_view, enumerate, list_by_ids, list_of_customer, list_view, list_visible,
};
use crate::store::{attachment, conversation, desk, message};
use base::Ask;
use customers::CustomerId;
use people::{BrandId, Scope, TeamId};

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

/// The lines of a plan of SQLite that go through all of a table (sqlite.org/eqp.html).
fn lite_scans(plan: &[String]) -> Vec<String> {
    let is = |name: &str, known: &str| {
        name == known || name.strip_prefix(known).is_some_and(|rest| rest.starts_with(' '))
    };
    let harmless = |name: &str| HARMLESS.iter().chain(&SMALL).any(|known| is(name, known));
    let scans = plan.iter().filter(|line| line.strip_prefix("SCAN ").is_some_and(|name| !harmless(name)));
    scans.cloned().collect()
}

/// The same of PostgreSQL: a sequential scan, or an index that is read without a condition.
fn pg_scans(plan: &[String]) -> Vec<String> {
    let is_queue = |line: &str| line.contains(" using events_unsequenced on ");
    let small =
        |line: &str| is_queue(line) || SMALL.iter().any(|table| line.contains(&format!(" on {table}")));
    let at_fault = |at: usize, line: &str| {
        let indexed =
            ["Index Scan", "Index Only Scan", "Bitmap Index Scan"].iter().any(|kind| line.contains(kind));
        let bounded = plan.get(at + 1).is_some_and(|next| next.trim_start().starts_with("Index Cond:"));
        !small(line) && (line.contains("Seq Scan on ") || (indexed && !bounded))
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

testkit::both! { with house();

async fn the_natural_path_goes_through_no_table_that_grows(w: World) {
    let ann = found(&w).await;
    w.house.db.watch();
    let id = lead_a_conversation(&w, &ann).await;
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
