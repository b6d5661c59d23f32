//! From files to a server and back: every row is compared, and work goes on.

use super::{admin, bring, is_found, rapport, serve, subjects, wait_for};
use crate::driver::database::Made;
use crate::driver::{Engine, Installation};

#[test]
fn an_installation_moves_to_postgres_and_back() {
    let installation = Installation::found(Engine::Sqlite);
    let server = installation.serve();
    let agent = admin(&installation);
    let mut mails = bring(&server, 25);
    wait_for(&server, &agent, &mails);
    let (data, made) = (installation.data(), Made::new());
    let refused = rapport(&data, &["migrate-to", &made.url], "").expect_err("the server runs");
    assert!(refused.contains("Stop it"), "{refused}");
    let before = subjects(&server, &agent);
    drop(server);

    rapport(&data, &["migrate-to", &made.url], "").expect("moved");
    assert!(data.join("before-migrate/workspaces/main.db").exists(), "the files are kept");
    let server = serve(&data);
    assert_eq!(subjects(&server, &agent), before);
    is_found(&server, &agent, &mails[4].subject);
    let more = bring(&server, 5);
    wait_for(&server, &agent, &more);
    mails.extend(more);
    drop(server);
    let twice = rapport(&data, &["migrate-to", &made.url], "").expect_err("it is there");
    assert!(twice.contains("already"), "{twice}");

    rapport(&data, &["migrate-to", "sqlite"], "").expect("moved back");
    let server = serve(&data);
    let known = subjects(&server, &agent);
    assert_eq!(known.len(), mails.len(), "numbers and rows go on");
    assert!(mails.iter().all(|mail| known.contains(&mail.subject)));
    is_found(&server, &agent, &mails[27].subject);
    let more = bring(&server, 2);
    wait_for(&server, &agent, &more);
}

#[test]
fn a_target_that_holds_something_is_left_alone_on_postgres() {
    let (one, other) = (Installation::found(Engine::Sqlite), Installation::found(Engine::Postgres));
    let url = other.database.as_ref().expect("a server").url.clone();
    let refused = rapport(&one.data(), &["migrate-to", &url], "").expect_err("somebody lives there");
    assert!(refused.contains("holds data already"), "{refused}");
    assert!(!one.data().join("database.url").exists(), "nothing changed");
    drop(serve(&one.data()));
    drop(other.serve());
}
