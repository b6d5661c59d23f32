//! From chat to mail: once, bundled, and only what was not read.

use conversations::actions::receive::Receive;
use conversations::channel::Inbound;
use conversations::model::{ConversationId, Party};
use customers::IdentityKind;
use serde_json::json;

use super::shop::{Shop, chat_of, house};
use crate::actions::seen;
use crate::model::Standing;

async fn answer_by_mail(shop: &Shop, id: ConversationId, from: &str, text: &str) -> ConversationId {
    let inbound = Inbound {
        channel: "email".to_owned(),
        account: "support@shop.example".to_owned(),
        source_id: None,
        receipt: base::secrets::new_token().into_bytes(),
        sent_at: None,
        identity_kind: IdentityKind::Email,
        from: Party { name: String::new(), address: from.to_owned() },
        verified: true,
        to: Vec::new(),
        cc: Vec::new(),
        subject: "Re: Hello".to_owned(),
        html: format!("<p>{text}</p>"),
        text: text.to_owned(),
        quoted: None,
        attachments: Vec::new(),
        references: Vec::new(),
        signed: Some(id.0),
        automatic: false,
        raw_id: None,
        brand: None,
        team: None,
        marks: Vec::new(),
        lists: Vec::new(),
        released: false,
        hints: Default::default(),
        arrival: Default::default(),
    };
    shop.w.system(move |cx| cx.call::<Receive>(&inbound)).await.expect("received").conversation_id
}

testkit::both! { with house();
    async fn unread_answers_go_out_once_in_one_mail_and_its_reply_comes_back(w: World) {
        let shop = Shop::open(w).await;
        shop.be(shop.owner, Standing::Available).await;
        let mut visitor = shop.visitor().await;
        let said = visitor.say("Hello").await;
        let conversation = shop.conversation(chat_of(&said)).await;
        visitor.put("contact", json!({"email": "mia@sommer.example", "name": "Mia"})).await.expect(200);
        shop.answer(shop.owner, conversation, "One").await;
        shop.pass(200).await;
        shop.answer(shop.owner, conversation, "Two").await;
        assert!(shop.post().is_empty(), "five minutes are not over");
        shop.pass(101).await;
        let post = shop.post();
        assert_eq!(post.len(), 1);
        let (letter, to) = (&post[0], &post[0].recipients.to[0].address);
        assert_eq!((to.as_str(), letter.conversation, letter.answers_to), ("mia@sommer.example", conversation, conversation.0));
        assert!(letter.text.contains("One") && letter.text.contains("Two") && letter.html.contains("Two"), "{}", letter.text);
        shop.pass(4_000).await;
        assert_eq!(shop.post().len(), 1, "once");
        let lines = visitor.get("messages").await.expect(200);
        assert_eq!(lines["messages"][1]["by_mail"], true);

        let landed = answer_by_mail(&shop, conversation, "mia@sommer.example", "Thanks, by mail").await;
        assert_eq!(landed, conversation);
        assert_eq!(visitor.texts().await, ["Hello", "One", "Two"], "mail is not shown to whoever holds only a token");
        let panel = shop.desk(shop.owner, &format!("/api/conversations/{conversation}/chat")).await;
        assert_eq!((&panel["mails"][0]["state"], &panel["mails"][0]["kind"]), (&json!("sent"), &json!("answers")));
    }

    async fn what_was_read_in_time_is_not_mailed(w: World) {
        let shop = Shop::open(w).await;
        shop.be(shop.owner, Standing::Available).await;
        let mut visitor = shop.visitor().await;
        let body = json!({"id": base::secrets::new_token(), "text": "Hello", "email": "mia@sommer.example"});
        let said = visitor.post("messages", body).await.expect(201);
        let conversation = shop.conversation(chat_of(&said)).await;
        let answer = shop.answer(shop.owner, conversation, "One").await;
        let visitor_id = shop.chat(chat_of(&said)).await.visitor_id;
        let message = conversations::model::MessageId(answer);
        shop.w.system(move |cx| seen::read(cx, visitor_id, message)).await.expect("read");
        shop.pass(400).await;
        assert!(shop.post().is_empty());
    }

    async fn who_left_no_address_gets_the_answer_when_one_is_left(w: World) {
        let shop = Shop::open(w).await;
        shop.be(shop.owner, Standing::Available).await;
        let mut visitor = shop.visitor().await;
        let said = visitor.say("Hello").await;
        shop.answer(shop.owner, shop.conversation(chat_of(&said)).await, "One").await;
        shop.pass(1_000).await;
        assert!(shop.post().is_empty());
        visitor.put("contact", json!({"email": "mia@sommer.example"})).await.expect(200);
        shop.w.settle().await;
        assert_eq!(shop.post().len(), 1);
    }

    async fn a_transcript_goes_to_the_left_address_and_not_too_often(w: World) {
        let shop = Shop::open(w).await;
        shop.be(shop.owner, Standing::Available).await;
        let mut visitor = shop.visitor().await;
        assert_eq!(visitor.post("transcript", json!({})).await.code(409), "chat_not_begun");
        let said = visitor.say("Hello").await;
        assert_eq!(visitor.post("transcript", json!({})).await.code(409), "no_address");
        shop.answer(shop.owner, shop.conversation(chat_of(&said)).await, "Good morning").await;
        visitor.put("contact", json!({"email": "mia@sommer.example"})).await.expect(200);
        let sent = visitor.post("transcript", json!({})).await.expect(200);
        assert_eq!(sent["to"], "m…@sommer.example");
        assert_eq!(visitor.post("transcript", json!({})).await.code(429), "too_many_requests");
        shop.w.settle().await;
        let post = shop.post();
        assert!(post.len() == 1 && post[0].text.contains("Hello") && post[0].text.contains("Good morning"));
    }
}
