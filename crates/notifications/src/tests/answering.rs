//! What comes back to a letter: to the customer only with proof, and else inside, with the reason.

use conversations::actions::delete::{self, Delete};
use conversations::actions::join::{self, Join};
use conversations::actions::reply::{self, Reply};
use conversations::channel::{Hints, Inbound, Report, Reported, Stored};
use conversations::model::{ConversationId, Delivery, FateState, MessageKind, Status};
use conversations::notices::{Door, Notice, Words, WrittenBack};
use conversations::present::Shown;
use serde_json::json;

use super::shop::{Shop, house, inbound, written};
use crate::model::{EXPIRES_SECONDS, LetterId, Progress};
use crate::store::letters::find_letter;

/// A conversation of Bo's, and the letter that he has got.
async fn told(shop: &Shop) -> (ConversationId, Notice) {
    let id = shop.mail("Lamp", "My lamp is dark.").await;
    shop.note(id, "<p>Between us: the fuses of this series are bad.</p>", &[shop.bo]).await;
    let letter = shop.letter().await;
    (id, letter)
}

async fn last(shop: &Shop, id: ConversationId) -> Shown {
    shop.thread(id).await.pop().expect("a message")
}

async fn status(shop: &Shop, id: ConversationId) -> (Status, Option<people::AgentId>) {
    let c = shop.w.system(move |cx| conversations::store::conversation::find_any(cx, id)).await;
    let c = c.expect("reads").expect("there");
    (c.status, c.assignee_id)
}

async fn exec(shop: &Shop, sql: &'static str, id: i64) {
    shop.w.system(move |cx| cx.exec(sql, store::p![id]).map(drop)).await.expect("written");
}

