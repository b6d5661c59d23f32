//! Upgrading what the first demo left behind, the way back, and upgrades that fail.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use store::{Db, Options, p};

use super::{rapport, serve, subjects, token};

const ANN: &str = "ann@linden-lark.example";

/// The data of the first version's demo, as that program left it.
fn first_demo(folder: &Path) -> PathBuf {
    let data = folder.join("data");
    fs::create_dir(&data).expect("made");
    let archive = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/first-demo.tar.gz");
    let unpacked = Command::new("tar").arg("-xzf").arg(archive).arg("-C").arg(&data).status();
    assert!(unpacked.is_ok_and(|status| status.success()), "tar is missing: run `apt-get install tar`");
    data
}

fn open(data: &Path) -> Db {
    let url = format!("sqlite:{}", data.join("workspaces/demo.db").display());
    Db::open(&url, &Options::default()).expect("opens")
}

fn applied(data: &Path) -> Vec<(String, String)> {
    let rows =
        open(data).write_blocking(|tx| tx.all("SELECT owner, name FROM migrations ORDER BY 1, 2", p![]));
    rows.expect("read")
}

fn run(data: &Path, sql: &'static str) {
    open(data).write_blocking(move |tx| tx.exec(sql, p![])).expect("changed");
}

#[test]
fn the_first_demo_is_upgraded_and_one_command_goes_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = first_demo(folder.path());
    let before = applied(&data);
    let agent = token(&data, ANN);
    let server = serve(&data);
    assert!(subjects(&server, &agent).len() > 50, "its conversations are there");
    let running = rapport(&data, &["restore", "--before-upgrade"], "").expect_err("the server runs");
    assert!(running.contains("Stop it"), "{running}");
    drop(server);
    assert!(applied(&data).len() > before.len(), "this program is further");

    rapport(&data, &["restore", "--before-upgrade"], "").expect("goes back");
    assert_eq!(applied(&data), before, "the earlier program can start again");
    assert!(data.join("after-upgrade/workspaces/demo.db").exists(), "what came after is kept");
    let nothing = rapport(&data, &["restore", "--before-upgrade"], "").expect_err("only once");
    assert!(!nothing.is_empty());
    drop(serve(&data));
}

#[test]
fn an_upgrade_that_fails_half_way_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = first_demo(folder.path());
    // In the way of the last migrations; those before it succeed.
    run(&data, "CREATE TABLE chat_widgets (id INTEGER PRIMARY KEY)");
    let before = applied(&data);
    let refused = rapport(&data, &["token", "create", "--email", ANN], "").expect_err("it can't be upgraded");
    assert!(refused.contains("chat_widgets"), "the cause is told: {refused}");
    assert_eq!(applied(&data), before);
    run(&data, "DROP TABLE chat_widgets");
    let agent = token(&data, ANN);
    assert!(subjects(&serve(&data), &agent).len() > 50, "and works once the obstacle is gone");
}

#[test]
fn a_database_of_a_newer_program_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = first_demo(folder.path());
    run(
        &data,
        "INSERT INTO migrations (owner, name, sha256, applied_at) VALUES ('future', '0099_more', 'x', 0)",
    );
    let before = applied(&data);
    let refused = rapport(&data, &["token", "create", "--email", ANN], "").expect_err("refused");
    assert!(refused.contains("newer Rapport"), "{refused}");
    assert_eq!(applied(&data), before);
}
