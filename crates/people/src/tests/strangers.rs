//! Strangers who guess: held back themselves, wherever they come from, without holding back the agent.

use serde_json::json;
use testkit::{Client, both};
use web::{House, Limits};

use super::{PASSWORD, found, founded, parts, plain, sign_in};

fn from(client: &Client, address: &str) -> Client {
    client.stranger().with("x-forwarded-for", address)
}

async fn guess(client: &mut Client, email: &str, password: &str) -> u16 {
    let body = json!({"email": email, "password": password});
    client.post("/api/session", body).await.status.as_u16()
}

both! { with parts();

async fn an_agent_with_a_known_browser_comes_in_however_often_a_stranger_fails(w: World) {
    let nobody = founded(&w).await;
    let mut ann = nobody.stranger();
    sign_in(&mut ann, "ann@lantern.example").await;
    ann.delete("/api/session").await.expect(204);
    // From the same address: an office, or a proxy that tells no more.
    let mut eve = nobody.stranger();
    let mut refused = 0;
    for _ in 0..50 {
        refused += i32::from(guess(&mut eve, "ann@lantern.example", "wrong").await == 429);
        w.clock.advance(10);
    }
    assert_eq!(refused, 45);
    assert_eq!(guess(&mut nobody.stranger(), "ann@lantern.example", PASSWORD).await, 429, "an unknown browser");
    assert_eq!(guess(&mut ann, "ann@lantern.example", PASSWORD).await, 200, "the known one");
}

async fn an_agent_comes_in_from_elsewhere_after_a_few_failures_of_a_stranger(w: World) {
    let nobody = founded(&w).await;
    let mut eve = from(&nobody, "203.0.113.5");
    for _ in 0..6 {
        guess(&mut eve, "ann@lantern.example", "wrong").await;
    }
    assert_eq!(guess(&mut eve, "ann@lantern.example", PASSWORD).await, 429);
    assert_eq!(guess(&mut from(&nobody, "198.51.100.7"), "ann@lantern.example", PASSWORD).await, 200);
}

async fn a_stranger_from_many_addresses_is_held_back_too(w: World) {
    let nobody = founded(&w).await;
    let mut tried = 0;
    for n in 0..40 {
        let mut eve = from(&nobody, &format!("203.0.113.{n}"));
        tried += i32::from(guess(&mut eve, "ann@lantern.example", "wrong").await == 401);
    }
    assert_eq!(tried, 20);
    let mut late = from(&nobody, "198.51.100.7");
    assert_eq!(guess(&mut late, "ann@lantern.example", PASSWORD).await, 429);
}

async fn one_network_may_not_try_many_accounts(w: World) {
    let nobody = founded(&w).await;
    let mut eve = from(&nobody, "203.0.113.5");
    let mut tried = 0;
    for n in 0..70 {
        tried += i32::from(guess(&mut eve, &format!("a{n}@lantern.example"), "Spring2026").await == 401);
    }
    assert_eq!(tried, 50);
}

async fn a_forged_or_foreign_device_cookie_makes_nobody_known(w: World) {
    let nobody = founded(&w).await;
    let mut eve = nobody.stranger();
    let forged = format!("{}.{}", "a".repeat(43), "0".repeat(32));
    eve.others.insert("rapport_device".to_owned(), forged);
    for _ in 0..6 {
        guess(&mut eve, "ann@lantern.example", "wrong").await;
    }
    assert_eq!(guess(&mut eve, "ann@lantern.example", PASSWORD).await, 429);
}

async fn a_known_browser_has_to_wait_after_failures_of_its_own(w: World) {
    let mut ann = founded(&w).await;
    sign_in(&mut ann, "ann@lantern.example").await;
    ann.delete("/api/session").await.expect(204);
    for _ in 0..5 {
        assert_eq!(guess(&mut ann, "ann@lantern.example", "wrong").await, 401);
    }
    assert_eq!(guess(&mut ann, "ann@lantern.example", PASSWORD).await, 429);
    w.clock.advance(1_001);
    assert_eq!(guess(&mut ann, "ann@lantern.example", PASSWORD).await, 200);
}

async fn knocking_is_counted_over_all_nodes(w: World) {
    found(&w).await;
    // Two houses over one database, as two nodes have them.
    let node = || House::new(web::Parts { limits: Limits::usual(), ..plain() }).expect("plain parts");
    let first = w.client_of(node());
    let mut refused = Vec::new();
    for n in 0..12 {
        let mut eve = from(&first, &format!("203.0.113.{n}"));
        let reply = eve.post("/api/password-resets", json!({"email": "ann@lantern.example"})).await;
        refused.push(reply.status.as_u16() == 429);
    }
    assert_eq!(refused.iter().filter(|r| **r).count(), 2, "ten for one account: {refused:?}");
    let quota = Limits::usual().accounts.quota();
    let elsewhere = w.house.throttle("accounts", "ann@lantern.example", quota).await;
    assert_eq!(elsewhere.expect_err("empty").kind, base::Kind::TooMany);
    w.clock.advance(60_000 / i64::from(quota.per_minute) + 1);
    w.house.throttle("accounts", "ann@lantern.example", quota).await.expect("one more");
}

}
