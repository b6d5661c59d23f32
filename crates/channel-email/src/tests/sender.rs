//! The sender against a server that fails at each step: what it then says must be exact.

use std::time::Duration;

use super::server::{Does, Script, Step};
use crate::smtp::client::{Addressed, Fate, Login, Patience, Security, Server, probe, send};

pub fn server(port: u16) -> Server {
    let quick = Duration::from_millis(500);
    Server {
        host: "localhost".into(),
        port,
        security: Security::None,
        login: None,
        trusted: None,
        hello: "desk.shop.example".into(),
        patience: Patience {
            connect: quick,
            command: quick,
            before: 4 * quick,
            content: 4 * quick,
            end: quick,
        },
    }
}

fn two() -> Addressed {
    Addressed { from: "support@shop.example".into(), to: vec!["ann@a.example".into(), "bo@b.example".into()] }
}

fn name(fate: &Fate) -> &'static str {
    match fate {
        Fate::Taken(_) => "taken",
        Fate::Postponed(_) => "postponed",
        Fate::Refused(_) => "refused",
        Fate::Unclear(_) => "unclear",
    }
}

async fn check(step: Step, does: Does, raw: &[u8], wanted: &str) -> (Fate, Script) {
    let script = Script::play(step, does).await;
    let login = Some(Login::Password { user: "desk".to_owned(), password: "secret".to_owned() });
    let fate = send(&Server { login, ..server(script.port) }, &two(), raw).await;
    assert_eq!(name(&fate), wanted, "{does:?} at {step:?} gave {fate:?}");
    (fate, script)
}

const RAW: &[u8] = b"Subject: x\r\n\r\nHello\r\n";

#[tokio::test]
async fn each_step_that_fails_gives_its_exact_fate() {
    use Step::*;
    let before_the_dot = [Connect, Ehlo, Auth, Mail, FirstRcpt, SecondRcpt, Data];
    for step in before_the_dot {
        check(step, Does::Says("451 later"), RAW, "postponed").await;
        check(step, Does::Says("550 never"), RAW, "refused").await;
        check(step, Does::Closes, RAW, "postponed").await;
        check(step, Does::Hangs, RAW, "postponed").await;
        check(step, Does::Says("hello?"), RAW, "postponed").await;
    }
    check(Dot, Does::Says("451 later"), RAW, "postponed").await;
    check(Dot, Does::Says("554 never"), RAW, "refused").await;
    check(Dot, Does::Closes, RAW, "unclear").await;
    check(Dot, Does::Hangs, RAW, "unclear").await;
    check(Dot, Does::Says("hello?"), RAW, "unclear").await;
    check(Dot, Does::Says("354 more?"), RAW, "unclear").await;
    let (_, script) = check(Never, Does::Closes, RAW, "taken").await;
    assert_eq!(script.mails.lock().expect("whole").as_slice(), [[RAW, b".\r\n"].concat()]);
}

#[tokio::test]
async fn a_server_that_closes_within_the_content_has_certainly_nothing() {
    // Large enough that not all of it fits into the system's buffers before the server closes.
    let large = [RAW, "y".repeat(98).as_bytes(), b"\r\n"].concat();
    let larger = large.repeat(60_000);
    for does in [Does::ClosesWithin, Does::SaysWithin("552 too much")] {
        let script = Script::play(Step::Content, does).await;
        let server = Server { patience: Patience::default(), ..server(script.port) };
        let fate = send(&server, &two(), &larger).await;
        assert!(matches!(fate, Fate::Postponed(_) | Fate::Refused(_)), "{does:?}: {fate:?}");
        assert!(script.mails.lock().expect("whole").is_empty());
    }
}

#[tokio::test]
async fn a_mail_that_the_server_names_too_large_is_not_begun() {
    let (_, script) =
        check(Step::Ehlo, Does::Says("250-a\r\n250-AUTH PLAIN\r\n250 SIZE 10"), RAW, "refused").await;
    assert!(!script.heard().iter().any(|line| line.starts_with("MAIL")));
}

#[tokio::test]
async fn an_unreachable_server_postpones() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("binds");
    let port = listener.local_addr().expect("bound").port();
    drop(listener);
    assert_eq!(name(&send(&server(port), &two(), RAW).await), "postponed");
    let nowhere = Server { host: "no-such-host.invalid".into(), ..server(25) };
    assert_eq!(name(&send(&nowhere, &two(), RAW).await), "postponed");
}

