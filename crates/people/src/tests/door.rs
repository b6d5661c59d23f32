//! Signing in and out, tokens, and what happens to those who guess.

use serde_json::json;
use testkit::{DAY, both};

use super::{PASSWORD, founded, parts, sign_in, with_agent};

#[test]
fn the_api_document_says_how_one_proves_who_one_is_and_where_nobody_has_to() {
    let (_, _, routes) = web::Assembly::of(parts()).split();
    let document = routes.document();
    let schemes = document["components"]["securitySchemes"].as_object().expect("schemes");
    assert_eq!(schemes.keys().collect::<Vec<_>>(), ["basic", "session", "token"]);
    for wanted in document["security"].as_array().expect("a list") {
        assert!(wanted.as_object().expect("one").keys().all(|name| schemes.contains_key(name)), "{wanted}");
    }
    let open = |method: &str, path: &str| document["paths"][path][method]["security"] == json!([{}]);
    assert!(open("post", "/api/session") && open("post", "/api/password-resets/{token}"));
    assert!(open("post", "/api/invitations/{token}") && open("get", "/api/invitations/{token}"));
    assert!(!open("get", "/api/session") && !open("get", "/api/agents"));
}

both! { with parts();

async fn an_agent_signs_in_and_out(w: World) {
    let mut ann = founded(&w).await;
    assert_eq!(ann.get("/api/session").await.code(401), "sign_in_first");
    let boot = sign_in(&mut ann, " Ann@Lantern.example ").await;
    assert_eq!(boot["agent"]["initials"], "AB");
    assert_eq!(boot["workspace"]["name"], "Lantern & Loom");
    assert_eq!(boot["teams"][0]["name"], "Support");
    assert!(boot["grants"].as_array().is_some_and(|g| g.contains(&json!("agent.invite"))));
    assert_eq!(ann.get("/api/session").await.expect(200)["agent"]["email"], "ann@lantern.example");
    let cookie = ann.cookie.clone();
    ann.delete("/api/session").await.expect(204);
    ann.cookie = cookie;
    assert_eq!(ann.get("/api/session").await.code(401), "session_ended");
}

async fn the_cookie_is_out_of_reach_of_scripts(w: World) {
    let mut ann = founded(&w).await;
    let reply = ann.post("/api/session", json!({"email": "ann@lantern.example", "password": PASSWORD})).await;
    let cookie = reply.headers["set-cookie"].to_str().expect("ASCII");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    assert!(!cookie.contains("Secure"), "plain http on a workbench: {cookie}");
}

async fn a_session_ends_thirty_days_after_its_last_use(w: World) {
    let mut ann = founded(&w).await;
    sign_in(&mut ann, "ann@lantern.example").await;
    w.clock.advance(29 * DAY);
    ann.get("/api/session").await.expect(200);
    w.clock.advance(29 * DAY);
    ann.get("/api/session").await.expect(200);
    w.clock.advance(30 * DAY);
    assert_eq!(ann.get("/api/session").await.code(401), "session_ended");
}

async fn guessing_becomes_slow_and_the_right_password_waits_too(w: World) {
    let mut eve = founded(&w).await;
    let wrong = json!({"email": "ann@lantern.example", "password": "wrong"});
    for _ in 0..5 {
        assert_eq!(eve.post("/api/session", wrong.clone()).await.code(401), "wrong_credentials");
    }
    assert_eq!(eve.post("/api/session", wrong).await.code(429), "sign_in_wait");
    let right = json!({"email": "ann@lantern.example", "password": PASSWORD});
    assert_eq!(eve.post("/api/session", right).await.code(429), "sign_in_wait");
    w.clock.advance(1_001);
    sign_in(&mut eve, "ann@lantern.example").await;
}

async fn an_unknown_account_is_refused_in_the_same_words(w: World) {
    let mut eve = founded(&w).await;
    let body = json!({"email": "nobody@lantern.example", "password": PASSWORD});
    assert_eq!(eve.post("/api/session", body).await.code(401), "wrong_credentials");
}

async fn a_token_opens_as_bearer_and_as_basic_until_it_is_revoked(w: World) {
    let mut ann = founded(&w).await;
    sign_in(&mut ann, "ann@lantern.example").await;
    let made = ann.post("/api/tokens", json!({"name": "script"})).await.expect(201);
    let token = made["token"].as_str().expect("a token");
    let mut bearer = ann.stranger().with("authorization", &format!("Bearer {token}"));
    bearer.get("/api/session").await.expect(200);
    assert_eq!(bearer.post("/api/tokens", json!({"name": "child"})).await.code(403), "token_not_yours");
    let pair = |email: &str| {
        use base64::Engine;
        let text = format!("{email}/token:{token}");
        format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(text))
    };
    let mut basic = ann.stranger().with("authorization", &pair("ANN@lantern.example"));
    basic.get("/api/session").await.expect(200);
    let mut other = ann.stranger().with("authorization", &pair("bo@lantern.example"));
    other.get("/api/session").await.code(401);
    let listed = ann.get("/api/tokens").await.expect(200);
    assert!(listed[0].get("token").is_none(), "it was shown once");
    ann.delete(&format!("/api/tokens/{}", made["id"])).await.expect(204);
    assert_eq!(bearer.get("/api/session").await.code(401), "session_ended");
}

async fn sessions_of_others_are_neither_seen_nor_ended(w: World) {
    let mut ann = founded(&w).await;
    sign_in(&mut ann, "ann@lantern.example").await;
    let mut bo = with_agent(&mut ann, "bo@lantern.example", "agent").await;
    let anns = ann.get("/api/sessions").await.expect(200);
    let id = &anns[0]["id"];
    assert_eq!(bo.delete(&format!("/api/sessions/{id}")).await.code(404), "session_not_found");
    assert_ne!(bo.get("/api/sessions").await.expect(200)[0]["id"], *id);
    let bos = bo.get("/api/sessions").await.expect(200);
    ann.delete(&format!("/api/sessions/{}", bos[0]["id"])).await.expect(204);
    assert_eq!(bo.get("/api/session").await.code(401), "session_ended");
}

}
