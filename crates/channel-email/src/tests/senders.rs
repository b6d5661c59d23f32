//! Checks of senders against a name server of our own: real signatures, real questions.

use std::net::IpAddr;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mail_auth::common::crypto::Ed25519Key;
use mail_auth::common::headers::HeaderWriter;
use mail_auth::dkim::{Canonicalization, DkimSigner};
use spam::Standing;
use testkit::NameServer;

use crate::outward::authenticate::{Peer, authenticate};
use crate::outward::names::Names;
use crate::trust::authentication::{AuthResult, Authentication, OwnerWish};

pub const MAIL: &str = "From: Bo <bo@shop.test>\r\nTo: support@lamps.example\r\nSubject: Lamp\r\nDate: Sun, 22 Nov 2026 09:00:00 +0000\r\n\r\n";

pub struct Key {
    pub bytes: Vec<u8>,
    pub line: String,
}

pub fn key(name: &str) -> Key {
    let bytes = Ed25519Key::generate_pkcs8().expect("a key");
    let public = Ed25519Key::from_pkcs8_der(&bytes).expect("a key").public_key();
    let line = format!("{name} TXT v=DKIM1; k=ed25519; p={}", STANDARD.encode(public));
    Key { bytes, line }
}

pub fn signed(key: &Key, domain: &str, mail: &str, form: Canonicalization) -> String {
    let signer = DkimSigner::from_key(Ed25519Key::from_pkcs8_der(&key.bytes).expect("a key"))
        .domain(domain)
        .selector("s1")
        .headers(["From", "Subject", "Date"])
        .header_canonicalization(form)
        .body_canonicalization(form);
    signer.sign(mail.as_bytes()).expect("signed").to_header() + mail
}

pub fn peer(ip: &str, sender: &str) -> Peer {
    let ip: IpAddr = ip.parse().expect("an address");
    Peer { ip: Some(ip), helo: "mx.shop.test".into(), sender: sender.into() }
}

async fn checked(zone: &str, raw: &str, peer: &Peer) -> Option<Authentication> {
    let zone = NameServer::of(zone);
    let mut names = Names::default();
    names.set(Some(&zone.at.to_string())).expect("a name server");
    authenticate(&names, raw.as_bytes(), peer, "shop.test").await
}

pub const POLICY: &str = "_dmarc.shop.test TXT v=DMARC1; p=reject\nshop.test TXT v=spf1 ip4:1.2.3.4 -all\n";

#[tokio::test]
async fn a_server_of_the_domain_and_a_signature_prove_the_sender() {
    let key = key("s1._domainkey.shop.test");
    let zone = format!("{POLICY}{}", key.line);
    let mail = signed(&key, "shop.test", &format!("{MAIL}Hello\r\n"), Canonicalization::Relaxed);
    let found = checked(&zone, &mail, &peer("1.2.3.4", "bo@shop.test")).await.expect("checked");
    assert_eq!(found.spf.as_ref().expect("spf").result, AuthResult::Pass);
    assert_eq!((found.dkim[0].result, found.dkim[0].selector.as_str()), (AuthResult::Pass, "s1"));
    let dmarc = found.dmarc.as_ref().expect("dmarc");
    assert_eq!((dmarc.result, dmarc.policy), (AuthResult::Pass, OwnerWish::Reject));
    assert!(dmarc.spf_aligned && dmarc.dkim_aligned);
    assert_eq!(found.standing(), Standing::Proven);
}

#[tokio::test]
async fn a_forged_sender_is_told_with_what_its_domain_asks_for() {
    let raw = format!("{MAIL}Pay now\r\n");
    let found = checked(POLICY, &raw, &peer("8.8.8.8", "bo@shop.test")).await.expect("checked");
    assert_eq!(found.spf.as_ref().expect("spf").result, AuthResult::Fail);
    assert_eq!((found.standing(), found.wish()), (Standing::Forged, OwnerWish::Reject));
    // A server may be allowed for its own domain, which is not that of the From.
    let zone = format!("{POLICY}evil.test TXT v=spf1 +all\n");
    let found = checked(&zone, &raw, &peer("8.8.8.8", "x@evil.test")).await.expect("checked");
    assert_eq!(found.spf.as_ref().expect("spf").result, AuthResult::Pass);
    assert_eq!(found.standing(), Standing::Forged);
}

#[tokio::test]
async fn a_changed_mail_breaks_its_signature() {
    let key = key("s1._domainkey.shop.test");
    let mail = signed(&key, "shop.test", &format!("{MAIL}Pay to 1\r\n"), Canonicalization::Relaxed);
    let changed = mail.replace("Pay to 1", "Pay to 2");
    let found =
        checked(&format!("{POLICY}{}", key.line), &changed, &peer("8.8.8.8", "")).await.expect("checked");
    assert_ne!(found.dkim[0].result, AuthResult::Pass);
    assert!(found.dkim[0].reason.is_some());
    assert_eq!(found.standing(), Standing::Forged);
}

/// The trap of mail-auth 0.13.3: without mending, the first of these fails.
#[tokio::test]
async fn blank_lines_with_spaces_at_the_end_break_a_relaxed_signature_never() {
    let key = key("s1._domainkey.shop.test");
    let zone = format!("{POLICY}{}", key.line);
    let whole = format!("{MAIL}Hello\r\n");
    for tail in [" \r\n", "\t\r\n\r\n", "\r\n \r\n"] {
        let relaxed = signed(&key, "shop.test", &whole, Canonicalization::Relaxed) + tail;
        let found = checked(&zone, &relaxed, &peer("8.8.8.8", "")).await.expect("checked");
        assert_eq!((found.dkim.len(), found.dkim[0].result), (1, AuthResult::Pass), "{tail:?}");
        // The simple form keeps them: there the mail was changed.
        let simple = signed(&key, "shop.test", &whole, Canonicalization::Simple) + tail;
        let found = checked(&zone, &simple, &peer("8.8.8.8", "")).await.expect("checked");
        assert_ne!(found.dkim[0].result, AuthResult::Pass, "{tail:?}");
    }
}

