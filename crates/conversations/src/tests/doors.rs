//! Contacts, sides, blocks, merges and the panel through their routes, as an ordinary agent.

use std::sync::Arc;

use super::*;
use people::actions::CreateAgent;
use people::actions::input;
use serde_json::{Value, json};
use testkit::Client;
use web::{NoViewers, Parts};

const PASSWORD: &str = "correct horse battery";

/// A browser in which somebody with the role “agent” is signed in, and a conversation of Mia's.
async fn desk(w: &World) -> (Client, i64) {
    let ann = found(w).await;
    let new =
        json!({"email": "ben@linden-lark.example", "name": "Ben", "role": "agent", "password": PASSWORD});
    let new: input::CreateAgent = serde_json::from_value(new).expect("an agent");
    w.house.act::<CreateAgent>(ann, None, new).await.expect("hired");
    let id = receive(w, mail("mia@example.org", "Kettle", "It drips.")).await.conversation_id;
    let mut client = w.client(Parts::new(Arc::new(people::Doorkeeper), Arc::new(NoViewers)));
    let body = json!({"email": "ben@linden-lark.example", "password": PASSWORD});
    client.post("/api/session", body).await.expect(200);
    (client, id.0)
}

fn undo_of(reply: &testkit::Reply) -> String {
    let undo = reply.headers.get("rapport-undo").expect("a way back").to_str().expect("ASCII");
    format!("/api/undos/{undo}")
}

