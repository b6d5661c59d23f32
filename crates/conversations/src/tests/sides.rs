//! What goes on beside a conversation with a third party stays there.

use super::*;
use crate::actions::answer_side::{self, AnswerSide};
use crate::actions::forward::{self, Forward};
use crate::actions::join::{self, Join};
use crate::actions::note::{self, Note};
use crate::actions::reply::{self, Reply};
use crate::actions::set_status::{self, SetStatus};
use crate::actions::withdraw::{self, Withdraw};
use crate::model::Wish;
use crate::model::{Author, Delivery, DraftMode, MessageKind, Status};
use crate::recipients::propose;
use crate::store::attachment::find_attachment;
use base::Ask;
use people::Scope;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

fn ask(id: ConversationId, to: &str, quoted: &[Shown]) -> forward::Input {
    forward::Input {
        conversation_id: Some(id),
        to: Party { name: "Workshop".to_owned(), address: to.to_owned() },
        html: "<p>Can you mend this?</p>".to_owned(),
        message_ids: quoted.iter().map(|m| m.id).collect(),
        with_attachments: true,
        subject: None,
        upload_ids: Vec::new(),
        channel: None,
        then: Some(Status::Hold),
        version: None,
        clean: None,
    }
}

fn answer(id: ConversationId) -> reply::Input {
    reply::Input {
        conversation_id: Some(id),
        html: "<p>Hello</p>".to_owned(),
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

fn jotted(id: ConversationId) -> note::Input {
    note::Input {
        conversation_id: Some(id),
        html: "<p>Among us</p>".to_owned(),
        mentions: Vec::new(),
        upload_ids: Vec::new(),
        clean: None,
    }
}

async fn begun(w: &World) -> (Caller, ConversationId) {
    let ann = found(w).await;
    let id = receive(w, mail("mia@example.org", "Kettle", "It drips.")).await.conversation_id;
    (ann, id)
}

async fn forwarded(w: &World, ann: &Caller, id: ConversationId) -> Shown {
    let quoted = thread(w, id).await;
    let sent =
        w.house.act::<Forward>(ann.clone(), None, ask(id, "workshop@mend.example", &quoted[..1])).await;
    sent.expect("forwarded").output
}

fn by_signed_address(side: i64, from: &str) -> Inbound {
    let mut inbound = mail(from, "Re: Fwd: Kettle", "Yes, ten euros.");
    (inbound.signed, inbound.verified) = (Some(side), true);
    inbound
}

testkit::both! { with house();

async fn a_third_party_is_asked_and_its_answer_stays_beside(w: World) {
    let (ann, id) = begun(&w).await;
    let sent = forwarded(&w, &ann, id).await;
    let side = sent.side.clone().expect("beside");
    assert_eq!((sent.kind, side.party.address.as_str()), (MessageKind::Side, "workshop@mend.example"));
    assert!(sent.quoted_html.as_deref().is_some_and(|q| q.contains("It drips.")), "{:?}", sent.quoted_html);
    w.clock.advance(11_000);
    w.settle().await;
    let c = conversation(&w, id).await;
    assert_eq!((c.status, c.preview.as_str()), (Status::Hold, "It drips."), "customers may see the preview");
    let got = receive(&w, by_signed_address(side.id.0, "workshop@mend.example")).await;
    assert_eq!(got.conversation_id, id);
    let c = conversation(&w, id).await;
    assert_eq!((c.status, c.preview.as_str(), c.last_inbound_id), (Status::Open, "It drips.", got.message_id));
    let messages = thread(&w, id).await;
    assert_eq!(messages[1].delivery.as_ref().expect("sent").state, Delivery::Delivered);
    assert_eq!((messages[2].kind, messages[2].author.kind, messages[2].author.id), (MessageKind::Side, Author::ThirdParty, None));
    let known = w.system(|cx| customers::find_by(cx, IdentityKind::Email, "workshop@mend.example")).await.expect("read");
    assert!(known.is_none(), "a third party does not become a customer");
    let proposal = w.house.read(ann.clone(), move |cx| {
        let c = crate::store::conversation::find_conversation(cx, &Scope::All, id)?.expect("there");
        propose(cx, &c, &Wish::default())
    }).await.expect("proposed");
    assert_eq!(proposal.to.iter().map(|p| p.address.as_str()).collect::<Vec<_>>(), ["mia@example.org"]);
    assert!(proposal.cc.is_empty());
    let again = answer_side::Answer { side_id: Some(side.id), html: "<p>Please do.</p>".into(), message_ids: Vec::new(),
        with_attachments: true, upload_ids: Vec::new(), then: None, clean: None };
    let second = w.house.act::<AnswerSide>(ann.clone(), None, again).await.expect("answered").output;
    let to = second.recipients.expect("set");
    assert_eq!((to.to.len(), to.cc.len(), to.to[0].address.as_str()), (1, 0, "workshop@mend.example"));
    let sent = w.house.act::<Reply>(ann, None, answer(id)).await.expect("answered").output;
    w.clock.advance(11_000);
    w.settle().await;
    let references = w.system(move |cx| crate::store::message::list_source_ids(cx, id, sent.id)).await.expect("read");
    assert_eq!(references.len(), 1, "the customer's mail alone: {references:?}");
}

async fn mail_without_the_signed_address_finds_its_side_by_its_references(w: World) {
    let (ann, id) = begun(&w).await;
    let sent = forwarded(&w, &ann, id).await;
    w.clock.advance(11_000);
    w.settle().await;
    let message = sent.id;
    let source = w.system(move |cx| Ok(crate::store::message::claim_any(cx, message)?.source_id)).await.expect("read").expect("set");
    let mut inbound = mail("Workshop@Mend.example", "Re: Fwd: Kettle", "Yes.");
    inbound.references = vec![source.clone()];
    let got = receive(&w, inbound).await;
    assert_eq!(got.conversation_id, id);
    assert_eq!(thread(&w, id).await.last().expect("there").kind, MessageKind::Side);
    let mut stranger = mail("thief@example.net", "Re: Fwd: Kettle", "Let me in.");
    stranger.references = vec![source];
    assert_ne!(receive(&w, stranger).await.conversation_id, id, "who merely names the mail comes nowhere");
    let mut other = by_signed_address(sent.side.expect("beside").id.0, "boss@mend.example");
    other.from.name = "Boss".to_owned();
    receive(&w, other).await;
    let last = thread(&w, id).await.pop().expect("there");
    assert!(last.marks.contains(&"other_sender".to_owned()) && last.author.name == "Boss", "{last:?}");
}

async fn customers_and_participants_are_no_third_party_and_notes_stay_inside(w: World) {
    let ann = found(&w).await;
    let mut first = mail("mia@example.org", "Kettle", "It drips.");
    first.cc = vec![Party { name: "Max".into(), address: "max@example.org".into() }];
    let id = receive(&w, first).await.conversation_id;
    for address in ["Mia@Example.org", "max@example.org"] {
        let refused = w.house.act::<Forward>(ann.clone(), None, ask(id, address, &[])).await.expect_err("refused");
        assert_eq!(refused.code, "side_to_customer", "{address}");
    }
    let own = w.house.act::<Forward>(ann.clone(), None, ask(id, "support@linden-lark.example", &[])).await;
    assert_eq!(own.expect_err("refused").code, "recipient_own");
    let noted = w.house.act::<Note>(ann.clone(), None, jotted(id)).await.expect("noted").output;
    let refused = w.house.act::<Forward>(ann.clone(), None, ask(id, "a@b.example", &[noted])).await;
    assert_eq!(refused.expect_err("refused").code, "quote_note");
    let mut bare = ask(id, "a@b.example", &[]);
    bare.html = String::new();
    assert_eq!(w.house.act::<Forward>(ann, None, bare).await.expect_err("refused").code, "text_empty");
}

async fn taken_back_it_is_a_draft_for_the_third_party_and_no_answer(w: World) {
    let (ann, id) = begun(&w).await;
    let sent = forwarded(&w, &ann, id).await;
    let draft = w.house.act::<Withdraw>(ann.clone(), None, withdraw::Input { message_id: sent.id }).await.expect("taken back").output;
    assert_eq!(draft.mode, DraftMode::Side);
    assert_eq!(draft.to.expect("kept")[0].address, "workshop@mend.example");
    assert_eq!(conversation(&w, id).await.status, Status::New);
    w.clock.advance(60_000);
    w.settle().await;
    assert_eq!(thread(&w, id).await.len(), 1);
    let sides = w.system(move |cx| crate::store::side::list_sides(cx, &Scope::All, id)).await.expect("read");
    assert!(sides.is_empty(), "nothing goes on with anybody");
}

async fn files_of_what_is_forwarded_go_along_or_not(w: World) {
    let ann = found(&w).await;
    let mut first = mail("mia@example.org", "Kettle", "See the picture.");
    first.attachments = vec![crate::channel::Stored { name: "kettle.pdf".into(), content_type: "application/pdf".into(),
        size: 10, blob: "ab/cd".into(), inline: false, content_id: None }];
    let id = receive(&w, first).await.conversation_id;
    let sent = forwarded(&w, &ann, id).await;
    assert_eq!(sent.attachments[0].name, "kettle.pdf");
    let scope = Scope::Customer { id: conversation(&w, id).await.requester_id.0 };
    let tokens = [thread(&w, id).await[0].attachments[0].url.clone(), sent.attachments[0].url.clone()];
    let seen = w.system(move |cx| {
        let token = |url: &String| url.split('/').nth(3).expect("a token").to_owned();
        let find = |cx: &mut Cx, token: &str| find_attachment(cx, &scope, "customer:1", token);
        Ok((find(cx, &token(&tokens[0]))?.is_some(), find(cx, &token(&tokens[1]))?.is_some()))
    });
    assert_eq!(seen.await.expect("read"), (true, false), "the customer gets the own file, not the copy beside");
    let mut bare = ask(id, "other@mend.example", &thread(&w, id).await[..1]);
    bare.with_attachments = false;
    let sent = w.house.act::<Forward>(ann, None, bare).await.expect("forwarded").output;
    assert!(sent.attachments.is_empty());
    assert_eq!(thread(&w, id).await[0].attachments.len(), 1, "the first message keeps its own");
}

async fn whatever_happens_customers_see_no_note_and_no_side_message(w: World) {
    let (ann, id) = begun(&w).await;
    let mut runner = TestRunner::deterministic();
    let steps = proptest::collection::vec(0usize..5, 24).new_tree(&mut runner).expect("steps").current();
    let mut sides = Vec::new();
    for step in steps {
        match step {
            0 => drop(w.house.act::<Note>(ann.clone(), None, jotted(id)).await.expect("noted")),
            1 => sides.push(forwarded(&w, &ann, id).await.side.expect("beside").id),
            2 => drop(w.house.act::<Reply>(ann.clone(), None, answer(id)).await.expect("held")),
            3 => {
                let mut inbound = mail("mia@example.org", "Re: Kettle", "And?");
                inbound.signed = Some(id.0);
                receive(&w, inbound).await;
            }
            _ => if let Some(side) = sides.last() {
                receive(&w, by_signed_address(side.0, "workshop@mend.example")).await;
            },
        }
    }
    w.clock.advance(11_000);
    w.settle().await;
    drop(w.house.act::<Reply>(ann.clone(), None, answer(id)).await.expect("held, not written yet"));
    let requester = conversation(&w, id).await.requester_id;
    let scope = Scope::Customer { id: requester.0 };
    let (seen, all, sides, notes) = w.system(move |cx| {
        let most = Ask { cursor: None, limit: Some(100) };
        let seen = crate::store::message::list_messages(cx, &scope, id, &most)?.items;
        let all = crate::store::message::list_messages(cx, &Scope::All, id, &most)?.items;
        let hidden: Vec<i64> = all.iter().filter(|m| !seen.iter().any(|s| s.id == m.id)).map(|m| m.id.0).collect();
        assert!(crate::store::message::list_seen(cx, &scope, &hidden)?.is_empty());
        for message in &all {
            let found = crate::store::message::find_message(cx, &scope, message.id)?.is_some();
            let tested = crate::store::visible::visible(&scope).test_message(message.kind, message.contact.is_some(), message.delivery);
            assert_eq!((found, tested), (!hidden.contains(&message.id.0), found), "the predicate and the test agree");
        }
        Ok((seen, all, crate::store::side::list_sides(cx, &scope, id)?, hidden.len()))
    }).await.expect("read");
    assert!(all.len() > 20 && notes > 5, "the test has met what it is about");
    assert!(seen.iter().all(|m| m.kind == MessageKind::Message && m.delivery != Some(Delivery::Held)));
    assert!(sides.is_empty());
}

async fn a_side_goes_along_when_conversations_are_joined_and_comes_back(w: World) {
    let (ann, id) = begun(&w).await;
    let side = forwarded(&w, &ann, id).await.side.expect("beside").id;
    w.clock.advance(11_000);
    w.settle().await;
    let into = receive(&w, mail("mia@example.org", "Kettle again", "Two.")).await.conversation_id;
    let joined = join::Input { conversation_id: id, into, version: None };
    let done = w.house.act::<Join>(ann.clone(), None, joined).await.expect("joined");
    assert_eq!(receive(&w, by_signed_address(side.0, "workshop@mend.example")).await.conversation_id, into);
    let listed = async |id| w.system(move |cx| crate::store::side::list_sides(cx, &Scope::All, id)).await.expect("read").len();
    assert_eq!((listed(id).await, listed(into).await), (0, 1));
    w.house.undo(ann, done.undo.expect("set")).await.expect("parted");
    assert_eq!((listed(id).await, listed(into).await), (1, 0));
}

async fn beside_a_closed_conversation_goes_a_follow_up(w: World) {
    let (ann, id) = begun(&w).await;
    let side = forwarded(&w, &ann, id).await.side.expect("beside").id;
    w.clock.advance(11_000);
    w.settle().await;
    let solved = set_status::Input { conversation_id: id, status: Status::Solved, version: None, only_from: None };
    w.house.act::<SetStatus>(ann.clone(), None, solved).await.expect("solved");
    let got = receive(&w, by_signed_address(side.0, "workshop@mend.example")).await;
    assert_eq!((got.conversation_id, conversation(&w, id).await.status), (id, Status::Open), "what was solved is open again");
    w.system(move |cx| {
        let mut c = find_any(cx, id)?.expect("there");
        c.status = Status::Closed;
        crate::store::conversation::save(cx, &mut c)
    }).await.expect("closed");
    let got = receive(&w, by_signed_address(side.0, "workshop@mend.example")).await;
    let c = conversation(&w, got.conversation_id).await;
    assert_eq!((c.follow_up_of, c.requester_id), (Some(id), conversation(&w, id).await.requester_id));
    let again = receive(&w, by_signed_address(side.0, "workshop@mend.example")).await;
    assert_eq!(again.conversation_id, got.conversation_id, "it goes on there");
}

}
