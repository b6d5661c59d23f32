//! Files that are too large for a mail: sent as links that nobody can guess, and that end.

use conversations::actions::delete::{self, Delete};
use conversations::actions::reply::{self, Reply};
use conversations::actions::resend::{self, Resend};
use conversations::actions::upload::{self, Upload, store_bytes};
use conversations::model::{AttachmentId, ConversationId, MessageId};
use serde_json::json;

use super::desk::client;
use super::house::{House, agent, capabilities};
use super::server::{Does, Script, Step};

const MB: usize = 1_000_000;

async fn file(house: &House, name: &str, bytes: usize) -> AttachmentId {
    let stored = store_bytes(&house.world.house, name, "video/mp4", vec![b'x'; bytes]).await.expect("stored");
    let input = upload::Input { stored };
    house.world.house.act::<Upload>(agent(house.owner), None, input).await.expect("taken in").output.id
}

/// Answers with files; a refusal is a code.
async fn answer(
    house: &House,
    upload_ids: Vec<AttachmentId>,
) -> Result<(ConversationId, MessageId), &'static str> {
    let raw = "From: bo@b.example\r\nTo: support@shop.example\r\nSubject: Lamp\r\n\r\nHi\r\n";
    house.mail("bo@b.example", &["support@shop.example"], raw).await;
    house.rest().await;
    let id = house.thread(1).await.expect("one").0.id;
    let input = reply::Input {
        conversation_id: Some(id),
        html: "<p>Here it is.</p>".into(),
        channel: None,
        to: None,
        cc: None,
        audience: None,
        then: None,
        upload_ids,
        version: None,
        clean: None,
    };
    let held = house.world.house.act::<Reply>(agent(house.owner), None, input).await.map_err(|e| e.code)?;
    Ok((id, held.output.id))
}

/// Answers with a small file and a large one.
async fn answered(house: &House) -> (ConversationId, MessageId) {
    let upload_ids =
        vec![file(house, "manual.pdf", MB / 4).await, file(house, "Film <1>.mp4", MB * 5 / 4).await];
    let held = answer(house, upload_ids).await.expect("held");
    house.world.clock.advance(60_000);
    house.rest().await;
    held
}

async fn again(house: &House, message: MessageId) {
    let input = resend::Input { message_id: message };
    house.world.house.act::<Resend>(agent(house.owner), None, input).await.expect("again");
    house.rest().await;
}

fn last(script: &Script) -> mime::Mail {
    let raw = script.mails.lock().expect("whole").last().cloned().expect("a mail");
    mime::read(&raw, &mime::Limits::default())
}

/// The link in a mail, without the host.
fn path(mail: &mime::Mail) -> String {
    let text = mail.text.clone().expect("plain");
    let url = text.split_whitespace().find(|word| word.starts_with("http://desk.example/")).expect("a link");
    assert!(
        mail.html.as_deref().is_some_and(|html| html.contains(&format!("href=\"{url}\""))),
        "the same in both"
    );
    assert!(!url.contains("Film"), "a name stands in no log");
    url.trim_start_matches("http://desk.example").to_owned()
}

