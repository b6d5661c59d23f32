//! Fetching from a real server: what comes in, what stays out, and what changes on the server.

use base::Time;
use conversations::model::Status;
use testkit::DAY;

use super::dovecot::{Dovecot, PASSWORD, USER};
use super::house::{House, agent, capabilities};
use super::server::{Does, Step};
use crate::actions::connect::{self, Connect};
use crate::fetch::source::{Afterwards, Manner, Place, Protocol, Source};
use crate::smtp::client::Security;

pub fn place(port: u16) -> Place {
    Place {
        protocol: Protocol::Imap,
        host: "127.0.0.1".into(),
        port,
        security: Security::None,
        username: USER.into(),
        password: Some(PASSWORD.into()),
        grant_id: None,
        trusted_certificate: None,
    }
}

pub fn manner() -> Manner {
    Manner {
        folders: Vec::new(),
        sent_folder: None,
        afterwards: Afterwards::Keep,
        move_to: None,
        keep_days: 0,
        history_days: 0,
    }
}

pub fn mail(n: usize, words: &str) -> String {
    format!(
        "From: Bo <bo{n}@b.example>\r\nTo: support@shop.example\r\nSubject: Lamp {n}\r\nMessage-ID: <{n}@b.example>\r\n\
         Date: Mon, 2 Mar 2026 09:30:00 +0000\r\n\r\n{words}\r\n"
    )
}

impl House {
    pub async fn connect(&self, place: Place, manner: Manner) -> base::Result<Source> {
        let input = connect::Input { mailbox_id: Some(self.mailbox.id), place, manner, stand: None };
        Ok(self.world.house.act::<Connect>(agent(self.owner), None, input).await?.output)
    }

    /// The next round comes, and everything that it brings is read.
    pub async fn next_round(&self) {
        self.world.clock.advance(900_000);
        self.rest().await;
    }

    /// Every message with its repeats, by the number of its conversation.
    pub async fn everything(&self) -> Vec<(i64, String, i64)> {
        let mut all = Vec::new();
        for number in 1.. {
            let Some((_, messages)) = self.thread(number).await else { return all };
            all.extend(messages.into_iter().map(|m| (number, m.text.trim().to_owned(), m.repeats)));
        }
        all
    }

    /// Mails that are stored as they came.
    pub async fn raw_count(&self) -> i64 {
        let counted = self.world.system(|cx| cx.one::<(i64,)>("SELECT COUNT(*) FROM email_raw", &[])).await;
        counted.expect("counts").0
    }

    pub async fn source(&self) -> Source {
        let id = self.mailbox.id;
        let found = self.world.system(move |cx| crate::fetch::store::find_source(cx, id)).await;
        found.expect("reads").expect("connected")
    }

    pub fn now(&self) -> Time {
        self.world.clock.now()
    }
}

