//! Mailboxes that are opened by access which a provider has granted, on a real server that asks about each token.

use base::Time;
use serde_json::json;
use testkit::Client;

use super::desk::client;
use super::dovecot::Dovecot;
use super::fetching::{mail, manner, place};
use super::grants::parameter;
use super::house::{House, capabilities};
use super::provider::{Provider, with_provider};
use crate::fetch::source::{Place, Protocol};
use crate::model::GrantId;
use crate::oauth;
use crate::store_grants::{Grant, put_grant};

/// A person agrees, and the provider gives this token.
pub async fn sign_in(admin: &mut Client, provider: &Provider, token: &str) -> GrantId {
    let app = json!({"provider": "google", "client_id": "app-1", "secret": "app secret"});
    assert_eq!(admin.put("/api/oauth-apps", app).await.status, 204);
    let wanted = json!({"provider": "google", "address": "support@shop.example"});
    let begun = admin.post("/api/email-grants/begin", wanted).await.json();
    let state = parameter(begun["url"].as_str().expect("an address"), "state");
    provider.says(&[(200, json!({"access_token": token, "refresh_token": "renew", "expires_in": 36_000}))]);
    let granted = admin.post("/api/email-grants", json!({"code": "the-code", "state": state})).await;
    GrantId(granted.json()["id"].as_i64().expect("an id"))
}

fn granted(port: u16, grant: GrantId) -> Place {
    Place { password: None, grant_id: Some(grant), ..place(port) }
}

fn fresh(token: &str) -> (u16, serde_json::Value) {
    (200, json!({"access_token": token, "expires_in": 36_000}))
}

testkit::both! { with with_provider();
    async fn a_mailbox_is_fetched_by_granted_access_for_as_long_as_it_lasts(w: World) {
        let mut house = House::open(w).await;
        let provider = house.world.house.registry().socket::<Provider>().expect("plugged").clone();
        let mut admin = client(&mut house, "all");
        let grant = sign_in(&mut admin, &provider, "first").await;
        provider.takes(&["first"]);
        let dovecot = Dovecot::asking(&provider.introspection(), "xoauth2 oauthbearer").await;
        let source = house.connect(granted(dovecot.imap, grant), manner()).await.unwrap_or_else(|e| panic!("{e:?}: {}", dovecot.log()));
        assert_eq!((source.grant_id, source.password.as_str()), (Some(grant), ""));
        house.rest().await;
        let come = async |n: usize| {
            dovecot.deliver("INBOX", &mail(n, "My lamp is dark"), house.now());
            house.next_round().await;
            house.thread(n as i64).await.is_some()
        };
        assert!(come(1).await, "{}", dovecot.log());
        assert_eq!(provider.asked().len(), 1, "the first token is still good");

        // The server refuses it before its time: a fresh one is asked for, and nobody hears of it.
        provider.takes(&["second"]);
        provider.says(&[fresh("second")]);
        assert!(come(2).await, "{}", dovecot.log());
        assert_eq!((provider.asked().len(), house.source().await.error), (2, None));

        // It refuses the fresh one too: that is told, and nothing is asked again and again.
        provider.says(&[fresh("third")]);
        provider.takes(&[]);
        assert!(!come(3).await);
        assert_eq!(provider.asked().len(), 3);
        assert_eq!(house.source().await.error_code.as_deref(), Some("source_grant"));

        // The person has withdrawn it.
        provider.says(&[(400, json!({"error": "invalid_grant", "error_description": "Token has been revoked."}))]);
        house.next_round().await;
        assert_eq!(house.source().await.error_code.as_deref(), Some("grant_over"));
        let health = admin.get("/api/mailbox-health").await.json();
        assert_eq!(health["items"][0]["source"]["grant_id"], grant.0, "so that screens can say who signs in again");
        assert!(health["items"][0]["source"]["password"].is_null());

        // Signed in again, also after it was let go of: the mail comes at once, the clock stands still.
        assert_eq!(admin.delete(&format!("/api/email-grants/{grant}")).await.status, 204);
        provider.takes(&["fourth"]);
        assert_eq!(sign_in(&mut admin, &provider, "fourth").await, grant);
        house.rest().await;
        assert!(house.thread(3).await.is_some());
        assert!(house.source().await.error.is_none());
    }

    async fn both_protocols_take_both_ways_of_showing_a_token(w: World) {
        let mut house = House::open(w).await;
        let provider = house.world.house.registry().socket::<Provider>().expect("plugged").clone();
        let mut admin = client(&mut house, "all");
        let grant = sign_in(&mut admin, &provider, "first").await;
        for mechanism in ["xoauth2", "oauthbearer"] {
            let dovecot = Dovecot::asking(&provider.introspection(), mechanism).await;
            for (protocol, port) in [(Protocol::Imap, dovecot.imap), (Protocol::Pop3, dovecot.pop3)] {
                provider.says(&[fresh("first")]);
                let place = Place { protocol, ..granted(port, grant) };
                provider.takes(&["first"]);
                house.connect(place.clone(), manner()).await.expect(mechanism);
                // The mailbox of the grant is meant when nobody is named; this token is another's.
                let unnamed = Place { username: String::new(), ..place.clone() };
                let refused = house.connect(unnamed, manner()).await.expect_err("refused");
                assert!(refused.message.contains("support@shop.example"), "{}", refused.message);
                provider.takes(&[]);
                let refused = house.connect(place, manner()).await.expect_err("refused");
                assert_eq!(refused.code, "source_grant", "{mechanism} {protocol}");
            }
        }
        let plain = Dovecot::start().await;
        for (protocol, port) in [(Protocol::Imap, plain.imap), (Protocol::Pop3, plain.pop3)] {
            let place = Place { protocol, ..granted(port, grant) };
            let refused = house.connect(place, manner()).await.expect_err("refused");
            assert_eq!(refused.code, "source_no_grants");
        }
        // What was stored for the grant is no password.
        let place = Place { password: None, ..place(plain.imap) };
        assert_eq!(house.connect(place, manner()).await.expect_err("none").code, "source_password_missing");
    }
}

testkit::both! { with capabilities();
    async fn granted_access_is_shown_to_nobody_but_the_provider(w: World) {
        let house = House::open(w).await;
        let grant = house.world.system(|cx| {
            let grant = Grant {
                id: cx.new_id(),
                provider: oauth::Provider::Google,
                address: "support@shop.example".into(),
                refresh: None,
                access: None,
                access_until: Time(0),
                trouble: None,
                created_at: cx.now(),
            };
            put_grant(cx, &grant)?;
            Ok(grant.id)
        });
        let grant = grant.await.expect("stored");
        let refused = house.connect(granted(1, grant), manner()).await.expect_err("another's server");
        assert_eq!(refused.code, "source_grant_host");
        let unknown = Place { grant_id: Some(GrantId(7)), ..granted(1, grant) };
        assert_eq!(house.connect(unknown, manner()).await.expect_err("none").code, "grant_not_found");
    }
}
