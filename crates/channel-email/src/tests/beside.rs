//! Mail beside the path: third parties, pictures inside of answers, senders who are shut out, lists.

use conversations::actions::block::{self, Block, Release};
use conversations::actions::forward::{self, Forward};
use conversations::actions::log::{self, Log};
use conversations::actions::reply::{self, Reply};
use conversations::actions::upload::{self, Upload, store_bytes};
use conversations::model::{ContactChannel, ConversationId, Direction, MessageKind, Party, Wish};
use conversations::store::blocked::{BlockedId, list_blocked};
use conversations::store::conversation::find_any;
use mime::Limits;

use super::house::{House, agent, capabilities};
use super::server::{Does, Script, Step};

const MAIL: &str = "From: Bo <bo@b.example>\r\nTo: support@shop.example\r\nSubject: Lamp\r\nMessage-ID: <1@b.example>\r\n\
    Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nMy lamp is dark.\r\n--b\r\nContent-Type: application/pdf\r\n\
    Content-Disposition: attachment; filename=\"bill.pdf\"\r\n\r\nbill\r\n--b--\r\n";

fn sent(script: &Script, nth: usize) -> mime::Mail {
    let mails = script.mails.lock().expect("whole");
    mime::read(mails[nth].strip_suffix(b".\r\n").expect("a final dot"), &Limits::default())
}

fn ask(id: ConversationId, quoted: Vec<conversations::model::MessageId>) -> forward::Input {
    forward::Input {
        conversation_id: Some(id),
        to: Party { name: "Workshop".into(), address: "workshop@mend.example".into() },
        html: "<p>Can you mend it?</p>".into(),
        message_ids: quoted,
        with_attachments: true,
        subject: None,
        upload_ids: Vec::new(),
        channel: None,
        then: None,
        version: None,
        clean: None,
    }
}