#[tokio::test]
async fn a_pipe_with_bare_line_feeds_breaks_no_signature() {
    let key = key("s1._domainkey.shop.test");
    let mail = signed(&key, "shop.test", &format!("{MAIL}Hello\r\n"), Canonicalization::Simple);
    let found =
        checked(&format!("{POLICY}{}", key.line), &mail.replace("\r\n", "\n"), &Peer::default()).await;
    let found = found.expect("signed mail is checked wherever it comes from");
    assert_eq!(found.dkim[0].result, AuthResult::Pass);
    assert_eq!((found.spf.as_ref(), found.standing()), (None, Standing::Proven));
}

#[tokio::test]
async fn without_a_server_and_a_signature_nobody_is_asked() {
    let raw = format!("{MAIL}Hello\r\n");
    for peer in [Peer::default(), peer("127.0.0.1", "bo@shop.test"), peer("10.0.0.9", "bo@shop.test")] {
        assert_eq!(checked(POLICY, &raw, &peer).await, None);
    }
    assert_eq!(
        authenticate(&Names::default(), raw.as_bytes(), &peer("8.8.8.8", ""), "shop.test").await,
        None
    );
}

#[tokio::test]
async fn a_silent_name_server_holds_nothing_up_and_forges_nothing() {
    let zone = "_dmarc.silent.test TXT v=DMARC1; p=reject\n";
    let raw = MAIL.replace("shop.test", "silent.test") + "Hello\r\n";
    let begun = Instant::now();
    let found = checked(zone, &raw, &peer("8.8.8.8", "bo@silent.test")).await;
    assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
    if let Some(found) = found {
        assert_eq!(found.spf.as_ref().expect("spf").result, AuthResult::TempError);
        assert_eq!((found.standing(), found.wish()), (Standing::Unknown, OwnerWish::None));
    }
}

#[tokio::test]
async fn a_report_is_judged_by_the_name_of_its_server() {
    let zone = format!("{POLICY}mx.shop.test TXT v=spf1 ip4:1.2.3.4 -all\n");
    let found = checked(&zone, &format!("{MAIL}Gone\r\n"), &peer("1.2.3.4", "")).await.expect("checked");
    let spf = found.spf.as_ref().expect("spf");
    assert_eq!((spf.result, spf.domain.as_str()), (AuthResult::Pass, "mx.shop.test"));
    assert_eq!(found.standing(), Standing::Proven);
}

/// Signatures of domains whose name servers swallow questions: the body hashes are right, so that each key is asked for.
fn with_slow_signatures(mail: &str) -> String {
    let key = key("s1._domainkey.evil.test");
    let sign = |n: usize| signed(&key, &format!("silent{n}.evil.test"), mail, Canonicalization::Relaxed);
    let fields = (0..8).map(|n| sign(n).strip_suffix(mail).expect("in front").to_owned());
    fields.collect::<String>() + mail
}

#[tokio::test]
async fn name_servers_of_a_stranger_switch_no_check_off() {
    let zone = NameServer::of(&format!("{POLICY}evil.test TXT v=spf1 include:silent.evil.test -all\n"));
    let mut names = Names::default();
    names.set(Some(&zone.at.to_string())).expect("a name server");
    let slow = with_slow_signatures(&format!("{MAIL}Pay now\r\n"));
    let stranger = peer("8.8.8.8", "x@evil.test");
    let begun = Instant::now();
    let found = authenticate(&names, slow.as_bytes(), &stranger, "shop.test").await;
    assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
    let found = found.expect("what was answered is judged");
    assert_eq!(found.dkim.len(), 8);
    assert!(found.dkim.iter().all(|one| one.result == AuthResult::TempError), "{:?}", found.dkim);
    assert_eq!(found.spf.as_ref().expect("spf").result, AuthResult::TempError);
    assert_eq!((found.standing(), found.wish()), (Standing::Forged, OwnerWish::Reject));
    // The next mail is looked at as any other.
    let plain = format!("{MAIL}Pay now\r\n");
    let found = authenticate(&names, plain.as_bytes(), &peer("8.8.8.8", "bo@shop.test"), "shop.test").await;
    assert_eq!(found.expect("checked").standing(), Standing::Forged);
}

#[tokio::test]
async fn servers_that_answer_nobody_are_left_alone_for_a_while() {
    let deaf = std::net::UdpSocket::bind("127.0.0.1:0").expect("a port");
    let mut names = Names::default();
    names.set(Some(&deaf.local_addr().expect("bound").to_string())).expect("a name server");
    let raw = format!("{MAIL}Hello\r\n");
    let ask = async || {
        let begun = Instant::now();
        let found = authenticate(&names, raw.as_bytes(), &peer("8.8.8.8", "bo@shop.test"), "shop.test").await;
        (found.map(|found| found.standing()), begun.elapsed())
    };
    let (first, took) = ask().await;
    assert!(
        first.is_none_or(|standing| standing == Standing::Unknown) && took < Duration::from_secs(15),
        "{took:?}"
    );
    let (second, took) = ask().await;
    assert!(second.is_none() && took < Duration::from_secs(1), "{took:?}");
}
