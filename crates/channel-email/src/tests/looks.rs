//! Looks and signatures through the doors: who may change them, what a customer gets, and that it stays.

use serde_json::{Value, json};

use super::desk::client;
use super::house::{House, agent, capabilities};
use super::server::{Does, Script, Step};
use conversations::actions::resend::{self, Resend};
use conversations::actions::upload::{self, Upload, store_bytes};

fn look() -> Value {
    json!({"header": "<p><img src=\"data:image/png;base64,iVBORw0KGgo=\" alt=\"{{brand.name}}\"></p>",
        "footer": "<p>{{brand.name}}, {{mailbox.address}}</p>", "css": "p { color: #222222 }", "accent": "#aa3300",
        "signature": "<p>The {{brand.name}} team, number {{conversation.number}}</p>", "whose": "both", "language": "de"})
}

async fn begun(house: &House) -> conversations::model::ConversationId {
    let raw = "From: bo@b.example\r\nTo: support@shop.example\r\nSubject: Lamp\r\n\r\nHi\r\n";
    house.mail("bo@b.example", &["support@shop.example"], raw).await;
    house.rest().await;
    house.thread(1).await.expect("one").0.id
}

fn last(script: &Script) -> mime::Mail {
    let raw = script.mails.lock().expect("whole").last().cloned().expect("a mail");
    mime::read(&raw, &mime::Limits::default())
}

async fn brand(house: &House) -> i64 {
    house.world.system(people::brand_default).await.expect("founded").0
}

