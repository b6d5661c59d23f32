//! A Postfix that asks for STARTTLS and a login, and that puts off whom it does not know yet.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::desk::client;
use super::dovecot::{Dovecot, PASSWORD, USER};
use super::house::{House, capabilities};
use super::postfix::{Postfix, is_root};
use super::server::{Does, Script, Step};

/// Puts off the first recipients that it is asked about, as greylisting does (RFC 6647).
struct Grey {
    port: u16,
    asked: Arc<AtomicUsize>,
}

impl Grey {
    async fn open(first: usize) -> Grey {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("binds");
        let grey = Grey { port: listener.local_addr().expect("bound").port(), asked: Arc::default() };
        let asked = grey.asked.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(judge(stream, first, asked.clone()));
            }
        });
        grey
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

/// Postfix's policy protocol: lines of attributes, an empty one at the end, and the same for the answer.
async fn judge(stream: TcpStream, first: usize, asked: Arc<AtomicUsize>) {
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    while stream.read_line(&mut line).await.is_ok_and(|count| count > 0) {
        if line == "\n" {
            let count = asked.fetch_add(1, Ordering::SeqCst);
            let action = if count < first { "450 4.7.1 Greylisted, try again" } else { "DUNNO" };
            let _ = stream.get_mut().write_all(format!("action={action}\n\n").as_bytes()).await;
        }
        line.clear();
    }
}

fn settings(certificate: &std::path::Path, key: &std::path::Path, sasl: &str, grey: u16) -> String {
    format!(
        "smtpd_tls_security_level = encrypt\nsmtpd_tls_auth_only = yes\nsmtpd_tls_cert_file = {}\n\
         smtpd_tls_key_file = {}\nsmtpd_sasl_auth_enable = yes\nsmtpd_sasl_type = dovecot\nsmtpd_sasl_path = {sasl}\n\
         smtpd_relay_restrictions = permit_sasl_authenticated, reject\nmynetworks =\n\
         smtpd_recipient_restrictions = check_policy_service inet:127.0.0.1:{grey}, permit_sasl_authenticated, reject\n",
        certificate.display(),
        key.display(),
    )
}

testkit::both! { with capabilities();
    async fn an_answer_logs_in_behind_starttls_and_waits_until_greylisting_lets_it_in(w: World) {
        if !is_root() {
            return;
        }
        let mut house = House::open(w).await;
        let customers = Script::play(Step::Never, Does::Closes).await;
        let (dovecot, grey) = (Dovecot::start().await, Grey::open(2).await);
        let folder = tempfile::tempdir().expect("a folder");
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("made");
        let (certificate, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
        std::fs::write(&certificate, made.cert.pem()).expect("written");
        std::fs::write(&key, made.signing_key.serialize_pem()).expect("written");
        let strict = settings(&certificate, &key, &dovecot.sasl(), grey.port);
        let mut postfix = Postfix::start_with(house.listening.address.port(), customers.port, &strict);
        postfix.ready().await;

        let account = |password: &str| json!({"host": "localhost", "port": postfix.port, "security": "starttls",
            "username": USER, "password": password, "trusted_certificate": made.cert.pem()});
        let mut admin = client(&mut house, "all");
        assert_eq!(admin.put("/api/outgoing-mail", account("wrong")).await.status, 200);
        let tried = admin.post("/api/outgoing-mail/test", json!({"to": "bo@b.example"})).await.json();
        assert!(tried["said"].as_str().is_some_and(|said| said.starts_with("535")), "{tried}: {}", postfix.log());
        assert_eq!(admin.put("/api/outgoing-mail", account(PASSWORD)).await.status, 200);

        let raw = "From: bo@b.example\r\nTo: support@shop.example\r\nSubject: Lamp\r\n\r\nHi\r\n";
        house.mail("bo@b.example", &["support@shop.example"], raw).await;
        house.rest().await;
        let id = house.thread(1).await.expect("one").0.id;
        house.answer(id, "<p>At last</p>").await;
        assert_eq!(grey.asked(), 1, "{}", postfix.log());
        let waits = house.thread(1).await.expect("one").1;
        let error = waits[1].delivery_error.clone().unwrap_or_default();
        assert!(error.contains("450 4.7.1") && error.contains("Greylisted"), "{error}");
        for _ in 0..200 {
            house.world.clock.advance(5_000);
            house.rest().await;
            if !customers.mails.lock().expect("whole").is_empty() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let mails = customers.mails.lock().expect("whole").clone();
        assert_eq!((mails.len(), grey.asked()), (1, 3), "{}", postfix.log());
        let text = String::from_utf8_lossy(&mails[0]).into_owned();
        assert!(text.contains("with ESMTPSA"), "{text}");
    }
}