testkit::both! { with capabilities();
    async fn a_large_file_goes_as_a_link_that_ends(w: World) {
        let mut house = House::open(w).await;
        let script = house.outgoing(Step::Never, Does::Closes).await;
        let mut admin = client(&mut house, "all");
        let set = admin.put("/api/file-links", json!({"on": true, "over_mb": 1, "days": 7})).await.json();
        assert_eq!((set["over_mb"].as_i64(), set["reaches_others"].as_bool()), (Some(1), Some(true)), "{set}");
        let ask = json!({"html": "<p>Hi</p>", "files": [MB / 4, MB * 5 / 4]});
        let told = admin.post("/api/letters/preview", ask).await.json();
        assert_eq!(told["linked"], json!([1]), "{told}");
        let (_, message) = answered(&house).await;
        let mail = last(&script);
        let names: Vec<_> = mail.parts.iter().map(|part| part.name.clone()).collect();
        assert_eq!(names, ["manual.pdf"]);
        let text = mail.text.clone().expect("plain");
        assert!(text.contains("Film <1>.mp4 (1.2 MB, until "), "{text}");
        assert!(mail.html.clone().expect("a page").contains("Film &lt;1&gt;.mp4</a>"));
        let path = path(&mail);
        let mut stranger = admin.with("authorization", "");
        let got = stranger.get(&path).await;
        assert_eq!((got.status.as_u16(), got.bytes.len()), (200, MB * 5 / 4));
        let header = |name: &str| got.headers[name].to_str().expect("plain").to_owned();
        assert!(header("content-disposition").starts_with("attachment;"));
        assert!(header("content-security-policy").starts_with("sandbox; default-src 'none'"));
        assert_eq!((header("cache-control").as_str(), header("x-robots-tag").as_str()), ("no-store", "noindex"));
        assert_eq!(header("content-type"), "application/octet-stream");
        house.world.clock.advance(7 * testkit::DAY - 60_001);
        assert_eq!(stranger.get(&path).await.status, 200);
        house.world.clock.advance(60_001);
        let mut reader = stranger.with("accept-language", "de");
        let gone = reader.get(&path).await;
        let page = String::from_utf8_lossy(&gone.bytes).into_owned();
        assert_eq!(gone.status, 410);
        assert!(page.contains("<html lang=\"de\"") && !page.contains("Film"), "{page}");
        let marks = house.thread(1).await.expect("one").1[1].marks.clone();
        assert!(marks.to_string().contains("linked_files"), "{marks}");
        assert_eq!(message, house.thread(1).await.expect("one").1[1].id);
    }

    async fn nobody_guesses_a_link_and_whoever_sent_it_can_end_it(w: World) {
        let mut house = House::open(w).await;
        let script = house.outgoing(Step::Never, Does::Closes).await;
        let mut admin = client(&mut house, "all");
        admin.put("/api/file-links", json!({"on": true, "over_mb": 1, "days": 7})).await;
        let (id, message) = answered(&house).await;
        let path = path(&last(&script));
        for at in ["/api/shared/".len(), path.len() - 9, path.len() - 2] {
            let other = if path.as_bytes()[at] == b'A' { "B" } else { "A" };
            let wrong = format!("{}{other}{}", &path[..at], &path[at + 1..]);
            assert_eq!(admin.get(&wrong).await.status, 404, "{wrong}");
        }
        for wrong in ["/api/shared/x", "/api/shared/AAAAAAAAAAA", &format!("{path}AAAA")] {
            assert_eq!(admin.get(wrong).await.status, 404, "{wrong}");
        }
        let links = format!("/api/messages/{message}/links");
        let shown = admin.get(&links).await.json();
        assert_eq!((shown.as_array().map(Vec::len), shown[0]["ended"].as_bool()), (Some(1), Some(false)), "{shown}");
        let ended = admin.delete(&links).await;
        assert_eq!((ended.status.as_u16(), admin.get(&path).await.status.as_u16()), (204, 410));
        assert_eq!(admin.delete(&links).await.status, 409);
        let undo = ended.headers["rapport-undo"].to_str().expect("plain").to_owned();
        assert_eq!(admin.post(&format!("/api/undos/{undo}"), json!(null)).await.status, 204);
        assert_eq!(admin.get(&path).await.status, 200);
        let input = delete::Input { conversation_id: id, version: None };
        house.world.house.act::<Delete>(agent(house.owner), None, input).await.expect("deleted");
        assert_eq!(admin.get(&path).await.status, 410, "what lies in the bin is not handed out");
        let mut stranger = admin.with("authorization", "Bearer stranger");
        assert_eq!(stranger.get(&links).await.status, 404);
        assert_eq!(stranger.delete(&links).await.status, 404);
    }

    async fn what_is_sent_again_has_the_same_link(w: World) {
        let mut house = House::open(w).await;
        let mut admin = client(&mut house, "all");
        admin.put("/api/file-links", json!({"on": true, "over_mb": 1, "days": 7})).await;
        let first = house.outgoing(Step::Dot, Does::Says("550 no")).await;
        let (_, message) = answered(&house).await;
        assert_eq!(admin.put("/api/file-links", json!({"on": false, "over_mb": 1, "days": 7})).await.status, 200);
        let second = house.outgoing(Step::Never, Does::Closes).await;
        again(&house, message).await;
        let raw = |script: &Script| script.mails.lock().expect("whole").last().cloned().expect("a mail");
        assert_eq!(raw(&first), raw(&second), "byte for byte");
        let (_, other) = answered(&house).await;
        assert_ne!(other, message);
        assert_eq!(last(&second).parts.len(), 2, "switched off, all go as parts");
    }

    async fn a_mail_that_was_long_on_its_way_arrives_with_links_that_lead_somewhere(w: World) {
        let mut house = House::open(w).await;
        let mut admin = client(&mut house, "all");
        admin.put("/api/file-links", json!({"on": true, "over_mb": 1, "days": 1})).await;
        house.outgoing(Step::Dot, Does::Says("451 later")).await;
        answered(&house).await;
        // The other server puts it off for two days.
        let script = house.outgoing(Step::Never, Does::Closes).await;
        house.world.clock.advance(2 * testkit::DAY);
        house.rest().await;
        let late = path(&last(&script));
        assert_eq!(admin.get(&late).await.status, 200);

        house.outgoing(Step::Dot, Does::Says("550 no")).await;
        let (_, message) = answered(&house).await;
        house.world.clock.advance(35 * testkit::DAY);
        let script = house.outgoing(Step::Never, Does::Closes).await;
        again(&house, message).await;
        let mail = last(&script);
        let again_path = path(&mail);
        assert_eq!(admin.get(&again_path).await.status, 200);
        house.world.clock.advance(testkit::DAY + 1);
        assert_eq!(admin.get(&again_path).await.status, 410, "for as long as any other");
    }

    async fn links_that_were_withdrawn_stay_so_however_often_the_mail_is_sent(w: World) {
        let mut house = House::open(w).await;
        let mut admin = client(&mut house, "all");
        admin.put("/api/file-links", json!({"on": true, "over_mb": 1, "days": 1})).await;
        house.outgoing(Step::Dot, Does::Says("550 no")).await;
        let (_, message) = answered(&house).await;
        assert_eq!(admin.delete(&format!("/api/messages/{message}/links")).await.status, 204);
        house.world.clock.advance(2 * testkit::DAY);
        let script = house.outgoing(Step::Never, Does::Closes).await;
        again(&house, message).await;
        assert_eq!(admin.get(&path(&last(&script))).await.status, 410);
    }

    async fn what_fits_into_no_mail_is_refused_before_it_is_read(w: World) {
        let mut house = House::open(w).await;
        let script = house.outgoing(Step::Never, Does::Closes).await;
        let mut admin = client(&mut house, "all");
        let two = async |house: &House| vec![file(house, "a.mp4", 14 * MB).await, file(house, "b.mp4", 14 * MB).await];
        admin.put("/api/file-links", json!({"on": false, "over_mb": 1, "days": 7})).await;
        assert_eq!(answer(&house, two(&house).await).await, Err("attachments_too_large"));
        admin.put("/api/file-links", json!({"on": true, "over_mb": 1, "days": 7})).await;
        let (_, message) = answer(&house, two(&house).await).await.expect("links take it");
        // Nobody knows at writing what holds when it goes.
        admin.put("/api/file-links", json!({"on": false, "over_mb": 1, "days": 7})).await;
        house.world.clock.advance(60_000);
        house.rest().await;
        assert!(script.mails.lock().expect("whole").is_empty());
        let (_, thread) = house.thread(1).await.expect("one");
        let failed = thread.iter().find(|one| one.id == message).expect("there");
        assert_eq!(failed.delivery, Some(conversations::model::Delivery::Failed));
        assert!(failed.delivery_error.as_deref().is_some_and(|why| why.contains("too much for one mail")), "{failed:?}");
    }
}