testkit::both! { with capabilities();
    async fn a_customer_gets_the_look_of_the_brand_and_the_signatures(w: World) {
        let mut house = House::open(w).await;
        let script = house.outgoing(Step::Never, Does::Closes).await;
        let id = begun(&house).await;
        let path = format!("/api/brands/{}/mail-look", brand(&house).await);
        let mut admin = client(&mut house, "all");
        assert_eq!(admin.get(&path).await.json()["version"], 0);
        let set = admin.put(&path, look()).await;
        assert_eq!((set.status.as_u16(), set.json()["version"].as_i64()), (200, Some(1)), "{set:?}");
        let own = admin.put("/api/profile/signature", json!({"html": "<p>{{agent.first_name}} <b>Becker</b></p>"})).await;
        assert_eq!(own.status, 200, "{own:?}");
        let shown = admin.post("/api/letters/preview", json!({"conversation_id": id, "html": "<p>Hello</p>"})).await.json();
        assert_eq!(shown["signed"], "both");
        house.answer(id, "<p>Hello</p>").await;
        let mail = last(&script);
        let text = mail.text.clone().expect("plain");
        let expect = "Hello\n\n-- \nAnn Becker\n\nThe Lumen Lamps team, number 1\n\nLumen Lamps, support@shop.example";
        assert_eq!(text.replace("\r\n", "\n").trim(), expect);
        assert_eq!(shown["text"], expect, "the preview told the truth");
        let html = mail.html.clone().expect("a page");
        assert!(html.contains("color:#222222") && html.contains("#aa3300") && !html.contains("data:image"), "{html}");
        let picture = mail.parts.iter().find(|part| part.content_type == "image/png").expect("the logo is a part");
        let cid = picture.content_id.clone().expect("named");
        assert!(html.contains(&format!("src=\"cid:{cid}\"")), "{html}");
    }

    async fn words_about_a_picture_reach_the_customer(w: World) {
        let house = House::open(w).await;
        let script = house.outgoing(Step::Never, Does::Closes).await;
        let id = begun(&house).await;
        for words in ["<img src=\"data:image/png;base64,iVBORw0KGgo=\">", "src=\"data:image/png;base64, it says."] {
            let escaped = words.replace('<', "&lt;").replace('>', "&gt;");
            house.answer(id, &format!("<p>Write {escaped} there.</p><p>Or call.</p>")).await;
            let mail = last(&script);
            let html = mail.html.clone().expect("a page");
            let seen = markup::html_to_text(&html);
            assert_eq!(seen.trim(), format!("Write {words} there.\n\nOr call."), "{html}");
            assert!(mail.parts.is_empty(), "{:?}", mail.parts);
        }
    }

    async fn what_the_house_says_by_itself_is_signed_by_the_brand_alone(w: World) {
        let mut house = House::open(w).await;
        let script = house.outgoing(Step::Never, Does::Closes).await;
        let path = format!("/api/brands/{}/mail-look", brand(&house).await);
        let acknowledgement = format!("/api/mailboxes/{}/acknowledgement", house.mailbox.id);
        let mut admin = client(&mut house, "all");
        admin.put(&path, look()).await;
        admin.put("/api/profile/signature", json!({"html": "<p>Ann</p>"})).await;
        let set = admin.put(&acknowledgement, json!({"on": true, "text": "It is here: {number}", "language": "en"})).await;
        assert_eq!(set.status, 200, "{set:?}");
        begun(&house).await;
        let text = last(&script).text.expect("plain").replace("\r\n", "\n");
        let expect = "It is here: 1\n\n-- \nThe Lumen Lamps team, number 1\n\nLumen Lamps, support@shop.example";
        assert_eq!(text.trim(), expect);
    }

    async fn what_is_sent_again_is_what_was_tried_first(w: World) {
        let mut house = House::open(w).await;
        let script = house.outgoing(Step::FirstRcpt, Does::Says("550 no")).await;
        let id = begun(&house).await;
        let path = format!("/api/brands/{}/mail-look", brand(&house).await);
        let mut admin = client(&mut house, "all");
        admin.put(&path, look()).await;
        admin.put("/api/profile/signature", json!({"html": "<p>Ann, then</p>"})).await;
        house.answer(id, "<p>Hello</p>").await;
        assert!(script.mails.lock().expect("whole").is_empty());
        let mut other = look();
        other["footer"] = json!("<p>Elsewhere</p>");
        assert_eq!(admin.put(&path, other).await.status, 200);
        admin.put("/api/profile/signature", json!({"html": "<p>Ann, now</p>"})).await;
        let script = house.outgoing(Step::Never, Does::Closes).await;
        let message = house.thread(1).await.expect("one").1[1].id;
        house.world.house.act::<Resend>(agent(house.owner), None, resend::Input { message_id: message }).await.expect("again");
        house.rest().await;
        let text = last(&script).text.expect("plain");
        assert!(text.contains("Ann, then") && text.contains("Lumen Lamps, support@"), "{text}");
        let shown = admin.get(&format!("/api/messages/{message}/letter")).await.json();
        assert_eq!(shown["text"].as_str().map(str::trim), Some(text.replace("\r\n", "\n").trim()), "as it went out");
        let inbound = house.thread(1).await.expect("one").1[0].id;
        assert_eq!(admin.get(&format!("/api/messages/{inbound}/letter")).await.status, 404);
        let mut stranger = admin.with("authorization", "Bearer stranger");
        assert_eq!(stranger.get(&format!("/api/messages/{message}/letter")).await.status, 404);
        house.answer(id, "<p>More</p>").await;
        let text = last(&script).text.expect("plain");
        assert!(text.contains("Ann, now") && text.contains("Elsewhere"), "{text}");
    }

    async fn what_went_out_before_looks_were_kept_is_shown_as_it_was(w: World) {
        let mut house = House::open(w).await;
        house.outgoing(Step::Never, Does::Closes).await;
        let id = begun(&house).await;
        let brand = format!("/api/brands/{}/mail-look", brand(&house).await);
        let mut admin = client(&mut house, "all");
        house.answer(id, "<p>Hello</p>").await;
        admin.put(&brand, look()).await;
        let message = house.thread(1).await.expect("one").1[1].id;
        house.world.system(|cx| cx.exec("DELETE FROM email_dresses", store::p![])).await.expect("as of old");
        let shown = admin.get(&format!("/api/messages/{message}/letter")).await.json();
        assert_eq!((shown["html"].as_str(), shown["signed"].is_null()), (Some("<p>Hello</p>"), true), "{shown}");
        let held = admin.post(&format!("/api/conversations/{id}/messages"), json!({"html": "<p>Wait</p>"})).await.json();
        let held = admin.get(&format!("/api/messages/{}/letter", held["id"])).await;
        assert_eq!(held.status, 404, "it may still be taken back");
    }

    async fn the_preview_shows_the_pictures_that_the_mail_will_carry(w: World) {
        let mut house = House::open(w).await;
        let script = house.outgoing(Step::Never, Does::Closes).await;
        let id = begun(&house).await;
        let brand = format!("/api/brands/{}/mail-look", brand(&house).await);
        let mut admin = client(&mut house, "all");
        admin.put(&brand, look()).await;
        let stored = store_bytes(&house.world.house, "ring.png", "image/png", b"a picture".to_vec()).await.expect("stored");
        let upload = house.world.house.act::<Upload>(agent(house.owner), None, upload::Input { stored }).await.expect("taken in");
        let html = format!("<p>This ring: <img src=\"{}\"></p>", upload.output.url);
        let shown = admin.post("/api/letters/preview", json!({"conversation_id": id, "html": html})).await.json();
        let page = shown["html"].as_str().expect("a page");
        assert!(page.contains(&format!("src=\"{}\"", upload.output.url)), "{page}");
        house.answer(id, &html).await;
        let mail = last(&script);
        assert!(mail.parts.iter().any(|part| part.name == "ring.png" && part.content_id.is_some()), "{:?}", mail.parts);
    }

    async fn a_look_can_be_tried_before_it_is_kept_and_taken_back(w: World) {
        let mut house = House::open(w).await;
        let script = house.outgoing(Step::Never, Does::Closes).await;
        let path = format!("/api/brands/{}/mail-look", brand(&house).await);
        let mut admin = client(&mut house, "all");
        let tried = admin.post(&format!("{path}/test"), json!({"to": "cy@c.example", "look": look()})).await;
        assert_eq!(tried.json()["fate"], "taken", "{tried:?}");
        let mail = last(&script);
        assert_eq!(mail.subject, "So sehen unsere E-Mails aus");
        assert!(mail.text.expect("plain").contains("The Lumen Lamps team, number 4711"));
        assert_eq!(admin.get(&path).await.json()["version"], 0, "nothing is kept");
        let shown = admin.post(&format!("{path}/preview"), look()).await.json();
        assert!(shown["html"].as_str().expect("a page").contains("data:image/png"), "{shown}");
        let set = admin.put(&path, look()).await;
        let undo = set.headers["rapport-undo"].to_str().expect("plain").to_owned();
        assert_eq!(admin.post(&format!("/api/undos/{undo}"), json!(null)).await.status, 204);
        assert_eq!(admin.get(&path).await.json()["look"]["header"], "");
        let stale = admin.with("if-match", "\"1\"").put(&path, look()).await;
        assert_eq!(stale.status, 409);
    }

    async fn what_can_not_be_used_is_refused_with_its_field(w: World) {
        let mut house = House::open(w).await;
        let path = format!("/api/brands/{}/mail-look", brand(&house).await);
        let mut admin = client(&mut house, "all");
        let table = [
            ("header", json!("{{agent.nme}}"), "variable_unknown"),
            ("accent", json!("red"), "color_invalid"),
            ("language", json!("xx"), "language_unknown"),
            ("footer", json!("x".repeat(300_000)), "too_long"),
            ("css", json!("x".repeat(40_000)), "too_long"),
        ];
        for (field, value, code) in table {
            let mut wrong = look();
            wrong[field] = value;
            let refused = admin.put(&path, wrong).await;
            let said = refused.json();
            assert_eq!((refused.status.as_u16(), said["error"]["code"].as_str()), (400, Some(code)), "{field}");
            assert!(said["error"]["fields"][field].is_string(), "{said}");
        }
        for wrong in ["<p><img src=\"cid:x\"></p>", "{{agent.nme}}"] {
            assert_eq!(admin.put("/api/profile/signature", json!({"html": wrong})).await.status, 400, "{wrong}");
        }
        assert_eq!(admin.get("/api/brands/1/mail-look").await.status, 404);
        let unknown = admin.post("/api/letters/preview", json!({"conversation_id": 1, "html": "x"})).await;
        assert_eq!(unknown.status, 404);
        let mut ordinary = admin.with("authorization", "Bearer conversation.reply");
        assert_eq!(ordinary.put(&path, look()).await.status, 403);
        assert_eq!(ordinary.get(&path).await.status, 403);
        assert_eq!(ordinary.post(&format!("{path}/test"), json!({"to": "a@b.example", "look": look()})).await.status, 403);
        assert_eq!(ordinary.put("/api/profile/signature", json!({"html": "<p>Ann</p>"})).await.status, 200);
    }
}
