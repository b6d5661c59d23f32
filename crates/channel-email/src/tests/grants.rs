//! Mailboxes of providers: access is granted by a person, renewed by the program, and shown to SMTP servers.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::json;

use super::desk::client;
use super::granted::sign_in;
use super::house::House;
use super::provider::{Provider, with_provider};
use super::server::{Does, Script, Step};

pub fn parameter(url: &str, name: &str) -> String {
    let found = url.split(['?', '&']).find_map(|pair| pair.strip_prefix(&format!("{name}="))).expect("there");
    found.replace("%40", "@").replace("%3A", ":").replace("%2F", "/")
}

fn bearer(token: &str) -> String {
    format!(
        "AUTH XOAUTH2 {}",
        STANDARD.encode(format!("user=support@shop.example\x01auth=Bearer {token}\x01\x01"))
    )
}

testkit::both! { with with_provider();
    async fn a_granted_mailbox_sends_with_access_that_is_renewed_in_time_and_when_it_is_refused(w: World) {
        let mut house = House::open(w).await;
        let provider = house.world.house.registry().socket::<Provider>().expect("plugged").clone();
        let mut admin = client(&mut house, "all");
        let early = admin.post("/api/email-grants/begin", json!({"provider": "google", "address": "support@shop.example"})).await;
        assert_eq!(early.json()["error"]["code"], "oauth_app_missing");
        let app = json!({"provider": "google", "client_id": "app-1", "secret": "app secret"});
        assert_eq!(admin.put("/api/oauth-apps", app).await.status, 204);
        let apps = admin.get("/api/oauth-apps").await;
        assert_eq!(apps.json()["apps"], json!([{"provider": "google", "client_id": "app-1", "tenant": "common"}]));
        assert!(!String::from_utf8_lossy(&apps.bytes).contains("app secret"));

        let begun = admin.post("/api/email-grants/begin", json!({"provider": "google", "address": "support@shop.example"})).await;
        let url = begun.json()["url"].as_str().expect("an address").to_owned();
        assert!(url.starts_with(&provider.base) && url.contains("access_type=offline"), "{url}");
        let (state, challenge) = (parameter(&url, "state"), parameter(&url, "code_challenge"));
        let code = |state: &str| json!({"code": "the-code", "state": state});
        assert_eq!(admin.post("/api/email-grants", code("forged")).await.json()["error"]["code"], "oauth_state");
        let mut other = admin.with("authorization", "Bearer stranger");
        assert_eq!(other.post("/api/email-grants", code(&state)).await.json()["error"]["code"], "oauth_state", "another person");
        assert!(provider.asked().is_empty(), "nobody was asked in vain");

        let mut admin = other.with("authorization", "Bearer all");
        provider.says(&[(200, json!({"access_token": "first", "refresh_token": "renew-1", "expires_in": 3600}))]);
        let granted = admin.post("/api/email-grants", code(&state)).await;
        assert_eq!(granted.status, 200, "{granted:?}");
        assert!(!String::from_utf8_lossy(&granted.bytes).contains("first"));
        let asked = provider.asked().pop().expect("one");
        assert!(asked.contains("grant_type=authorization_code") && asked.contains("code=the-code"), "{asked}");
        let verifier = parameter(&format!("?{asked}"), "code_verifier");
        assert_eq!(URL_SAFE_NO_PAD.encode(base::secrets::sha256(verifier.as_bytes())), challenge);

        let script = Script::play(Step::Never, Does::Closes).await;
        let id = granted.json()["id"].as_i64().expect("an id");
        let account = |port: u16| json!({"host": "localhost", "port": port, "security": "none", "grant_id": id});
        assert_eq!(admin.put("/api/outgoing-mail", account(script.port)).await.status, 200);
        let tried = admin.post("/api/outgoing-mail/test", json!({"to": "bo@b.example"})).await;
        assert_eq!(tried.json()["fate"], "taken", "{tried:?}");
        assert!(script.heard().contains(&bearer("first")));
        assert_eq!(provider.asked().len(), 1, "the first access is still good");

        // Before its end it is renewed; a new refresh token takes the place of the old one.
        house.world.clock.advance(3_400_000);
        provider.says(&[(200, json!({"access_token": "second", "refresh_token": "renew-2", "expires_in": 3600}))]);
        let raw = "From: bo@b.example\r\nTo: support@shop.example\r\nSubject: Lamp\r\n\r\nHi\r\n";
        house.mail("bo@b.example", &["support@shop.example"], raw).await;
        house.rest().await;
        let talk = house.thread(1).await.expect("one").0.id;
        house.answer(talk, "<p>1</p>").await;
        assert!(script.heard().contains(&bearer("second")));
        assert!(provider.asked()[1].contains("refresh_token=renew-1"));

        // A server that refuses the access gets a fresh one, once, and the mail goes out once.
        let strict = Script::refusing(bearer("second")).await;
        admin.put("/api/outgoing-mail", account(strict.port)).await;
        provider.says(&[(200, json!({"access_token": "third", "expires_in": 3600}))]);
        house.answer(talk, "<p>2</p>").await;
        assert!(provider.asked()[2].contains("refresh_token=renew-2"));
        assert_eq!(strict.mails.lock().expect("whole").len(), 1);
        assert!(strict.heard().contains(&bearer("third")));

        // What the person has withdrawn is told, and the mail waits.
        house.world.clock.advance(3_600_000);
        provider.says(&[(400, json!({"error": "invalid_grant", "error_description": "Token has been revoked."}))]);
        house.answer(talk, "<p>3</p>").await;
        assert_eq!(strict.mails.lock().expect("whole").len(), 1);
        let shown = admin.get("/api/email-grants").await.json();
        assert_eq!(shown["items"][0]["trouble"], "invalid_grant Token has been revoked.");
        assert_eq!(admin.delete(&format!("/api/email-grants/{id}")).await.status, 204);
    }

    async fn granted_access_is_for_administrators(w: World) {
        let mut house = House::open(w).await;
        let mut nobody = client(&mut house, "conversation.reply");
        for path in ["/api/email-grants", "/api/oauth-apps"] {
            assert_eq!(nobody.get(path).await.status, 403, "{path}");
        }
        assert_eq!(nobody.post("/api/email-grants/begin", json!({"provider": "google", "address": "a@b.example"})).await.status, 403);
    }

    async fn who_signs_in_again_while_access_is_renewed_stays_signed_in(w: World) {
        let mut house = House::open(w).await;
        let provider = house.world.house.registry().socket::<Provider>().expect("plugged").clone();
        let mut admin = client(&mut house, "all");
        let grant = sign_in(&mut admin, &provider, "first").await;
        let script = Script::play(Step::Never, Does::Closes).await;
        let account = json!({"host": "localhost", "port": script.port, "security": "none", "grant_id": grant.0});
        assert_eq!(admin.put("/api/outgoing-mail", account).await.status, 200);
        house.world.clock.advance(36_000_000);
        provider.says(&[(400, json!({"error": "invalid_grant", "error_description": "Token has been revoked."}))]);
        provider.holds(true);
        let mut other = admin.clone();
        let trying = tokio::spawn(async move { other.post("/api/outgoing-mail/test", json!({"to": "bo@b.example"})).await });
        provider.renewing().await;
        assert_eq!(sign_in(&mut admin, &provider, "second").await, grant);
        provider.holds(false);
        let tried = trying.await.expect("ends").json();
        assert_eq!(tried["fate"], "taken", "{tried}");
        assert!(script.heard().contains(&bearer("second")));
        assert!(admin.get("/api/email-grants").await.json()["items"][0]["trouble"].is_null());
    }

    async fn access_that_is_let_go_of_while_it_is_renewed_stays_gone(w: World) {
        let mut house = House::open(w).await;
        let provider = house.world.house.registry().socket::<Provider>().expect("plugged").clone();
        let mut admin = client(&mut house, "all");
        let grant = sign_in(&mut admin, &provider, "first").await;
        house.world.clock.advance(36_000_000);
        provider.says(&[(200, json!({"access_token": "late", "refresh_token": "late too", "expires_in": 3600}))]);
        provider.holds(true);
        let own = house.world.house.clone();
        let renewing = tokio::spawn(async move { crate::grants::access(&own, grant, false).await });
        provider.renewing().await;
        assert_eq!(admin.delete(&format!("/api/email-grants/{grant}")).await.status, 204);
        provider.holds(false);
        assert_eq!(renewing.await.expect("ends").expect_err("gone").code, "grant_not_found");
        let left = house.world.system(move |cx| {
            let sql = "SELECT COUNT(*) FROM email_grants WHERE refresh IS NOT NULL OR access IS NOT NULL";
            cx.one::<(i64,)>(sql, &[])
        }).await.expect("counts");
        assert_eq!(left.0, 0, "no token is left of it");
    }
}