testkit::both! { with capabilities();
    async fn only_what_comes_after_the_connection_opens_conversations(w: World) {
        let house = House::open(w).await;
        let dovecot = Dovecot::start().await;
        let now = house.now();
        for n in 0..5 {
            dovecot.deliver("INBOX", &mail(n, "Old"), now.plus_millis(-DAY));
        }
        house.connect(place(dovecot.imap), manner()).await.expect("connected");
        house.world.settle().await;
        assert!(house.thread(1).await.is_none(), "old mail stays where it is");
        dovecot.deliver("INBOX", &mail(7, "My lamp is d\u{fc}ster."), now.plus_millis(1_000));
        house.next_round().await;
        let (c, messages) = house.thread(1).await.expect("a conversation");
        assert_eq!((c.status, c.account.as_deref()), (Status::New, Some("support@shop.example")));
        assert!(messages[0].text.contains("düster"));
        assert!(house.thread(2).await.is_none());
        house.next_round().await;
        assert_eq!(house.thread(1).await.expect("there").1[0].repeats, 0, "fetched once");
        assert!(house.source().await.error.is_none());
        assert!(dovecot.mails("INBOX").iter().all(|name| !name.contains('S')), "no flag has changed");
    }

    async fn a_mailbox_opens_over_tls_and_starttls_and_says_why_it_does_not(w: World) {
        let house = House::open(w).await;
        let dovecot = Dovecot::start().await;
        let named = |port, security| Place { host: "localhost".into(), security, ..place(port) };
        let trusted = |place| Place { trusted_certificate: Some(dovecot.certificate.clone()), ..place };
        for (port, security, protocol) in [
            (dovecot.imaps, Security::Tls, Protocol::Imap),
            (dovecot.imap, Security::StartTls, Protocol::Imap),
            (dovecot.pop3, Security::StartTls, Protocol::Pop3),
        ] {
            let place = Place { protocol, ..trusted(named(port, security)) };
            house.connect(place, manner()).await.expect("connected");
        }
        let code = async |place, manner| house.connect(place, manner).await.expect_err("refused").code;
        assert_eq!(code(named(dovecot.imaps, Security::Tls), manner()).await, "source_untrusted");
        let wrong = Place { password: Some("wrong".into()), ..place(dovecot.imap) };
        assert_eq!(code(wrong.clone(), manner()).await, "source_login");
        assert_eq!(code(Place { protocol: Protocol::Pop3, port: dovecot.pop3, ..wrong }, manner()).await, "source_login");
        assert_eq!(code(place(1), manner()).await, "source_unreachable");
        let folder = Manner { folders: vec!["Nowhere".into()], ..manner() };
        assert_eq!(code(place(dovecot.imap), folder).await, "source_folder");
        let elsewhere = Place { password: None, username: "other".into(), ..place(dovecot.imap) };
        assert_eq!(code(elsewhere, manner()).await, "source_password_missing");
    }

    async fn the_last_days_come_in_as_solved_history_with_their_threads(w: World) {
        let house = House::open(w).await;
        let dovecot = Dovecot::start().await;
        let now = house.now();
        let ago = |days: i64| now.plus_millis(-days * DAY);
        let dated = |n: usize, days: i64| {
            mail(n, "Old").replace("Mon, 2 Mar 2026 09:30:00 +0000", &ago(days).stamp().strftime("%a, %d %b %Y %H:%M:%S +0000").to_string())
        };
        dovecot.deliver("INBOX", &dated(1, 100), ago(100));
        // The answer lies before what it answers, as after a move from another server.
        let answer = dated(3, 9).replace("bo3@", "bo2@").replace("\r\n\r\n", "\r\nIn-Reply-To: <2@b.example>\r\n\r\n");
        dovecot.deliver("INBOX", &answer, ago(9));
        dovecot.deliver("INBOX", &dated(2, 10), ago(10));
        let history = Manner { history_days: 30, ..manner() };
        house.connect(place(dovecot.imap), history).await.expect("connected");
        let script = house.outgoing(Step::Never, Does::Closes).await;
        house.world.settle().await;
        let (c, messages) = house.thread(1).await.expect("filed");
        assert_eq!((c.status, messages.len()), (Status::Solved, 2), "joined, oldest first");
        assert_eq!(messages[0].created_at.0 / 1000, ago(10).0 / 1000);
        assert_eq!((c.last_inbound_id.0, c.last_activity_at.0 / 1000), (0, ago(9).0 / 1000), "nobody has it as unread");
        assert!(house.thread(2).await.is_none());
        dovecot.deliver("INBOX", &mail(9, "New"), now.plus_millis(1_000));
        house.next_round().await;
        assert_eq!(house.thread(2).await.expect("new").0.status, Status::New);
        assert!(script.mails.lock().expect("whole").is_empty());
    }

    async fn a_mailbox_whose_uids_change_is_recognised(w: World) {
        let house = House::open(w).await;
        let dovecot = Dovecot::start().await;
        let now = house.now();
        dovecot.deliver("INBOX", &mail(1, "Before the connection"), now.plus_millis(-DAY));
        house.connect(place(dovecot.imap), manner()).await.expect("connected");
        house.world.settle().await;
        for n in 2..6 {
            dovecot.deliver("INBOX", &mail(n, &format!("Mail {n}")), now.plus_millis(60_000));
        }
        house.next_round().await;
        assert_eq!(house.everything().await.len(), 4);
        dovecot.forget("INBOX").await;
        dovecot.deliver("INBOX", &mail(6, "Mail 6"), house.now());
        house.next_round().await;
        house.next_round().await;
        let all = house.everything().await;
        assert_eq!(all.len(), 5, "{all:?}");
        assert!(all.iter().all(|(_, _, repeats)| *repeats == 0) && house.raw_count().await == 5);
    }

    async fn flags_change_only_as_chosen(w: World) {
        let house = House::open(w).await;
        let dovecot = Dovecot::start().await;
        let flags = |folder: &str| dovecot.mails(folder).iter().map(|name| name.split(":2,").nth(1).unwrap_or("").to_owned()).collect::<Vec<_>>();
        dovecot.deliver("Done", &mail(0, "A folder"), house.now().plus_millis(-DAY));
        let table = [
            (Afterwards::Keep, None, 0, vec![String::new()], 1),
            (Afterwards::Seen, None, 0, vec!["S".to_owned(), String::new()], 1),
            (Afterwards::Move, Some("Done"), 0, vec!["S".to_owned(), String::new()], 2),
        ];
        for (n, (afterwards, move_to, keep_days, wanted, done)) in table.into_iter().enumerate() {
            let chosen = Manner { afterwards, move_to: move_to.map(str::to_owned), keep_days, ..manner() };
            house.connect(place(dovecot.imap), chosen).await.expect("connected");
            dovecot.deliver("INBOX", &mail(n + 1, "New"), house.now());
            house.next_round().await;
            let mut found = flags("INBOX");
            found.sort_by(|one, other| other.cmp(one));
            assert_eq!((found, flags("Done").len()), (wanted, done), "{afterwards}");
        }
        let chosen = Manner { afterwards: Afterwards::Delete, keep_days: 2, ..manner() };
        house.connect(place(dovecot.imap), chosen).await.expect("connected");
        house.next_round().await;
        assert_eq!(flags("INBOX").len(), 2, "not yet");
        house.world.clock.advance(3 * DAY);
        house.rest().await;
        assert_eq!(flags("INBOX").len(), 0);
        assert_eq!(house.everything().await.len(), 3);
    }

    async fn mail_that_comes_while_we_wait_is_there_at_once(w: World) {
        let house = House::open(w).await;
        let dovecot = Dovecot::start().await;
        house.connect(place(dovecot.imap), manner()).await.expect("connected");
        house.world.settle().await;
        for n in 1..4 {
            dovecot.deliver("INBOX", &mail(n, "New"), house.now());
            let begun = std::time::Instant::now();
            // The clock stands still: without being told, nothing would be fetched.
            while house.thread(n as i64).await.is_none() {
                assert!(begun.elapsed().as_secs() < 20, "{}", dovecot.log());
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                house.rest().await;
            }
        }
        assert_eq!(house.everything().await.len(), 3);
    }

    async fn what_agents_send_elsewhere_is_filed_and_never_sent(w: World) {
        let house = House::open(w).await;
        let dovecot = Dovecot::start().await;
        let script = house.outgoing(Step::Never, Does::Closes).await;
        let both = Manner { sent_folder: Some("Sent".into()), ..manner() };
        house.connect(place(dovecot.imap), both).await.expect("connected");
        dovecot.deliver("INBOX", &mail(1, "My lamp is dark"), house.now());
        house.next_round().await;
        let sent = "From: support@shop.example\r\nTo: Bo <bo1@b.example>\r\nSubject: Re: Lamp 1\r\nMessage-ID: <s1@shop.example>\r\n\
                    In-Reply-To: <1@b.example>\r\n\r\nTurn it on.\r\n";
        dovecot.deliver("Sent", sent, house.now());
        house.next_round().await;
        let (c, messages) = house.thread(1).await.expect("there");
        assert_eq!(messages.len(), 2);
        assert!(messages[1].text.contains("Turn it on"));
        assert_eq!(messages[1].direction, conversations::model::Direction::Out);
        assert_eq!(messages[1].delivery, Some(conversations::model::Delivery::Delivered));
        house.answer(c.id, "<p>And now?</p>").await;
        let ours = script.mails.lock().expect("whole").first().cloned().expect("sent");
        // The server keeps a copy of what we send: it is ours already.
        dovecot.deliver("Sent", &String::from_utf8_lossy(&ours), house.now());
        let back = mail(2, "It shines").replace("bo2@", "bo1@").replace("\r\n\r\n", "\r\nIn-Reply-To: <s1@shop.example>\r\n\r\n");
        dovecot.deliver("INBOX", &back, house.now());
        house.next_round().await;
        house.world.settle().await;
        let (_, messages) = house.thread(1).await.expect("there");
        assert_eq!(messages.len(), 4, "joined by what was sent elsewhere");
        assert!(house.thread(2).await.is_none());
        assert_eq!(script.mails.lock().expect("whole").len(), 1);
    }

    async fn folders_are_named_as_people_read_them(w: World) {
        let house = House::open(w).await;
        let dovecot = Dovecot::start().await;
        let (wire, sent, done) = ("Gel&APY-schte", "&AMk-l&AOk-ments envoy&AOk-s", "&ZeVnLIqe-");
        for folder in [wire, sent, done] {
            dovecot.deliver(folder, &mail(0, "A folder"), house.now().plus_millis(-DAY));
        }
        let chosen = Manner {
            folders: vec!["INBOX".into(), "Gelöschte".into()],
            sent_folder: Some("Éléments envoyés".into()),
            afterwards: Afterwards::Move,
            move_to: Some("日本語".into()),
            ..manner()
        };
        let server = place(dovecot.imap);
        let seen = crate::fetch::look::preview(
            &crate::fetch::credentials::server_of(&house.world.house, &server, None).await.expect("entered"),
            Protocol::Imap,
            &chosen,
            house.now(),
        ).await.expect("seen");
        let names: Vec<&str> = seen.folders.iter().map(|folder| folder.name.as_str()).collect();
        assert!(["Gelöschte", "Éléments envoyés", "日本語"].iter().all(|name| names.contains(name)), "{names:?}");
        house.connect(server.clone(), chosen.clone()).await.expect("connected");
        house.world.settle().await;
        dovecot.deliver(wire, &mail(1, "In another folder"), house.now());
        house.next_round().await;
        assert_eq!(house.everything().await, [(1, "In another folder".to_owned(), 0)]);
        assert_eq!(dovecot.mails(done).len(), 2, "it went to the folder for what is done");
        // Whoever had copied the name from the server goes on.
        let copied = Manner { folders: vec![wire.into()], move_to: Some(done.into()), ..chosen };
        house.connect(server, copied).await.expect("connected");
        dovecot.deliver(wire, &mail(2, "Again"), house.now());
        house.next_round().await;
        assert_eq!((house.everything().await.len(), dovecot.mails(done).len()), (2, 3));
    }

    async fn odd_mail_never_blocks_a_mailbox(w: World) {
        let house = House::open(w).await;
        let dovecot = Dovecot::start().await;
        house.connect(place(dovecot.imap), manner()).await.expect("connected");
        let now = house.now();
        dovecot.deliver("INBOX", "no header at all\r\n", now);
        dovecot.deliver("INBOX", "Subject: No id\r\nFrom: cy@c.example\r\n\r\nNo Message-ID\r\n", now);
        dovecot.deliver("INBOX", "", now);
        let large = format!("{}{}", mail(3, "Large"), "x".repeat(76).add_lines(41 * 1024 * 1024));
        dovecot.deliver("INBOX", &large, now);
        dovecot.lock_away("INBOX", &mail(4, "Locked"), now);
        dovecot.deliver("INBOX", &mail(5, "The last"), now);
        for _ in 0..6 {
            house.next_round().await;
        }
        let all = house.everything().await;
        assert!(all.iter().any(|(_, text, _)| text == "The last"), "{all:?} {:?}", house.source().await.error);
        assert!(all.iter().any(|(_, text, _)| text.contains("No Message-ID")), "{all:?}");
        let mut large = 0;
        for number in 1..=all.len() as i64 {
            let (c, messages) = house.thread(number).await.expect("there");
            large += usize::from(messages[0].marks.to_string().contains("too_large") && c.subject == "Lamp 3");
        }
        assert_eq!(large, 1, "noted with its header");
        let parked = house.world.system(|cx| crate::fetch::store::list_unfetched(cx, i64::MAX, 10)).await.expect("reads");
        assert_eq!(parked.len(), 1, "{parked:?}");
        assert!(parked[0].cause.is_some());
        dovecot.unlock("INBOX");
        house.world.clock.advance(2 * DAY);
        house.rest().await;
        let all = house.everything().await;
        assert_eq!(all.iter().filter(|(_, text, _)| text == "Locked").count(), 1, "it comes when it can");
    }

    async fn pop3_brings_each_mail_once_and_deletes_when_told(w: World) {
        let house = House::open(w).await;
        let dovecot = Dovecot::start().await;
        let pop3 = Place { protocol: Protocol::Pop3, ..place(dovecot.pop3) };
        let now = house.now();
        for n in 1..4 {
            dovecot.deliver("INBOX", &mail(n, "Old").replace("2 Mar", "1 Mar"), now.plus_millis(-DAY));
        }
        dovecot.deliver("INBOX", &mail(4, "Very old").replace("2026", "2020"), now.plus_millis(-DAY));
        let chosen = Manner { history_days: 30, ..manner() };
        house.connect(pop3.clone(), chosen).await.expect("connected");
        house.world.settle().await;
        let all = house.everything().await;
        assert_eq!(all.len(), 3, "{all:?}");
        assert_eq!(house.thread(1).await.expect("there").0.status, Status::Solved);
        dovecot.deliver("INBOX", &mail(5, ".A dot\r\n..and two"), now);
        house.next_round().await;
        house.next_round().await;
        let all = house.everything().await;
        assert_eq!((all.len(), all[3].1.as_str()), (4, ".A dot\n..and two"));
        assert_eq!(house.raw_count().await, 4);
        let deleting = Manner { afterwards: Afterwards::Delete, keep_days: 0, ..manner() };
        house.connect(pop3, deleting).await.expect("connected");
        house.next_round().await;
        assert_eq!(dovecot.mails("INBOX").len(), 1, "what was never fetched stays");
        house.world.settle().await;
    }

    async fn twenty_thousand_old_mails_open_nothing(w: World) {
        let house = House::open(w).await;
        let dovecot = Dovecot::start().await;
        let script = house.outgoing(Step::Never, Does::Closes).await;
        let then = house.now().plus_millis(-DAY);
        for n in 0..20_000 {
            dovecot.deliver("INBOX", &mail(n, "Old"), then);
        }
        let begun = std::time::Instant::now();
        house.connect(place(dovecot.imap), manner()).await.expect("connected");
        house.world.settle().await;
        house.next_round().await;
        println!("20,000 old mails: connected and looked through twice in {:?}", begun.elapsed());
        assert!(house.everything().await.is_empty() && house.raw_count().await == 0);
        assert!(script.mails.lock().expect("whole").is_empty());
        dovecot.deliver("INBOX", &mail(20_001, "New"), house.now());
        house.next_round().await;
        assert_eq!(house.everything().await.len(), 1);
    }
}

pub trait Lines {
    fn add_lines(&self, length: usize) -> String;
}

impl Lines for String {
    /// So many bytes of this line.
    fn add_lines(&self, length: usize) -> String {
        format!("{self}\r\n").repeat(length / (self.len() + 2))
    }
}
