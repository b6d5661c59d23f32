//! What arrives: once, in the right conversation, from the right person.

use super::*;
use crate::actions::assign::{self, Assign};
use crate::actions::set_status::{self, SetStatus};
use crate::model::Status;

testkit::both! { with house();

async fn an_archived_team_gets_nothing_any_more(w: World) {
    let ann = found(&w).await;
    let made = people::actions::input::CreateTeam { name: "Repairs".to_owned() };
    let team = w.house.act::<people::actions::CreateTeam>(ann.clone(), None, made).await.expect("made").output.id;
    let before = receive(&w, Inbound { team: Some(team), ..mail("mia@example.org", "Kettle", "One.") }).await;
    assert_eq!(conversation(&w, before.conversation_id).await.team_id, Some(team));
    let archive =
        people::actions::input::ChangeTeam { team_id: team, version: None, name: None, archived: Some(true) };
    w.house.act::<people::actions::ChangeTeam>(ann.clone(), None, archive).await.expect("archived");
    let after = receive(&w, Inbound { team: Some(team), ..mail("mia@example.org", "Toaster", "Two.") }).await;
    let c = conversation(&w, after.conversation_id).await;
    assert!(c.team_id.is_some_and(|other| other != team), "somebody who is there sees it");
    let to = assign::Input { conversation_id: c.id, assignee_id: None, team_id: Some(team), version: None };
    let refused = w.house.act::<Assign>(ann.clone(), None, to).await.expect_err("refused");
    assert_eq!(refused.code, "team_unknown");
    let (own, agent) = (before.conversation_id, agent_of(&ann));
    let to = assign::Input { conversation_id: own, assignee_id: Some(agent), team_id: Some(team), version: None };
    w.house.act::<Assign>(ann, None, to).await.expect("what it has already may stay");
}

async fn a_first_mail_opens_a_new_conversation(w: World) {
    found(&w).await;
    let got = receive(&w, mail("mia@example.org", "Kettle leaks", "It drips.")).await;
    let c = conversation(&w, got.conversation_id).await;
    assert_eq!((c.status, c.number, c.subject.as_str()), (Status::New, 1, "Kettle leaks"));
    assert_eq!((c.preview.as_str(), c.last_inbound_id), ("It drips.", got.message_id));
    let messages = thread(&w, got.conversation_id).await;
    assert_eq!(messages[0].author.name, "Mia Sommer");
    assert_eq!(messages[0].marks, ["claimed_sender"]);
    w.settle().await;
}

async fn the_same_receipt_again_is_counted_and_nothing_else(w: World) {
    found(&w).await;
    let first = mail("mia@example.org", "Kettle", "Once.");
    let got = receive(&w, first.clone()).await;
    let again = receive(&w, first).await;
    assert!(again.repeated);
    assert_eq!(again.message_id, got.message_id);
    let messages = thread(&w, got.conversation_id).await;
    assert_eq!((messages.len(), messages[0].repeats), (1, 1));
}

async fn the_same_message_id_with_other_content_is_a_new_marked_message(w: World) {
    found(&w).await;
    let first = mail("mia@example.org", "Kettle", "Once.");
    let mut second = mail("mia@example.org", "Kettle", "Twice.");
    second.source_id = first.source_id.clone();
    receive(&w, first).await;
    let got = receive(&w, second).await;
    let messages = thread(&w, got.conversation_id).await;
    assert!(messages[0].marks.contains(&"same_message_id".to_owned()), "{:?}", messages[0].marks);
}

async fn headers_join_only_for_somebody_who_takes_part(w: World) {
    found(&w).await;
    let first = mail("mia@example.org", "Kettle", "One.");
    let mine = receive(&w, first.clone()).await;
    let mut second = mail("mia@example.org", "Re: Kettle", "Two.");
    second.references = vec![first.source_id.clone().expect("set")];
    assert_eq!(receive(&w, second.clone()).await.conversation_id, mine.conversation_id);
    let mut guess = mail("eve@example.org", "Re: Kettle", "Let me in.");
    guess.references = second.references;
    assert_ne!(receive(&w, guess).await.conversation_id, mine.conversation_id, "a copied id leads nowhere");
}

async fn somebody_else_with_the_signed_address_is_visible_marked_and_not_verified(w: World) {
    found(&w).await;
    let mine = receive(&w, mail("mia@example.org", "Kettle", "One.")).await;
    let mut other = mail("max@example.org", "Fwd: Kettle", "She forwarded it to me.");
    (other.signed, other.verified) = (Some(mine.conversation_id.0), true);
    assert_eq!(receive(&w, other).await.conversation_id, mine.conversation_id);
    let messages = thread(&w, mine.conversation_id).await;
    assert!(messages[1].marks.contains(&"not_participant".to_owned()));
    assert!(!messages[1].author.verified, "whoever has the address may not be who the mail says");
    let mut own = mail("mia@example.org", "Re: Kettle", "It is me.");
    (own.signed, own.verified) = (Some(mine.conversation_id.0), true);
    receive(&w, own).await;
    assert!(thread(&w, mine.conversation_id).await[2].author.verified);
}

async fn a_customer_message_reopens_what_was_solved_but_a_machine_does_not(w: World) {
    let ann = found(&w).await;
    let first = mail("mia@example.org", "Kettle", "One.");
    let got = receive(&w, first.clone()).await;
    let solve = set_status::Input {
        conversation_id: got.conversation_id, status: Status::Solved, version: None, only_from: None,
    };
    w.house.act::<SetStatus>(ann, None, solve).await.expect("solved");
    let reply = |automatic: bool| {
        let mut m = mail("mia@example.org", "Re: Kettle", "Hello again.");
        m.references = vec![first.source_id.clone().expect("set")];
        m.automatic = automatic;
        m
    };
    receive(&w, reply(true)).await;
    assert_eq!(conversation(&w, got.conversation_id).await.status, Status::Solved);
    receive(&w, reply(false)).await;
    assert_eq!(conversation(&w, got.conversation_id).await.status, Status::Open);
}

async fn a_message_to_a_closed_conversation_opens_a_linked_follow_up(w: World) {
    let ann = found(&w).await;
    let first = mail("mia@example.org", "Kettle", "One.");
    let got = receive(&w, first.clone()).await;
    let solve = set_status::Input {
        conversation_id: got.conversation_id, status: Status::Solved, version: None, only_from: None,
    };
    w.house.act::<SetStatus>(ann, None, solve).await.expect("solved");
    w.settle().await;
    w.clock.advance(29 * testkit::DAY);
    w.settle().await;
    assert_eq!(conversation(&w, got.conversation_id).await.status, Status::Closed);
    let mut late = mail("mia@example.org", "Re: Kettle", "It leaks again.");
    late.references = vec![first.source_id.expect("set")];
    let follow = receive(&w, late).await;
    assert_ne!(follow.conversation_id, got.conversation_id);
    assert_eq!(conversation(&w, follow.conversation_id).await.follow_up_of, Some(got.conversation_id));
}

async fn concurrent_arrivals_of_one_mail_make_one_message(w: World) {
    found(&w).await;
    let one = mail("mia@example.org", "Kettle", "Same.");
    let both = tokio::join!(try_receive(&w, one.clone()), try_receive(&w, one.clone()), try_receive(&w, one));
    let answers: Vec<_> = [both.0, both.1, both.2].into_iter().filter_map(|r| r.ok()).collect();
    assert!(!answers.is_empty());
    let fresh = answers.iter().filter(|a| !a.repeated).count();
    assert_eq!(fresh, 1, "{answers:?}");
    assert!(answers.iter().all(|a| a.message_id == answers[0].message_id));
}

}
