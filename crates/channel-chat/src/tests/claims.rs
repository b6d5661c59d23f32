//! A typed address is a claim: it reveals nothing. A signed token is a proof, and only a good one.

use conversations::actions::receive::Receive;
use conversations::channel::Inbound;
use conversations::model::{ConversationId, Party};
use customers::IdentityKind;
use journal::Caller;
use serde_json::{Value, json};

use super::shop::{Shop, chat_of, house};
use crate::actions::widget::{SecretInput, SetSecret};
use crate::model::Standing;
use crate::signature::sign;

/// Mia has written by mail before.
async fn mail_of_mia(shop: &Shop) -> ConversationId {
    let inbound = Inbound {
        channel: "email".to_owned(),
        account: "support@shop.example".to_owned(),
        source_id: None,
        receipt: base::secrets::new_token().into_bytes(),
        sent_at: None,
        identity_kind: IdentityKind::Email,
        from: Party { name: "Mia Sommer".to_owned(), address: "mia@sommer.example".to_owned() },
        verified: true,
        to: Vec::new(),
        cc: Vec::new(),
        subject: "My secret order".to_owned(),
        html: "<p>Number 4711</p>".to_owned(),
        text: "Number 4711".to_owned(),
        quoted: None,
        attachments: Vec::new(),
        references: Vec::new(),
        signed: None,
        automatic: false,
        raw_id: None,
        brand: None,
        team: Some(shop.team),
        marks: Vec::new(),
        lists: Vec::new(),
        released: false,
        hints: Default::default(),
        arrival: Default::default(),
    };
    shop.w.system(move |cx| cx.call::<Receive>(&inbound)).await.expect("received").conversation_id
}

async fn secret(shop: &Shop) -> String {
    let input = SecretInput { id: shop.widget.id, on: true };
    let made = shop.w.house.act::<SetSecret>(Caller::system(), None, input).await.expect("made");
    made.output.secret.expect("shown once")
}

fn claims(shop: &Shop, subject: &str, more: Value) -> Value {
    let mut claims =
        json!({"sub": subject, "aud": shop.widget.key, "exp": shop.w.clock.now().0 / 1000 + 600});
    for (name, value) in more.as_object().expect("an object") {
        claims[name] = value.clone();
    }
    claims
}

