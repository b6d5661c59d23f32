//! The routes: mailboxes, the outgoing server, parked mail, originals.

use std::sync::Arc;

use base::Result;
use journal::{Caller, Workspace};
use serde_json::json;
use testkit::Client;
use web::{Authenticate, Credentials, Known, Later, NoViewers, Parts, Pass};

use super::house::{House, agent, capabilities};
use super::server::{Does, Step};

/// The bearer's word is the list of grants; `*` is everything.
pub struct Grants(pub i64);

impl Authenticate for Grants {
    fn recognise<'a>(
        &'a self,
        _: &'a Arc<Workspace>,
        credentials: &'a Credentials,
    ) -> Later<'a, Result<Option<Known>>> {
        let Credentials::Bearer(grants) = credentials else { return Box::pin(async { Ok(None) }) };
        let caller = match grants.as_str() {
            "all" => agent(self.0),
            "stranger" => agent(1),
            some => Caller::agent(self.0, some.split(',').map(str::to_owned)),
        };
        Box::pin(async { Ok(Some(Known { caller, pass: Pass::Session(1) })) })
    }

    fn unsettles(&self, _: &journal::Event, _: &Known) -> bool {
        false
    }
}

pub fn client(house: &mut House, grants: &str) -> Client {
    let parts = Parts::new(Arc::new(Grants(house.owner)), Arc::new(NoViewers));
    house.world.client(parts).with("authorization", &format!("Bearer {grants}"))
}

