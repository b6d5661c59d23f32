//! A backup that is taken while mails come in holds everything that was acknowledged before it began.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{admin, bring, delivery, hold_one, is_found, place, rapport, serve, subjects, token, wait_for};
use crate::driver::database::Made;
use crate::driver::installation::ADMIN;
use crate::driver::{Engine, Installation};

fn a_backup_under_load_is_whole(engine: Engine) {
    let installation = Installation::found(engine);
    let server = installation.serve();
    let agent = admin(&installation);
    let before = bring(&server, 60);
    wait_for(&server, &agent, &before);
    let (_, held) = hold_one(&installation, &server, &agent);
    let file = installation.beside("all.tar");
    let name = file.to_str().expect("text").to_owned();
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let load = scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                bring(&server, 5);
            }
        });
        let said = rapport(&installation.data(), &["backup", &name, "--passphrase-stdin"], "open sesame");
        over.store(true, Ordering::Relaxed);
        load.join().expect("mails come in");
        assert_eq!(said.expect("a backup")["secrets"], true);
    });
    drop(server);

    let data = place(&installation, "restored");
    let refused = rapport(&data, &["restore", &name, "--passphrase-stdin"], "wrong").expect_err("refused");
    assert!(refused.contains("passphrase"), "{refused}");
    rapport(&data, &["restore", &name, "--passphrase-stdin"], "open sesame").expect("restored");
    let again = rapport(&data, &["restore", &name, "--without-secrets"], "").expect_err("not over the first");
    assert!(again.contains("not empty"), "{again}");
    let same_key =
        fs::read(data.join("secret.key")).ok() == fs::read(installation.data().join("secret.key")).ok();
    assert!(same_key, "stored passwords still open");
    let restored = serve(&data);
    let known = subjects(&restored, &agent);
    assert!(before.iter().all(|mail| known.contains(&mail.subject)), "a token and all mails are there");
    assert_eq!(delivery(&restored, &agent, held), "unknown", "it may have gone out since");
    is_found(&restored, &token(&data, ADMIN), &before[7].subject);
    let more = bring(&restored, 3);
    wait_for(&restored, &agent, &more);
}

#[test]
fn a_backup_under_load_is_whole_on_sqlite() {
    a_backup_under_load_is_whole(Engine::Sqlite);
}

#[test]
fn a_backup_under_load_is_whole_on_postgres() {
    a_backup_under_load_is_whole(Engine::Postgres);
}

#[test]
fn a_backup_of_files_is_restored_to_a_server_on_postgres() {
    let installation = Installation::found(Engine::Sqlite);
    let server = installation.serve();
    let agent = admin(&installation);
    let mails = bring(&server, 10);
    wait_for(&server, &agent, &mails);
    let file = installation.beside("all.tar");
    let name = file.to_str().expect("text");
    installation.command(&["backup", name], "");
    drop(server);
    let (data, made) = (place(&installation, "restored"), Made::new());
    rapport(&data, &["restore", name, "--database", &made.url], "").expect("restored");
    assert!(data.join("database.url").exists(), "later commands find the server");
    let restored = serve(&data);
    let known = subjects(&restored, &agent);
    assert!(mails.iter().all(|mail| known.contains(&mail.subject)));
    is_found(&restored, &agent, &mails[3].subject);
}

#[test]
fn a_damaged_backup_leaves_nothing_behind() {
    let installation = Installation::found(Engine::Sqlite);
    let file = installation.beside("all.tar");
    let name = file.to_str().expect("text");
    installation.command(&["backup", name], "");
    let bytes = fs::read(&file).expect("read");
    let data = place(&installation, "restored");
    for end in [10, bytes.len() / 2, bytes.len() - 2_000] {
        fs::write(&file, &bytes[..end]).expect("written");
        let refused = rapport(&data, &["restore", name], "").expect_err("refused");
        assert!(refused.contains("backup"), "{refused}");
        assert_eq!(fs::read_dir(&data).expect("a folder").count(), 0);
    }
    let again = installation.try_command(&["backup", name]).expect_err("never over another file");
    assert!(again.contains("already"), "{again}");
}