testkit::both! { with house();
    async fn a_typed_address_of_somebody_else_reveals_nothing(w: World) {
        let shop = Shop::open(w).await;
        shop.be(shop.owner, Standing::Available).await;
        let mail = mail_of_mia(&shop).await;
        let mut visitor = shop.visitor().await;
        let body = json!({"id": base::secrets::new_token(), "text": "It's me", "name": "Mia Sommer", "email": "Mia@Sommer.example"});
        let said = visitor.post("messages", body).await.expect(201);
        let conversation = shop.conversation(chat_of(&said)).await;
        assert_ne!(conversation, mail);

        let session = visitor.post("session", json!({"token": visitor.token})).await.expect(200);
        let seen = format!("{said} {session} {}", visitor.get("messages").await.expect(200));
        for secret in ["4711", "secret order"] {
            assert!(!seen.contains(secret), "{seen}");
        }
        assert_eq!(visitor.get("conversations").await.code(403), "verified_only");
        assert_eq!(visitor.get(&format!("conversations/{mail}")).await.code(403), "verified_only");
        let joined = json!({"id": base::secrets::new_token(), "text": "x", "conversation_id": mail});
        assert_eq!(visitor.post("messages", joined).await.code(403), "verified_only");

        let (one, two) = shop.w.system(move |cx| {
            let of = |cx: &mut journal::Cx, id| Ok::<_, base::Error>(conversations::store::conversation::find_any(cx, id)?.expect("there").requester_id);
            Ok((of(cx, mail)?, of(cx, conversation)?))
        }).await.expect("reads");
        assert_ne!(one, two, "a claim is never merged");
        let panel = shop.desk(shop.owner, &format!("/api/conversations/{conversation}/chat")).await;
        assert_eq!((&panel["visitor"]["email_proof"], &panel["visitor"]["verified"]), (&json!("claimed"), &json!(false)));
    }

    async fn an_offline_message_is_answered_alike_whoever_has_the_address(w: World) {
        let shop = Shop::open(w).await;
        mail_of_mia(&shop).await;
        let mut answers = Vec::new();
        for email in ["mia@sommer.example", "nobody@else.example"] {
            let mut visitor = shop.visitor().await;
            let body = json!({"id": base::secrets::new_token(), "text": "Call me", "email": email, "name": "Mia"});
            answers.push(visitor.post("offline", body.clone()).await.expect(201));
            answers.push(visitor.post("offline", body).await.expect(201));
            let session = visitor.post("session", json!({"token": visitor.token})).await.expect(200);
            assert!(session["messages"].as_array().expect("a list").is_empty());
        }
        assert!(answers.iter().all(|answer| *answer == json!({"sent": true})));
        let kept: Vec<(i64, String)> = shop.w.system(|cx| {
            cx.all("SELECT count(*), channel FROM conversations GROUP BY channel", store::p![])
        }).await.expect("reads");
        assert_eq!(kept, [(3, "email".to_owned())], "each once, by mail");
        let missing = json!({"id": base::secrets::new_token(), "text": "Call me"});
        assert_eq!(shop.visitor().await.post("offline", missing).await.code(400), "email_invalid");
    }

    async fn bad_tokens_are_refused_each_with_its_reason(w: World) {
        let shop = Shop::open(w).await;
        let visitor = shop.visitor().await;
        let prove = |token: String| { let mut v = shop.visitor_of(&visitor.token); async move { v.post("identity", json!({"identity": token})).await } };
        assert_eq!(prove("a.b.c".into()).await.code(409), "identity_off");
        let secret = secret(&shop).await;
        let good = claims(&shop, "42", json!({}));
        assert_eq!(prove(sign(&good, b"another secret")).await.code(401), "identity_forged");
        let expired = claims(&shop, "42", json!({"exp": shop.w.clock.now().0 / 1000 - 1}));
        assert_eq!(prove(sign(&expired, secret.as_bytes())).await.code(401), "identity_expired");
        let foreign = claims(&shop, "42", json!({"aud": "another widget"}));
        assert_eq!(prove(sign(&foreign, secret.as_bytes())).await.code(401), "identity_foreign");
        let long = claims(&shop, "42", json!({"exp": shop.w.clock.now().0 / 1000 + 90_000}));
        assert_eq!(prove(sign(&long, secret.as_bytes())).await.code(401), "identity_too_long");
        prove(sign(&good, secret.as_bytes())).await.expect(200);
        let rows: (i64,) = shop.w.system(|cx| cx.one("SELECT count(*) FROM chat_visitors", store::p![])).await.expect("reads");
        assert_eq!(rows.0, 0, "signing in stores nothing");
    }

    async fn a_proven_customer_sees_the_own_conversations_on_every_device(w: World) {
        let shop = Shop::open(w).await;
        shop.be(shop.owner, Standing::Available).await;
        let mail = mail_of_mia(&shop).await;
        let secret = secret(&shop).await;
        let token = sign(&claims(&shop, "42", json!({"email": "mia@sommer.example", "name": "Mia Sommer"})), secret.as_bytes());
        let mut visitor = shop.visitor().await;
        let said = visitor.say("Before I signed in").await;
        let proven = visitor.post("identity", json!({"identity": token, "token": visitor.token})).await.expect(200);
        assert_eq!(proven["messages"][0]["text"], "Before I signed in");
        assert_eq!(proven["verified"]["name"], "Mia Sommer");
        let old = visitor.post("messages", json!({"id": base::secrets::new_token(), "text": "x"})).await;
        assert_eq!(old.code(401), "visitor_unknown", "the anonymous token opens nothing any more");

        let mut phone = shop.visitor().await;
        let again = phone.post("identity", json!({"identity": token})).await.expect(200);
        assert_eq!(again["messages"][0]["text"], "Before I signed in", "the same thread on another device");
        let mut phone = shop.visitor_of(again["token"].as_str().expect("a token"));
        let own = phone.get("conversations").await.expect(200);
        let mut ids: Vec<i64> = own["items"].as_array().expect("a list").iter().map(|c| c["id"].as_i64().expect("an id")).collect();
        ids.sort_unstable();
        let mut wanted = vec![mail.0, shop.conversation(chat_of(&said)).await.0];
        wanted.sort_unstable();
        assert_eq!(ids, wanted);
        let shown = phone.get(&format!("conversations/{mail}")).await.expect(200);
        assert_eq!(shown["messages"][0]["text"], "Number 4711");
        let on = json!({"id": base::secrets::new_token(), "text": "Once more about 4711", "conversation_id": mail});
        let on = phone.post("messages", on).await.expect(201);
        assert_eq!(shop.conversation(chat_of(&on)).await, mail);

        let people: (i64,) = shop.w.system(|cx| {
            cx.one("SELECT count(*) FROM customers WHERE merged_into IS NULL", store::p![])
        }).await.expect("reads");
        assert_eq!(people.0, 1, "whoever was nobody but this visitor is the customer now");

        let other = sign(&claims(&shop, "43", json!({})), secret.as_bytes());
        let other = shop.visitor().await.post("identity", json!({"identity": other})).await.expect(200);
        let mut other = shop.visitor_of(other["token"].as_str().expect("a token"));
        assert_eq!(other.get(&format!("conversations/{mail}")).await.code(404), "conversation_not_found");
        assert!(other.get("conversations").await.expect(200)["items"].as_array().expect("a list").is_empty());
    }

    async fn a_file_that_was_attached_before_the_proof_goes_with_what_is_written_after(w: World) {
        let shop = Shop::open(w).await;
        shop.be(shop.owner, Standing::Available).await;
        let secret = secret(&shop).await;
        let token = sign(&claims(&shop, "42", json!({"name": "Mia Sommer"})), secret.as_bytes());
        // Of one who has written nothing yet, and of one who has.
        for begun in [false, true] {
            let mut nameless = shop.visitor().await;
            if begun {
                nameless.say("Look at this").await;
            }
            let uploaded = nameless.post("uploads?name=lamp.png", json!({"x": 1})).await.expect(201);
            let proof = json!({"identity": token, "token": nameless.token});
            let proven = nameless.post("identity", proof).await.expect(200);
            let mut visitor = shop.visitor_of(proven["token"].as_str().expect("a token"));
            let said = json!({"id": base::secrets::new_token(), "text": "", "upload_ids": [uploaded["id"]]});
            let said = visitor.post("messages", said).await.expect(201);
            assert_eq!(said["message"]["attachments"][0]["name"], "lamp.png");
        }
        // A file that went with a message stays with it.
        let mut nameless = shop.visitor().await;
        let uploaded = nameless.post("uploads?name=lamp.png", json!({"x": 1})).await.expect(201);
        let said = json!({"id": base::secrets::new_token(), "text": "", "upload_ids": [uploaded["id"]]});
        nameless.post("messages", said).await.expect(201);
        let proven = nameless.post("identity", json!({"identity": token, "token": nameless.token})).await.expect(200);
        let mut visitor = shop.visitor_of(proven["token"].as_str().expect("a token"));
        let again = json!({"id": base::secrets::new_token(), "text": "", "upload_ids": [uploaded["id"]]});
        assert_eq!(visitor.post("messages", again).await.code(400), "upload_unknown");
    }

    async fn a_proof_ends_by_time(w: World) {
        let shop = Shop::open(w).await;
        let secret = secret(&shop).await;
        let token = sign(&claims(&shop, "42", json!({})), secret.as_bytes());
        let proven = shop.visitor().await.post("identity", json!({"identity": token})).await.expect(200);
        let mut visitor = shop.visitor_of(proven["token"].as_str().expect("a token"));
        visitor.get("messages").await.expect(200);
        shop.w.clock.advance(13 * 3_600_000);
        assert_eq!(visitor.get("messages").await.code(401), "visitor_unknown");
    }
}
