//! The HTTP doors, as a desk uses them.

use std::sync::Arc;

use journal::{Caller, Event, Workspace};
use serde_json::{Value, json};
use testkit::{Client, World as House};
use web::{Authenticate, Credentials, Known, Later, NoViewers, Parts, Pass};

use super::{house, make};

/// Whoever says `admin` is the system, everybody else an agent without any permission.
struct Porter;

impl Authenticate for Porter {
    fn recognise<'a>(
        &'a self,
        _: &'a Arc<Workspace>,
        credentials: &'a Credentials,
    ) -> Later<'a, base::Result<Option<Known>>> {
        let caller = match credentials {
            Credentials::Bearer(token) if token == "admin" => Caller::system(),
            _ => Caller::agent(5, []),
        };
        Box::pin(async { Ok(Some(Known { caller, pass: Pass::Token(1) })) })
    }

    fn unsettles(&self, _: &Event, _: &Known) -> bool {
        false
    }
}

fn admin(w: &mut House) -> Client {
    w.client(Parts::new(Arc::new(Porter), Arc::new(NoViewers))).with("authorization", "Bearer admin")
}

testkit::both! { with house();
    async fn a_customer_is_made_read_changed_and_changed_back(w: World) {
        let mut w = w;
        let mut desk = admin(&mut w);
        let body = json!({"name": "Ann", "identities": [{"kind": "email", "value": "Ann@example.com"}], "tags": ["VIP"]});
        let made = desk.post("/api/customers", body.clone()).await.expect(201);
        assert_eq!(made["tags"], json!(["vip"]));
        assert_eq!(made["identities"][0]["primary"], true);
        assert_eq!(desk.post("/api/customers", body).await.code(409), "identity_taken");
        let path = format!("/api/customers/{}", made["id"]);
        let read = desk.get(&path).await;
        assert_eq!((read.headers["etag"].to_str().expect("ASCII"), read.expect(200)), ("\"1\"", made.clone()));
        let changed = desk.clone().with("if-match", "\"1\"").put(&path, json!({"name": "Änne", "note": "x"})).await;
        let undo = changed.headers["rapport-undo"].to_str().expect("ASCII").to_owned();
        assert_eq!(changed.expect(200)["name"], "Änne");
        let late = desk.clone().with("if-match", "\"1\"").put(&path, json!({"name": "Late"})).await;
        assert_eq!(late.json()["error"]["present"]["name"], "Änne");
        assert_eq!(late.code(409), "version_conflict");
        desk.post(&format!("/api/undos/{undo}"), Value::Null).await.expect(204);
        assert_eq!(desk.get(&path).await.expect(200)["tags"], json!(["vip"]));
    }

    async fn a_request_sent_again_makes_one_customer(w: World) {
        let mut w = w;
        let mut desk = admin(&mut w).with("idempotency-key", "k1");
        let first = desk.post("/api/customers", json!({"name": "Ann"})).await.expect(201);
        assert_eq!(desk.post("/api/customers", json!({"name": "Ann"})).await.expect(201)["id"], first["id"]);
        assert_eq!(desk.get("/api/customers").await.expect(200)["items"].as_array().expect("a list").len(), 1);
    }

    async fn identities_and_companies_have_doors(w: World) {
        let mut w = w;
        let id = make(&w, "Ann", &[]).await.id;
        let mut desk = admin(&mut w);
        let added = desk.post(&format!("/api/customers/{id}/identities"), json!({"kind": "phone", "value": "+49 30 1"})).await.expect(201);
        let identity = format!("/api/identities/{}", added["id"]);
        assert_eq!(desk.put(&format!("{identity}/verification"), json!({"verified": true})).await.expect(200)["verified"], true);
        desk.delete(&identity).await.expect(204);
        let company = desk.post("/api/companies", json!({"name": "Nordwind", "domains": ["nordwind.example"]})).await.expect(201);
        let membership = format!("/api/customers/{id}/companies/{}", company["id"]);
        desk.put(&membership, Value::Null).await.expect(204);
        let read = desk.get(&format!("/api/customers/{id}")).await.expect(200);
        assert_eq!((&read["identities"], &read["companies"][0]["name"]), (&json!([]), &json!("Nordwind")));
        desk.delete(&membership).await.expect(204);
        let path = format!("/api/companies/{}", company["id"]);
        assert_eq!(desk.put(&path, json!({"name": "Südwind"})).await.expect(200)["version"], 2);
        assert_eq!(desk.get(&path).await.expect(200)["domains"], json!([]));
        assert_eq!(desk.get("/api/companies").await.expect(200)["items"][0]["name"], "Südwind");
        assert_eq!(desk.get(&format!("/api/customers/{id}/timeline")).await.expect(200)["items"], json!([]));
    }

    async fn a_wrong_request_names_its_field(w: World) {
        let mut w = w;
        let mut desk = admin(&mut w);
        let field = |answer: testkit::Reply| answer.expect(400)["error"]["fields"].clone();
        let wrong = desk.post("/api/customers", json!({"name": "x".repeat(201)})).await;
        assert!(field(wrong)["name"].is_string());
        let wrong = desk.post("/api/customers", json!({"name": "", "identities": [{"kind": "email", "value": "x"}]})).await;
        assert!(field(wrong)["value"].is_string());
        let wrong = desk.post("/api/customers", json!({"name": "", "tags": vec!["x".repeat(61)]})).await;
        assert!(field(wrong)["tags"].is_string());
        desk.post("/api/customers", json!({"name": "", "surprise": 1})).await.expect(400);
        desk.post("/api/customers", json!({"name": 5})).await.expect(400);
        desk.get("/api/customers?cursor=bogus").await.expect(400);
        desk.get("/api/customers/12").await.expect(404);
        desk.get("/api/customers/x").await.expect(404);
    }

    async fn every_verb_is_refused_without_its_permission(w: World) {
        for verb in crate::capability().verbs {
            let refused = w.house.registry().act(&w.house, Caller::agent(5, []), verb.name, None, json!({})).await;
            let code = refused.expect_err("refused").code;
            assert!(["not_permitted", "action_input"].contains(&code), "{}: {code}", verb.name);
        }
        let mut w = w;
        let id = make(&w, "Ann", &["ann@example.com"]).await;
        let mut stranger = admin(&mut w).with("authorization", "Bearer nobody");
        let path = format!("/api/customers/{}", id.id);
        let identity = format!("/api/identities/{}", id.identities[0].id);
        for (method, path, body) in [
            ("POST", "/api/customers", json!({"name": "x"})),
            ("PUT", path.as_str(), json!({"name": "x"})),
            ("POST", &format!("{path}/identities"), json!({"kind": "email", "value": "x@example.com"})),
            ("DELETE", &identity, Value::Null),
            ("PUT", &format!("{identity}/verification"), json!({"verified": true})),
            ("PUT", &format!("{path}/companies/1"), Value::Null),
            ("DELETE", &format!("{path}/companies/1"), Value::Null),
            ("POST", "/api/companies", json!({"name": "x"})),
            ("PUT", "/api/companies/1", json!({"name": "x"})),
        ] {
            let body = Some(body).filter(|body| !body.is_null());
            let answer = stranger.send(method.parse().expect("a method"), path, body).await;
            assert_eq!(answer.code(403), "not_permitted", "{method} {path}");
        }
    }
}
