//! What is said by itself: once, never to a machine, and loops end.

use conversations::model::{Author, Delivery, Status};
use mime::Limits;

use super::house::{House, agent, capabilities};
use super::server::{Does, Script, Step};
use crate::acknowledge::MOST_AN_HOUR;
use crate::actions::set_acknowledgement::{self, SetAcknowledgement};
use crate::model::MailboxId;
use crate::smtp::client::{Addressed, Fate, send};

const MAIL: &str = "From: Bo <bo@b.example>\r\nTo: support@shop.example\r\nSubject: Lamp\r\nMessage-ID: <1@b.example>\r\n\r\nDark.\r\n";

async fn switch_on(house: &House, text: &str) {
    set(house, house.mailbox.id, text, "de").await;
}

async fn confirm(house: &House, mailbox: MailboxId) {
    set(house, mailbox, "", "en").await;
}

async fn set(house: &House, mailbox: MailboxId, text: &str, language: &str) {
    let (text, language) = (text.to_owned(), language.to_owned());
    let input =
        set_acknowledgement::Input { mailbox_id: Some(mailbox), on: true, text, language, version: None };
    house.world.house.act::<SetAcknowledgement>(agent(house.owner), None, input).await.expect("set");
}

async fn takes(house: &House, sender: &str, raw: &str) {
    house.mail(sender, &["support@shop.example"], raw).await;
    house.rest().await;
}

fn sent(script: &Script) -> Vec<mime::Mail> {
    let mails = script.mails.lock().expect("whole");
    mails.iter().map(|raw| mime::read(raw, &Limits::default())).collect()
}

testkit::both! { with capabilities();
    async fn a_first_mail_is_confirmed_once_a_day_with_its_number(w: World) {
        let house = House::open(w).await;
        let script = house.outgoing(Step::Never, Does::Closes).await;
        takes(&house, "bo@b.example", MAIL).await;
        assert!(sent(&script).is_empty(), "off unless somebody wants it");
        switch_on(&house, "").await;
        takes(&house, "cy@c.example", &MAIL.replace("bo@b", "cy@c").replace("<1@", "<2@")).await;
        let mails = sent(&script);
        assert_eq!(mails.len(), 1);
        let signs = &mails[0].signs;
        assert_eq!((signs.auto_submitted.as_deref(), signs.response_suppress.as_deref()), (Some("auto-replied"), Some("all")));
        assert!(mails[0].text.as_deref().expect("text").contains("Nummer 2"), "{:?}", mails[0].text);
        assert_eq!(mails[0].in_reply_to, ["2@b.example"]);
        let (c, messages) = house.thread(2).await.expect("there");
        assert_eq!((c.status, messages.len(), messages[1].author), (Status::New, 2, Author::System));
        assert_eq!(messages[1].delivery, Some(Delivery::Delivered));
        takes(&house, "cy@c.example", &MAIL.replace("bo@b", "cy@c").replace("<1@", "<3@")).await;
        assert_eq!(sent(&script).len(), 1, "not twice within a day");
        house.world.clock.advance(testkit::DAY + 1);
        takes(&house, "cy@c.example", &MAIL.replace("bo@b", "cy@c").replace("<1@", "<4@")).await;
        assert_eq!(sent(&script).len(), 2);
    }

    async fn neither_machines_nor_lists_nor_blocked_people_are_answered(w: World) {
        let house = House::open(w).await;
        let script = house.outgoing(Step::Never, Does::Closes).await;
        switch_on(&house, "We have it as {number}.").await;
        for (number, header) in [
            "Auto-Submitted: auto-replied", "Auto-Submitted: auto-generated", "Precedence: bulk", "List-Id: <x.y.example>",
            "X-Auto-Response-Suppress: All", "X-Autoreply: yes", "Subject: Out of office: x",
        ].iter().enumerate() {
            let raw = MAIL.replace("bo@b", &format!("m{number}@b")).replace("<1@", &format!("<m{number}@"));
            takes(&house, &format!("m{number}@b.example"), &format!("{header}\r\n{raw}")).await;
        }
        takes(&house, "", &MAIL.replace("bo@b", "null@b").replace("<1@", "<n@")).await;
        takes(&house, "noreply@b.example", &MAIL.replace("bo@b", "noreply@b").replace("<1@", "<nr@")).await;
        let hidden = MAIL.replace("To: support@shop.example", "To: friends@b.example").replace("bo@b", "bcc@b").replace("<1@", "<bcc@");
        takes(&house, "bcc@b.example", &hidden).await;
        let block = customers::actions::block::Input { kind: customers::BlockKind::Email, value: "evil@b.example".into() };
        house.world.house.act::<customers::actions::block::BlockSender>(agent(house.owner), None, block).await.expect("blocked");
        takes(&house, "evil@b.example", &MAIL.replace("bo@b", "evil@b").replace("<1@", "<e@")).await;
        assert_eq!(sent(&script).len(), 0);
        takes(&house, "bo@b.example", MAIL).await;
        assert_eq!(sent(&script).len(), 1, "a person is");
        takes(&house, "bo@b.example", &MAIL.replace("<1@", "<2@").replace("Subject: Lamp", "In-Reply-To: <1@b.example>\r\nSubject: Re: Lamp")).await;
        assert_eq!(sent(&script).len(), 1, "answers are not");
    }

    async fn a_machine_that_answers_everything_and_keeps_no_header_ends_by_the_count(w: World) {
        let house = House::open(w).await;
        let script = house.outgoing(Step::Never, Does::Closes).await;
        switch_on(&house, "").await;
        let mut raw = MAIL.to_owned();
        for round in 2..20 {
            takes(&house, "bo@b.example", &raw).await;
            // It answers each mail anew, with nothing that names what it answers.
            raw = MAIL.replace("<1@", &format!("<{round}@")).replace("Subject: Lamp", &format!("Subject: Ticket {round}"));
        }
        assert_eq!(sent(&script).len(), 1);
    }

    async fn whoever_writes_too_much_is_kept_and_sets_nothing_in_motion(w: World) {
        let house = House::open(w).await;
        takes(&house, "bo@b.example", MAIL).await;
        let (c, _) = house.thread(1).await.expect("there");
        let solve = conversations::actions::set_status::Input { conversation_id: c.id, status: Status::Solved, version: None, only_from: None };
        for number in 2..=MOST_AN_HOUR {
            house.mail("bo@b.example", &["support@shop.example"], &MAIL.replace("<1@", &format!("<{number}@")).replace("Dark", &format!("Dark {number}"))).await;
        }
        house.rest().await;
        house.world.house.act::<conversations::actions::set_status::SetStatus>(agent(house.owner), None, solve).await.expect("solved");
        takes(&house, "bo@b.example", &MAIL.replace("<1@", "<last@").replace("Subject: Lamp", "In-Reply-To: <1@b.example>\r\nSubject: Re: Lamp")).await;
        let (c, messages) = house.thread(1).await.expect("there");
        assert_eq!((c.status, messages.len()), (Status::Solved, 2));
        assert!(messages[1].marks.to_string().contains("rate_limited"));
    }
}