testkit::both! { with house();

async fn an_agent_logs_a_call_and_undoes_it(w: World) {
    let (mut desk, id) = desk(&w).await;
    let path = format!("/api/conversations/{id}/contacts");
    let body = json!({"channel": "voice", "direction": "in", "html": "<p>She rang.</p><script>x</script>", "duration_seconds": 60,
        "occurred_at": "2026-03-02T08:30:00Z", "identity": {"kind": "phone", "value": "030 123456"}, "then": "solved"});
    let logged = desk.post(&path, body).await;
    let message = logged.expect(201);
    assert_eq!(message["contact"]["occurred_at"], "2026-03-02T08:30:00.000Z");
    assert_eq!((&message["html"], &message["delivery"], &message["author"]["kind"]), (&json!("<p>She rang.</p>"), &Value::Null, &json!("customer")));
    let opened = desk.get(&format!("/api/conversations/{id}")).await.expect(200);
    assert_eq!((&opened["status"], &opened["blocked"], &opened["channels"][0]["proposed"]), (&json!("solved"), &json!(false), &json!(true)));
    desk.post(&undo_of(&logged), json!({})).await.expect(204);
    let opened = desk.get(&format!("/api/conversations/{id}")).await.expect(200);
    assert_eq!((&opened["status"], opened["messages"]["items"].as_array().map(Vec::len)), (&json!("new"), Some(1)));
    for wrong in [json!({"channel": "fax", "direction": "in", "html": "x"}), json!({"channel": "voice", "direction": "in", "html": "x", "delivery": "sent"})] {
        desk.post(&path, wrong).await.expect(400);
    }
    let body = json!({"requester": {"name": "Max", "postal": "Main Street 1, Town"}, "channel": "letter", "direction": "in", "html": "<p>A complaint.</p>"});
    let begun = desk.post("/api/contacts", body).await;
    let started = begun.expect(201);
    desk.post(&undo_of(&begun), json!({})).await.expect(204);
    let binned = desk.get(&format!("/api/conversations/{}", started["id"])).await.expect(200);
    assert_eq!(binned["deleted"], json!(true));
}

async fn a_number_leads_to_its_conversation_once_on_whatever_page(w: World) {
    let (mut desk, id) = desk(&w).await;
    let number = desk.get(&format!("/api/conversations/{id}")).await.expect(200)["number"].clone();
    for subject in [format!("Once more about {number}"), format!("No. {number} again")] {
        receive(&w, mail("tom@example.org", &subject, &format!("I mean {number}."))).await;
    }
    w.settle().await;
    for asked in [number.to_string(), format!("%23{number}")] {
        for limit in [1, 20] {
            let mut found = Vec::new();
            let mut more = String::new();
            loop {
                let page = desk.get(&format!("/api/search?q={asked}&limit={limit}{more}")).await.expect(200);
                let items = page["items"].as_array().expect("items");
                found.extend(items.iter().filter_map(|item| item["row"]["id"].as_i64()));
                match page["next"].as_str() {
                    Some(next) => more = format!("&cursor={next}"),
                    None => break,
                }
            }
            assert_eq!(found.first(), Some(&id), "{asked} by {limit}: {found:?}");
            assert_eq!(found.iter().filter(|one| **one == id).count(), 1, "{found:?}");
            assert!(found.len() >= 3, "{found:?}");
        }
    }
}

async fn an_agent_asks_a_third_party_and_looks_at_who_gets_what(w: World) {
    let (mut desk, id) = desk(&w).await;
    let first = desk.get(&format!("/api/conversations/{id}")).await.expect(200)["messages"]["items"][0]["id"].clone();
    let path = format!("/api/conversations/{id}/sides");
    let sent = desk.post(&path, json!({"to": {"name": "Mend", "address": "mend@mend.example"}, "html": "<p>Can you?</p>", "message_ids": [first]})).await.expect(201);
    assert_eq!((&sent["kind"], &sent["delivery"]["state"]), (&json!("side"), &json!("held")));
    let side = sent["side"]["id"].clone();
    assert_eq!(desk.get(&format!("/api/sides/{side}")).await.expect(200)["subject"], "Fwd: Kettle");
    desk.post(&format!("/api/sides/{side}/messages"), json!({"html": "<p>And when?</p>"})).await.expect(201);
    desk.post("/api/sides/1/messages", json!({"html": "<p>?</p>"})).await.expect(404);
    let refused = desk.post(&path, json!({"to": {"address": "mia@example.org"}, "html": "<p>Can you?</p>"})).await.expect(400);
    assert_eq!((&refused["error"]["code"], refused["error"]["fields"]["to"].is_string()), (&json!("side_to_customer"), true));
    let opened = desk.get(&format!("/api/conversations/{id}")).await.expect(200);
    assert_eq!((&opened["sides"][0]["id"], &opened["preview"]), (&side, &json!("It drips.")));
    let path = format!("/api/conversations/{id}/recipients");
    let shown = desk.get(&format!("{path}?audience=customer&channel=pigeon")).await.expect(200);
    assert_eq!((&shown["audience"], &shown["problem"], &shown["to"][0]["why"]), (&json!("customer"), &Value::Null, &json!("wrote_last")));
    let judged = desk.post(&path, json!({"to": ["mia@example.org"], "cc": ["new@example.net"]})).await.expect(200);
    assert_eq!((&judged["cc"][0]["new"], &judged["cc"][0]["outside"]), (&json!(true), &json!(true)));
    desk.get(&format!("{path}?channel=smoke")).await.expect(400);
    assert_eq!(desk.get(&format!("/api/conversations/{id}/channels")).await.expect(200)[0]["channel"], "pigeon");
}

async fn an_agent_blocks_lets_in_and_merges(w: World) {
    let (mut desk, id) = desk(&w).await;
    let blocked = desk.post(&format!("/api/conversations/{id}/block"), json!({"domain": false})).await;
    assert_eq!(blocked.expect(200)["spam"], json!(true));
    receive(&w, mail("mia@example.org", "Again", "Now.")).await;
    let held = desk.get("/api/blocked").await.expect(200);
    assert_eq!((&held["items"][0]["from"]["address"], &held["items"][0]["has_raw"]), (&json!("mia@example.org"), &json!(false)));
    let release = format!("/api/blocked/{}/release", held["items"][0]["id"]);
    assert_eq!(desk.post(&release, json!({})).await.expect(409)["error"]["code"], "not_kept");
    assert_eq!(desk.get("/api/blocks").await.expect(200)["items"][0]["value"], "mia@example.org");
    desk.post(&undo_of(&blocked), json!({})).await.expect(204);
    assert_eq!(desk.get("/api/blocks").await.expect(200)["items"], json!([]));

    let opened = desk.get(&format!("/api/conversations/{id}")).await.expect(200);
    let mia = opened["customer"]["id"].clone();
    let other = desk.post("/api/customers", json!({"name": "Mia Winter", "time_zone": "Europe/Berlin"})).await.expect(201)["id"].clone();
    let merged = desk.post(&format!("/api/customers/{mia}/merge"), json!({"into": other})).await;
    assert_eq!(merged.expect(200)["merged"][0]["id"], mia);
    let panel = desk.get(&format!("/api/customers/{mia}/panel")).await.expect(200);
    assert_eq!((&panel["customer"]["id"], panel["conversations"]["items"].as_array().map(Vec::len)), (&other, Some(1)));
    assert_eq!((&panel["local_time"], panel["timeline"]["items"].as_array().map(Vec::len)), (&json!("2026-03-02T10:00:00+01:00"), Some(1)));
    let beside = desk.get(&format!("/api/customers/{other}/panel?conversation={id}")).await.expect(200);
    assert_eq!(beside["conversations"]["items"], json!([]));
    desk.put(&format!("/api/customers/{other}/block"), json!({})).await.expect(204);
    assert_eq!(desk.get(&format!("/api/customers/{other}/panel")).await.expect(200)["blocked"], json!(true));
    desk.delete(&format!("/api/customers/{other}/block")).await.expect(204);
    desk.post(&undo_of(&merged), json!({})).await.expect(204);
    let panel = desk.get(&format!("/api/customers/{mia}/panel")).await.expect(200);
    assert_eq!((&panel["customer"]["id"], &panel["blocked"]), (&mia, &json!(false)));
}

}
