//! Roles, teams and standings: who may do what to whom, and what follows.

use serde_json::json;
use testkit::both;

use super::{founded, parts, sign_in, with_agent};
use crate::model::{AgentId, Scope};

both! { with parts();

async fn who_is_deactivated_is_out_at_once_and_undo_brings_back(w: World) {
    let mut ann = founded(&w).await;
    sign_in(&mut ann, "ann@lantern.example").await;
    let mut bo = with_agent(&mut ann, "bo@lantern.example", "agent").await;
    let id = bo.get("/api/session").await.expect(200)["agent"]["id"].clone();
    let path = format!("/api/agents/{id}");
    let reply = ann.put(&path, json!({"active": false})).await;
    assert_eq!(reply.expect(200)["active"], false);
    assert_eq!(bo.get("/api/session").await.code(401), "session_ended");
    let undo = reply.headers["rapport-undo"].to_str().expect("ASCII").to_owned();
    ann.post(&format!("/api/undos/{undo}"), json!({})).await.expect(204);
    sign_in(&mut bo, "bo@lantern.example").await;
    assert_eq!(ann.post(&format!("/api/undos/{undo}"), json!({})).await.code(409), "already_undone");
}

async fn an_old_version_is_a_conflict_that_tells_the_present(w: World) {
    let mut ann = founded(&w).await;
    sign_in(&mut ann, "ann@lantern.example").await;
    let bo = with_agent(&mut ann, "bo@lantern.example", "agent").await.get("/api/session").await.expect(200);
    let path = format!("/api/agents/{}", bo["agent"]["id"]);
    let reply = ann.clone().with("if-match", "\"1\"").put(&path, json!({"name": "Bo Kern"})).await;
    reply.expect(200);
    assert_eq!(reply.headers["etag"], "\"2\"");
    let stale = ann.clone().with("if-match", "\"1\"").put(&path, json!({"name": "B"})).await;
    assert_eq!(stale.code(409), "version_conflict");
    assert_eq!(stale.json()["error"]["present"]["name"], "Bo Kern");
}

async fn nobody_gives_more_than_he_has(w: World) {
    let mut ann = founded(&w).await;
    sign_in(&mut ann, "ann@lantern.example").await;
    let grants = json!(["agent.*", "role.*", "team.*"]);
    let role = json!({"name": "people desk", "grants": grants, "reach": "all"});
    ann.post("/api/roles", role).await.expect(201);
    let mut cy = with_agent(&mut ann, "cy@lantern.example", "people desk").await;
    let as_role = |role: &str| json!({"email": "dee@lantern.example", "name": "Dee", "role": role});
    for strong in ["owner", "admin"] {
        assert_eq!(cy.post("/api/agents", as_role(strong)).await.code(403), "role_too_strong");
        assert_eq!(cy.post("/api/invitations", as_role(strong)).await.code(403), "role_too_strong");
    }
    let wide = json!({"name": "wide", "grants": ["*"], "reach": "all"});
    assert_eq!(cy.post("/api/roles", wide).await.code(403), "role_too_strong");
    let owner = ann.get("/api/session").await.expect(200)["agent"]["id"].clone();
    let out = cy.put(&format!("/api/agents/{owner}"), json!({"active": false})).await;
    assert_eq!(out.code(403), "role_too_strong");
    cy.post("/api/agents", as_role("people desk")).await.expect(201);
    let mut admin = with_agent(&mut ann, "eli@lantern.example", "admin").await;
    let out = admin.put(&format!("/api/agents/{owner}"), json!({"active": false})).await;
    assert_eq!(out.code(403), "role_too_strong");
}

async fn the_last_owner_stays(w: World) {
    let mut ann = founded(&w).await;
    let boot = sign_in(&mut ann, "ann@lantern.example").await;
    let path = format!("/api/agents/{}", boot["agent"]["id"]);
    assert_eq!(ann.put(&path, json!({"role": "agent"})).await.code(409), "last_owner");
    assert_eq!(ann.put(&path, json!({"active": false})).await.code(409), "last_owner");
}

async fn an_agent_may_not_administer(w: World) {
    let mut ann = founded(&w).await;
    let boot = sign_in(&mut ann, "ann@lantern.example").await;
    let mut bo = with_agent(&mut ann, "bo@lantern.example", "agent").await;
    let team = &boot["teams"][0]["id"];
    let refused = [
        bo.post("/api/agents", json!({"email": "x@y", "name": "X"})).await,
        bo.post("/api/invitations", json!({"email": "x@y", "name": "X"})).await,
        bo.post("/api/teams", json!({"name": "T"})).await,
        bo.put(&format!("/api/teams/{team}/members"), json!({"agent_ids": []})).await,
        bo.post("/api/brands", json!({"name": "B"})).await,
        bo.post("/api/roles", json!({"name": "R", "grants": [], "reach": "own"})).await,
        bo.put("/api/agents/1", json!({"active": false})).await,
    ];
    for reply in refused {
        assert_eq!(reply.code(403), "not_permitted");
    }
    bo.put("/api/profile", json!({"name": "Bo", "locale": "de", "time_zone": "Europe/Berlin"})).await.expect(200);
}

async fn a_scope_follows_role_teams_and_standing(w: World) {
    let mut ann = founded(&w).await;
    let boot = sign_in(&mut ann, "ann@lantern.example").await;
    ann.post("/api/roles", json!({"name": "teamed", "grants": [], "reach": "teams"})).await.expect(201);
    let mut bo = with_agent(&mut ann, "bo@lantern.example", "teamed").await;
    let id = bo.get("/api/session").await.expect(200)["agent"]["id"].as_i64().expect("an id");
    let scope = || w.house.read(journal::Caller::agent(id, []), crate::scope);
    let agent = AgentId(id);
    assert_eq!(scope().await.expect("reads"), Scope::Teams { agent, teams: vec![] });
    let team = boot["teams"][0]["id"].as_i64().expect("an id");
    let path = format!("/api/teams/{team}/members");
    let reply = ann.put(&path, json!({"agent_ids": [id, id]})).await;
    assert_eq!(reply.expect(200)["agent_ids"], json!([id]));
    assert_eq!(scope().await.expect("reads"), Scope::Teams { agent, teams: vec![crate::TeamId(team)] });
    assert_eq!(ann.put(&path, json!({"agent_ids": [7]})).await.code(404), "agent_not_found");
    ann.put(&format!("/api/agents/{id}"), json!({"active": false})).await.expect(200);
    assert_eq!(scope().await.expect("reads"), Scope::None);
    let claimed = journal::Caller {
        who: journal::Who::Customer { id: 5, verified: false },
        grants: journal::Grants::some([]),
    };
    assert_eq!(w.house.read(claimed, crate::scope).await.expect("reads"), Scope::None);
}

async fn a_creating_request_sent_twice_makes_one(w: World) {
    let mut ann = founded(&w).await;
    sign_in(&mut ann, "ann@lantern.example").await;
    let mut keyed = ann.clone().with("idempotency-key", "k1");
    let first = keyed.post("/api/teams", json!({"name": "Returns"})).await.expect(201);
    let second = keyed.post("/api/teams", json!({"name": "Returns"})).await.expect(201);
    assert_eq!(first, second);
    assert_eq!(keyed.post("/api/teams", json!({"name": "Other"})).await.code(409), "key_reused");
    assert_eq!(ann.post("/api/teams", json!({"name": "RETURNS "})).await.code(409), "team_exists");
}

async fn names_keep_every_letter_and_lose_only_what_no_database_stores(w: World) {
    let mut ann = founded(&w).await;
    sign_in(&mut ann, "ann@lantern.example").await;
    for name in ["<script>alert(1)</script>", "Größe'; DROP TABLE agents; --", "אבג\u{202e}x", "👩‍👩‍👧", "%s%n${x}"] {
        let made = ann.post("/api/teams", json!({"name": name})).await.expect(201);
        assert_eq!(made["name"], name);
    }
    let made = ann.post("/api/teams", json!({"name": "a\u{0}b"})).await.expect(201);
    assert_eq!(made["name"], "ab");
    let reply = ann.post("/api/teams", json!({"name": "x", "extra": 1})).await;
    assert_eq!(reply.code(400), "field_invalid");
    assert_eq!(reply.json()["error"]["fields"]["extra"], "Unknown field `extra`.");
}

async fn agents_are_listed_page_by_page(w: World) {
    let mut ann = founded(&w).await;
    sign_in(&mut ann, "ann@lantern.example").await;
    for n in 0..3 {
        let body = json!({"email": format!("a{n}@lantern.example"), "name": "A"});
        ann.post("/api/agents", body).await.expect(201);
    }
    let first = ann.get("/api/agents?limit=3").await.expect(200);
    assert_eq!(first["items"].as_array().map(Vec::len), Some(3));
    let next = first["next"].as_str().expect("more").to_owned();
    let second = ann.get(&format!("/api/agents?limit=3&cursor={next}")).await.expect(200);
    assert_eq!(second["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(ann.get("/api/agents?cursor=x").await.code(400), "cursor_invalid");
}

}