/// Two systems, each with confirmations, each the other's mail server. In each stand the mail, its confirmation and
/// at most the other's; the worlds of tests share one key, so that the mark of own mail ends it even sooner.
#[test]
fn two_systems_that_confirm_each_other_end_by_themselves() {
    testkit::World::on_sqlite(capabilities(), async move |world| {
        let one = House::open(world).await;
        let (tell, peer) = std::sync::mpsc::channel();
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let port = one.listening.address.port();
        let other = std::thread::spawn(move || {
            testkit::World::on_sqlite(capabilities(), async move |world| {
                let other = House::open(world).await;
                let mailbox = super::house::add_mailbox(&other.world.house, other.owner, "help@peer.example")
                    .await
                    .expect("added");
                confirm(&other, mailbox.id).await;
                other.set_outgoing(port).await;
                tell.send(other.listening.address.port()).expect("heard");
                let mut stopped = stopped;
                while stopped.try_recv().is_err() {
                    other.rest().await;
                    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                }
                let mut messages = 0;
                for number in 1..10 {
                    messages += other.thread(number).await.map_or(0, |(_, messages)| messages.len());
                }
                assert!((2..=3).contains(&messages), "{messages}");
            });
        });
        let peer_port = peer.recv().expect("open");
        one.set_outgoing(peer_port).await;
        let mailbox = super::house::add_mailbox(&one.world.house, one.owner, "chairs@one.example")
            .await
            .expect("added");
        confirm(&one, mailbox.id).await;
        // One mail in each direction begins it: both may be answered, and both are.
        let between =
            |from: &str, to: &str| MAIL.replace("bo@b.example", from).replace("support@shop.example", to);
        for (from, to, port) in [
            ("help@peer.example", "chairs@one.example", one.listening.address.port()),
            ("chairs@one.example", "help@peer.example", peer_port),
        ] {
            let addressed = Addressed { from: from.into(), to: vec![to.into()] };
            let fate = send(&super::sender::server(port), &addressed, between(from, to).as_bytes()).await;
            assert!(matches!(fate, Fate::Taken(_)), "{fate:?}");
        }
        for _ in 0..50 {
            one.rest().await;
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        stop.send(()).expect("heard");
        other.join().expect("ended");
        let mut messages = 0;
        for number in 1..10 {
            messages += one.thread(number).await.map_or(0, |(_, messages)| messages.len());
        }
        assert!((2..=3).contains(&messages), "{messages}");
    });
}