testkit::both! { with capabilities();
    async fn a_third_party_is_asked_by_mail_and_the_customer_never_hears_of_it(w: World) {
        let house = House::open(w).await;
        let script = house.outgoing(Step::Never, Does::Closes).await;
        house.mail("bo@b.example", &["support@shop.example"], MAIL).await;
        house.rest().await;
        let (c, messages) = house.thread(1).await.expect("a conversation");
        house.world.house.act::<Forward>(agent(house.owner), None, ask(c.id, vec![messages[0].id])).await.expect("forwarded");
        house.world.clock.advance(60_000);
        house.rest().await;
        let mail = sent(&script, 0);
        assert_eq!((mail.to[0].email.as_str(), mail.subject.as_str(), mail.references.len()), ("workshop@mend.example", "Fwd: Lamp", 0));
        let (text, html) = (mail.text.clone().expect("plain"), mail.html.clone().expect("html"));
        assert!(text.contains("Can you mend it?") && text.contains("My lamp is dark."), "{text}");
        assert!(html.contains("<blockquote>") && html.contains("My lamp is dark."), "{html}");
        assert_eq!((mail.parts.len(), mail.parts[0].name.as_str()), (1, "bill.pdf"));

        let signed = mail.reply_to[0].email.clone();
        let back = format!("From: Max <max@mend.example>\r\nTo: <{signed}>\r\nCc: bo@b.example\r\nSubject: Re: Fwd: Lamp\r\n\
            Message-ID: <9@mend.example>\r\n\r\nTen euros, but he broke it himself.\r\n");
        house.mail("max@mend.example", &[&signed], &back).await;
        house.rest().await;
        let id = mail.message_id.clone().expect("set");
        let bare = format!("From: workshop@mend.example\r\nTo: support@shop.example\r\nIn-Reply-To: <{id}>\r\nMessage-ID: <10@mend.example>\r\n\r\nAnd shipping.\r\n");
        house.mail("workshop@mend.example", &["support@shop.example"], &bare).await;
        house.rest().await;
        assert!(house.thread(2).await.is_none(), "both answers stand beside the conversation");
        let (_, messages) = house.thread(1).await.expect("there");
        let kinds: Vec<MessageKind> = messages.iter().map(|m| m.kind).collect();
        assert_eq!(kinds, [MessageKind::Message, MessageKind::Side, MessageKind::Side, MessageKind::Side]);
        assert!(messages[2].marks.to_string().contains("other_sender"));

        house.answer(c.id, "<p>Ten euros.</p>").await;
        let mail = sent(&script, 1);
        assert_eq!((mail.to.len(), mail.to[0].email.as_str(), mail.cc.len()), (1, "bo@b.example", 0));
        assert_eq!((mail.references.clone(), mail.parts.len()), (vec!["1@b.example".to_owned()], 0));
        assert_ne!(mail.reply_to[0].email, signed);
        let whole = format!("{:?}{:?}", mail.text, mail.html);
        assert!(!whole.contains("broke") && !whole.contains("mend"), "{whole}");
    }

    async fn a_mail_a_call_and_a_letter_are_one_thread_with_the_answer_in_it(w: World) {
        let house = House::open(w).await;
        let script = house.outgoing(Step::Never, Does::Closes).await;
        house.mail("bo@b.example", &["support@shop.example"], MAIL).await;
        house.rest().await;
        let (c, _) = house.thread(1).await.expect("a conversation");
        for channel in [ContactChannel::Voice, ContactChannel::Letter] {
            let input = log::Input { conversation_id: Some(c.id), channel, direction: Direction::In, html: "<p>He asked again.</p>".into(),
                occurred_at: None, duration_seconds: None, upload_ids: Vec::new(), identity: None, then: None, version: None, clean: None };
            house.world.house.act::<Log>(agent(house.owner), None, input).await.expect("logged");
        }
        house.answer(c.id, "<p>It is on its way.</p>").await;
        let signed = sent(&script, 0).reply_to[0].email.clone();
        let back = format!("From: bo@b.example\r\nTo: <{signed}>\r\nMessage-ID: <2@b.example>\r\n\r\nThank you.\r\n");
        house.mail("bo@b.example", &[&signed], &back).await;
        house.rest().await;
        let (_, messages) = house.thread(1).await.expect("there");
        let channels: Vec<&str> = messages.iter().map(|m| m.channel.as_str()).collect();
        assert_eq!(channels, ["email", "voice", "letter", "email", "email"]);
        assert!(house.thread(2).await.is_none());
    }

    async fn a_picture_inside_of_an_answer_goes_along_inside_of_it(w: World) {
        let house = House::open(w).await;
        let script = house.outgoing(Step::Never, Does::Closes).await;
        house.mail("bo@b.example", &["support@shop.example"], MAIL).await;
        house.rest().await;
        let (c, _) = house.thread(1).await.expect("a conversation");
        let stored = store_bytes(&house.world.house, "lamp.png", "image/png", b"\x89PNG picture".to_vec()).await.expect("stored");
        let up = house.world.house.act::<Upload>(agent(house.owner), None, upload::Input { stored }).await.expect("taken in").output;
        let input = reply::Input { conversation_id: Some(c.id), html: format!("<p>Like this: <img src=\"{}\" alt=\"lamp\"></p>", up.url),
            channel: None, to: None, cc: None, audience: None, then: None, upload_ids: vec![up.id], version: None, clean: None };
        let shown = house.world.house.act::<Reply>(agent(house.owner), None, input).await.expect("held").output;
        assert!(shown.html.contains(&up.url) && shown.attachments[0].inline, "the desk shows it as it was written: {}", shown.html);
        house.world.clock.advance(60_000);
        house.rest().await;
        let mail = sent(&script, 0);
        let part = &mail.parts[0];
        let cid = part.content_id.clone().expect("named");
        assert!(part.inline && part.bytes == b"\x89PNG picture", "{part:?}");
        let html = mail.html.expect("html");
        assert!(html.contains(&format!("\"cid:{cid}\"")) && !html.contains("/api/files/"), "{html}");
    }

    async fn mail_of_a_blocked_sender_is_kept_and_can_be_let_in(w: World) {
        let house = House::open(w).await;
        house.mail("bo@b.example", &["support@shop.example"], MAIL).await;
        house.rest().await;
        let (c, _) = house.thread(1).await.expect("a conversation");
        let input = block::Input { conversation_id: c.id, domain: true };
        house.world.house.act::<Block>(agent(house.owner), None, input).await.expect("blocked");
        let other = MAIL.replace("<1@b", "<2@b").replace("Bo <bo@", "Al <al@").replace("Lamp", "Chair");
        for _ in 0..2 {
            house.mail("al@b.example", &["support@shop.example"], &other).await;
        }
        house.rest().await;
        assert!(house.thread(2).await.is_none());
        let held = house.world.system(|cx| list_blocked(cx, BlockedId(i64::MAX), None, 10)).await.expect("reads");
        assert_eq!((held.len(), held[0].subject.as_str(), held[0].repeats), (1, "Chair", 1));
        let one = block::Held { blocked_id: held[0].id };
        house.world.house.act::<Release>(agent(house.owner), None, one.clone()).await.expect("let in");
        house.world.settle().await;
        let (_, messages) = house.thread(2).await.expect("a conversation now");
        assert!(messages[0].text.contains("dark") && messages[0].raw_id.is_some());
        let again = house.world.house.act::<Release>(agent(house.owner), None, one).await.expect_err("once");
        assert_eq!(again.code, "released_already");
    }

    async fn a_mailing_list_is_never_answered(w: World) {
        let house = House::open(w).await;
        let raw = "From: bo@b.example\r\nTo: support@shop.example, Dev@lists.example\r\nCc: cy@c.example\r\nSubject: Lamp\r\nMessage-ID: <1@b.example>\r\n\
            List-Id: Developers <dev.lists.example>\r\nList-Post: <mailto:dev@lists.example>\r\n\r\nHi\r\n";
        house.mail("bo@b.example", &["support@shop.example"], raw).await;
        house.rest().await;
        let (c, _) = house.thread(1).await.expect("a conversation");
        let proposal = house.world.system(move |cx| {
            let c = find_any(cx, c.id)?.expect("there");
            conversations::recipients::propose(cx, &c, &Wish::default())
        }).await.expect("proposed");
        assert_eq!(proposal.cc.iter().map(|p| p.address.as_str()).collect::<Vec<_>>(), ["cy@c.example"]);
        assert_eq!((proposal.left_out[0].address.as_str(), proposal.left_out[0].why.as_str()), ("Dev@lists.example", "list"));
    }
}
