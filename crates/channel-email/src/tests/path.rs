//! The whole path: a mail comes in, the answer goes out, the answer to it comes back.

use conversations::model::Delivery;
use mime::Limits;

use super::house::{House, add_mailbox, agent, capabilities};
use super::server::{Does, Step};
use crate::mailroom::pipe;
use crate::smtp::client::Fate;

const MAIL: &str = "From: Bo <bo@b.example>\r\nTo: support@shop.example\r\nSubject: Lamp\r\nMessage-ID: <1@b.example>\r\n\
                    Date: Mon, 2 Mar 2026 08:00:00 +0000\r\n\r\nMy lamp is dark.\r\n";

fn sent(script: &super::server::Script) -> mime::Mail {
    let mails = script.mails.lock().expect("whole");
    assert_eq!(mails.len(), 1, "sent once");
    let raw = mails[0].strip_suffix(b".\r\n").expect("a final dot");
    mime::read(raw, &Limits::default())
}

testkit::both! { with capabilities();
    async fn a_mail_comes_in_is_answered_and_answered_again(w: World) {
        let house = House::open(w).await;
        let script = house.outgoing(Step::Never, Does::Closes).await;
        let fate = house.mail("bo@b.example", &["support@shop.example"], MAIL).await;
        assert!(matches!(fate, Fate::Taken(_)), "{fate:?}");
        house.rest().await;
        let (c, messages) = house.thread(1).await.expect("a conversation");
        assert_eq!((c.subject.as_str(), c.channel.as_str()), ("Lamp", "email"));
        assert!(messages[0].text.contains("dark") && !messages[0].author_verified);

        house.answer(c.id, "<p>Turn it <b>on</b>.</p>").await;
        let mail = sent(&script);
        assert_eq!(mail.in_reply_to, ["1@b.example"]);
        assert_eq!(mail.references, ["1@b.example"]);
        assert_eq!(mail.subject, "Re: Lamp");
        assert_eq!(mail.from[0].name.as_deref(), Some("Ann Becker (Lumen Lamps)"));
        assert_eq!((mail.from[0].email.as_str(), mail.to[0].email.as_str()), ("support@shop.example", "bo@b.example"));
        assert!(mail.text.expect("plain").contains("Turn it on"));
        assert!(mail.html.expect("html").contains("on</strong>"));
        let (_, messages) = house.thread(1).await.expect("still there");
        assert_eq!(messages[1].delivery, Some(Delivery::Delivered));
        assert_eq!(messages[1].source_id, mail.message_id);

        let signed = &mail.reply_to[0].email;
        let back = format!("From: bo@b.example\r\nTo: <{signed}>\r\nMessage-ID: <2@b.example>\r\n\r\nIt shines.\r\n");
        let fate = house.mail("bo@b.example", &[signed], &back).await;
        assert!(matches!(fate, Fate::Taken(_)), "{fate:?}");
        house.world.settle().await;
        let (_, messages) = house.thread(1).await.expect("still there");
        assert_eq!(messages.len(), 3);
        assert!(messages[2].text.contains("It shines") && messages[2].author_verified);
        assert!(house.thread(2).await.is_none(), "no second conversation");
    }

    async fn the_same_mail_again_is_counted_and_not_doubled(w: World) {
        let house = House::open(w).await;
        for _ in 0..3 {
            house.mail("bo@b.example", &["support@shop.example"], MAIL).await;
        }
        house.world.settle().await;
        let other = MAIL.replace("dark", "bright");
        house.mail("bo@b.example", &["support@shop.example"], &other).await;
        house.world.settle().await;
        let (_, messages) = house.thread(1).await.expect("a conversation");
        assert_eq!((messages.len(), messages[0].repeats), (1, 2));
        let (_, messages) = house.thread(2).await.expect("other content is another message");
        assert!(messages[0].marks.to_string().contains("same_message_id"));
        assert!(house.thread(3).await.is_none());
    }

    async fn mail_that_names_two_of_our_addresses_is_one_message(w: World) {
        let house = House::open(w).await;
        add_mailbox(&house.world.house, house.owner, "sales@shop.example").await.expect("added");
        let raw = MAIL.replace("To: support@shop.example", "To: support@shop.example, cy@c.example\r\nCc: sales@shop.example");
        house.mail("bo@b.example", &["support@shop.example", "sales@shop.example"], &raw).await;
        house.world.settle().await;
        assert!(house.thread(2).await.is_none());
        let (c, messages) = house.thread(1).await.expect("one");
        assert_eq!(c.account.as_deref(), Some("support@shop.example"));
        let recipients = messages[0].recipients.clone().expect("told").to_string();
        assert!(recipients.contains("cy@c.example") && !recipients.contains("sales@"), "{recipients}");
    }

    async fn large_mail_goes_to_the_blobs_with_its_files(w: World) {
        let house = House::open(w).await;
        let file = "QUJD".repeat(100_000);
        let lines: Vec<&str> = (0..file.len()).step_by(76).map(|at| &file[at..file.len().min(at + 76)]).collect();
        let raw = format!(
            "From: bo@b.example\r\nTo: support@shop.example\r\nSubject: File\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
             --b\r\n\r\nSee file.\r\n--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=\"../a.pdf\"\r\n\
             Content-Transfer-Encoding: base64\r\n\r\n{}\r\n--b--\r\n",
            lines.join("\r\n")
        );
        house.mail("bo@b.example", &["support@shop.example"], &raw).await;
        house.world.settle().await;
        let (_, messages) = house.thread(1).await.expect("a conversation");
        let id = messages[0].id;
        let files = house.world
            .system(move |cx| conversations::store::attachment::list_attachments(cx, &[id]))
            .await
            .expect("reads");
        assert_eq!((files[0].name.as_str(), files[0].size), ("a.pdf", 300_000));
        let bytes = house.world.house.blobs.get(&files[0].blob).await.expect("there");
        assert_eq!(bytes, "ABC".repeat(100_000).into_bytes());
        let raw_id = crate::model::RawId(messages[0].raw_id.expect("the original is kept"));
        let kept = house.world.system(move |cx| crate::store::find_raw(cx, raw_id)).await.expect("reads").expect("kept");
        assert!(kept.content.is_none());
        let original = crate::originals::bytes(&house.world.house, &kept).await.expect("there");
        assert!(original.ends_with(raw.as_bytes()));
    }

    async fn mail_that_goes_round_is_parked_with_its_cause(w: World) {
        let house = House::open(w).await;
        let own = MAIL.replace("Bo <bo@b.example>", "support@shop.example");
        let round = format!("{}{MAIL}", "Received: by x\r\n".repeat(51));
        let mark = crate::letter::loop_mark(&house.world.house.secrets, &house.world.house.name);
        for raw in [own, round, format!("X-Loop: {mark}\r\n{MAIL}")] {
            house.mail("bo@b.example", &["support@shop.example"], &raw).await;
        }
        house.mail("bo@b.example", &["support@shop.example"], MAIL).await;
        house.rest().await;
        let parked = house.world.house.parked_jobs(i64::MAX, 10).await.expect("reads");
        let causes: Vec<String> = parked.into_iter().filter_map(|job| job.error).collect();
        assert_eq!(causes.len(), 3, "{causes:?}");
        assert!(causes.iter().any(|cause| cause.contains("mail_from_ourselves")));
        assert!(house.thread(1).await.is_some() && house.thread(2).await.is_none(), "what comes after goes on");
    }

    async fn a_forged_token_and_a_stranger_with_a_copied_id_open_their_own_conversation(w: World) {
        let house = House::open(w).await;
        house.mail("bo@b.example", &["support@shop.example"], MAIL).await;
        house.world.settle().await;
        let (c, _) = house.thread(1).await.expect("a conversation");
        let forged = mime::reply_address::token(c.id.0, b"another key");
        let forged = mime::reply_address::compose("support@shop.example", &forged).expect("fits");
        let raw = "From: evil@e.example\r\nMessage-ID: <3@e.example>\r\n\r\nLet me in.\r\n";
        let fate = house.mail("evil@e.example", &[&forged], raw).await;
        assert!(matches!(fate, Fate::Taken(_)), "nobody's mail is lost: {fate:?}");
        let copied = raw.replace("<3@e", "<4@e").replace("\r\n\r\n", "\r\nIn-Reply-To: <1@b.example>\r\n\r\n");
        house.mail("evil@e.example", &["support@shop.example"], &copied).await;
        house.world.settle().await;
        assert_eq!(house.thread(1).await.expect("there").1.len(), 1);
        assert!(house.thread(2).await.is_some() && house.thread(3).await.is_some());
    }

    async fn garbage_is_kept_as_a_message_with_the_garbage(w: World) {
        let house = House::open(w).await;
        for (n, raw) in ["no header\r\n", "\r\n", ": :\r\n\0\u{1}\r\n"].into_iter().enumerate() {
            let fate = house.mail("", &["support@shop.example"], raw).await;
            assert!(matches!(fate, Fate::Taken(_)), "{fate:?}");
            house.world.settle().await;
            assert!(house.thread(n as i64 + 1).await.is_some(), "{raw:?}");
        }
    }

    async fn the_pipe_takes_what_a_mail_server_hands_over(w: World) {
        let house = House::open(w).await;
        let lines = format!("From bo@b.example Mon Mar  2 08:00:00 2026\n{}", MAIL.replace("\r\n", "\n"));
        pipe(&house.installation, None, None, lines.into_bytes()).await.expect("taken");
        house.world.settle().await;
        let (_, messages) = house.thread(1).await.expect("a conversation");
        assert!(messages[0].text.contains("dark"));
        // The same mail over SMTP is the same mail.
        house.mail("bo@b.example", &["support@shop.example"], MAIL).await;
        house.world.settle().await;
        assert_eq!(house.thread(1).await.expect("there").1[0].repeats, 1);
        let nobody = pipe(&house.installation, None, Some("nobody@shop.example"), MAIL.into()).await;
        assert_eq!(nobody.expect_err("refused").kind, base::Kind::NotFound);
        let empty = pipe(&house.installation, None, None, b"\n".to_vec()).await;
        assert_eq!(empty.expect_err("refused").code, "mail_empty");
    }

    async fn only_addresses_in_use_are_known(w: World) {
        let house = House::open(w).await;
        let fate = house.mail("bo@b.example", &["support@shop.example", "other@shop.example"], MAIL).await;
        assert!(matches!(&fate, Fate::Refused(why) if why.contains("550 5.1.1")), "{fate:?}");
        let removal = crate::actions::add_mailbox::RemoveInput { id: house.mailbox.id };
        let caller = agent(house.owner);
        let removed = house.world.house
            .act::<crate::actions::add_mailbox::RemoveMailbox>(caller.clone(), None, removal)
            .await
            .expect("removed");
        let fate = house.mail("bo@b.example", &["support@shop.example"], MAIL).await;
        assert!(matches!(&fate, Fate::Refused(_)), "{fate:?}");
        house.world.house.undo(caller, removed.undo.expect("reversible")).await.expect("undone");
        let fate = house.mail("bo@b.example", &["Support@Shop.example"], MAIL).await;
        assert!(matches!(&fate, Fate::Taken(_)), "{fate:?}");
    }

    async fn what_the_server_says_decides_what_becomes_of_an_answer(w: World) {
        let house = House::open(w).await;
        let table = [
            (Step::Never, Does::Closes, Delivery::Delivered),
            (Step::FirstRcpt, Does::Says("550 5.1.1 unknown"), Delivery::Failed),
            (Step::Dot, Does::Closes, Delivery::Unknown),
        ];
        for (n, (step, does, wanted)) in table.into_iter().enumerate() {
            let script = house.outgoing(step, does).await;
            let raw = MAIL.replace("<1@", &format!("<{n}@"));
            house.mail("bo@b.example", &["support@shop.example"], &raw).await;
            house.rest().await;
            let (c, _) = house.thread(n as i64 + 1).await.expect("a conversation");
            house.answer(c.id, "<p>Answer</p>").await;
            let (_, messages) = house.thread(n as i64 + 1).await.expect("there");
            assert_eq!(messages[1].delivery, Some(wanted), "{step:?}");
            let tries = script.heard().iter().filter(|line| line.starts_with("MAIL")).count();
            assert_eq!(tries, 1, "never tried again by itself");
        }
    }
}