#[tokio::test]
async fn one_refused_recipient_keeps_the_mail_from_all() {
    let (fate, script) = check(Step::SecondRcpt, Does::Says("550 5.1.1 unknown"), RAW, "refused").await;
    assert_eq!(fate, Fate::Refused("bo@b.example: 550 5.1.1 unknown".into()));
    assert_eq!(script.heard().last().map(String::as_str), Some("RSET"));
    assert!(script.mails.lock().expect("whole").is_empty());
}

#[tokio::test]
async fn what_the_server_can_not_do_is_refused_clearly() {
    let script = Script::play(Step::Never, Does::Closes).await;
    let tls = Server { security: Security::StartTls, ..server(script.port) };
    let fate = send(&tls, &two(), RAW).await;
    assert_eq!(fate, Fate::Postponed("localhost does not offer STARTTLS.".into()));
    assert!(!script.heard().iter().any(|line| line.starts_with("MAIL")), "nothing goes in the clear");
    let wide = Addressed { to: vec!["jörg@b.example".into()], ..two() };
    let fate = send(&server(script.port), &wide, RAW).await;
    assert!(matches!(&fate, Fate::Refused(why) if why.contains("jörg@b.example")), "{fate:?}");
    let evil = Addressed { to: vec!["a@b.example>\r\nRCPT TO:<c@d.example".into()], ..two() };
    assert_eq!(name(&send(&server(script.port), &evil, RAW).await), "refused");
    assert!(!script.heard().iter().any(|line| line.contains("d.example")));
}

#[tokio::test]
async fn a_login_is_sent_as_the_standard_says() {
    let (_, script) = check(Step::Never, Does::Closes, RAW, "taken").await;
    assert_eq!(script.heard()[1], "AUTH PLAIN AGRlc2sAc2VjcmV0");
    assert_eq!(script.heard()[2], format!("MAIL FROM:<support@shop.example> SIZE={}", RAW.len()));
}

#[tokio::test]
async fn servers_that_know_only_older_ways_are_served_too() {
    let login = "250-script\r\n250 AUTH LOGIN";
    let script = Script::play(Step::Ehlo, Does::Says(login)).await;
    let desk = Some(Login::Password { user: "desk".to_owned(), password: "secret".to_owned() });
    let fate = send(&Server { login: desk.clone(), ..server(script.port) }, &two(), RAW).await;
    assert!(matches!(fate, Fate::Taken(_)), "{fate:?}");
    assert_eq!(script.heard()[1..4], ["AUTH LOGIN", "ZGVzaw==", "c2VjcmV0"]);
    // A server that wants something else is not taken for one that is satisfied.
    let script = Script::play(Step::Auth, Does::Says("334 more")).await;
    let fate = send(&Server { login: desk, ..server(script.port) }, &two(), RAW).await;
    assert_eq!(name(&fate), "postponed");
    assert!(!script.heard().iter().any(|line| line.starts_with("MAIL")));
}

#[tokio::test]
async fn a_probe_goes_as_far_as_the_login_and_sends_nothing() {
    let desk = Some(Login::Password { user: "desk".to_owned(), password: "secret".to_owned() });
    let probed = async |step, does| {
        let script = Script::play(step, does).await;
        let answer = probe(&Server { login: desk.clone(), ..server(script.port) }).await;
        (answer, script.heard())
    };
    let (answer, heard) = probed(Step::Never, Does::Closes).await;
    assert_eq!(answer, Ok(()));
    assert!(heard.iter().any(|line| line.starts_with("AUTH PLAIN")), "{heard:?}");
    assert!(!heard.iter().any(|line| line.starts_with("MAIL")), "{heard:?}");
    let (answer, _) = probed(Step::Auth, Does::Says("535 wrong password")).await;
    assert!(matches!(answer, Err(Fate::Refused(why)) if why.contains("wrong password")));
    for (step, does) in
        [(Step::Connect, Does::Closes), (Step::Ehlo, Does::Hangs), (Step::Ehlo, Does::Says("451 no"))]
    {
        let (answer, _) = probed(step, does).await;
        assert!(matches!(answer, Err(Fate::Postponed(_))), "{does:?} at {step:?}");
    }
}
