//! Connections that stay open: several mails down one, and the same certainty as with fresh ones.

use std::time::Duration;

use super::sender::server;
use super::server::{Does, Script, Step};
use crate::smtp::client::{Addressed, Fate};
use crate::smtp::pool::{Limits, Pool};

const RAW: &[u8] = b"Subject: x\r\n\r\nHello\r\n";

fn one() -> Addressed {
    Addressed { from: "support@shop.example".into(), to: vec!["ann@a.example".into()] }
}

fn connections(script: &Script) -> usize {
    script.heard().iter().filter(|line| line.starts_with("EHLO")).count()
}

fn mails(script: &Script) -> usize {
    script.mails.lock().expect("whole").len()
}

async fn send(pool: &Pool, script: &Script) -> Fate {
    pool.send(&server(script.port), &one(), RAW).await
}

#[tokio::test]
async fn mails_to_one_account_share_a_connection_within_limits() {
    let script = Script::play(Step::Never, Does::Closes).await;
    let pool = Pool::new(Limits { mails: 3, ..Limits::default() });
    for _ in 0..7 {
        assert!(matches!(send(&pool, &script).await, Fate::Taken(_)));
    }
    assert_eq!((mails(&script), connections(&script)), (7, 3), "three mails each");
    let other = crate::smtp::client::Server { hello: "other.example".into(), ..server(script.port) };
    assert!(matches!(pool.send(&other, &one(), RAW).await, Fate::Taken(_)));
    assert_eq!(connections(&script), 4, "another account has connections of its own");
}

#[tokio::test]
async fn a_connection_that_nobody_uses_is_left() {
    let script = Script::play(Step::Never, Does::Closes).await;
    let pool = Pool::new(Limits { idle: Duration::from_millis(50), ..Limits::default() });
    send(&pool, &script).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(script.heard().last().map(String::as_str), Some("QUIT"));
    assert!(matches!(send(&pool, &script).await, Fate::Taken(_)));
    assert_eq!(connections(&script), 2);
}

#[tokio::test]
async fn a_refused_recipient_leaves_the_connection_to_the_next_mail() {
    let script = Script::play(Step::FirstRcpt, Does::Says("550 5.1.1 nobody")).await;
    let pool = Pool::default();
    for _ in 0..3 {
        assert!(matches!(send(&pool, &script).await, Fate::Refused(_)));
    }
    assert_eq!(connections(&script), 1);
}

#[tokio::test]
async fn a_break_after_the_dot_is_unclear_and_never_tried_again() {
    let script = Script::play(Step::Dot, Does::Closes).await;
    let pool = Pool::default();
    assert!(matches!(send(&pool, &script).await, Fate::Unclear(_)));
    assert_eq!((mails(&script), connections(&script)), (1, 1));
}

#[tokio::test]
async fn a_connection_that_the_server_has_closed_meanwhile_costs_no_mail_and_doubles_none() {
    // Says goodbye to the second mail of every connection.
    let script = Script::play(Step::SecondMail, Does::Closes).await;
    let pool = Pool::default();
    for _ in 0..5 {
        let fate = send(&pool, &script).await;
        assert!(matches!(fate, Fate::Taken(_)), "{fate:?}");
    }
    assert_eq!((mails(&script), connections(&script)), (5, 5));
    let script = Script::play(Step::SecondMail, Does::Says("421 4.3.2 closing")).await;
    for _ in 0..3 {
        assert!(matches!(send(&pool, &script).await, Fate::Taken(_)));
    }
    assert_eq!(mails(&script), 3);
}
