//! Files: taken in and given out in pieces, bounded, and swept away when nobody uses them.

use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use people::actions::{CreateToken, input};
use serde_json::{Value, json};
use testkit::{Client, DAY, Reply, World};
use web::{Capability, NoViewers, Parts};

use super::{found, house, mail, receive};
use crate::actions::upload::LARGEST_FILE;

fn swept() -> Vec<Capability> {
    let ground = journal::sweeps().into_iter().fold(Capability::new("journal"), Capability::sweep);
    house().into_iter().chain([ground]).collect()
}

/// A script that acts for the owner.
async fn script(w: &World) -> Client {
    let owner = found(w).await.agent_id().map(people::AgentId);
    let input = input::CreateToken::new("script", owner);
    let made = w.house.act::<CreateToken>(journal::Caller::system(), None, input).await.expect("made").output;
    let client = w.client(Parts::new(Arc::new(people::Doorkeeper), Arc::new(NoViewers)));
    client.with("authorization", &format!("Bearer {}", made.token))
}

async fn upload(client: &mut Client, body: Body) -> Reply {
    let request =
        Request::builder().method("POST").uri("/api/uploads?name=report.bin").header("host", "desk.example");
    let mut request = request.body(body).expect("a request");
    request.headers_mut().extend(client.headers.clone());
    client.pass(request).await
}

/// A body whose length nobody announces.
fn in_pieces(bytes: usize) -> Body {
    let piece = vec![7u8; 64 * 1024];
    let pieces = (0..bytes.div_ceil(piece.len())).map(move |_| Ok::<_, std::io::Error>(piece.clone()));
    Body::from_stream(futures_util::stream::iter(pieces))
}

async fn noted(client: &mut Client, conversation: i64, upload: &Value) -> Value {
    let body = json!({"html": "<p>here</p>", "mentions": [], "upload_ids": [upload["id"]]});
    client.post(&format!("/api/conversations/{conversation}/notes"), body).await.expect(201)
}

testkit::both! { with swept();

async fn a_file_comes_in_and_goes_out_in_pieces(w: World) {
    let mut client = script(&w).await;
    let got = receive(&w, mail("mia@example.org", "Kettle", "One.")).await;
    let bytes: Vec<u8> = (0..3_000_000u32).map(|n| (n % 253) as u8).collect();
    let uploaded = upload(&mut client, Body::from(bytes.clone())).await.expect(201);
    assert_eq!(uploaded["size"], 3_000_000);
    let note = noted(&mut client, got.conversation_id.0, &uploaded).await;
    let reply = client.get(note["attachments"][0]["url"].as_str().expect("an address")).await;
    assert_eq!((reply.status.as_u16(), reply.headers["content-length"].to_str().ok()), (200, Some("3000000")));
    assert!(reply.bytes == bytes, "the same bytes");
    assert_eq!(reply.headers["content-type"], "application/octet-stream");
}

async fn a_file_that_is_too_large_is_refused_however_it_comes(w: World) {
    let mut client = script(&w).await;
    let announced = client.clone().with("content-length", &(LARGEST_FILE + 1).to_string());
    assert_eq!(upload(&mut announced.clone(), Body::empty()).await.code(400), "file_too_large");
    assert_eq!(upload(&mut client, in_pieces(LARGEST_FILE + 1)).await.code(400), "file_too_large");
    upload(&mut client, in_pieces(LARGEST_FILE)).await.expect(201);
    let broken = futures_util::stream::iter([Ok(vec![1u8]), Err(std::io::Error::other("gone"))]);
    assert_eq!(upload(&mut client, Body::from_stream(broken)).await.code(400), "upload_cut_off");
    assert_eq!(w.house.blobs.keys_after("", 10).await.expect("lists").len(), 1, "nothing half is kept");
}

async fn files_that_wait_are_bounded_and_can_be_taken_back(w: World) {
    let mut client = script(&w).await;
    let mut ids = Vec::new();
    for n in 0..200 {
        let made = upload(&mut client, Body::from(format!("file {n}"))).await.expect(201);
        ids.push(made["id"].clone());
    }
    assert_eq!(upload(&mut client, Body::from("one more")).await.code(429), "uploads_full");
    let first = format!("/api/uploads/{}", ids[0]);
    client.delete(&first).await.expect(204);
    assert_eq!(client.delete(&first).await.code(404), "upload_not_found");
    upload(&mut client, Body::from("one more")).await.expect(201);
    assert_eq!(upload(&mut client, Body::from("too many")).await.code(429), "uploads_full");
    let got = receive(&w, mail("mia@example.org", "Kettle", "One.")).await;
    noted(&mut client, got.conversation_id.0, &json!({"id": ids[1]})).await;
    upload(&mut client, Body::from("room again")).await.expect(201);
    let sent = format!("/api/uploads/{}", ids[1]);
    assert_eq!(client.delete(&sent).await.code(404), "upload_not_found", "what was sent stays");
}

async fn what_was_never_sent_is_gone_in_the_end_and_what_was_sent_stays(w: World) {
    let mut client = script(&w).await;
    let got = receive(&w, mail("mia@example.org", "Kettle", "One.")).await;
    upload(&mut client, Body::from("nobody sends this")).await.expect(201);
    let used = upload(&mut client, Body::from("this is sent")).await.expect(201);
    let note = noted(&mut client, got.conversation_id.0, &used).await;
    for _ in 0..4 {
        w.clock.advance(DAY + 1);
        w.settle().await;
    }
    assert_eq!(w.house.blobs.keys_after("", 10).await.expect("lists").len(), 1);
    let reply = client.get(note["attachments"][0]["url"].as_str().expect("an address")).await;
    reply.expect_text("this is sent");
}

}
