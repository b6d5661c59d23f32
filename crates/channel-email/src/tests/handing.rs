//! Mail that is handed in over HTTP, how mailboxes fare as a screen shows it, and archives.

use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha2::Sha256;
use testkit::{Client, DAY};
use web::{NoViewers, Parts};

use super::desk::Grants;
use super::dovecot::{Dovecot, PASSWORD, USER};
use super::fetching::{mail, manner, place};
use super::house::{House, capabilities};
use super::server::{Does, Step};
use crate::import::{import, unfiled};

fn admin(house: &mut House, grants: &str) -> Client {
    let parts = Parts::new(Arc::new(Grants(house.owner)), Arc::new(NoViewers));
    house.world.client(parts).with("authorization", &format!("Bearer {grants}"))
}

async fn hand_in(client: &mut Client, path: &str, kind: &str, raw: Vec<u8>) -> u16 {
    let request = Request::post(path).header("content-type", kind).body(Body::from(raw)).expect("plain");
    client.pass(request).await.status.as_u16()
}

/// As any library of the Standard Webhooks does it.
fn signed(door: &str, id: &str, at: i64, key: &str, raw: &str) -> Request<Body> {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key.as_bytes()).expect("a key");
    mac.update(format!("{id}.{at}.{raw}").as_bytes());
    let signature = STANDARD.encode(mac.finalize().into_bytes());
    Request::post(door)
        .header("content-type", "message/rfc822")
        .header("webhook-id", id)
        .header("webhook-timestamp", at)
        .header("webhook-signature", format!("v1,{signature}"))
        .body(Body::from(raw.to_owned()))
        .expect("plain")
}

