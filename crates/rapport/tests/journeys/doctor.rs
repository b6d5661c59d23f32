//! The doctor, while the server runs and while it does not: what is wrong is told, with the way out.

use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Output};
use std::time::{Duration, SystemTime};

use serde_json::Value;

use crate::driver::{Engine, Installation, Sink, Start};

fn examine(installation: &Installation, environment: &[(&str, &str)]) -> Output {
    let mut command = Command::new(crate::program());
    command.args(["doctor", "--json", "--data"]).arg(installation.data());
    command.envs(environment.iter().copied()).output().expect("the program runs")
}

/// What was found, and whether the doctor was content.
fn found(installation: &Installation) -> (Vec<Value>, bool) {
    let said = examine(installation, &[]);
    let code = said.status.code().expect("it ends by itself");
    assert!(code == 0 || code == 1, "{said:?}");
    let findings: Vec<Value> = serde_json::from_slice(&said.stdout).expect("JSON");
    let failed = findings.iter().any(|finding| finding["state"] == "fail");
    assert_eq!(failed, code == 1, "{findings:?}");
    (findings, code == 0)
}

#[track_caller]
fn state(findings: &[Value], check: &str) -> String {
    let of_check: Vec<&Value> = findings.iter().filter(|finding| finding["check"] == check).collect();
    assert!(!of_check.is_empty(), "{check} is not looked at: {findings:?}");
    for finding in &of_check {
        let (bad, has_way_out) = (finding["state"] != "ok", finding["remedy"].is_string());
        assert_eq!(bad, has_way_out, "what is wrong has a way out: {finding}");
    }
    let worst = ["fail", "warn"].into_iter().find(|word| of_check.iter().any(|f| f["state"] == *word));
    worst.unwrap_or("ok").to_owned()
}

fn backed_up(installation: &Installation, days_ago: u64) {
    let now = SystemTime::UNIX_EPOCH.elapsed().expect("after 1970").as_secs();
    let at = now - days_ago * 24 * 60 * 60;
    std::fs::write(installation.data().join("last-backup"), at.to_string()).expect("written");
}

#[test]
fn a_server_that_works_is_told_to_work_and_what_breaks_is_told() {
    let installation = Installation::found(Engine::Sqlite);
    let sink = Sink::start(Duration::ZERO);
    installation.outgoing(sink.address);
    backed_up(&installation, 0);
    let server = installation.serve();
    let (findings, _) = found(&installation);
    for check in
        ["server", "keys", "backup", "ports", "clock", "certificate", "database", "reactions", "given up"]
    {
        assert_eq!(state(&findings, check), "ok", "{check}: {findings:?}");
    }
    for check in ["ready", "nodes", "answers", "outgoing mail"] {
        assert_eq!(state(&findings, check), "ok", "{check}: {findings:?}");
    }
    assert_eq!(state(&findings, "public address"), "warn", "it is on this machine only");
    assert_ne!(state(&findings, "dns"), "ok", "desk.example is nowhere");
    assert_ne!(state(&findings, "disk"), "");

    let key = installation.data().join("secret.key");
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).expect("set");
    backed_up(&installation, 20);
    installation.outgoing(([127, 0, 0, 1], 1).into());
    let (findings, content) = found(&installation);
    assert!(!content);
    for check in ["keys", "backup", "outgoing mail"] {
        assert_eq!(state(&findings, check), "fail", "{check}: {findings:?}");
    }

    drop(server);
    let (findings, content) = found(&installation);
    assert!(!content && state(&findings, "keys") == "fail", "it can't even be opened: {findings:?}");
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).expect("set");
    let (findings, _) = found(&installation);
    assert_eq!(state(&findings, "server"), "warn");
    assert_eq!(state(&findings, "database"), "ok");
}

#[test]
fn a_wrong_address_and_a_wrong_clock_are_told() {
    let installation = Installation::found(Engine::Sqlite);
    let wrong = Start::default().with("RAPPORT_PUBLIC_URL", "http://127.0.0.1:1");
    let server = installation.serve_as(&wrong);
    let (findings, _) = found(&installation);
    assert_eq!(state(&findings, "public address"), "fail");
    drop(server);
    // The date that the web tells is the machine's; this clock is two minutes ahead of it.
    let _server = installation.serve_as(&Start::default().with("RAPPORT_CLOCK_SHIFT_MILLIS", "120000"));
    let (findings, _) = found(&installation);
    assert_eq!(state(&findings, "clock"), "fail", "{findings:?}");
}

#[test]
fn a_certificate_that_browsers_do_not_believe_is_told() {
    let installation = Installation::found(Engine::Sqlite);
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("made");
    let (chain, key) = (installation.beside("chain.pem"), installation.beside("key.pem"));
    std::fs::write(&chain, made.cert.pem()).expect("written");
    std::fs::write(&key, made.signing_key.serialize_pem()).expect("written");
    let settings = installation.beside("rapport.toml");
    let files = format!("[tls]\ncertificate = \"{}\"\nkey = \"{}\"\n", chain.display(), key.display());
    std::fs::write(&settings, files).expect("written");
    let start = Start::default().with("RAPPORT_CONFIG", settings.to_str().expect("a path"));
    let _server = installation.serve_as(&start);
    let (findings, content) = found(&installation);
    assert!(!content);
    assert_eq!(state(&findings, "public address"), "fail", "it is not believed");
    assert_eq!(state(&findings, "certificate"), "fail", "nor is it for 127.0.0.1");
}

#[test]
fn without_an_installation_the_way_to_one_is_told() {
    let installation = Installation::empty(Engine::Sqlite);
    let (findings, content) = found(&installation);
    assert!(!content);
    assert_eq!(state(&findings, "installation"), "fail");
    assert!(!installation.data().exists(), "looking makes nothing");
    let words = Command::new(crate::program()).args(["doctor", "--data", "/absent"]).output().expect("runs");
    assert!(String::from_utf8_lossy(&words.stdout).starts_with("fail  installation: "), "{words:?}");
}
