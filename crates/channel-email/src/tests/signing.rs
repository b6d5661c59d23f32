//! Mail that leaves is signed, and what DNS says about our domains is told as it is.

use std::process::Command;

use hickory_resolver::config::{NameServerConfig, ResolverConfig, ResolverOpts};
use mail_auth::{AuthenticatedMessage, DkimResult, MessageAuthenticator};
use serde_json::{Value, json};
use testkit::{Client, NameServer};
use web::Capability;

use super::desk::client;
use super::house::{House, capabilities};
use super::server::{Does, Step};
use crate::dkim::{self, Algorithm, Signer};
use crate::outward::names::Names;

const INSTALL: &str =
    "dkimpy is missing: sudo apt-get install --no-install-recommends python3-dkim python3-nacl";

/// The name server of this house, so that its test can set records.
#[derive(Default)]
struct Ours(Option<NameServer>);

fn with_names() -> Vec<Capability> {
    let names = NameServer::open();
    let mut all = capabilities();
    let email = all.pop().expect("the last is ours");
    all.push(email.plug(move |registry| {
        registry.fill::<Names>().set(Some(&names.at.to_string())).expect("a name server");
        registry.fill::<Ours>().0 = Some(names);
    }));
    all
}

fn names(house: &House) -> NameServer {
    house.world.house.registry().socket::<Ours>().and_then(|ours| ours.0.clone()).expect("plugged")
}

/// How mail-auth judges each signature, asking the name server.
async fn verified(raw: &[u8], names: &NameServer) -> Vec<bool> {
    let mut server = NameServerConfig::udp_and_tcp(names.at.ip());
    for connection in &mut server.connections {
        connection.port = names.at.port();
    }
    let config = ResolverConfig::from_parts(None, Vec::new(), vec![server]);
    let authenticator = MessageAuthenticator::new(config, ResolverOpts::default()).expect("opens");
    let mail = AuthenticatedMessage::parse(raw).expect("a mail");
    let outputs = authenticator.verify_dkim(&mail).await;
    outputs.iter().map(|output| output.result() == &DkimResult::Pass).collect()
}

/// The same by a program that shares no line with ours: it gets the records as a table.
fn verified_by_dkimpy(raw: &[u8], records: &[(String, String)]) -> Vec<bool> {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("mail"), raw).expect("written");
    let table: serde_json::Map<String, Value> =
        records.iter().map(|(name, text)| (format!("{name}."), json!(text))).collect();
    std::fs::write(at("records"), Value::from(table).to_string()).expect("written");
    let script = "import dkim, json, sys\n\
        raw = open(sys.argv[1], 'rb').read()\n\
        table = json.load(open(sys.argv[2]))\n\
        ask = lambda name, timeout=5: table.get(name.decode()).encode()\n\
        d = dkim.DKIM(raw)\n\
        print(json.dumps([d.verify(idx=i, dnsfunc=ask) for i in range(2)]))\n";
    let ask =
        |python: &str| Command::new(python).args(["-c", script]).args([at("mail"), at("records")]).output();
    // The distribution's Python has the package; another one may come first in PATH.
    let asked = ask("/usr/bin/python3").ok().filter(|asked| asked.status.success());
    let asked = asked.unwrap_or_else(|| ask("python3").expect(INSTALL));
    let said = String::from_utf8_lossy(&asked.stderr).into_owned();
    assert!(asked.status.success(), "{INSTALL}: {said}");
    serde_json::from_slice(&asked.stdout).expect("a list")
}

async fn domain(admin: &mut Client) -> Value {
    admin.get("/api/sending-domains").await.json()["items"][0].clone()
}

fn published(domain: &Value, names: &NameServer) -> Vec<(String, String)> {
    let keys = domain["keys"].as_array().expect("keys");
    let mut records = Vec::new();
    for key in keys {
        let name = format!("{}._domainkey.shop.example", key["selector"].as_str().expect("text"));
        let algorithm = Algorithm::parse(key["algorithm"].as_str().expect("text")).expect("known");
        let record = dkim::record(algorithm, key["public"].as_str().expect("text"));
        names.txt(&name, &record);
        records.push((name, record));
    }
    records
}

async fn advice(admin: &mut Client) -> Vec<(String, String)> {
    let checked = admin.get("/api/sending-domains/shop.example/records").await;
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let all = checked.json()["items"].as_array().expect("items").clone();
    all.iter().map(|one| (text(&one["purpose"]), text(&one["advice"]))).collect()
}