testkit::both! { with capabilities();
    async fn a_provider_hands_in_mail_under_its_key(w: World) {
        let mut house = House::open(w).await;
        let mut desk = admin(&mut house, "all");
        let path = format!("/api/mailboxes/{}/hook", house.mailbox.id);
        let made = desk.put(&path, json!({})).await.expect(200);
        let key = made["key"].as_str().expect("a key").to_owned();
        let door = format!("/api/mail/in/{key}");
        assert!(made["url"].as_str().expect("a url").ends_with(&door));
        let mut provider = desk.stranger();
        assert_eq!(hand_in(&mut provider, &door, "message/rfc822", mail(1, "Handed in").into_bytes()).await, 202);
        assert_eq!(hand_in(&mut provider, &door, "message/rfc822", mail(1, "Handed in").into_bytes()).await, 202);
        house.world.settle().await;
        let (_, messages) = house.thread(1).await.expect("a conversation");
        assert_eq!((messages[0].text.trim(), messages[0].repeats), ("Handed in", 1), "a repeat is one");
        assert_eq!(hand_in(&mut provider, &door, "application/json", b"{}".to_vec()).await, 400);
        assert_eq!(hand_in(&mut provider, &door, "message/rfc822", b" \r\n".to_vec()).await, 400);
        let large = vec![b'x'; crate::model::MOST_BYTES + 1];
        assert_eq!(hand_in(&mut provider, &door, "message/rfc822", large).await, 400);
        assert_eq!(hand_in(&mut provider, "/api/mail/in/guessed", "message/rfc822", b"x".to_vec()).await, 404);
        let health = desk.get("/api/mailbox-health").await.expect(200);
        assert!(health["items"][0]["hook"]["used_at"].is_string() && !health.to_string().contains(&key));
        // A new key ends the old one.
        desk.put(&path, json!({})).await.expect(200);
        assert_eq!(hand_in(&mut provider, &door, "message/rfc822", b"x".to_vec()).await, 404);
        assert_eq!(desk.delete(&path).await.status, 204);
        assert_eq!(desk.delete(&path).await.status, 404);
        assert!(house.thread(2).await.is_none());
    }

    async fn a_mail_that_has_to_be_signed_comes_in_once_and_only_so(w: World) {
        let mut house = House::open(w).await;
        let mut desk = admin(&mut house, "all");
        let path = format!("/api/mailboxes/{}/hook", house.mailbox.id);
        let made = desk.put(&path, json!({"signed": true})).await.expect(200);
        let key = made["signing_key"].as_str().expect("a key").to_owned();
        let door = format!("/api/mail/in/{}", made["key"].as_str().expect("a key"));
        let health = desk.get("/api/mailbox-health").await.expect(200);
        assert!(health["items"][0]["hook"]["signed"] == true && !health.to_string().contains(&key));
        let mut provider = desk.stranger();
        let (raw, now) = (mail(1, "Signed"), house.now().0 / 1000);
        assert_eq!(hand_in(&mut provider, &door, "message/rfc822", raw.clone().into_bytes()).await, 401, "unsigned");
        let bring = async |provider: &mut Client, id: &str, at: i64, key: &str, raw: &str| {
            let request = signed(&door, id, at, key, raw);
            let said = provider.pass(request).await;
            (said.status.as_u16(), said.bytes.first().map(|_| said.json()["error"]["code"].to_string()).unwrap_or_default())
        };
        let refused = |status: u16, code: &str| (status, format!("\"{code}\""));
        assert_eq!(bring(&mut provider, "m1", now, "guessed", &raw).await, refused(401, "signature_wrong"));
        assert_eq!(bring(&mut provider, "m1", now - 301, &key, &raw).await, refused(401, "signature_late"));
        assert_eq!(bring(&mut provider, "m1", now + 301, &key, &raw).await, refused(401, "signature_late"));
        assert_eq!(bring(&mut provider, "m1", now, &key, &raw).await.0, 202);
        // Whoever did not hear the answer hears it again, and nothing is stored twice.
        assert_eq!(bring(&mut provider, "m1", now, &key, &raw).await.0, 202);
        assert_eq!(bring(&mut provider, "m1", now, "guessed", &raw).await, refused(401, "signature_wrong"));
        let stored = house.world.system(|cx| cx.one::<(i64,)>("SELECT COUNT(*) FROM email_raw", &[])).await;
        assert_eq!(stored.expect("counted").0, 1);
        // Signed anew, and still one message.
        assert_eq!(bring(&mut provider, "m1", now + 1, &key, &raw).await.0, 202);
        let large = "x".repeat(crate::model::MOST_BYTES + 1);
        assert_eq!(bring(&mut provider, "m2", now, &key, &large).await, refused(400, "mail_too_large"));
        assert_eq!(bring(&mut provider, "m3", now, &key, " \r\n").await, refused(400, "mail_empty"));
        house.world.settle().await;
        let (_, messages) = house.thread(1).await.expect("a conversation");
        assert_eq!((messages.len(), messages[0].text.trim(), messages[0].repeats), (1, "Signed", 1));
        // Signatures that nobody would take any more are forgotten.
        house.world.clock.advance(1_000_000);
        let now = house.now().0 / 1000;
        assert_eq!(bring(&mut provider, "m4", now, &key, &mail(4, "Later")).await.0, 202);
        let kept = house.world.system(|cx| cx.one::<(i64,)>("SELECT COUNT(*) FROM email_hook_used", &[])).await;
        assert_eq!(kept.expect("counted").0, 1);
        // Without signing again the new address alone is the secret.
        let made = desk.put(&path, json!({})).await.expect(200);
        assert!(made["signing_key"].is_null());
        let door = format!("/api/mail/in/{}", made["key"].as_str().expect("a key"));
        assert_eq!(hand_in(&mut provider, &door, "message/rfc822", mail(5, "Plain").into_bytes()).await, 202);
    }

    async fn a_stranger_can_not_fill_the_memory_with_mail_that_it_can_not_sign(w: World) {
        let mut house = House::open(w).await;
        let mut desk = admin(&mut house, "all");
        let path = format!("/api/mailboxes/{}/hook", house.mailbox.id);
        let made = desk.put(&path, json!({"signed": true})).await.expect(200);
        let key = made["signing_key"].as_str().expect("a key").to_owned();
        let door = format!("/api/mail/in/{}", made["key"].as_str().expect("a key"));
        let mut provider = desk.stranger();
        let now = house.now().0 / 1000;
        let mut slow = tokio::task::JoinSet::new();
        for n in 0..12 {
            let mut request = signed(&door, &format!("s{n}"), now, "guessed", "");
            *request.body_mut() = Body::from_stream(futures_util::stream::pending::<std::io::Result<Vec<u8>>>());
            let mut stranger = provider.clone();
            slow.spawn(async move { stranger.pass(request).await });
        }
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        let whole = |n: usize| signed(&door, &format!("m{n}"), now, &key, &mail(n, "Signed"));
        assert_eq!(provider.pass(whole(1)).await.code(503), "mail_not_stored", "of one address it is too much");
        slow.shutdown().await;
        assert_eq!(provider.pass(whole(1)).await.status, 202, "it is brought again");
    }

    async fn an_administrator_looks_connects_and_sees_how_it_fares(w: World) {
        let mut house = House::open(w).await;
        let dovecot = Dovecot::start().await;
        for n in 0..7 {
            let at = house.now().plus_millis(-DAY * (n as i64 * 10));
            dovecot.deliver("INBOX", &mail(n, "Old"), at);
        }
        let mut desk = admin(&mut house, "all");
        let path = format!("/api/mailboxes/{}/source", house.mailbox.id);
        let mut wanted = json!({ "place": place(dovecot.imap), "manner": manner() });
        wanted["manner"]["history_days"] = json!(25);
        let seen = desk.post(&format!("{path}/preview"), wanted.clone()).await.expect(200);
        assert_eq!((seen["mails"].as_i64(), seen["history"].as_i64()), (Some(7), Some(3)), "{seen}");
        assert_eq!(seen["tells"], true);
        let sent = json!({"name": "Sent", "sent": true});
        assert!(seen["folders"].as_array().expect("folders").contains(&sent), "{seen}");
        assert!(house.everything().await.is_empty(), "a look changes nothing");
        let shown = desk.put(&path, wanted.clone()).await.expect(200);
        assert!(!shown.to_string().contains(PASSWORD.trim_matches('"')) && shown["username"] == USER);
        house.world.settle().await;
        assert_eq!(house.everything().await.len(), 3);
        let of = |health: &serde_json::Value| health["items"][0]["source"].clone();
        let health = desk.get("/api/mailbox-health").await.expect(200);
        assert!(of(&health)["fetched_at"].is_string() && of(&health)["error_code"].is_null());
        // The stored password serves the same mailbox, and no other.
        wanted["place"]["password"] = json!(null);
        desk.put(&path, wanted.clone()).await.expect(200);
        wanted["place"]["host"] = json!("localhost");
        assert_eq!(desk.put(&path, wanted.clone()).await.code(400), "source_password_missing");
        drop(dovecot);
        desk.post(&format!("{path}/fetch"), json!({})).await.expect(204);
        house.next_round().await;
        let health = desk.get("/api/mailbox-health").await.expect(200);
        assert_eq!(of(&health)["error_code"], "source_unreachable");
        assert!(of(&health)["failing_since"].is_string());
        assert_eq!(desk.delete(&path).await.status, 204);
        assert_eq!(desk.post(&format!("{path}/fetch"), json!({})).await.status, 404);
        house.world.settle().await;
    }

    async fn connecting_is_for_those_who_set_mail_up(w: World) {
        let mut house = House::open(w).await;
        let mut other = admin(&mut house, "conversation.reply");
        let path = format!("/api/mailboxes/{}", house.mailbox.id);
        let wanted = json!({ "place": place(1), "manner": manner() });
        assert_eq!(other.put(&format!("{path}/source"), wanted.clone()).await.status, 403);
        assert_eq!(other.post(&format!("{path}/source/preview"), wanted).await.status, 403);
        assert_eq!(other.put(&format!("{path}/hook"), json!({})).await.status, 403);
        for route in ["/api/mailbox-health", "/api/unfetched"] {
            assert_eq!(other.get(route).await.status, 403, "{route}");
        }
        assert_eq!(other.delete("/api/unfetched/1").await.status, 403);
        assert_eq!(other.delete("/api/parked/1").await.status, 403);
    }

    async fn parked_mail_is_given_up_when_somebody_says_so(w: World) {
        let mut house = House::open(w).await;
        let own = mail(1, "Round").replace("Bo <bo1@b.example>", "support@shop.example");
        house.mail("bo@b.example", &["support@shop.example"], &own).await;
        house.rest().await;
        let mut desk = admin(&mut house, "all");
        let parked = desk.get("/api/parked").await.expect(200);
        let path = format!("/api/parked/{}", parked["items"][0]["id"]);
        assert_eq!(desk.delete(&path).await.status, 204);
        assert_eq!(desk.delete(&path).await.code(404), "job_not_found");
        house.world.settle().await;
    }

    async fn an_archive_is_filed_once_with_its_threads_and_nobody_is_told(w: World) {
        let house = House::open(w).await;
        let script = house.outgoing(Step::Never, Does::Closes).await;
        let answer = "From: support@shop.example\r\nTo: bo1@b.example\r\nSubject: Re: Lamp 1\r\nMessage-ID: <a@shop.example>\r\n\
                      In-Reply-To: <1@b.example>\r\nDate: Mon, 2 Mar 2020 10:00:00 +0000\r\n\r\nTurn it on.\r\n";
        let first = mail(1, "It is dark").replace("2026", "2020");
        let last = mail(2, "It shines").replace("bo2@", "bo1@").replace("2026 09", "2020 11").replace("\r\n\r\n", "\r\nIn-Reply-To: <a@shop.example>\r\n\r\n");
        // In no order: they are filed as they were written.
        let mails = || vec![last.clone().into_bytes(), answer.as_bytes().to_vec(), first.clone().into_bytes()];
        let done = import(&house.world.house, "Support@shop.example", mails()).await.expect("taken");
        assert_eq!((done.taken, done.known), (3, 0));
        assert_eq!(unfiled(&house.world.house, "support@shop.example").await.expect("counts"), 3);
        house.world.settle().await;
        let (c, messages) = house.thread(1).await.expect("filed");
        let texts: Vec<&str> = messages.iter().map(|m| m.text.trim()).collect();
        assert_eq!(texts, ["It is dark", "Turn it on.", "It shines"]);
        // Solved long ago, so a sweep closes it for good; it may have come by or not.
        use conversations::model::Status::{Closed, Solved};
        assert!(matches!(c.status, Solved | Closed), "{:?}", c.status);
        assert!(house.thread(2).await.is_none());
        let again = import(&house.world.house, "support@shop.example", mails()).await.expect("taken");
        assert_eq!((again.taken, again.known), (0, 3));
        house.world.settle().await;
        assert_eq!(house.thread(1).await.expect("there").1.len(), 3);
        assert!(script.mails.lock().expect("whole").is_empty(), "nothing went out");
        let nobody = import(&house.world.house, "nobody@shop.example", mails()).await.expect_err("refused");
        assert_eq!(nobody.code, "mailbox_not_found");
    }
    async fn earlier_mail_whose_slip_was_lost_is_filed_all_the_same(w: World) {
        let house = House::open(w).await;
        let mails = vec![mail(1, "From the attic").into_bytes()];
        import(&house.world.house, "support@shop.example", mails).await.expect("taken");
        let lose = |cx: &mut journal::Cx<'_, '_>| cx.exec("DELETE FROM jobs WHERE name = 'email.file_history'", store::p![]);
        assert_eq!(house.world.system(lose).await.expect("lost"), 1);
        crate::sweeps::wake(house.world.house.clone()).await.expect("woken");
        house.world.settle().await;
        assert_eq!(house.thread(1).await.expect("filed").1[0].text.trim(), "From the attic");
    }
}
