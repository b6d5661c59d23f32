//! The whole path: a visitor writes, a desk rings, an agent takes, answers, and both see how far it was read.

use serde_json::json;

use super::shop::{Shop, caller, chat_of, house};
use crate::actions::seen::{self, Seen};
use crate::model::{ChatState, Standing};

testkit::both! { with house();
    async fn a_visitor_writes_and_is_answered(w: World) {
        let shop = Shop::open(w).await;
        shop.be(shop.owner, Standing::Available).await;
        let mut visitor = shop.visitor().await;
        let state = visitor.post("session", json!({"token": visitor.token})).await.expect(200);
        assert_eq!((state["visitor"].is_null(), &state["state"]["mode"]), (true, &json!("chat")));

        let said = visitor.say("Is the lamp in stock?").await;
        assert_eq!((&said["chat"]["state"], &said["message"]["direction"]), (&json!("waiting"), &json!("in")));
        let chat = chat_of(&said);
        let queue = shop.queue(shop.owner).await;
        assert_eq!((queue.len(), queue[0].offered_to.as_slice()), (1, [shop.owner].as_slice()));
        assert_eq!((queue[0].subject.as_str(), queue[0].visitor.online), ("Is the lamp in stock?", true));

        let taken = shop.take(shop.owner, chat).await.expect("taken");
        assert_eq!((taken.state, taken.taker_id), (ChatState::Taken, Some(shop.owner)));
        let answer = shop.answer(shop.owner, taken.conversation_id, "Yes, three of them").await;
        let since = visitor.get("messages?after=1").await.expect(200);
        let message = &since["messages"][0];
        assert_eq!((&message["text"], &message["author"]["name"]), (&json!("Yes, three of them"), &json!("Ann Becker")));
        assert_eq!((message["id"].as_i64(), message["line"].as_i64()), (Some(answer), Some(2)));
        assert!(shop.chat(chat).await.answered_at.is_some());
    }

    async fn an_answer_is_delivered_at_once_and_read_marks_go_both_ways(w: World) {
        let shop = Shop::open(w).await;
        shop.be(shop.owner, Standing::Available).await;
        let mut visitor = shop.visitor().await;
        let said = visitor.say("Hello").await;
        let conversation = shop.conversation(chat_of(&said)).await;
        let answer = shop.answer(shop.owner, conversation, "Good morning").await;
        assert_eq!(shop.chat(chat_of(&said)).await.state, ChatState::Taken, "who answers what nobody has taken, takes it");
        let delivery = shop.w.system(move |cx| {
            let message = conversations::store::message::claim_any(cx, conversations::model::MessageId(answer))?;
            Ok(message.delivery)
        });
        assert_eq!(delivery.await.expect("reads").map(|state| state.as_str()), Some("delivered"));

        let own = conversations::model::MessageId(said["message"]["id"].as_i64().expect("an id"));
        let input = seen::Input { chat_id: Some(chat_of(&said)), message_id: own };
        let told = shop.w.house.act::<Seen>(caller(shop.owner), None, input.clone()).await.expect("noted");
        assert!(told.output.is_some());
        let again = shop.w.house.act::<Seen>(caller(shop.owner), None, input).await.expect("noted");
        assert!(again.output.is_none(), "once is enough");
        let session = visitor.post("session", json!({"token": visitor.token})).await.expect(200);
        assert_eq!(session["agent_read"].as_i64(), Some(own.0));
        let panel = shop.desk(shop.owner, &format!("/api/conversations/{conversation}/chat")).await;
        assert_eq!((&panel["visitor"]["read_id"], &panel["chat"]["state"]), (&json!(0), &json!("taken")));
    }

    async fn files_go_both_ways_with_limits(w: World) {
        let shop = Shop::open(w).await;
        shop.be(shop.owner, Standing::Available).await;
        let mut visitor = shop.visitor().await;
        let uploaded = visitor.post("uploads?name=lamp.png", json!({"x": 1})).await.expect(201);
        let id = base::secrets::new_token();
        let said = json!({"id": id, "text": "", "upload_ids": [uploaded["id"]]});
        let said = visitor.post("messages", said).await.expect(201);
        let file = &said["message"]["attachments"][0];
        assert_eq!(file["name"], "lamp.png");
        let url = file["url"].as_str().expect("a link").to_owned();
        assert_eq!(shop.browser.stranger().get(&url).await.status, 200);
        let bare = url.split('?').next().expect("a path");
        assert_eq!(shop.browser.stranger().get(bare).await.code(404), "file_not_found");
        let other = json!({"id": base::secrets::new_token(), "text": "", "upload_ids": [uploaded["id"]]});
        assert_eq!(shop.visitor().await.post("messages", other).await.code(400), "upload_unknown");
    }

    async fn what_is_wrong_is_told_with_its_field(w: World) {
        let shop = Shop::open(w).await;
        let mut visitor = shop.visitor().await;
        let id = base::secrets::new_token();
        let code = |body| { let mut v = shop.visitor_of(&visitor.token); async move { v.post("messages", body).await.code(400) } };
        assert_eq!(code(json!({"id": id, "text": " "})).await, "text_empty");
        assert_eq!(code(json!({"id": id, "text": "x".repeat(4001)})).await, "text_too_long");
        assert_eq!(code(json!({"id": "short", "text": "x"})).await, "client_id_invalid");
        assert_eq!(code(json!({"id": id, "text": "x", "email": "no address"})).await, "email_invalid");
        assert_eq!(code(json!({"id": id, "text": "x", "evil": 1})).await, "field_invalid");
        assert_eq!(visitor.put("contact", json!({"email": "a@b.example"})).await.code(409), "chat_not_begun");
        assert_eq!(shop.visitor_of("v123").get("messages").await.code(401), "visitor_unknown");
    }

    async fn a_name_that_is_typed_later_is_taken_over_and_a_known_one_stays(w: World) {
        let shop = Shop::open(w).await;
        let mut visitor = shop.visitor().await;
        let conversation = shop.conversation(chat_of(&visitor.say("Hello").await)).await;
        let name = || shop.w.system(move |cx| {
            let c = conversations::store::conversation::find_any(cx, conversation)?.expect("there");
            Ok(customers::customer(cx, &people::Scope::All, c.requester_id)?.name)
        });
        assert_eq!(name().await.expect("reads"), "");
        visitor.put("contact", json!({"name": "Mia"})).await.expect(200);
        assert_eq!(name().await.expect("reads"), "Mia");
        visitor.put("contact", json!({"name": "Somebody else"})).await.expect(200);
        assert_eq!(name().await.expect("reads"), "Mia");
    }

    async fn an_answer_whose_delivery_broke_off_arrives_once(w: World) {
        let shop = Shop::open(w).await;
        shop.be(shop.owner, Standing::Available).await;
        let mut visitor = shop.visitor().await;
        let said = visitor.say("Hello").await;
        let conversation = shop.conversation(chat_of(&said)).await;
        let input = json!({"conversation_id": conversation, "html": "<p>One</p>", "channel": "chat"});
        let input = serde_json::from_value(input).expect("an input");
        let reply = shop.w.house.act::<conversations::actions::reply::Reply>(caller(shop.owner), None, input).await;
        let id = reply.expect("answered").output.id;
        // A node began to deliver it and died.
        shop.w.system(move |cx| {
            use conversations::model::Delivery;
            conversations::store::message::set_delivery(cx, id, Delivery::Queued, Delivery::Sending, None)
        }).await.expect("begun");
        shop.w.settle().await;
        assert_eq!(visitor.texts().await, ["Hello", "One"]);
        let message = shop.w.system(move |cx| conversations::store::message::claim_any(cx, id)).await.expect("reads");
        assert_eq!(message.delivery.map(|state| state.as_str()), Some("delivered"));
    }
}
