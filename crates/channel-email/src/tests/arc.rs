//! A mail that goes through two servers which change and seal it (RFC 8617): whose word counts.

use mail_auth::arc::ArcSealer;
use mail_auth::common::crypto::Ed25519Key;
use mail_auth::common::headers::HeaderWriter;
use mail_auth::dkim::Canonicalization;
use mail_auth::hickory_resolver::config::{NameServerConfig, ResolverConfig, ResolverOpts};
use mail_auth::{AuthenticatedMessage, AuthenticationResults, MessageAuthenticator};
use spam::Standing;
use testkit::NameServer;

use super::senders::{Key, MAIL, POLICY, key, peer, signed};
use crate::outward::authenticate::authenticate;
use crate::outward::names::Names;
use crate::trust::authentication::{AuthResult, Authentication};

/// Two servers with their keys, and a name server that knows them and the sender.
struct Way {
    zone: NameServer,
    authenticator: MessageAuthenticator,
    sender: Key,
    list: Key,
    forwarder: Key,
}

impl Way {
    fn open() -> Way {
        let name = |domain: &str| key(&format!("s1._domainkey.{domain}"));
        let (sender, list, forwarder) = (name("shop.test"), name("list.test"), name("forward.test"));
        let zone = NameServer::of(&format!("{POLICY}{}\n{}\n{}", sender.line, list.line, forwarder.line));
        let mut server = NameServerConfig::udp_and_tcp(zone.at.ip());
        for connection in &mut server.connections {
            connection.port = zone.at.port();
        }
        let config = ResolverConfig::from_parts(None, Vec::new(), vec![server]);
        let authenticator = MessageAuthenticator::new(config, ResolverOpts::default()).expect("opens");
        Way { zone, authenticator, sender, list, forwarder }
    }

    /// The server looks at the mail, adds a line to it, and seals what it hands on.
    async fn through(&self, raw: &str, domain: &str, key: &Key) -> String {
        let came = AuthenticatedMessage::parse(raw.as_bytes()).expect("a mail");
        let dkim = self.authenticator.verify_dkim(&came).await;
        let arc = self.authenticator.verify_arc(&came).await;
        let host = format!("mx.{domain}");
        let results = AuthenticationResults::new(&host).with_dkim_results(&dkim, "bo@shop.test");
        let changed = format!("{raw}-- \r\nHanded on by {domain}\r\n");
        let goes = AuthenticatedMessage::parse(changed.as_bytes()).expect("a mail");
        let sealer = ArcSealer::from_key(Ed25519Key::from_pkcs8_der(&key.bytes).expect("a key"))
            .domain(domain)
            .selector("s1")
            .headers(["From", "Subject", "Date"]);
        sealer.seal(&goes, &results, &arc).expect("sealed").to_header() + &changed
    }

    async fn arrived(&self, raw: &str, hosts: &[&str]) -> Authentication {
        let mut names = Names::default();
        names.set(Some(&self.zone.at.to_string())).expect("a name server");
        let last = peer("8.8.8.8", "list@forward.test");
        let found = authenticate(&names, raw.as_bytes(), &last, "shop.test").await;
        let mut found = found.expect("checked");
        found.hear_sealers(&hosts.iter().map(|host| (*host).to_owned()).collect::<Vec<_>>());
        found
    }
}

#[tokio::test]
async fn a_chain_counts_from_the_first_trusted_server_that_saw_the_proof() {
    let way = Way::open();
    let mail = signed(&way.sender, "shop.test", &format!("{MAIL}Hello\r\n"), Canonicalization::Relaxed);
    let once = way.through(&mail, "list.test", &way.list).await;
    let twice = way.through(&once, "forward.test", &way.forwarder).await;

    let found = way.arrived(&twice, &["mx.list.test", "mx.forward.test"]).await;
    let arc = found.arc.as_ref().expect("sealed");
    assert_eq!((arc.result, arc.sealer.as_str(), arc.trusted), (AuthResult::Pass, "forward.test", true));
    let hops: Vec<(&str, bool)> = arc.hops.iter().map(|hop| (hop.sealer.as_str(), hop.proven)).collect();
    assert_eq!(hops, [("list.test", true), ("forward.test", false)], "the second saw a changed mail");
    assert_eq!(found.standing(), Standing::Proven);

    // Whoever is not trusted may say anything, and a trusted one who saw no proof gives none.
    for hosts in [&["mx.forward.test"][..], &["mx.list.test"], &["mx.other.test"], &[]] {
        let found = way.arrived(&twice, hosts).await;
        assert!(!found.arc.as_ref().expect("sealed").trusted, "{hosts:?}");
        assert_eq!(found.standing(), Standing::Forged, "{hosts:?}");
    }
}

#[tokio::test]
async fn a_forgery_that_a_trusted_server_hands_on_stays_one() {
    let way = Way::open();
    let forged = way.through(&format!("{MAIL}Pay now\r\n"), "forward.test", &way.forwarder).await;
    let found = way.arrived(&forged, &["mx.forward.test"]).await;
    assert_eq!(found.arc.as_ref().expect("sealed").result, AuthResult::Pass, "the seal itself is whole");
    assert_eq!(found.standing(), Standing::Forged);
}

#[tokio::test]
async fn a_chain_with_a_broken_hop_vouches_for_nothing() {
    let way = Way::open();
    let mail = signed(&way.sender, "shop.test", &format!("{MAIL}Hello\r\n"), Canonicalization::Relaxed);
    let once = way.through(&mail, "list.test", &way.list).await;
    let changed = once.replace("Hello", "Pay now");
    let twice = way.through(&once, "forward.test", &way.forwarder).await;
    let resealed = way.through(&changed, "forward.test", &way.forwarder).await;
    let without_first = without_set(&twice, 1);
    let rewritten = twice.replace("mx.forward.test;", "mx.another.test;");
    assert_ne!(rewritten, twice);
    let broken = [
        ("changed after the last seal", twice.replace("Hello", "Pay now")),
        ("changed between the two", resealed),
        ("the first set is missing", without_first),
        ("the report of a hop was rewritten", rewritten),
    ];
    for (why, raw) in broken {
        let found = way.arrived(&raw, &["mx.list.test", "mx.forward.test"]).await;
        assert!(found.arc.as_ref().is_none_or(|arc| !arc.trusted && arc.result != AuthResult::Pass), "{why}");
        assert_eq!(found.standing(), Standing::Forged, "{why}");
    }
}

/// The mail without the header fields of one hop.
fn without_set(raw: &str, instance: u32) -> String {
    let (head, body) = raw.split_once("\r\n\r\n").expect("a mail");
    let unfolded = head.replace("\r\n\t", "\u{1}").replace("\r\n ", "\u{2}");
    let stays = |line: &&str| !(line.starts_with("ARC-") && line.contains(&format!("i={instance};")));
    let left: Vec<&str> = unfolded.split("\r\n").filter(stays).collect();
    let head = left.join("\r\n").replace('\u{1}', "\r\n\t").replace('\u{2}', "\r\n ");
    format!("{head}\r\n\r\n{body}")
}