testkit::both! { with house();

async fn an_answer_goes_to_the_customer_as_from_the_desk(w: World) {
    let shop = Shop::open(w).await;
    let (id, letter) = told(&shop).await;
    let picture = Stored {
        name: "fuse.png".into(), content_type: "image/png".into(), size: 3, blob: "aa/fuse".into(), inline: true, content_id: Some("fuse".into()),
    };
    let mut back = written(&letter, Door::Answer, "Change the fuse.");
    back.words.html = "<p>Change the fuse.</p><p><img src=\"cid:fuse\"></p>".into();
    back.words.attachments = vec![picture];
    shop.write_back(back.clone()).await;
    let answer = last(&shop, id).await;
    assert_eq!((answer.kind, answer.author.id, answer.text.as_str()), (MessageKind::Message, Some(shop.bo.0), "Change the fuse."));
    assert_eq!(answer.marks, ["by_mail"]);
    let recipients = answer.recipients.expect("somebody");
    assert_eq!(recipients.to.iter().map(|one| one.address.as_str()).collect::<Vec<_>>(), ["mia@example.org"]);
    assert_eq!((recipients.cc.len(), answer.attachments.len(), answer.attachments[0].inline), (0, 1, true));
    assert_eq!(answer.delivery.expect("goes out").state, Delivery::Held, "it can be taken back as any other");
    assert_eq!(status(&shop, id).await, (Status::Open, Some(shop.bo)), "whoever answers what nobody has, takes it");
    shop.w.clock.advance(60_000);
    shop.w.settle().await;
    assert_eq!(last(&shop, id).await.delivery.expect("went out").state, Delivery::Delivered);
    shop.write_back(back.clone()).await;
    let words = Words { receipt: b"another account".to_vec(), twin: Some(back.words.receipt), ..back.words };
    shop.write_back(WrittenBack { words, ..back }).await;
    let thread = shop.thread(id).await;
    assert_eq!((thread.len(), thread[2].repeats), (3, 2), "the same mail again answers nobody twice");
}

async fn whoever_answered_by_mail_learns_that_it_did_not_arrive(w: World) {
    let shop = Shop::open(w).await;
    let (id, letter) = told(&shop).await;
    let goes_out = async |text: &str| {
        shop.write_back(written(&letter, Door::Answer, text)).await;
        shop.w.clock.advance(60_000);
        shop.later().await;
    };
    goes_out("This goes nowhere.").await;
    assert_eq!(last(&shop, id).await.delivery.expect("went out").state, Delivery::Failed);
    let told = shop.letters().pop().expect("a letter");
    assert_eq!((told.to.address.as_str(), told.from_name.as_str()), ("bo@shop.example", ""));
    for said in ["What you answered by mail did not reach Mia Sommer:", "    This goes nowhere.", "Reason: 550 nobody lives here"] {
        assert!(told.text.contains(said), "{said}\n{}", told.text);
    }
    goes_out("This one arrives.").await;
    assert!(shop.letters().is_empty());
    let (answer, mia) = (last(&shop, id).await, "mia@example.org");
    let report = Report {
        about: vec![format!("{}@shop.example", answer.id)],
        fates: vec![Reported {
            addresses: vec![mia.into()], state: FateState::Failed, hard: true, cause: "unknown".into(), status: None, words: "550 later".into(),
        }],
    };
    shop.receive(Inbound { automatic: true, hints: Hints { report: Some(report), ..Hints::default() }, ..inbound("Undelivered", "No.") }).await;
    assert!(shop.letter().await.text.contains("Reason: 550 later"), "and when it comes back days later");
    let desk = json!({"conversation_id": id, "html": "<p>From the desk to nowhere.</p>"});
    let desk: reply::Input = serde_json::from_value(desk).expect("a reply");
    let bo = shop.w.system({ let bo = shop.bo; move |cx| people::caller_of(cx, bo) }).await.expect("reads").expect("Bo");
    shop.w.house.act::<Reply>(bo, None, desk).await.expect("replied");
    shop.w.clock.advance(60_000);
    shop.later().await;
    assert!(shop.letters().is_empty(), "whoever answers at the desk sees it there");
}

async fn a_note_stays_inside(w: World) {
    let shop = Shop::open(w).await;
    let (id, letter) = told(&shop).await;
    shop.write_back(written(&letter, Door::Note, "I will call her.")).await;
    let note = last(&shop, id).await;
    assert_eq!((note.kind, note.author.id, note.text.as_str()), (MessageKind::Note, Some(shop.bo.0), "I will call her."));
    assert!(note.delivery.is_none() && note.recipients.is_none());
    assert_eq!(status(&shop, id).await, (Status::New, None), "a note takes nothing");
    let unclear = WrittenBack { unclear: Some("forward".into()), ..written(&letter, Door::Note, "See below.") };
    shop.write_back(unclear).await;
    assert_eq!(last(&shop, id).await.marks, ["by_mail"], "inside nothing has to be told apart");
    shop.later().await;
    assert!(shop.letters().is_empty(), "nobody is told of the own note");
}

async fn nothing_without_proof_goes_to_the_customer(w: World) {
    let shop = Shop::open(w).await;
    let (id, letter) = told(&shop).await;
    let answer = || written(&letter, Door::Answer, "Change the fuse.");
    let party = |address: &str| conversations::model::Party { name: "Bo Kern".into(), address: address.into() };
    let table = [
        ("its domain does not vouch", WrittenBack { proven: false, ..answer() }, "not_proven"),
        ("somebody else's address", WrittenBack { from: party("eve@evil.example"), ..answer() }, "not_proven"),
        ("another agent's address", WrittenBack { from: party("ann@shop.example"), ..answer() }, "not_proven"),
        ("a note of a stranger", WrittenBack { proven: false, ..written(&letter, Door::Note, "Hm.") }, "not_proven"),
        ("a forward", WrittenBack { unclear: Some("forward".into()), ..answer() }, "forward"),
        ("words of a machine", WrittenBack { unclear: Some("auto_reply".into()), ..answer() }, "auto_reply"),
        ("a sealed mail", WrittenBack { unclear: Some("sealed".into()), ..answer() }, "sealed"),
        ("nothing new", written(&letter, Door::Answer, " "), "nothing_new"),
        ("the note's words", written(&letter, Door::Answer, "Yes.\n> Between us: the fuses of this\n> series are bad."), "history_unclear"),
    ];
    for (what, back, why) in table {
        let stranger = why == "not_proven";
        shop.write_back(back).await;
        let note = last(&shop, id).await;
        assert_eq!((note.kind, note.delivery.is_none()), (MessageKind::Note, true), "{what}");
        assert!(note.marks.contains(&format!("mail_parked:{why}")), "{what}: {:?}", note.marks);
        assert_eq!(note.author.id.is_none(), stranger, "{what}");
        assert!(!note.author.name.is_empty(), "{what}: who it says it is");
    }
    let mark = crate::model::mark(&shop.w.house.secrets, LetterId(letter.id));
    assert!(letter.text.contains(&mark) && letter.html.contains(&mark));
    shop.write_back(written(&letter, Door::Answer, &format!("Yes.\nOn Monday: {mark}"))).await;
    assert!(last(&shop, id).await.marks.contains(&"mail_parked:history_unclear".to_owned()));
    assert_eq!(status(&shop, id).await, (Status::New, None));
    let back = shop.letter().await;
    assert!(back.text.contains("What you wrote by mail was not sent."), "its author learns of it: {}", back.text);
}

async fn an_answer_that_is_no_longer_allowed_is_parked(w: World) {
    let shop = Shop::open(w).await;
    let (id, letter) = told(&shop).await;
    let bo = shop.bo.0;
    let role = |what: &str| format!("UPDATE roles SET {what} WHERE id = (SELECT role_id FROM agents WHERE id = $1)");
    let table: Vec<(&'static str, String, String, i64)> = vec![
        ("agent_inactive", "UPDATE agents SET active = FALSE WHERE id = $1".into(), "UPDATE agents SET active = TRUE WHERE id = $1".into(), bo),
        ("not_permitted", role("grants = '[\"conversation.note\"]'"), role("grants = '[\"conversation.*\"]'"), bo),
        ("not_visible", role("reach = 'own'"), role("reach = 'all'"), bo),
        ("conversation_closed", "UPDATE conversations SET status = 'closed', shelf = 'solved' WHERE id = $1".into(),
            "UPDATE conversations SET status = 'open', shelf = 'active' WHERE id = $1".into(), id.0),
        ("conversation_spam", "UPDATE conversations SET spam = TRUE WHERE id = $1".into(), "UPDATE conversations SET spam = FALSE WHERE id = $1".into(), id.0),
    ];
    for (why, sql, back, of) in table {
        exec(&shop, String::leak(sql), of).await;
        shop.write_back(written(&letter, Door::Answer, "Change the fuse.")).await;
        exec(&shop, String::leak(back), of).await;
        let note = last(&shop, id).await;
        assert_eq!((note.kind, note.author.id), (MessageKind::Note, Some(bo)), "{why}");
        assert!(note.marks.contains(&format!("mail_parked:{why}")), "{why}: {:?}", note.marks);
    }
    let gone = delete::Input { conversation_id: id, version: None };
    shop.w.house.act::<Delete>(shop.as_ann(), None, gone).await.expect("deleted");
    shop.write_back(written(&letter, Door::Answer, "Change the fuse.")).await;
    assert!(last(&shop, id).await.marks.contains(&"mail_parked:conversation_deleted".to_owned()));
}

async fn a_letter_of_long_ago_answers_nobody(w: World) {
    let shop = Shop::open(w).await;
    let (id, letter) = told(&shop).await;
    shop.w.clock.advance((EXPIRES_SECONDS + 1) * 1_000);
    shop.write_back(written(&letter, Door::Answer, "Change the fuse.")).await;
    assert!(last(&shop, id).await.marks.contains(&"mail_parked:letter_expired".to_owned()));
    assert_eq!(shop.thread(id).await.len(), 3);
}

async fn an_answer_to_a_letter_that_nobody_knows_waits_where_people_look(w: World) {
    let shop = Shop::open(w).await;
    let (id, letter) = told(&shop).await;
    // A copy of before the letter was restored.
    exec(&shop, "DELETE FROM notifications_letters WHERE id = $1", letter.id).await;
    for door in [Door::Answer, Door::Note] {
        let refused = shop.try_back(written(&letter, door, "Change the fuse.")).await.expect_err("not lost");
        assert_eq!((refused.code, refused.kind.passes()), ("letter_unknown", false), "its job is parked at once");
        let machine = WrittenBack { automatic: true, ..written(&letter, door, "I am away.") };
        shop.try_back(machine).await.expect("nobody misses a machine");
    }
    assert_eq!(shop.thread(id).await.len(), 2);
}

async fn what_a_letter_showed_without_naming_it_is_looked_for_too(w: World) {
    let shop = Shop::open(w).await;
    let id = shop.mail("Lamp", "My lamp is dark.").await;
    shop.note(id, "<p>Between us.</p>", &[shop.bo]).await;
    let first = shop.letter().await;
    shop.write_back(written(&first, Door::Answer, "Change the fuse.")).await;
    shop.w.clock.advance(60_000);
    shop.w.settle().await;
    let sent = last(&shop, id).await;
    let report = Report {
        about: vec![format!("{}@shop.example", sent.id)],
        fates: vec![Reported {
            addresses: vec!["mia@example.org".into()], state: FateState::Failed, hard: true, cause: "unknown".into(),
            status: None, words: "550 nobody".into(),
        }],
    };
    let inside = "Our relay of the second house refuses Mia for unpaid bills.";
    shop.receive(Inbound { automatic: true, hints: Hints { report: Some(report), ..Hints::default() }, ..inbound("Undelivered", inside) }).await;
    shop.later().await;
    shop.letters();
    shop.assign(id, None).await;
    shop.assign(id, Some(shop.bo)).await;
    let letter = shop.letter().await;
    assert!(letter.text.contains("unpaid bills"), "the newest words stand in it: {}", letter.text);
    shop.write_back(written(&letter, Door::Answer, &format!("Hello,\n{inside}\nIs it still dark?"))).await;
    let parked = last(&shop, id).await;
    assert_eq!((parked.kind, parked.marks.as_slice()), (MessageKind::Note, ["mail_parked:history_unclear".to_owned()].as_slice()));
}

async fn an_answer_follows_its_conversation_through_a_join(w: World) {
    let shop = Shop::open(w).await;
    let (id, letter) = told(&shop).await;
    let into = shop.mail("Two lamps", "Both are dark.").await;
    let join: join::Input = serde_json::from_value(json!({"conversation_id": id, "into": into})).expect("a join");
    shop.w.house.act::<Join>(shop.as_ann(), None, join).await.expect("joined");
    shop.w.settle().await;
    shop.write_back(written(&letter, Door::Answer, "Change both fuses.")).await;
    let answer = last(&shop, into).await;
    assert_eq!((answer.kind, answer.text.as_str()), (MessageKind::Message, "Change both fuses."));
}

async fn machines_are_never_read(w: World) {
    let shop = Shop::open(w).await;
    let (id, letter) = told(&shop).await;
    for door in [Door::Answer, Door::Note] {
        shop.write_back(WrittenBack { automatic: true, ..written(&letter, door, "I am on holiday until Monday.") }).await;
    }
    assert_eq!(shop.thread(id).await.len(), 2, "nothing stands in the conversation");
    let kept = shop.w.system(move |cx| find_letter(cx, LetterId(letter.id))).await.expect("reads").expect("there");
    assert_eq!(kept.state, Progress::Returned);
    shop.later().await;
    assert!(shop.letters().is_empty());
}
}
