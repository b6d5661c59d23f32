//! Envelopes, headers, cross-site requests, limits, health: what every request meets.

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use testkit::{Client, World, both};
use web::Parts;

use super::things::{capability, house, parts};

fn agent(w: &World) -> Client {
    let mut client = w.client(parts());
    client.cookie = Some("rapport_session=agent-1".to_owned());
    client
}

fn request(method: &str, path: &str) -> axum::http::request::Builder {
    Request::builder().method(method).uri(path).header("host", "desk.example")
}

both! { with [capability()];

async fn whatever_goes_wrong_has_one_envelope(w: World) {
    let mut client = agent(&w);
    assert_eq!(client.get("/api/nowhere").await.code(404), "unknown_path");
    assert_eq!(client.get("/nowhere").await.code(404), "unknown_path");
    assert_eq!(client.delete("/api/things").await.code(405), "method_not_allowed");
    assert_eq!(client.post("/api/undos/x", json!({})).await.code(404), "unknown_path");
    assert_eq!(client.post("/api/things", json!({"id": "x"})).await.code(400), "field_invalid");
    assert_eq!(client.get("/api/live").await.code(400), "bad_request");
    let huge = json!({"id": 1, "secret": false, "text": "x".repeat(1_100_000)});
    assert_eq!(client.post("/api/things", huge).await.code(400), "too_large");
    let plain = request("POST", "/api/things").header("cookie", "rapport_session=agent-1");
    let plain = plain.header("sec-fetch-site", "same-origin").body(Body::from("id=1")).expect("a request");
    assert_eq!(client.pass(plain).await.code(400), "media_type");
}

async fn causes_stay_inside_and_panics_are_caught(w: World) {
    let mut client = agent(&w);
    for path in ["/api/failing", "/api/panic"] {
        let reply = client.get(path).await;
        assert_eq!(reply.code(500), "internal");
        let text = String::from_utf8_lossy(&reply.bytes).into_owned();
        assert!(!text.contains("burned") && !text.contains("own panic"), "{text}");
        let id = reply.headers["x-request-id"].to_str().expect("ASCII");
        assert_eq!(reply.json()["error"]["request_id"], id);
    }
}

async fn every_answer_carries_the_safe_headers(w: World) {
    let mut client = agent(&w);
    let reply = client.get("/healthz").await;
    reply.expect_text("ok\n");
    let policy = reply.headers["content-security-policy"].to_str().expect("ASCII");
    assert!(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert_eq!(reply.headers["x-content-type-options"], "nosniff");
    assert!(!reply.headers.contains_key("strict-transport-security"));
    let foreign = client.get("/api/foreign").await;
    let policy = foreign.headers["content-security-policy"].to_str().expect("ASCII");
    assert!(policy.starts_with("sandbox ") && !policy.contains("script"), "{policy}");
}

async fn what_another_site_sends_changes_nothing(w: World) {
    let mut client = agent(&w);
    let body = || Body::from(r#"{"id":1,"secret":false}"#);
    let send = |headers: &[(&'static str, &'static str)]| {
        let mut built = request("POST", "/api/things").header("content-type", "application/json");
        for (name, value) in headers {
            built = built.header(*name, *value);
        }
        built.body(body()).expect("a request")
    };
    let cookie = ("cookie", "rapport_session=agent-1");
    for refused in [
        send(&[cookie, ("sec-fetch-site", "cross-site")]),
        send(&[cookie, ("sec-fetch-site", "same-site")]),
        send(&[cookie, ("origin", "http://evil.example")]),
        send(&[cookie, ("origin", "null")]),
        send(&[cookie]),
        send(&[("origin", "http://evil.example")]),
    ] {
        assert_eq!(client.pass(refused).await.code(403), "cross_site");
    }
    assert_eq!(w.house.last_seq().await.expect("reads"), 0);
    for fine in [
        send(&[cookie, ("sec-fetch-site", "same-origin")]),
        send(&[cookie, ("origin", "http://desk.example")]),
        send(&[("authorization", "Bearer agent-1"), ("origin", "http://evil.example")]),
    ] {
        client.pass(fine).await.expect(201);
    }
}

async fn who_asks_too_often_is_told_to_wait(w: World) {
    let limits = web::Limits { strangers: web::Limit::new(3, 1), ..web::Limits::wide() };
    let mut client = w.client_of(house(Parts { limits, ..parts() }));
    client.cookie = Some("rapport_session=guessed".to_owned());
    for _ in 0..3 {
        client.post("/api/undos/1", json!({})).await.code(401);
    }
    let reply = client.post("/api/undos/1", json!({})).await;
    assert_eq!(reply.code(429), "too_many_requests");
    assert!(reply.headers.contains_key("retry-after"));
    client.cookie = Some("rapport_session=agent-1".to_owned());
    client.post("/api/undos/1", json!({})).await.code(404);
}

async fn health_is_told_to_machines_and_numbers_to_this_one(w: World) {
    let mut client = agent(&w).stranger();
    if w.house.db.engine() == store::Engine::Postgres {
        assert_eq!(client.get("/readyz").await.code(503), "clock_skew", "the world's clock stands still");
        w.clock.set(base::Clock::system().now());
    }
    client.get("/readyz").await.expect_text("ready\n");
    let near = client.get("/metrics").await;
    assert_eq!(near.status, 200);
    assert!(String::from_utf8_lossy(&near.bytes).contains("rapport_writes_waiting{workspace=\"world\"} "));
    let mut far = client.with("x-forwarded-for", "1.2.3.4");
    assert_eq!(far.get("/metrics").await.code(401), "sign_in_first");
    far.cookie = Some("rapport_session=agent-1".to_owned());
    assert_eq!(far.get("/metrics").await.code(403), "not_permitted");
}

async fn the_document_describes_the_routes(w: World) {
    let document = agent(&w).get("/api/openapi.json").await.expect(200);
    assert_eq!(document["openapi"], "3.1.0");
    assert!(document["paths"]["/api/things"]["post"].is_object());
    assert!(document["components"]["schemas"]["Thing"].is_object());
    assert_eq!(document["paths"]["/api/undos/{id}"]["post"]["responses"]["204"]["description"], "No Content");
}

async fn a_key_belongs_to_one_request(w: World) {
    let mut client = agent(&w).with("idempotency-key", "k");
    let thing = json!({"id": 1, "secret": false});
    let first: Value = client.post("/api/things", thing.clone()).await.expect(201);
    assert_eq!(client.post("/api/things", thing).await.expect(201), first);
    assert_eq!(client.post("/api/things", json!({"id": 2, "secret": false})).await.code(409), "key_reused");
    let mut long = client.with("idempotency-key", &"k".repeat(201));
    assert_eq!(long.post("/api/things", json!({"id": 2, "secret": false})).await.code(400), "idempotency_key");
}

}
