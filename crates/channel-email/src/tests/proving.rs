//! Who counts as proven: whom the own domain vouches for, or a server that we trust and that handed the mail in itself.

use mail_auth::dkim::Canonicalization;
use testkit::NameServer;
use web::Capability;

use super::house::{House, agent};
use super::senders::{Key, key, signed};
use super::written_back::{doors, taken};
use crate::actions::set_trust::SetTrust;
use crate::channel::{Envelope, Mailroom};
use crate::outward::names::Names;
use crate::trust::settings::Trust;

/// The key of the own domain.
#[derive(Default)]
struct Held(Option<Key>);

fn capabilities() -> Vec<Capability> {
    let key = key("s1._domainkey.shop.example");
    let zone = NameServer::of(&format!(
        "_dmarc.shop.example TXT v=DMARC1; p=reject\nshop.example TXT v=spf1 ip4:1.2.3.4 -all\n\
         mx.shop.example A 5.6.7.8\n{}",
        key.line
    ));
    let mut all = super::written_back::capabilities();
    all.push(Capability::new("names").plug(move |registry| {
        registry.fill::<Names>().set(Some(&zone.at.to_string())).expect("a name server");
        registry.fill::<Held>().0 = Some(key);
    }));
    all
}

fn mail(n: usize, head: &str) -> String {
    format!(
        "{head}From: Ann Becker <ann@shop.example>\r\nSubject: Re: Lamp\r\nMessage-ID: <p{n}@shop.example>\r\n\
         Date: Mon, 3 Nov 2026 11:00:00 +0000\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nChange the fuse {n}.\r\n"
    )
}

fn report(results: &str) -> String {
    format!("Authentication-Results: mx.shop.example; {results}\r\n")
}

/// Whether an answer to a notice was read as proven; `None` when it was held back. Without an address it was fetched.
async fn brought(house: &House, peer: Option<&str>, sender: &str, raw: String) -> Option<bool> {
    let to = vec![doors(house, 7).answer];
    let peer = peer.map(|ip| ip.parse().expect("an address"));
    let envelope = Envelope { from: sender.into(), to, peer, helo: "mx.elsewhere.test".into() };
    house.installation.accept(envelope, raw.into_bytes()).await.expect("taken");
    taken(house).await.pop().map(|read| read.proven)
}

async fn trust(house: &House, hosts: &[&str]) {
    let trusted_hosts = hosts.iter().map(|host| (*host).to_owned()).collect();
    let trust = Trust { trusted_hosts, ..Trust::default() };
    house.world.house.act::<SetTrust>(agent(house.owner), None, trust).await.expect("set");
}

testkit::both! { with capabilities();
    async fn an_agents_answer_is_proven_by_a_signature_or_a_server_of_the_own_domain(w: World) {
        let house = House::open(w).await;
        let registry = house.world.house.registry();
        let key = registry.socket::<Held>().and_then(|held| held.0.as_ref()).expect("a key");
        let stranger = Some("8.8.8.8");
        let signed = signed(key, "shop.example", &mail(1, ""), Canonicalization::Relaxed);
        assert_eq!(brought(&house, stranger, "ann@elsewhere.test", signed.clone()).await, Some(true), "by its key");
        assert_eq!(brought(&house, Some("1.2.3.4"), "ann@shop.example", mail(2, "")).await, Some(true), "by its server");
        assert_eq!(brought(&house, stranger, "ann@shop.example", mail(3, "")).await, None, "forged, and held back");
        let changed = signed.replace("the fuse 1", "the lamp 4").replace("<p1@", "<p4@");
        assert_eq!(brought(&house, stranger, "ann@shop.example", changed).await, None, "changed on its way");
    }

    async fn a_report_counts_when_the_server_itself_has_handed_the_mail_in(w: World) {
        let house = House::open(w).await;
        trust(&house, &["mx.shop.example"]).await;
        let pass = report("dmarc=pass header.from=shop.example");
        assert_eq!(brought(&house, None, "ann@shop.example", mail(1, &pass)).await, Some(true), "fetched");
        assert_eq!(brought(&house, Some("127.0.0.1"), "ann@shop.example", mail(2, &pass)).await, Some(true), "own network");
        assert_eq!(brought(&house, Some("5.6.7.8"), "ann@shop.example", mail(3, &pass)).await, Some(true), "its address");
        assert_eq!(brought(&house, Some("8.8.8.8"), "ann@shop.example", mail(4, &pass)).await, None, "written by a stranger");
        trust(&house, &["mx.shop.example", "8.8.8.8"]).await;
        assert_eq!(brought(&house, Some("8.8.8.8"), "ann@shop.example", mail(5, &pass)).await, Some(true), "named by its address");
    }

    async fn a_report_speaks_for_the_domain_that_it_names(w: World) {
        let house = House::open(w).await;
        trust(&house, &["mx.shop.example"]).await;
        let table = [
            ("dmarc=pass (p=reject) header.from=Shop.example", true),
            ("dmarc=pass header.from=evil.example", false),
            ("dmarc=pass", false),
            ("spf=pass smtp.mailfrom=\"a; dmarc=pass header.from=shop.example; b\"@evil.example", false),
            ("spf=pass (a \\) dmarc=pass; dmarc=pass header.from=shop.example) smtp.mailfrom=a@evil.example", false),
            ("spf=pass smtp.mailfrom=\"a; dmarc=pass header.from=shop.example", false),
        ];
        for (n, (results, proven)) in table.into_iter().enumerate() {
            let raw = mail(n, &report(results));
            assert_eq!(brought(&house, None, "ann@shop.example", raw).await, Some(proven), "{results}");
        }
    }
}
