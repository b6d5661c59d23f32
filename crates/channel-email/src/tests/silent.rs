//! Servers that are asked about each mail and say nothing: mail waits for them, and nobody else does.

use std::time::{Duration, Instant};

use conversations::channel::HoldCause;
use conversations::store::blocked::{BlockedId, list_blocked};
use journal::Runner;
use tokio::net::TcpListener;

use super::house::{House, agent, capabilities};
use super::server::{Does, Step};
use crate::actions::set_trust::SetTrust;
use crate::outward::rests::Rests;
use crate::trust::settings::Trust;

/// Takes every connection and says nothing.
async fn deaf() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("binds");
    let place = listener.local_addr().expect("bound").to_string();
    tokio::spawn(async move {
        let mut taken = Vec::new();
        while let Ok((stream, _)) = listener.accept().await {
            taken.push(stream);
        }
    });
    place
}

fn mail(n: usize) -> String {
    format!(
        "From: bo@b.example\r\nTo: support@shop.example\r\nSubject: Lamp {n}\r\nMessage-ID: <{n}@b.example>\r\n\
         Date: Mon, 2 Mar 2026 09:00:00 +0000\r\n\r\nIt is dark.\r\n"
    )
}

testkit::both! { with capabilities();
    async fn answers_go_out_while_mail_waits_for_a_silent_scanner(w: World) {
        let house = House::open(w).await;
        let script = house.outgoing(Step::Never, Does::Closes).await;
        house.mail("bo@b.example", &["support@shop.example"], &mail(0)).await;
        house.rest().await;
        let (c, _) = house.thread(1).await.expect("a conversation");
        let trust = Trust { clamd: Some(deaf().await), ..Trust::default() };
        house.world.house.act::<SetTrust>(agent(house.owner), None, trust).await.expect("set");
        let runner = Runner::start(house.world.house.clone()).await.expect("runs");
        for n in 1..=20 {
            house.mail("bo@b.example", &["support@shop.example"], &mail(n)).await;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
        house.put_answer(c.id, "<p>Change the fuse.</p>").await;
        for _ in 0..100 {
            if !script.mails.lock().expect("whole").is_empty() { break }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        assert_eq!(script.mails.lock().expect("whole").len(), 1);
        runner.stop().await;
    }

    async fn while_a_scanner_rests_mail_is_treated_as_not_scanned(w: World) {
        let house = House::open(w).await;
        let place = deaf().await;
        let registry = house.world.house.registry();
        let rests = registry.socket::<Rests>().expect("filled");
        let never = || std::future::pending::<bool>();
        assert_eq!(rests.ask(&place, Duration::from_millis(10), std::future::pending::<()>(), never).await, None);
        let send = async |n: usize, hold_unscanned: bool| {
            let trust = Trust { clamd: Some(place.clone()), hold_unscanned, ..Trust::default() };
            house.world.house.act::<SetTrust>(agent(house.owner), None, trust).await.expect("set");
            house.mail("bo@b.example", &["support@shop.example"], &mail(n)).await;
            let begun = Instant::now();
            house.rest().await;
            assert!(begun.elapsed() < Duration::from_secs(5), "nobody waits: {:?}", begun.elapsed());
        };
        send(1, false).await;
        let (_, messages) = house.thread(1).await.expect("it came in");
        assert!(messages[0].marks.to_string().contains("not_scanned"));
        send(2, true).await;
        assert!(house.thread(2).await.is_none(), "it is held back");
        let held = house.world.system(|cx| list_blocked(cx, BlockedId(i64::MAX), None, 50)).await.expect("read");
        assert_eq!((held.len(), held[0].cause), (1, Some(HoldCause::Unscanned)));
    }
}
