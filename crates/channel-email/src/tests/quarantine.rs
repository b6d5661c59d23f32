//! Mail that is not trusted: held back with its cause, looked at safely, let in or given up, and learned from.

use std::sync::Arc;

use conversations::actions::block::{self, Discard, Release};
use conversations::actions::mark_spam::{self, MarkSpam};
use conversations::channel::HoldCause;
use conversations::model::ConversationId;
use conversations::store::blocked::{Blocked, BlockedId, list_blocked};
use customers::BlockKind;
use customers::actions::block::BlockSender;
use journal::Cx;

use super::clamd::{Clamd, eicar, with_file};
use super::desk::Grants;
use super::house::{House, agent, capabilities};
use super::server::{Does, Step};
use crate::actions::allow::{self, Allow};
use crate::actions::set_trust::SetTrust;
use crate::store_trust::list_counts;
use crate::trust::allowed::AllowedKind;
use crate::trust::settings::Trust;

const GTUBE: &str = "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X";

fn mail(n: u32, from: &str, head: &str, text: &str) -> String {
    format!(
        "{head}From: {from}\r\nTo: support@shop.example\r\nSubject: Lamp\r\nMessage-ID: <{n}@b.example>\r\n\
         Date: Mon, 2 Mar 2026 09:00:00 +0000\r\n\r\n{text}\r\n"
    )
}

async fn send(house: &House, mail: &str) {
    house.mail("bo@b.example", &["support@shop.example"], mail).await;
    house.rest().await;
}

async fn held(house: &House) -> Vec<Blocked> {
    house.world.system(|cx| list_blocked(cx, BlockedId(i64::MAX), None, 50)).await.expect("read")
}

async fn set(house: &House, trust: Trust) {
    house.world.house.act::<SetTrust>(agent(house.owner), None, trust).await.expect("set");
}

async fn counted(house: &House) -> (i64, i64) {
    let all = house.world.system(|cx: &mut Cx<'_, '_>| Ok(list_counts(cx, &[])?.0)).await.expect("read");
    (all.spam, all.ham)
}

fn trusting() -> Trust {
    Trust { trusted_hosts: vec!["mx.shop.example".into()], ..Trust::default() }
}

async fn spam(house: &House, id: ConversationId, spam: bool) {
    let input = mark_spam::Input { conversation_id: id, spam, version: None };
    house.world.house.act::<MarkSpam>(agent(house.owner), None, input).await.expect("marked");
    house.rest().await;
}