testkit::both! { with capabilities();
    async fn mailboxes_are_added_changed_and_removed(w: World) {
        let mut house = House::open(w).await;
        let mut admin = client(&mut house, "all");
        let added = admin.post("/api/mailboxes", json!({"address": " Sales@Shop.example", "name": "Sales"})).await;
        assert_eq!(added.status, 201, "{added:?}");
        let id = added.json()["id"].as_i64().expect("an id");
        let again = admin.post("/api/mailboxes", json!({"address": "sales@shop.example"})).await;
        assert_eq!((again.status.as_u16(), again.json()["error"]["code"].as_str().map(str::to_owned)), (409, Some("mailbox_exists".into())));
        for wrong in ["", "sales", "a b@shop.example", "x@unknown.invalid"] {
            let refused = admin.post("/api/mailboxes", json!({"address": wrong})).await;
            assert_eq!(refused.status, 400, "{wrong}");
            assert!(refused.json()["error"]["fields"]["address"].is_string());
        }
        let path = format!("/api/mailboxes/{id}");
        let changed = admin.put(&path, json!({"name": "Shop", "brand_id": null, "team_id": null, "version": 1})).await;
        assert_eq!((changed.status.as_u16(), changed.json()["name"].as_str().map(str::to_owned)), (200, Some("Shop".into())));
        let stale = admin.put(&path, json!({"name": "Old", "brand_id": null, "team_id": null, "version": 1})).await;
        assert_eq!(stale.status, 409);
        assert_eq!(admin.delete(&path).await.status, 204);
        assert_eq!(admin.delete(&path).await.status, 404);
        let list = admin.get("/api/mailboxes").await.json();
        assert_eq!(list["items"].as_array().expect("items").len(), 1);
        assert!(house.world.system(|cx| crate::store::find_mailbox(cx, "sales@shop.example")).await.expect("reads").is_none());
    }

    async fn the_password_of_the_outgoing_server_never_comes_back(w: World) {
        let mut house = House::open(w).await;
        let script = house.outgoing(Step::Never, Does::Closes).await;
        let mut admin = client(&mut house, "all");
        let settings = json!({"host": "localhost", "port": script.port, "security": "none", "username": "desk",
            "password": "correct horse"});
        let set = admin.put("/api/outgoing-mail", settings).await;
        assert_eq!((set.status.as_u16(), set.json()["has_password"].as_bool()), (200, Some(true)), "{set:?}");
        let shown = admin.get("/api/outgoing-mail").await;
        assert!(!String::from_utf8_lossy(&shown.bytes).contains("horse"));
        let stored = house.world.system(journal::settings::get::<crate::model::OutgoingMail>).await.expect("reads");
        assert!(!format!("{stored:?}").contains("horse"), "sealed at rest");
        let tried = admin.post("/api/outgoing-mail/test", json!({"to": "ann@a.example"})).await;
        assert_eq!(tried.json()["fate"], "taken", "{tried:?}");
        assert!(script.heard().contains(&"AUTH PLAIN AGRlc2sAY29ycmVjdCBob3JzZQ==".to_owned()));
        let kept = json!({"host": "localhost", "port": script.port, "security": "none", "username": "desk"});
        assert_eq!(admin.put("/api/outgoing-mail", kept).await.json()["has_password"], true);
        let moved = json!({"host": "127.0.0.1", "port": script.port, "security": "none", "username": "desk"});
        assert_eq!(admin.put("/api/outgoing-mail", moved).await.json()["has_password"], false, "not for another host");
        let open = json!({"host": "smtp.example.com", "port": 25, "security": "none", "username": "a", "password": "b"});
        assert_eq!(admin.put("/api/outgoing-mail", open).await.status, 400);
    }

    async fn a_test_mail_tells_what_the_server_said(w: World) {
        let mut house = House::open(w).await;
        house.outgoing(Step::Mail, Does::Says("550 5.7.1 not you")).await;
        let mut admin = client(&mut house, "all");
        let tried = admin.post("/api/outgoing-mail/test", json!({"to": "ann@a.example"})).await.json();
        assert_eq!((tried["fate"].as_str(), tried["said"].as_str()), (Some("refused"), Some("550 5.7.1 not you")));
    }

    async fn parked_mail_is_listed_and_can_be_fetched_and_tried_again(w: World) {
        let mut house = House::open(w).await;
        let raw = "From: support@shop.example\r\nSubject: Round\r\n\r\nAgain\r\n";
        house.mail("ann@a.example", &["support@shop.example"], raw).await;
        house.rest().await;
        let mut admin = client(&mut house, "all");
        let list = admin.get("/api/parked").await.json();
        let item = &list["items"][0];
        assert!(item["cause"].as_str().expect("a cause").contains("mail_from_ourselves"), "{list}");
        assert_eq!(item["mail"]["recipients"], json!(["support@shop.example"]));
        let id = item["id"].as_i64().expect("an id");
        let original = admin.get(&format!("/api/parked/{id}/raw")).await;
        assert!(original.bytes.ends_with(raw.as_bytes()));
        assert!(original.headers["content-disposition"].to_str().expect("text").starts_with("attachment"));
        assert_eq!(admin.post(&format!("/api/parked/{id}/retry"), json!(null)).await.status, 204);
        house.rest().await;
        assert_eq!(admin.get("/api/parked").await.json()["items"].as_array().expect("items").len(), 1, "parked anew");
        assert_eq!(admin.post("/api/parked/1/retry", json!(null)).await.status, 404);
    }

    async fn the_original_of_a_message_is_for_those_who_see_it(w: World) {
        let mut house = House::open(w).await;
        let raw = "From: ann@a.example\r\nSubject: Lamp\r\n\r\nDark\r\n";
        house.mail("ann@a.example", &["support@shop.example"], raw).await;
        house.rest().await;
        let message = house.thread(1).await.expect("a conversation").1[0].id;
        let mut admin = client(&mut house, "all");
        let original = admin.get(&format!("/api/messages/{message}/raw")).await;
        assert!(original.bytes.ends_with(raw.as_bytes()), "{original:?}");
        let shown = admin.get(&format!("/api/messages/{message}/original")).await.json();
        assert!(shown["text"].as_str().expect("text").ends_with(&raw.replace("\r\n", "\n")), "{shown}");
        assert!(shown["fields"].to_string().contains("Lamp") && shown["cut"] == false, "{shown}");
        assert_eq!(shown["sender"], "ann@a.example");
        assert_eq!(admin.get("/api/messages/1/raw").await.status, 404);
        assert_eq!(admin.get("/api/messages/1/original").await.status, 404);
        let mut stranger = admin.with("authorization", "Bearer stranger");
        assert_eq!(stranger.get(&format!("/api/messages/{message}/raw")).await.status, 404);
        assert_eq!(stranger.get(&format!("/api/messages/{message}/original")).await.status, 404);
    }

    async fn every_route_asks_for_its_permission(w: World) {
        let mut house = House::open(w).await;
        let mut nobody = client(&mut house, "conversation.reply");
        let id = house.mailbox.id;
        for path in ["/api/mailboxes", "/api/outgoing-mail", "/api/outgoing-accounts", "/api/outgoing-ways", "/api/parked", "/api/parked/1/raw"] {
            assert_eq!(nobody.get(path).await.status, 403, "{path}");
        }
        let posts = [
            ("/api/mailboxes", json!({"address": "x@shop.example"})),
            ("/api/outgoing-mail/test", json!({"to": "a@a.example"})),
            ("/api/parked/1/retry", json!(null)),
            ("/api/outgoing-accounts", json!({"name": "x", "host": "evil.example", "port": 25, "security": "none"})),
        ];
        for (path, body) in posts {
            assert_eq!(nobody.post(path, body).await.status, 403, "{path}");
        }
        let mailbox = format!("/api/mailboxes/{id}");
        assert_eq!(nobody.put(&mailbox, json!({"name": "x", "brand_id": null, "team_id": null})).await.status, 403);
        assert_eq!(nobody.delete(&mailbox).await.status, 403);
        let settings = json!({"host": "evil.example", "port": 25, "security": "none"});
        assert_eq!(nobody.put("/api/outgoing-mail", settings).await.status, 403);
        assert_eq!(nobody.put("/api/outgoing-ways", json!({"mailbox_id": id})).await.status, 403);
        assert_eq!(nobody.delete("/api/outgoing-accounts/1").await.status, 403);
    }
}