testkit::both! { with with_names();
    async fn answers_are_signed_once_the_published_keys_are_switched_to(w: World) {
        let mut house = House::open(w).await;
        let names = names(&house);
        let script = house.outgoing(Step::Never, Does::Closes).await;
        let raw = "From: bo@b.example\r\nTo: support@shop.example\r\nSubject: Lamp\r\n\r\nHi\r\n";
        house.mail("bo@b.example", &["support@shop.example"], raw).await;
        house.rest().await;
        let id = house.thread(1).await.expect("one").0.id;
        let mut admin = client(&mut house, "all");

        assert_eq!(admin.post("/api/sending-domains/shop.example/keys", json!(null)).await.status, 204);
        assert_eq!(admin.post("/api/sending-domains/other.example/keys", json!(null)).await.status, 404);
        let early = admin.post("/api/sending-domains/shop.example/switch", json!(null)).await;
        assert_eq!((early.status.as_u16(), early.json()["error"]["code"].clone()), (409, json!("key_unpublished")));
        house.answer(id, "<p>unsigned</p>").await;
        let last = || script.mails.lock().expect("whole").last().expect("a mail").strip_suffix(b".\r\n").expect("a dot").to_vec();
        assert!(verified(&last(), &names).await.is_empty());

        let records = published(&domain(&mut admin).await, &names);
        let switched = admin.post("/api/sending-domains/shop.example/switch", json!(null)).await;
        assert_eq!(switched.status, 204, "{switched:?}");
        house.answer(id, "<p>signed: größer.</p>\n<p>.</p>").await;
        let signed = last();
        assert_eq!(verified(&signed, &names).await, [true, true]);
        assert_eq!(verified_by_dkimpy(&signed, &records), [true, true]);
        let forged = String::from_utf8_lossy(&signed).replace("Subject: Re: Lamp", "Subject: Re: Pay");
        assert_eq!(verified(forged.as_bytes(), &names).await, [false, false]);

        // The next pair waits for its record, and the first goes on signing until it is switched.
        assert_eq!(admin.post("/api/sending-domains/shop.example/keys", json!(null)).await.status, 204);
        house.answer(id, "<p>third</p>").await;
        assert_eq!(verified(&last(), &names).await, [true, true]);
        let states = |domain: &Value| domain["keys"].as_array().expect("keys").iter().map(|key| key["state"].as_str().expect("text").to_owned()).collect::<Vec<_>>();
        assert_eq!(states(&domain(&mut admin).await), ["next", "next", "active", "active"]);
        published(&domain(&mut admin).await, &names);
        assert_eq!(admin.post("/api/sending-domains/shop.example/switch", json!(null)).await.status, 204);
        let after = domain(&mut admin).await;
        assert_eq!(states(&after), ["active", "active", "retired", "retired"]);
        assert!(!after.to_string().contains("secret"));
        house.answer(id, "<p>fourth</p>").await;
        assert_eq!(verified(&last(), &names).await, [true, true]);
        let tried = admin.post("/api/outgoing-mail/test", json!({"to": "bo@b.example"})).await;
        assert_eq!(tried.json()["fate"], "taken");
        assert_eq!(verified(&last(), &names).await, [true, true], "notices too");
    }

    async fn the_records_of_a_domain_are_looked_up_and_judged(w: World) {
        let mut house = House::open(w).await;
        let names = names(&house);
        let mut admin = client(&mut house, "all");
        let account = json!({"host": "smtp.shop.example", "port": 587, "security": "starttls"});
        assert_eq!(admin.put("/api/outgoing-mail", account).await.status, 200);
        admin.post("/api/sending-domains/shop.example/keys", json!(null)).await;
        let all = |advices: [&str; 5]| ["spf", "dkim", "dkim", "dmarc", "mx"].iter().zip(advices).map(|(purpose, advice)| ((*purpose).to_owned(), advice.to_owned())).collect::<Vec<_>>();
        assert_eq!(advice(&mut admin).await, all(["spf_missing", "dkim_missing", "dkim_missing", "dmarc_missing", "mx_missing"]));

        names.txt("shop.example", "v=spf1 ip4:192.0.2.7 -all");
        names.a("smtp.shop.example", "198.51.100.1");
        names.txt("_dmarc.shop.example", "v=DMARC1; rua=mailto:a@shop.example");
        names.mx("shop.example", "mx.shop.example");
        published(&domain(&mut admin).await, &names);
        assert_eq!(advice(&mut admin).await, all(["spf_without_server", "right", "right", "dmarc_broken", "mx_there"]));

        names.a("smtp.shop.example", "192.0.2.7");
        names.txt("_dmarc.shop.example", "v=DMARC1; p=quarantine");
        assert_eq!(advice(&mut admin).await, all(["right", "right", "right", "right", "mx_there"]));
        names.txt("shop.example", "v=spf1 a:smtp.shop.example ~all");
        assert_eq!(advice(&mut admin).await[0].1, "right");
        assert_eq!(admin.get("/api/sending-domains/other.example/records").await.status, 404);
    }
}

#[test]
fn odd_bodies_are_signed_as_others_read_them() {
    let pairs = [Algorithm::Rsa, Algorithm::Ed25519]
        .map(|algorithm| (algorithm, dkim::make(algorithm).expect("made")));
    let bodies = [
        "Hi\r\n",
        "",
        " \r\n",
        "Hi \t there  \r\n\r\n\r\n",
        "Hi\r\n \r\n",
        "Hi\r\n\t\r\n \r\n",
        " \r\nHi\r\n",
        ".\r\n..\r\n",
    ];
    for body in bodies {
        let raw = format!(
            "From: A <a@shop.example>\r\nTo: b@b.example\r\nSubject: =?utf-8?q?=C3=BC?=\r\n folded\r\n\
            List-Unsubscribe: <https://shop.example/u>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n\r\n{body}"
        );
        let signers: Vec<Signer> = pairs
            .iter()
            .map(|(algorithm, pair)| Signer {
                domain: "shop.example".into(),
                selector: algorithm.as_str().into(),
                algorithm: *algorithm,
                secret: pair.secret.clone(),
            })
            .collect();
        let records: Vec<(String, String)> = pairs
            .iter()
            .map(|(algorithm, pair)| {
                (
                    format!("{}._domainkey.shop.example", algorithm.as_str()),
                    dkim::record(*algorithm, &pair.public),
                )
            })
            .collect();
        let signed = dkim::sign(raw.as_bytes(), &signers).expect("signed");
        assert!(String::from_utf8_lossy(&signed).contains("List-Unsubscribe-Post"));
        assert_eq!(verified_by_dkimpy(&signed, &records), [true, true], "{body:?}");
    }
}
