//! Contacts that agents write down stand in the thread, and the customer's mail lands beside them.

use super::*;
use crate::actions::log::{self, Log};
use crate::actions::log_first::{self, LogFirst};
use crate::actions::person::Person;
use crate::actions::reply::{self, Reply};
use crate::actions::upload::{self, Upload, store_bytes};
use crate::model::{ContactChannel, Direction, Status};
use base::Ask;
use people::Scope;

fn call(id: ConversationId, text: &str) -> log::Input {
    log::Input {
        conversation_id: Some(id),
        channel: ContactChannel::Voice,
        direction: Direction::In,
        html: format!("<p>{text}</p>"),
        occurred_at: None,
        duration_seconds: Some(240),
        upload_ids: Vec::new(),
        identity: Some(log::With { kind: IdentityKind::Phone, value: "+49 (0)30 123456".to_owned() }),
        then: None,
        version: None,
        clean: None,
    }
}

fn first(channel: ContactChannel, requester: Person, text: &str) -> log_first::Input {
    log_first::Input {
        subject: None,
        requester,
        channel,
        direction: Direction::In,
        html: format!("<p>{text}</p>"),
        occurred_at: None,
        duration_seconds: None,
        upload_ids: Vec::new(),
        team_id: None,
        assignee_id: None,
        then: None,
        clean: None,
    }
}

type Change = Box<dyn Fn(&mut log::Input)>;

