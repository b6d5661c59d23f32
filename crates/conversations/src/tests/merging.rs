//! Conversations follow when customers are merged, and come back.

use super::*;
use crate::store::list::list_of_customer;
use base::Ask;
use customers::CustomerId;
use customers::actions::merge::{self, Merge};
use people::Scope;

async fn asked_by(w: &World, customer: CustomerId) -> Vec<ConversationId> {
    let (mut all, mut ask) = (Vec::new(), Ask { cursor: None, limit: Some(100) });
    loop {
        let now = ask.clone();
        let page = w.system(move |cx| list_of_customer(cx, &Scope::All, customer, &now)).await.expect("read");
        all.extend(page.items.iter().map(|c| c.id));
        match page.next {
            Some(next) => ask.cursor = Some(next),
            None => return all,
        }
    }
}

testkit::both! { with house();

async fn conversations_and_places_in_them_go_over_and_come_back(w: World) {
    let ann = found(&w).await;
    let mut first = mail("mia@example.org", "Kettle", "One.");
    first.cc = vec![Party { name: "Max".into(), address: "max@example.org".into() }];
    let one = receive(&w, first).await.conversation_id;
    let other = receive(&w, mail("max@example.org", "Pot", "Two.")).await.conversation_id;
    let third = receive(&w, mail("mia@private.example", "Pan", "Three.")).await.conversation_id;
    let (mia, max, private) = (conversation(&w, one).await.requester_id, conversation(&w, other).await.requester_id, conversation(&w, third).await.requester_id);
    let places = async |w: &World| w.system(move |cx| {
        let ids: Vec<i64> = crate::store::people::list_participants(cx, one)?.iter().map(|p| p.customer_id.0).collect();
        Ok(ids)
    }).await.expect("read");
    let before = (asked_by(&w, mia).await, asked_by(&w, private).await, places(&w).await);
    let done = w.house.act::<Merge>(ann.clone(), None, merge::Input { customer: mia, into: private }).await.expect("merged");
    w.settle().await;
    assert_eq!(asked_by(&w, private).await, [third, one]);
    let mut reply = mail("mia@example.org", "Re: Kettle", "Still.");
    reply.signed = Some(one.0);
    reply.verified = true;
    let got = receive(&w, reply).await;
    let last = thread(&w, one).await.pop().expect("there");
    assert_eq!((got.conversation_id, last.author.id, last.author.verified), (one, Some(private.0), true), "{last:?}");
    w.house.undo(ann.clone(), done.undo.expect("set")).await.expect("undone");
    w.settle().await;
    assert_eq!((asked_by(&w, mia).await, asked_by(&w, private).await, places(&w).await), before);
    let done = w.house.act::<Merge>(ann.clone(), None, merge::Input { customer: max, into: private }).await.expect("merged");
    w.settle().await;
    assert_eq!(places(&w).await, [private.0], "who takes part is the kept one");
    w.house.undo(ann, done.undo.expect("set")).await.expect("undone");
    w.settle().await;
    assert_eq!(places(&w).await, [max.0]);
}

async fn a_large_past_is_listed_and_answered_before_it_has_moved(w: World) {
    let ann = found(&w).await;
    let mut first = mail("mia@example.org", "Kettle", "One.");
    let source = first.source_id.clone().expect("set");
    first.source_id = Some(source.clone());
    let oldest = receive(&w, first).await.conversation_id;
    for n in 0..240 {
        receive(&w, mail("mia@example.org", &format!("Kettle {n}"), "More.")).await;
    }
    let mia = conversation(&w, oldest).await.requester_id;
    let kept = conversation(&w, receive(&w, mail("mia@private.example", "Pan", "Two.")).await.conversation_id).await.requester_id;
    w.settle().await;
    let done = w.house.act::<Merge>(ann.clone(), None, merge::Input { customer: mia, into: kept }).await.expect("merged");
    assert_eq!(conversation(&w, oldest).await.requester_id, mia, "the oldest have not moved yet");
    assert_eq!(asked_by(&w, kept).await.len(), 242);
    let mut answer = mail("mia@example.org", "Re: Kettle", "Still.");
    answer.references = vec![source];
    assert_eq!(receive(&w, answer).await.conversation_id, oldest, "mail finds its conversation meanwhile");
    w.settle().await;
    assert_eq!((conversation(&w, oldest).await.requester_id, asked_by(&w, kept).await.len()), (kept, 242));
    w.house.undo(ann, done.undo.expect("set")).await.expect("undone");
    w.settle().await;
    assert_eq!((asked_by(&w, mia).await.len(), asked_by(&w, kept).await.len()), (241, 1));
}

}
