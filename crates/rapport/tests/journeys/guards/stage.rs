//! A workspace with people of every standing, and one thing of every kind that has an id.

use std::time::Duration;

use serde_json::{Value, json};

use super::ask::json;
use super::document::Operation;
use crate::driver::installation::ADMIN;
use crate::driver::smtp::Mail;
use crate::driver::{Engine, Http, Installation, Server, Smtp, until};

pub struct Stage {
    pub installation: Installation,
    pub server: Server,
    admin: String,
    /// What stands in for `{id}`, by the beginning of the path.
    ids: Vec<(&'static str, i64)>,
    pub conversation: i64,
    pub file: String,
}

/// Stands in the conversation that only the administrator may see.
pub const SECRET: &str = "zwetschgendatschi";

impl Stage {
    pub fn set() -> Stage {
        Stage::set_on(Engine::Sqlite)
    }

    pub fn set_on(engine: Engine) -> Stage {
        let installation = Installation::found(engine);
        let server = installation.serve();
        let admin = installation.token(ADMIN);
        let mut stage =
            Stage { installation, server, admin, ids: Vec::new(), conversation: 0, file: String::new() };
        stage.fill();
        stage
    }

    pub fn admin(&self) -> Http {
        self.server.client(&self.admin)
    }

    fn make(&self, path: &str, body: Value) -> i64 {
        json(&mut self.admin(), "POST", path, &body).expect(201)["id"].as_i64().expect("an id")
    }

    fn fill(&mut self) {
        let mut admin = self.admin();
        let me = json(&mut admin, "GET", "/api/session", &Value::Null).expect(200);
        let mine = me["agent"]["id"].as_i64().expect("an id");
        for (name, reach, grants) in
            [("nothing", "all", vec![]), ("own", "own", vec!["*"]), ("some", "teams", vec!["*"])]
        {
            self.make("/api/roles", json!({"name": name, "grants": grants, "reach": reach}));
        }
        let role = self.make("/api/roles", json!({"name": "victim", "grants": [], "reach": "own"}));
        for role in ["light_agent", "nothing", "own", "some", "agent", "victim"] {
            let email = format!("{role}@desk.example");
            let agent = self.make(
                "/api/agents",
                json!({"name": role, "email": email, "role": role, "password": "a long password 8"}),
            );
            if role == "victim" {
                self.ids.push(("/api/agents", agent));
            }
        }
        let (conversation, message) = self.secret(&mut admin);
        self.conversation = conversation;
        let path = format!("/api/conversations/{conversation}");
        let opened = json(&mut admin, "GET", &path, &Value::Null).expect(200);
        self.file =
            opened["messages"]["items"][0]["attachments"][0]["url"].as_str().expect("a file").to_owned();
        let taken = json!({"assignee_id": mine, "team_id": null});
        json(&mut admin, "PUT", &format!("{path}/assignment"), &taken).expect(200);
        let customer = opened["customer"]["id"].as_i64().expect("an id");
        let identity = json!({"kind": "phone", "value": "+49 89 123456"});
        let identity = self.make(&format!("/api/customers/{customer}/identities"), identity);
        self.ids.extend([
            ("/api/teams", self.make("/api/teams", json!({"name": "Second"}))),
            (
                "/api/companies",
                self.make("/api/companies", json!({"name": "Plum", "domains": [], "note": ""})),
            ),
            (
                "/api/mailboxes",
                self.make("/api/mailboxes", json!({"address": "second@desk.example", "name": ""})),
            ),
            ("/api/roles", role),
            ("/api/customers", customer),
            ("/api/identities", identity),
            ("/api/conversations", conversation),
            ("/api/messages", message),
        ]);
    }

    fn secret(&self, admin: &mut Http) -> (i64, i64) {
        let mail = Mail {
            subject: format!("About {SECRET}"),
            text: SECRET.to_owned(),
            attached: 200,
            ..Mail::from("ann@a.example")
        };
        let mut smtp = Smtp::connect(self.server.smtp).expect("a mail session");
        assert_eq!(smtp.send(&mail).expect("an answer"), 250);
        let row = until(Duration::from_secs(10), "the mail is a conversation", || {
            let page = json(admin, "GET", "/api/conversations?view=all", &Value::Null).expect(200);
            page["items"].get(0).cloned()
        });
        let id = row["id"].as_i64().expect("an id");
        let page = json(admin, "GET", &format!("/api/conversations/{id}/messages"), &Value::Null).expect(200);
        (id, page["items"][0]["id"].as_i64().expect("an id"))
    }

    /// Somebody who may do nothing, see only the own, and so on: by the name of the role.
    pub fn somebody(&self, role: &str) -> Http {
        self.server.client(&self.installation.token(&format!("{role}@desk.example")))
    }

    /// The path of the thing that stands for its kind, as in `/api/teams`.
    pub fn thing(&self, kind: &str) -> String {
        let (_, id) = self.ids.iter().find(|(begin, _)| *begin == kind).expect("one of each");
        format!("{kind}/{id}")
    }

    /// The path of an operation about things that are there.
    pub fn path(&self, operation: &Operation) -> String {
        let known =
            self.ids.iter().find(|(begin, _)| operation.path.starts_with(begin)).map_or(1, |(_, id)| *id);
        let company = self.ids.iter().find(|(begin, _)| *begin == "/api/companies").map_or(1, |(_, id)| *id);
        operation.at(|name| match name {
            "company" => company.to_string(),
            "number" => "1".to_owned(),
            "token" => "no-such-token".to_owned(),
            "name" => "file.bin".to_owned(),
            _ => known.to_string(),
        })
    }
}