testkit::both! { with house();

async fn mail_call_and_letter_are_one_thread_and_the_answer_by_mail_lands_in_it(w: World) {
    let ann = found(&w).await;
    let got = receive(&w, mail("mia@example.org", "Kettle", "It drips.")).await;
    let id = got.conversation_id;
    let logged = w.house.act::<Log>(ann.clone(), None, call(id, "She rang: it still drips.")).await.expect("logged").output;
    assert_eq!((logged.channel.as_str(), logged.direction, logged.delivery.is_none()), ("voice", Direction::In, true));
    let contact = logged.contact.expect("a contact");
    assert_eq!((contact.duration_seconds, contact.logged_by), (Some(240), agent_of(&ann)));
    let mut letter = call(id, "A letter with a photograph.");
    (letter.channel, letter.identity, letter.then) = (ContactChannel::Letter, None, Some(Status::Pending));
    w.house.act::<Log>(ann.clone(), None, letter).await.expect("logged");
    let answer = reply::Input { conversation_id: Some(id), html: "<p>We send another.</p>".into(), channel: None,
        audience: None, to: None, cc: None, then: None, upload_ids: Vec::new(), version: None, clean: None };
    let sent = w.house.act::<Reply>(ann.clone(), None, answer).await.expect("answers still go by the channel of the mail").output;
    assert_eq!(sent.recipients.expect("set").to[0].address, "mia@example.org");
    let mut second = mail("mia@example.org", "Re: Kettle", "Thank you.");
    second.signed = Some(id.0);
    assert_eq!(receive(&w, second).await.conversation_id, id);
    let channels: Vec<String> = thread(&w, id).await.into_iter().map(|m| m.channel).collect();
    assert_eq!(channels, ["pigeon", "voice", "letter", "pigeon", "pigeon"]);
    assert_eq!(conversation(&w, id).await.status, Status::Open);
    w.settle().await;
    let requester = conversation(&w, id).await.requester_id;
    let (customer, lines) = w.system(move |cx| {
        let lines = customers::timeline(cx, &Scope::All, requester, &Ask::default())?;
        Ok((customers::customer(cx, &Scope::All, requester)?, lines.items))
    }).await.expect("read");
    assert_eq!(lines.iter().filter(|l| l.title == "timeline-contact-logged").count(), 2);
    let phone = customer.identities.iter().find(|i| i.kind == IdentityKind::Phone).expect("claimed");
    assert!(!phone.verified);
    let found = w.system(|cx| {
        let query = search::Query { text: "rang".to_owned(), kind: None, before: None, most: 20 };
        search::find(cx, &query, |_, hits| Ok(vec![true; hits.len()]))
    }).await.expect("found");
    assert_eq!(found.hits.len(), 1, "what was said is found");
}

async fn logging_is_undone_with_what_it_changed(w: World) {
    let ann = found(&w).await;
    let id = receive(&w, mail("mia@example.org", "Kettle", "It drips.")).await.conversation_id;
    let before = conversation(&w, id).await;
    let mut input = call(id, "Solved at once.");
    (input.direction, input.then) = (Direction::Out, Some(Status::Solved));
    let done = w.house.act::<Log>(ann.clone(), None, input).await.expect("logged");
    let after = conversation(&w, id).await;
    assert_eq!((after.status, after.assignee_id, after.preview.as_str()), (Status::Solved, Some(agent_of(&ann)), "Solved at once."));
    w.house.undo(ann.clone(), done.undo.expect("set")).await.expect("undone");
    let c = conversation(&w, id).await;
    assert_eq!((c.status, c.assignee_id, c.preview, c.last_inbound_id), (before.status, before.assignee_id, before.preview, before.last_inbound_id));
    assert_eq!(thread(&w, id).await.len(), 1);
    w.settle().await;
    let requester = c.requester_id;
    let lines = w.system(move |cx| customers::timeline(cx, &Scope::All, requester, &Ask::default())).await.expect("read").items;
    assert!(lines.iter().all(|l| l.title != "timeline-contact-logged"));
}

async fn a_call_of_somebody_new_begins_a_conversation(w: World) {
    let ann = found(&w).await;
    let person = || Person { name: Some("Mia".into()), phone: Some("0049 30 123456".into()), email: Some("mia@example.org".into()), ..Person::default() };
    let done = w.house.act::<LogFirst>(ann.clone(), None, first(ContactChannel::Voice, person(), "The kettle drips on the carpet.")).await.expect("logged");
    let c = conversation(&w, done.output.id).await;
    assert_eq!((c.subject.as_str(), c.channel.as_str(), c.status, c.assignee_id), ("The kettle drips on the carpet.", "voice", Status::Open, Some(agent_of(&ann))));
    let again = Person { phone: Some("+49 30 / 123456".into()), ..Person::default() };
    let mut visit = first(ContactChannel::WalkIn, again, "She brought it.");
    visit.then = Some(Status::Solved);
    let second = w.house.act::<LogFirst>(ann.clone(), None, visit).await.expect("logged").output;
    let other = conversation(&w, second.id).await;
    assert_eq!((other.requester_id, other.status), (c.requester_id, Status::Solved));
    let answer = reply::Input { conversation_id: Some(c.id), html: "<p>Hello</p>".into(), channel: None, audience: None,
        to: None, cc: None, then: None, upload_ids: Vec::new(), version: None, clean: None };
    let refused = w.house.act::<Reply>(ann.clone(), None, answer.clone()).await.expect_err("pigeons need a loft");
    assert_eq!(refused.code, "recipient_missing", "nothing of ours to send from, so nothing is proposed");
    let chosen = reply::Input { to: Some(vec!["mia@example.org".into()]), ..answer };
    w.house.act::<Reply>(ann.clone(), None, chosen).await.expect("what an agent types can be sent");
    w.house.undo(ann.clone(), done.undo.expect("set")).await.expect("undone");
    assert!(conversation(&w, c.id).await.deleted_at.is_some());
    let nobody = w.house.act::<LogFirst>(ann, None, first(ContactChannel::Voice, Person::default(), "Who?")).await;
    assert_eq!(nobody.expect_err("refused").code, "requester_missing");
}

async fn what_can_not_have_been_is_refused(w: World) {
    let ann = found(&w).await;
    let id = receive(&w, mail("mia@example.org", "Kettle", "It drips.")).await.conversation_id;
    let now = w.clock.now();
    let cases: [(&str, Change); 5] = [
        ("contact_in_future", Box::new(move |i| i.occurred_at = Some(now.plus_seconds(3_600)))),
        ("contact_too_old", Box::new(move |i| i.occurred_at = Some(now.plus_seconds(-11 * 366 * 86_400)))),
        ("duration_invalid", Box::new(|i| i.duration_seconds = Some(-1))),
        ("text_empty", Box::new(|i| i.html = " ".into())),
        ("address_invalid", Box::new(|i| i.identity = Some(log::With { kind: IdentityKind::Phone, value: "call me".into() }))),
    ];
    for (code, change) in cases {
        let mut input = call(id, "Hello");
        change(&mut input);
        assert_eq!(w.house.act::<Log>(ann.clone(), None, input).await.expect_err(code).code, code);
    }
}

async fn a_scan_is_a_contact_too_and_goes_back_when_it_is_undone(w: World) {
    let ann = found(&w).await;
    let id = receive(&w, mail("mia@example.org", "Kettle", "It drips.")).await.conversation_id;
    let stored = store_bytes(&w.house, "letter.pdf", "application/pdf", b"scan".to_vec()).await.expect("stored");
    let up = w.house.act::<Upload>(ann.clone(), None, upload::Input { stored }).await.expect("taken in").output;
    let mut letter = call(id, "");
    (letter.channel, letter.html, letter.upload_ids) = (ContactChannel::Letter, String::new(), vec![up.id]);
    letter.identity = Some(log::With { kind: IdentityKind::Postal, value: "Main Street 1, Town".into() });
    let logged = w.house.act::<Log>(ann.clone(), None, letter.clone()).await.expect("logged");
    let message = &logged.output;
    assert_eq!((message.attachments[0].name.as_str(), message.text.as_str()), ("letter.pdf", ""));
    let from = message.recipients.clone().expect("told").from.expect("told");
    assert_eq!(from.address, "Main Street 1, Town");
    w.house.undo(ann.clone(), logged.undo.expect("set")).await.expect("undone");
    w.house.act::<Log>(ann, None, letter).await.expect("the file can be attached again");
}

}
