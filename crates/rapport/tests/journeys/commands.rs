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

/// So many mails of as many customers, each answered by the next.
fn archive(count: usize) -> String {
    let mail = |n: usize| {
        format!(
            "From bo@b.example Mon Mar  2 08:00:00 2020\nFrom: bo{}@b.example\nSubject: Lamp {}\nMessage-ID: <{n}@b.example>\n{}\
             Date: Mon, 2 Mar 2020 08:{:02}:{:02} +0000\n\nMail {n}\n\n",
            n / 2,
            n / 2,
            if n % 2 == 1 { format!("In-Reply-To: <{}@b.example>\n", n - 1) } else { String::new() },
            n / 60 % 60,
            n % 60
        )
    };
    (0..count).rev().map(mail).collect()
}

#[test]
fn an_archive_is_imported_with_and_without_a_server_and_after_being_killed() {
    let installation = Installation::found(Engine::Sqlite);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("old.mbox");
    std::fs::write(&file, archive(400)).expect("written");
    let file = file.to_str().expect("text");
    let import = ["mail", "import", file, "--mailbox", MAILBOX];
    // Killed somewhere on its way, it goes on where it was.
    let mut begun = installation.begin_command(&import);
    crate::driver::pause(std::time::Duration::from_millis(700));
    begun.kill().expect("killed");
    begun.wait().expect("ended");
    let done = lines(&installation.command(&import, ""))[0].clone();
    assert_eq!(done["taken"].as_u64().expect("a count") + done["known"].as_u64().expect("a count"), 400);
    let server = installation.serve();
    let done = lines(&installation.command(&import, ""))[0].clone();
    assert_eq!((done["taken"].as_u64(), done["known"].as_u64()), (Some(0), Some(400)));
    let mut desk = server.client(&installation.token(ADMIN));
    let solved = desk.get("/api/conversations?status=solved&limit=1").expect(200);
    assert_eq!(solved["items"][0]["status"], "solved");
    drop(server);
    let refused = installation.try_command(&["mail", "import", "/nowhere", "--mailbox", MAILBOX]);
    assert!(refused.expect_err("refused").contains("can't be read"));
}
