//! STARTTLS on both ends, with a certificate of our own making.

use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::room::{Client, Room, manners, open};
use crate::smtp::client::{Addressed, Fate, Security, send};
use crate::smtp::listener::Listening;
use crate::smtp::manners::Manners;
use crate::smtp::tls;

struct Protected {
    folder: tempfile::TempDir,
    listening: Listening,
    room: Arc<Room>,
}

impl Protected {
    async fn open() -> Protected {
        let folder = tempfile::tempdir().expect("a folder");
        let tls = tls::own(folder.path(), "localhost").expect("a certificate is made");
        let (listening, room) = open(Manners { tls: Some(tls), ..manners() }).await;
        Protected { folder, listening, room }
    }

    fn server(&self) -> crate::smtp::client::Server {
        let trusted =
            std::fs::read_to_string(self.folder.path().join("smtp-certificate.pem")).expect("there");
        crate::smtp::client::Server {
            security: Security::StartTls,
            trusted: Some(trusted),
            ..super::sender::server(self.listening.address.port())
        }
    }
}

fn addressed() -> Addressed {
    Addressed { from: "ann@a.example".into(), to: vec!["support@shop.example".into()] }
}

const RAW: &[u8] = b"Subject: x\r\n\r\n.dot\r\n";

#[tokio::test]
async fn our_sender_and_our_listener_meet_behind_starttls() {
    let house = Protected::open().await;
    let fate = send(&house.server(), &addressed(), RAW).await;
    assert!(matches!(fate, Fate::Taken(_)), "{fate:?}");
    assert_eq!(house.room.last(), RAW);
    let raw = house.room.mails.lock().expect("whole")[0].1.clone();
    assert!(String::from_utf8_lossy(&raw).contains("with ESMTPS"));
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_not_believed() {
    let house = Protected::open().await;
    let stranger = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("made").cert.pem();
    let server = crate::smtp::client::Server { trusted: Some(stranger), ..house.server() };
    let fate = send(&server, &addressed(), RAW).await;
    assert!(matches!(fate, Fate::Postponed(_)), "{fate:?}");
    assert_eq!(house.room.count(), 0);
}

#[tokio::test]
async fn what_is_sent_behind_starttls_in_the_clear_is_not_obeyed() {
    let house = Protected::open().await;
    let mut client = Client::greeted(&house.listening).await;
    client.send(b"STARTTLS\r\nMAIL FROM:<evil@a.example>\r\n").await;
    client.expect("554").await;
    assert_eq!(client.hear().await, "");
    // The same a moment later, when TLS is awaited already: the handshake fails.
    let mut client = Client::greeted(&house.listening).await;
    client.ask("STARTTLS", "220").await;
    client.send(b"MAIL FROM:<evil@a.example>\r\n").await;
    let mut rest = Vec::new();
    let _ = client.0.read_to_end(&mut rest).await;
    assert!(!String::from_utf8_lossy(&rest).contains("250"), "{rest:?}");
}

#[tokio::test]
async fn the_certificate_of_our_own_is_kept_and_its_key_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    tls::own(folder.path(), "localhost").expect("made");
    let read = |name: &str| std::fs::read(folder.path().join(name)).expect("there");
    let before = (read("smtp-certificate.pem"), read("smtp-key.pem"));
    tls::own(folder.path(), "localhost").expect("read");
    assert_eq!(before, (read("smtp-certificate.pem"), read("smtp-key.pem")));
    let mode = std::fs::metadata(folder.path().join("smtp-key.pem")).expect("there").permissions().mode();
    assert_eq!(mode & 0o077, 0);
}

#[tokio::test]
async fn a_handshake_that_never_comes_leaves_others_alone() {
    let house = Protected::open().await;
    let mut stuck = Client::greeted(&house.listening).await;
    stuck.ask("STARTTLS", "220").await;
    let fate = send(&house.server(), &addressed(), RAW).await;
    assert!(matches!(fate, Fate::Taken(_)), "{fate:?}");
    stuck.0.shutdown().await.expect("shut");
}
