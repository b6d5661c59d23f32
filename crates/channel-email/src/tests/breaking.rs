//! Connections that break anywhere: each mail arrives exactly once.

use super::cutting::{Cut, Cutter};
use super::dovecot::Dovecot;
use super::fetching::{Lines, mail, manner, place};
use super::house::{House, capabilities};
use crate::fetch::source::{Place, Protocol};

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 12, max_shrink_iters: 0, ..Default::default() })]

    #[test]
    fn however_connections_break_each_mail_arrives_exactly_once(
        sizes in proptest::collection::vec(1usize..60_000, 3..12),
        cuts in proptest::collection::vec((proptest::prelude::any::<bool>(), 0usize..200_000), 1..10),
        pop3 in proptest::prelude::any::<bool>(),
        forget in proptest::prelude::any::<bool>(),
    ) {
        testkit::World::on_sqlite(capabilities(), |w| broken(w, sizes, cuts, pop3, forget));
    }
}

async fn broken(w: testkit::World, sizes: Vec<usize>, cuts: Vec<(bool, usize)>, pop3: bool, forget: bool) {
    let house = House::open(w).await;
    let dovecot = Dovecot::start().await;
    let (protocol, port) = if pop3 { (Protocol::Pop3, dovecot.pop3) } else { (Protocol::Imap, dovecot.imap) };
    let cutter = Cutter::before(port).await;
    house.connect(Place { protocol, ..place(cutter.port) }, manner()).await.expect("connected");
    house.rest().await;
    // What we say is short, what the server says is long.
    cutter.give(cuts.iter().map(|(up, at)| if *up { Cut::FromUs(at % 400) } else { Cut::FromServer(*at) }));
    for (n, size) in sizes.iter().enumerate() {
        dovecot.deliver(
            "INBOX",
            &mail(n, &format!("Mail {n}\r\n{}", "y".repeat(70).add_lines(*size))),
            house.now(),
        );
        if n % 3 == 0 {
            house.next_round().await;
        }
        if forget && !pop3 && n == 2 {
            dovecot.forget("INBOX").await;
        }
    }
    for _ in 0..200 {
        house.next_round().await;
        let done = house.source().await.error.is_none() && house.everything().await.len() >= sizes.len();
        if cutter.left() == 0 && done {
            break;
        }
    }
    house.next_round().await;
    let all = house.everything().await;
    assert_eq!(all.len(), sizes.len(), "{:?} {}", house.source().await.error, dovecot.log());
    for n in 0..sizes.len() {
        let mine = |text: &str| text.lines().next() == Some(format!("Mail {n}").as_str());
        assert_eq!(all.iter().filter(|(_, text, _)| mine(text)).count(), 1, "mail {n}");
    }
    assert!(all.iter().all(|(_, _, repeats)| *repeats == 0));
    assert_eq!(house.raw_count().await, sizes.len() as i64);
}
