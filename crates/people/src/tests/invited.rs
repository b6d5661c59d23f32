//! Ways in that lead through a mailbox.

use serde_json::json;
use testkit::{DAY, both};

use super::{PASSWORD, founded, letters, link_token, parts, sign_in, with_agent};
use crate::sockets::LetterKind;

both! { with parts();

async fn an_invited_agent_comes_in_once(w: World) {
    let mut ann = founded(&w).await;
    let boot = sign_in(&mut ann, "ann@lantern.example").await;
    let team = &boot["teams"][0]["id"];
    let body = json!({"email": "bo@lantern.example", "name": "Bo", "role": "agent", "team_ids": [team]});
    let made = ann.post("/api/invitations", body).await.expect(201);
    assert!(made.get("token").is_none(), "the link is in the letter alone");
    w.settle().await;
    let sent = letters(&w);
    assert_eq!((sent.len(), sent[0].kind, sent[0].to.as_str()), (1, LetterKind::Invitation, "bo@lantern.example"));
    assert!(sent[0].link.starts_with("http://desk.example/desk/invitation/"));
    let path = format!("/api/invitations/{}", link_token(&sent[0]));
    let mut bo = ann.stranger();
    assert_eq!(bo.get(&path).await.expect(200)["workspace"], "Lantern & Loom");
    let short = json!({"name": "Bo", "password": "short"});
    assert_eq!(bo.post(&path, short).await.code(400), "password_short");
    let fine = json!({"name": "Bo Kern", "password": PASSWORD});
    let boot = bo.post(&path, fine.clone()).await.expect(200);
    assert_eq!(boot["agent"]["name"], "Bo Kern");
    bo.get("/api/session").await.expect(200);
    assert_eq!(bo.stranger().post(&path, fine).await.code(404), "invitation_not_found");
    let members = ann.get(&format!("/api/teams/{team}/members")).await.expect(200);
    assert!(members["agent_ids"].as_array().is_some_and(|ids| ids.contains(&boot["agent"]["id"])));
}

async fn an_invitation_is_listed_until_it_is_taken_back(w: World) {
    let mut ann = founded(&w).await;
    sign_in(&mut ann, "ann@lantern.example").await;
    ann.post("/api/invitations", json!({"email": "bo@lantern.example", "name": "Bo"})).await.expect(201);
    w.settle().await;
    let listed = ann.get("/api/pending-invitations").await.expect(200);
    assert_eq!((&listed["items"][0]["email"], &listed["items"][0]["role"]), (&json!("bo@lantern.example"), &json!("agent")));
    let mut cy = with_agent(&mut ann, "cy@lantern.example", "agent").await;
    assert_eq!(cy.get("/api/pending-invitations").await.code(403), "not_permitted");
    let path = format!("/api/pending-invitations/{}", listed["items"][0]["id"]);
    assert_eq!(cy.delete(&path).await.code(403), "not_permitted");
    ann.delete(&path).await.expect(204);
    assert_eq!(ann.delete(&path).await.code(404), "invitation_not_found");
    let link = format!("/api/invitations/{}", link_token(&letters(&w)[0]));
    assert_eq!(ann.stranger().get(&link).await.code(404), "invitation_not_found");
    assert_eq!(ann.get("/api/pending-invitations").await.expect(200)["items"], json!([]));
}

async fn an_invitation_ends_after_a_week(w: World) {
    let mut ann = founded(&w).await;
    sign_in(&mut ann, "ann@lantern.example").await;
    ann.post("/api/invitations", json!({"email": "bo@lantern.example", "name": "Bo"})).await.expect(201);
    w.settle().await;
    let path = format!("/api/invitations/{}", link_token(&letters(&w)[0]));
    w.clock.advance(7 * DAY + 1);
    assert_eq!(ann.stranger().get(&path).await.code(404), "invitation_not_found");
}

async fn a_reset_ends_all_sessions_and_tells_nothing_of_unknown_accounts(w: World) {
    let mut ann = founded(&w).await;
    sign_in(&mut ann, "ann@lantern.example").await;
    let mut lost = ann.stranger();
    lost.post("/api/password-resets", json!({"email": "nobody@lantern.example"})).await.expect(204);
    w.settle().await;
    assert!(letters(&w).is_empty());
    lost.post("/api/password-resets", json!({"email": "ann@lantern.example"})).await.expect(204);
    w.settle().await;
    let sent = letters(&w);
    assert_eq!((sent.len(), sent[0].kind), (1, LetterKind::PasswordReset));
    let path = format!("/api/password-resets/{}", link_token(&sent[0]));
    lost.post(&path, json!({"password": "another good one"})).await.expect(204);
    assert_eq!(ann.get("/api/session").await.code(401), "session_ended");
    let old = json!({"email": "ann@lantern.example", "password": PASSWORD});
    assert_eq!(lost.post("/api/session", old).await.code(401), "wrong_credentials");
    let new = json!({"email": "ann@lantern.example", "password": "another good one"});
    lost.post("/api/session", new).await.expect(200);
    let again = lost.post(&path, json!({"password": "a third good one"})).await;
    assert_eq!(again.code(404), "reset_not_found");
}

async fn a_link_stands_in_no_table_as_plain_text(w: World) {
    let mut ann = founded(&w).await;
    sign_in(&mut ann, "ann@lantern.example").await;
    ann.post("/api/invitations", json!({"email": "bo@lantern.example", "name": "Bo"})).await.expect(201);
    let args: Vec<(serde_json::Value,)> =
        w.system(|cx| cx.all("SELECT args FROM jobs WHERE name = 'people.mail'", &[])).await.expect("reads");
    assert_eq!(args.len(), 1);
    assert!(!args[0].0.to_string().contains("bo@lantern"), "{}", args[0].0);
}

}
