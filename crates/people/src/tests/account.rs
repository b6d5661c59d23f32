//! One's own account, and what the workspace says of itself.

use serde_json::json;
use testkit::{Client, both};

use super::{PASSWORD, founded, parts, sign_in, with_agent};

const NEW: &str = "a new and better one";

async fn change(client: &mut Client, current: &str, password: &str) -> testkit::Reply {
    client.put("/api/profile/password", json!({"current": current, "password": password})).await
}

both! { with parts();

async fn a_new_password_ends_the_other_sessions_and_keeps_this_one(w: World) {
    let mut ann = founded(&w).await;
    sign_in(&mut ann, "ann@lantern.example").await;
    let mut elsewhere = ann.stranger();
    sign_in(&mut elsewhere, "ann@lantern.example").await;
    change(&mut ann, PASSWORD, NEW).await.expect(204);
    ann.get("/api/session").await.expect(200);
    assert_eq!(elsewhere.get("/api/session").await.code(401), "session_ended");
    let old = json!({"email": "ann@lantern.example", "password": PASSWORD});
    assert_eq!(elsewhere.post("/api/session", old).await.code(401), "wrong_credentials");
    let new = json!({"email": "ann@lantern.example", "password": NEW});
    elsewhere.post("/api/session", new).await.expect(200);
    w.settle().await;
}

async fn the_present_password_is_asked_for_and_guessing_it_becomes_slow(w: World) {
    let mut ann = founded(&w).await;
    sign_in(&mut ann, "ann@lantern.example").await;
    assert_eq!(change(&mut ann, PASSWORD, "short").await.code(400), "password_short");
    for _ in 0..5 {
        assert_eq!(change(&mut ann, "wrong", NEW).await.code(400), "password_wrong");
    }
    assert_eq!(change(&mut ann, PASSWORD, NEW).await.code(429), "sign_in_wait");
    w.clock.advance(1_001);
    change(&mut ann, PASSWORD, NEW).await.expect(204);
    assert_eq!(change(&mut ann, PASSWORD, NEW).await.code(400), "password_wrong");
}

async fn a_token_cannot_change_the_password(w: World) {
    let mut ann = founded(&w).await;
    sign_in(&mut ann, "ann@lantern.example").await;
    let made = ann.post("/api/tokens", json!({"name": "script"})).await.expect(201);
    let token = made["token"].as_str().expect("a token");
    let mut script = ann.stranger().with("authorization", &format!("Bearer {token}"));
    assert_eq!(change(&mut script, PASSWORD, NEW).await.code(403), "password_not_yours");
}

async fn an_ordinary_agent_sees_the_own_sessions_and_ends_all_others(w: World) {
    let mut ann = founded(&w).await;
    sign_in(&mut ann, "ann@lantern.example").await;
    let mut bo = with_agent(&mut ann, "bo@lantern.example", "agent").await;
    let mut phone = ann.stranger();
    sign_in(&mut phone, "bo@lantern.example").await;
    let mut listed = bo.get("/api/sessions").await.expect(200);
    let sessions = listed.as_array_mut().expect("a list");
    assert_eq!(sessions.iter().map(|s| s["current"] == true).collect::<Vec<_>>(), [false, true]);
    bo.delete("/api/sessions").await.expect(204);
    assert_eq!(phone.get("/api/session").await.code(401), "session_ended");
    bo.get("/api/session").await.expect(200);
    ann.get("/api/session").await.expect(200);
    change(&mut bo, PASSWORD, NEW).await.expect(204);
}

async fn panels_are_shown_to_those_who_may_use_them(w: World) {
    let mut ann = founded(&w).await;
    let boot = sign_in(&mut ann, "ann@lantern.example").await;
    let ids = |list: &serde_json::Value| {
        let all = list.as_array().expect("panels").iter();
        all.map(|p| p["id"].as_str().expect("an id").to_owned()).collect::<Vec<_>>()
    };
    assert!(ids(&boot["panels"]).contains(&"people.roles".to_owned()));
    assert_eq!(ann.get("/api/panels").await.expect(200), boot["panels"]);
    let first = &boot["panels"][0];
    assert_eq!((first["place"].as_str(), first["title"].as_str()), (Some("settings"), Some("panel-people-workspace")));
    let mut bo = with_agent(&mut ann, "bo@lantern.example", "agent").await;
    let own = ["people.profile", "people.security", "people.tokens"];
    assert_eq!(ids(&bo.get("/api/panels").await.expect(200)), own);
}

async fn the_own_profile_has_a_version(w: World) {
    let mut ann = founded(&w).await;
    sign_in(&mut ann, "ann@lantern.example").await;
    let shown = ann.get("/api/profile").await;
    assert_eq!(shown.expect(200)["name"], "Ann Becker");
    assert_eq!(shown.headers["etag"], "\"1\"");
    let body = json!({"name": "Ann B.", "locale": "de", "time_zone": "Europe/Berlin"});
    let changed = ann.clone().with("if-match", "\"1\"").put("/api/profile", body.clone()).await;
    assert_eq!(changed.expect(200)["version"], 2);
    let stale = ann.clone().with("if-match", "\"1\"").put("/api/profile", body).await;
    assert_eq!(stale.code(409), "version_conflict");
    let odd = json!({"name": "Ann", "time_zone": "Europe/Nowhere"});
    assert_eq!(ann.put("/api/profile", odd).await.code(400), "time_zone_invalid");
}

async fn the_workspace_is_renamed_and_undo_brings_the_old_name_back(w: World) {
    let mut ann = founded(&w).await;
    sign_in(&mut ann, "ann@lantern.example").await;
    let shown = ann.get("/api/workspace").await;
    assert_eq!(shown.expect(200)["name"], "Lantern & Loom");
    let etag = shown.headers["etag"].to_str().expect("ASCII").to_owned();
    let body = json!({"name": "Loom & Lantern", "time_zone": "Europe/Berlin"});
    let reply = ann.clone().with("if-match", &etag).patch("/api/workspace", body.clone()).await;
    let changed = reply.expect(200);
    assert_eq!((changed["name"].as_str(), changed["locale"].as_str()), (Some("Loom & Lantern"), Some("en")));
    let stale = ann.clone().with("if-match", &etag).patch("/api/workspace", body).await;
    assert_eq!(stale.code(409), "version_conflict");
    assert_eq!(ann.patch("/api/workspace", json!({"locale": "x_y"})).await.code(400), "locale_invalid");
    let undo = reply.headers["rapport-undo"].to_str().expect("ASCII").to_owned();
    ann.post(&format!("/api/undos/{undo}"), json!({})).await.expect(204);
    assert_eq!(ann.get("/api/workspace").await.expect(200)["name"], "Lantern & Loom");
    let mut bo = with_agent(&mut ann, "bo@lantern.example", "agent").await;
    bo.get("/api/workspace").await.expect(200);
    assert_eq!(bo.patch("/api/workspace", json!({"name": "Bo's"})).await.code(403), "not_permitted");
}

}
