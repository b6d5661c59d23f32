//! The commands about staff, tokens and mailboxes, while the server runs and while it does not.

use serde_json::{Value, json};

use crate::driver::installation::{ADMIN, MAILBOX, PASSWORD};
use crate::driver::{Engine, Http, Installation, Server};

const BO: &str = "bo@desk.example";
const FRESH: &str = "another long password 8";

fn lines(said: &str) -> Vec<Value> {
    said.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn signs_in(server: &Server, password: &str) -> u16 {
    let who = json!({ "email": BO, "password": password });
    Http::new(server.http).json("POST", "/api/session", &who).status
}

fn staff(installation: &Installation) -> Vec<(String, bool)> {
    let found = lines(&installation.command(&["user", "list"], ""));
    let one =
        |agent: &Value| (agent["email"].as_str().expect("an address").to_owned(), agent["active"] == true);
    found.iter().map(one).collect()
}

#[test]
fn staff_and_tokens_are_looked_after_from_the_command_line() {
    let installation = Installation::found(Engine::Sqlite);
    installation.command(&["user", "create", "--email", BO, "--name", "Bo", "--password-stdin"], PASSWORD);
    assert_eq!(staff(&installation), [(ADMIN.to_owned(), true), (BO.to_owned(), true)]);
    let token = installation.token(BO);
    let server = installation.serve();
    assert_eq!(signs_in(&server, PASSWORD), 200);
    installation.command(&["user", "password", "--email", BO, "--password-stdin"], FRESH);
    assert_eq!((signs_in(&server, PASSWORD), signs_in(&server, FRESH)), (401, 200));

    server.client(&token).get("/api/session").expect(200);
    let tokens = installation.command(&["token", "list", "--email", BO], "");
    assert!(!tokens.contains(&token), "the secret is kept nowhere");
    let id = lines(&tokens)[0]["id"].to_string();
    installation.command(&["token", "revoke", "--id", &id], "");
    assert_eq!(server.client(&token).get("/api/session").status, 401);
    assert!(installation.try_command(&["token", "revoke", "--id", &id]).is_err());

    let token = installation.token(BO);
    installation.command(&["user", "deactivate", "--email", BO], "");
    assert_eq!(server.client(&token).get("/api/session").status, 401);
    assert_eq!(signs_in(&server, FRESH), 401);
    drop(server);
    assert_eq!(staff(&installation), [(ADMIN.to_owned(), true), (BO.to_owned(), false)]);
    let refused = installation.try_command(&["user", "deactivate", "--email", ADMIN]).expect_err("refused");
    assert!(refused.contains("owner"), "{refused}");
    let refused = installation.try_command(&["user", "deactivate", "--email", "no@desk.example"]);
    assert!(refused.expect_err("refused").contains("No member of staff"));
}

#[test]
fn mailboxes_are_listed_and_removed() {
    let installation = Installation::found(Engine::Sqlite);
    installation.command(&["mailbox", "add", "--address", "sales@desk.example"], "");
    let addresses = || -> Vec<Value> {
        let found = lines(&installation.command(&["mailbox", "list"], ""));
        found.into_iter().map(|mut mailbox| mailbox["address"].take()).collect()
    };
    assert_eq!(addresses(), [MAILBOX, "sales@desk.example"]);
    installation.command(&["mailbox", "remove", "--address", "SALES@desk.example"], "");
    assert_eq!(addresses(), [MAILBOX]);
    assert!(installation.try_command(&["mailbox", "remove", "--address", "sales@desk.example"]).is_err());
}