testkit::both! { with capabilities();
    async fn spam_waits_with_its_reasons_until_somebody_lets_it_in(w: World) {
        let house = House::open(w).await;
        send(&house, &mail(1, "Bo <bo@b.example>", "", GTUBE)).await;
        assert!(house.thread(1).await.is_none(), "nothing is opened");
        let waiting = held(&house).await;
        assert_eq!((waiting.len(), waiting[0].cause), (1, Some(HoldCause::Spam)));
        assert!(waiting[0].reasons.as_ref().expect("reasons").to_string().contains("gtube"));
        let input = block::Held { blocked_id: waiting[0].id };
        house.world.house.act::<Release>(agent(house.owner), None, input).await.expect("let in");
        house.rest().await;
        let (_, messages) = house.thread(1).await.expect("it came in");
        assert!(messages[0].text.contains("GTUBE"));
        assert_eq!(counted(&house).await, (0, 1), "letting in teaches");
    }

    async fn what_its_domain_denies_waits_and_what_it_vouches_for_comes_in(w: World) {
        let house = House::open(w).await;
        set(&house, trusting()).await;
        let said = |result: &str, policy: &str| format!(
            "Authentication-Results: mx.shop.example; dmarc={result} header.from=b.example policy.dmarc={policy}\r\n"
        );
        send(&house, &mail(1, "bo@b.example", &said("fail", "reject"), "Pay now")).await;
        send(&house, &mail(2, "bo@b.example", &said("fail", "none"), "Only watched")).await;
        send(&house, &mail(3, "bo@b.example", &said("pass", "reject"), "Truly")).await;
        let waiting = held(&house).await;
        assert_eq!((waiting.len(), waiting[0].cause), (1, Some(HoldCause::Forged)));
        let marks = |messages: &[conversations::store::message::Message]| messages[0].marks.to_string();
        let (_, first) = house.thread(1).await.expect("watched only");
        assert!(marks(&first).contains("sender_forged") && !first[0].author_verified);
        let (_, second) = house.thread(2).await.expect("proven");
        assert!(marks(&second).contains("sender_proven"));

        let allow = |forged_too| allow::Input { kind: AllowedKind::Domain, value: "b.example".into(), forged_too };
        let owner = agent(house.owner);
        house.world.house.act::<Allow>(owner.clone(), None, allow(false)).await.expect("allowed");
        send(&house, &mail(4, "bo@b.example", &said("fail", "reject"), "Still forged")).await;
        assert_eq!(held(&house).await.len(), 2, "to be allowed does not help whoever forges");
        house.world.house.act::<Allow>(owner, None, allow(true)).await.expect("allowed");
        send(&house, &mail(5, "bo@b.example", &said("fail", "reject"), "Let in knowingly")).await;
        assert_eq!(held(&house).await.len(), 2);
    }

    async fn a_report_of_a_stranger_is_not_believed(w: World) {
        let house = House::open(w).await;
        let lie = "Authentication-Results: mx.shop.example; dmarc=pass header.from=b.example\r\n";
        send(&house, &mail(1, "bo@b.example", lie, "Trust me")).await;
        let (_, messages) = house.thread(1).await.expect("it came in");
        assert!(!messages[0].marks.to_string().contains("sender_proven"));
    }

    async fn an_allowed_sender_passes_the_spam_filter(w: World) {
        let house = House::open(w).await;
        let input = allow::Input { kind: AllowedKind::Email, value: "BO@b.example".into(), forged_too: false };
        house.world.house.act::<Allow>(agent(house.owner), None, input).await.expect("allowed");
        send(&house, &mail(1, "bo@b.example", "", GTUBE)).await;
        assert!(held(&house).await.is_empty());
    }

    async fn names_of_ours_and_dangerous_files_are_warned_of(w: World) {
        let house = House::open(w).await;
        send(&house, &mail(1, "Ann Becker <ann@evil.test>", "", "Please pay")).await;
        send(&house, &mail(2, "Support <support@sh0p.example>", "", "Please pay")).await;
        let file = "From: bo@b.example\r\nTo: support@shop.example\r\nMessage-ID: <3@b>\r\nDate: Mon, 2 Mar 2026 09:00:00 +0000\r\n\
            Reply-To: bo@gmail.com\r\nContent-Type: application/octet-stream; name=\"bill.pdf.exe\"\r\n\
            Content-Disposition: attachment; filename=\"bill.pdf.exe\"\r\n\r\nMZ\r\n";
        send(&house, file).await;
        for (number, wanted) in [(1, "looks_like_name"), (2, "looks_like_domain"), (3, "risky_file"), (3, "reply_to_elsewhere")] {
            let (_, messages) = house.thread(number).await.expect("it came in");
            assert!(messages[0].marks.to_string().contains(wanted), "{number}: {}", messages[0].marks);
        }
    }

    async fn marking_teaches_and_taking_the_mark_away_unteaches(w: World) {
        let house = House::open(w).await;
        send(&house, &mail(1, "bo@b.example", "", "Cheap pills")).await;
        let (c, _) = house.thread(1).await.expect("a conversation");
        assert_eq!(counted(&house).await, (0, 0));
        spam(&house, c.id, true).await;
        assert_eq!(counted(&house).await, (1, 0));
        spam(&house, c.id, false).await;
        assert_eq!(counted(&house).await, (0, 0));
        let left = house.world.system(|cx: &mut Cx<'_, '_>| {
            let rows: Vec<(i64,)> = cx.all("SELECT token FROM email_tokens", &[])?;
            Ok(rows.len())
        }).await.expect("read");
        assert_eq!(left, 0, "nothing is left of it");
    }

    async fn what_was_learned_holds_back_the_next_of_its_kind(w: World) {
        let house = House::open(w).await;
        set(&house, Trust { spam_points: 60, ..Trust::default() }).await;
        for n in 1..=10 {
            send(&house, &mail(n, "s@spam.test", "", &format!("Cheap pills without prescription order today {n}"))).await;
            let (c, _) = house.thread(i64::from(n)).await.expect("a conversation");
            spam(&house, c.id, true).await;
        }
        house.outgoing(Step::Never, Does::Closes).await;
        for n in 11..=20 {
            send(&house, &mail(n, &format!("c{n}@b.example"), "", &format!("My lamp arrived with a broken switch {n}"))).await;
            let (c, _) = house.thread(i64::from(n)).await.expect("a conversation");
            house.answer(c.id, "<p>We mend it.</p>").await;
        }
        assert_eq!(counted(&house).await, (10, 10));
        send(&house, &mail(21, "new@spam.test", "", "Order cheap pills today without prescription")).await;
        send(&house, &mail(22, "new@c.example", "", "The switch of my lamp is broken")).await;
        let waiting = held(&house).await;
        assert_eq!((waiting.len(), waiting[0].address.as_str()), (1, "new@spam.test"));
        assert!(waiting[0].reasons.as_ref().expect("reasons").to_string().contains("learned_spam"));
        assert!(house.thread(21).await.is_some());
    }

    async fn quarantine_forgets_by_hand_and_by_time(w: World) {
        let house = House::open(w).await;
        for n in 1..=3 {
            send(&house, &mail(n, "bo@b.example", "", &format!("{GTUBE} {n}"))).await;
        }
        let waiting = held(&house).await;
        let input = block::Discarded { blocked_id: waiting[0].id, spam: true };
        house.world.house.act::<Discard>(agent(house.owner), None, input).await.expect("given up");
        assert_eq!(counted(&house).await, (1, 0), "giving up as spam teaches");
        let input = block::Held { blocked_id: waiting[1].id };
        house.world.house.act::<Release>(agent(house.owner), None, input).await.expect("let in");
        house.rest().await;
        house.world.clock.advance(31 * testkit::DAY);
        house.rest().await;
        assert!(held(&house).await.is_empty(), "thirty days are over");
        let raws = house.world.system(|cx: &mut Cx<'_, '_>| {
            let rows: Vec<(i64,)> = cx.all("SELECT id FROM email_raw", &[])?;
            Ok(rows.len())
        }).await.expect("read");
        assert_eq!(raws, 1, "only the mail that was let in is kept");
    }

    async fn a_virus_waits_and_a_silent_scanner_is_told(w: World) {
        let house = House::open(w).await;
        let clamd = Clamd::start().await;
        set(&house, Trust { clamd: Some(clamd.socket()), ..Trust::default() }).await;
        send(&house, &with_file("lamp.com", eicar().as_bytes())).await;
        send(&house, &mail(2, "bo@b.example", "", "Hello")).await;
        let waiting = held(&house).await;
        assert_eq!((waiting.len(), waiting[0].cause), (1, Some(HoldCause::Virus)));
        assert!(waiting[0].reasons.as_ref().expect("reasons").to_string().contains("Eicar-Test-Signature"));
        let (_, clean) = house.thread(1).await.expect("the clean one came in");
        assert!(!clean[0].marks.to_string().contains("not_scanned"));

        set(&house, Trust { clamd: Some("127.0.0.1:1".into()), ..Trust::default() }).await;
        send(&house, &mail(3, "bo@b.example", "", "Hello again")).await;
        let (_, late) = house.thread(2).await.expect("it came in");
        assert!(late[0].marks.to_string().contains("not_scanned"));
        set(&house, Trust { clamd: Some("127.0.0.1:1".into()), hold_unscanned: true, ..Trust::default() }).await;
        send(&house, &mail(4, "bo@b.example", "", "And again")).await;
        assert_eq!(held(&house).await[0].cause, Some(HoldCause::Unscanned));
    }

    async fn whoever_lets_a_blocked_sender_in_sees_what_shuts_it_out(w: World) {
        let house = House::open(w).await;
        for (kind, value) in [(BlockKind::Email, "bo@b.example"), (BlockKind::Domain, "b.example"), (BlockKind::Email, "cy@b.example")] {
            let input = customers::actions::block::Input { kind, value: value.into() };
            house.world.house.act::<BlockSender>(agent(house.owner), None, input).await.expect("blocked");
        }
        send(&house, &mail(1, "Bo <bo@b.example>", "", "Hello")).await;
        let id = held(&house).await[0].id;
        let parts = web::Parts::new(Arc::new(Grants(house.owner)), Arc::new(web::NoViewers));
        let mut client = house.world.client(parts).with("authorization", "Bearer all");
        let shown = client.get(&format!("/api/quarantine/{id}")).await.expect(200);
        let mut values: Vec<&str> = shown["blocks"].as_array().expect("blocks").iter().filter_map(|one| one["value"].as_str()).collect();
        values.sort_unstable();
        assert_eq!(values, ["b.example", "bo@b.example"]);
        for one in shown["blocks"].as_array().expect("blocks") {
            assert_eq!(client.delete(&format!("/api/blocks/{}", one["id"])).await.status, 204);
        }
        let shown = client.get(&format!("/api/quarantine/{id}")).await.expect(200);
        assert!(shown["blocks"].as_array().expect("blocks").is_empty());
        send(&house, &mail(2, "Bo <bo@b.example>", "", "Again")).await;
        assert!(house.thread(1).await.is_some(), "the block is lifted");
    }

    async fn a_mail_in_quarantine_is_shown_as_text_alone(w: World) {
        let house = House::open(w).await;
        let html = format!(
            "From: bo@b.example\r\nTo: support@shop.example\r\nMessage-ID: <1@b>\r\nContent-Type: text/html\r\n\r\n\
             <p>{GTUBE}</p><img src=\"https://evil.test/x.png\"><script>alert(1)</script>\r\n"
        );
        send(&house, &html).await;
        let id = held(&house).await[0].id;
        let parts = web::Parts::new(Arc::new(Grants(house.owner)), Arc::new(web::NoViewers));
        let mut client = house.world.client(parts).with("authorization", "Bearer all");
        let shown = client.get(&format!("/api/quarantine/{id}")).await.expect(200);
        assert_eq!(shown["cause"], "spam");
        let text = shown["text"].as_str().expect("text");
        assert!(text.contains("GTUBE") && !text.contains("alert") && !text.contains('<'), "{text}");
        assert_eq!(client.get("/api/blocked/count").await.expect(200)["count"], 1);
        assert_eq!(client.get("/api/blocked?cause=virus").await.expect(200)["items"].as_array().map(Vec::len), Some(0));
        let seen = client.get(&format!("/api/blocked/{id}")).await;
        assert_eq!(seen.status, 405);
        client.delete(&format!("/api/blocked/{id}?spam=true")).await.expect(204);
        assert_eq!(client.get(&format!("/api/quarantine/{id}")).await.status, 404);
    }
}
