//! Answers: held, taken back, released; who gets them and what they change.

use super::*;
use crate::actions::note::{self, Note};
use crate::actions::reply::{self, Reply};
use crate::actions::withdraw::{self, Withdraw};
use crate::model::{Delivery, Status};
use base::Kind;

fn answer(id: ConversationId, text: &str) -> reply::Input {
    reply::Input {
        conversation_id: Some(id),
        html: format!("<p>{text}</p>"),
        channel: None,
        to: None,
        cc: None,
        audience: None,
        then: None,
        upload_ids: Vec::new(),
        version: None,
        clean: None,
    }
}

testkit::both! { with house();

async fn an_answer_is_held_then_goes_out_once(w: World) {
    let ann = found(&w).await;
    let got = receive(&w, mail("mia@example.org", "Kettle", "One.")).await;
    let sent = w.house.act::<Reply>(ann.clone(), None, answer(got.conversation_id, "Hello")).await.expect("held");
    assert_eq!(sent.output.delivery.expect("outgoing").state, Delivery::Held);
    let c = conversation(&w, got.conversation_id).await;
    assert_eq!((c.status, c.assignee_id), (Status::Open, Some(agent_of(&ann))));
    w.settle().await;
    let state = |messages: &[Shown]| messages[1].delivery.as_ref().expect("outgoing").state;
    assert_eq!(state(&thread(&w, got.conversation_id).await), Delivery::Held, "its time has not come");
    w.clock.advance(11_000);
    w.settle().await;
    let messages = thread(&w, got.conversation_id).await;
    assert_eq!(state(&messages), Delivery::Delivered);
    assert_eq!(messages[1].recipients.as_ref().expect("set").to[0].address, "mia@example.org");
}

async fn taking_it_back_makes_a_draft_and_reverts_the_status(w: World) {
    let ann = found(&w).await;
    let got = receive(&w, mail("mia@example.org", "Kettle", "One.")).await;
    let mut input = answer(got.conversation_id, "Too early");
    input.then = Some(Status::Solved);
    let sent = w.house.act::<Reply>(ann.clone(), None, input).await.expect("held").output;
    assert_eq!(conversation(&w, got.conversation_id).await.status, Status::Solved);
    let back = withdraw::Input { message_id: sent.id };
    let draft = w.house.act::<Withdraw>(ann.clone(), None, back.clone()).await.expect("taken back").output;
    assert_eq!(draft.html, "<p>Too early</p>");
    let c = conversation(&w, got.conversation_id).await;
    assert_eq!((c.status, c.assignee_id, c.preview.as_str()), (Status::New, None, "One."));
    w.clock.advance(60_000);
    w.settle().await;
    assert_eq!(thread(&w, got.conversation_id).await.len(), 1, "it never went out");
    let refused = w.house.act::<Withdraw>(ann, None, back).await.expect_err("only once");
    assert_eq!(refused.code, "already_sent");
}

async fn the_same_key_answers_once_and_another_body_is_refused(w: World) {
    let ann = found(&w).await;
    let got = receive(&w, mail("mia@example.org", "Kettle", "One.")).await;
    let key = |body: &[u8]| Some(journal::Key::new("outbox-1", body));
    let first = w.house.act::<Reply>(ann.clone(), key(b"a"), answer(got.conversation_id, "A")).await.expect("held");
    let again = w.house.act::<Reply>(ann.clone(), key(b"a"), answer(got.conversation_id, "A")).await.expect("same");
    assert_eq!(first.output.id, again.output.id);
    assert_eq!(thread(&w, got.conversation_id).await.len(), 2);
    let other = w.house.act::<Reply>(ann, key(b"b"), answer(got.conversation_id, "B")).await;
    assert_eq!(other.expect_err("refused").code, "key_reused");
}

async fn our_own_addresses_and_machines_are_never_answered(w: World) {
    let ann = found(&w).await;
    let mut first = mail("noreply@shop.example", "Order", "Confirmed.");
    first.cc = vec![
        Party { name: String::new(), address: "Service@linden-lark.example".to_owned() },
        Party { name: "Max".to_owned(), address: "max@example.org".to_owned() },
    ];
    let got = receive(&w, first).await;
    let id = got.conversation_id;
    let proposal = w.house.read(ann.clone(), move |cx| {
        let c = crate::store::conversation::find_conversation(cx, &people::Scope::All, id)?.expect("there");
        crate::recipients::propose(cx, &c, &crate::model::Wish::default())
    }).await.expect("proposed");
    assert!(proposal.to.is_empty(), "{proposal:?}");
    assert_eq!(proposal.left_out[0].why, "nobody_reads");
    assert_eq!(proposal.cc.iter().map(|p| p.address.as_str()).collect::<Vec<_>>(), ["max@example.org"]);
    let mut own = answer(id, "Hello");
    own.to = Some(vec!["support@linden-lark.example".to_owned()]);
    let refused = w.house.act::<Reply>(ann, None, own).await.expect_err("refused");
    assert_eq!(refused.code, "recipient_own");
}

async fn a_stranger_who_writes_in_does_not_become_the_recipient(w: World) {
    let ann = found(&w).await;
    let got = receive(&w, mail("mia@example.org", "Kettle", "One.")).await;
    let mut stranger = mail("max@example.org", "Fwd: Kettle", "It was forwarded to me.");
    stranger.signed = Some(got.conversation_id.0);
    assert_eq!(receive(&w, stranger).await.conversation_id, got.conversation_id);
    let sent = w.house.act::<Reply>(ann, None, answer(got.conversation_id, "Hello")).await.expect("held").output;
    let to: Vec<String> = sent.recipients.expect("set").to.into_iter().map(|p| p.address).collect();
    assert_eq!(to, ["mia@example.org"]);
}

async fn script_in_an_answer_is_gone_and_an_empty_one_refused(w: World) {
    let ann = found(&w).await;
    let got = receive(&w, mail("mia@example.org", "Kettle", "One.")).await;
    let hostile = "<b onclick=x()>Hi</b><script>x()</script><img src=x onerror=x()>";
    let sent = w.house.act::<Reply>(ann.clone(), None, answer(got.conversation_id, hostile)).await.expect("held").output;
    assert!(!sent.html.contains("script") && !sent.html.contains("onclick") && !sent.html.contains("onerror"), "{}", sent.html);
    let empty = w.house.act::<Reply>(ann, None, answer(got.conversation_id, " &nbsp; ")).await.expect_err("refused");
    assert_eq!((empty.kind, empty.code), (Kind::Invalid, "text_empty"));
}

async fn a_note_never_leaves_the_house_and_makes_the_mentioned_follow(w: World) {
    let ann = found(&w).await;
    let got = receive(&w, mail("mia@example.org", "Kettle", "One.")).await;
    let me = agent_of(&ann);
    let input = note::Input {
        conversation_id: Some(got.conversation_id), html: "<p>Look, please</p>".to_owned(), mentions: vec![me],
        upload_ids: Vec::new(), clean: None,
    };
    let written = w.house.act::<Note>(ann, None, input).await.expect("written").output;
    assert!(written.delivery.is_none() && written.recipients.is_none());
    let id = got.conversation_id;
    let followers = w.system(move |cx| crate::store::people::list_followers(cx, id)).await.expect("reads");
    assert_eq!(followers, [me]);
    assert_eq!(conversation(&w, id).await.status, Status::New, "a note answers nobody");
}

}
