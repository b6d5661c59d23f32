//! Deliveries: nothing is sent twice, and nothing that may be lost is silent.

use super::*;
use crate::actions::reply::{self, Reply};
use crate::actions::resend::{self, Resend};
use crate::model::Delivery;
use journal::JobRun;

async fn answered(w: &World, address: &str) -> (Caller, ConversationId, Shown) {
    let ann = found(w).await;
    let got = receive(w, mail(address, "Kettle", "One.")).await;
    let input = reply::Input {
        conversation_id: Some(got.conversation_id),
        html: "<p>Hello</p>".to_owned(),
        channel: None,
        to: None,
        cc: None,
        audience: None,
        then: None,
        upload_ids: Vec::new(),
        version: None,
        clean: None,
    };
    let shown = w.house.act::<Reply>(ann.clone(), None, input).await.expect("held").output;
    w.clock.advance(11_000);
    (ann, got.conversation_id, shown)
}

async fn delivery(w: &World, id: ConversationId) -> crate::present::DeliveryState {
    thread(w, id).await[1].delivery.clone().expect("outgoing")
}

testkit::both! { with house();

async fn a_refusal_is_shown_and_can_be_sent_again_by_hand(w: World) {
    let (ann, id, shown) = answered(&w, "refused@example.org").await;
    w.settle().await;
    let state = delivery(&w, id).await;
    assert_eq!((state.state, state.error.as_deref()), (Delivery::Failed, Some("550 no such person")));
    let again = w.house.act::<Resend>(ann, None, resend::Input { message_id: shown.id }).await.expect("queued");
    assert_eq!(again.output.delivery.expect("outgoing").state, Delivery::Queued);
    w.settle().await;
    assert_eq!(delivery(&w, id).await.attempts, 2);
}

async fn what_may_have_arrived_is_unknown_and_never_tried_again(w: World) {
    let (_, id, _) = answered(&w, "unclear@example.org").await;
    w.settle().await;
    w.clock.advance(testkit::DAY);
    w.settle().await;
    let state = delivery(&w, id).await;
    assert_eq!((state.state, state.attempts), (Delivery::Unknown, 1));
    let counted = w.system(|cx| crate::store::message::count_unknown(cx, 10)).await.expect("counts");
    assert_eq!(counted, 1);
}

async fn what_certainly_did_not_arrive_is_tried_again_later(w: World) {
    let (_, id, _) = answered(&w, "later@example.org").await;
    w.settle().await;
    let state = delivery(&w, id).await;
    assert_eq!((state.state, state.attempts), (Delivery::Queued, 1));
    let rests = state.next_at.expect("it says when").0 - w.clock.now().0;
    assert!((120_000..=132_000).contains(&rests), "{rests}");
    w.clock.advance(rests - 1);
    w.settle().await;
    assert_eq!(delivery(&w, id).await.attempts, 1);
    w.clock.advance(1);
    w.settle().await;
    let state = delivery(&w, id).await;
    assert_eq!(state.attempts, 2);
    let rests = state.next_at.expect("it says when").0 - w.clock.now().0;
    assert!((300_000..=330_000).contains(&rests), "pauses grow: {rests}");
}

async fn what_was_put_off_is_tried_at_once_when_somebody_asks(w: World) {
    let (ann, id, shown) = answered(&w, "later@example.org").await;
    w.settle().await;
    let hurry = || w.house.act::<Resend>(ann.clone(), None, resend::Input { message_id: shown.id });
    hurry().await.expect("it rests");
    let twice = hurry().await.expect_err("it is on its way already");
    assert_eq!(twice.code, "not_resendable");
    w.settle().await;
    let state = delivery(&w, id).await;
    assert_eq!((state.state, state.attempts), (Delivery::Queued, 2));
    assert!(state.next_at.expect("it says when") > w.clock.now());
}

async fn what_is_put_off_for_too_long_is_given_up_and_can_be_sent_again(w: World) {
    let (ann, id, shown) = answered(&w, "later@example.org").await;
    let rules = crate::settings::Rules { give_up_after_hours: 2, ..crate::settings::Rules::default() };
    w.house.act::<crate::actions::set_rules::SetRules>(ann.clone(), None, rules).await.expect("set");
    w.settle().await;
    w.clock.advance(3_600_000);
    w.settle().await;
    assert_eq!(delivery(&w, id).await.state, Delivery::Queued);
    w.clock.advance(3_600_000);
    w.settle().await;
    let state = delivery(&w, id).await;
    assert_eq!((state.state, state.attempts, state.next_at), (Delivery::Failed, 3, None));
    w.house.act::<Resend>(ann, None, resend::Input { message_id: shown.id }).await.expect("queued");
    w.settle().await;
    assert_eq!(delivery(&w, id).await.state, Delivery::Queued, "the time begins anew");
}

async fn a_delivery_that_was_begun_by_a_dead_process_becomes_unknown(w: World) {
    let (_, id, shown) = answered(&w, "crash@example.org").await;
    let message = shown.id;
    w.system(move |cx| crate::actions::release::release(cx, message)).await.expect("released");
    let dead = JobRun::new(0, 1);
    let begun = w.system(move |cx| crate::actions::move_on::begin(cx, &dead, message).map(drop)).await;
    begun.expect("sending is on disk");
    // The house starts anew and takes the job up again.
    w.settle().await;
    let state = delivery(&w, id).await;
    assert_eq!(state.state, Delivery::Unknown);
    assert!(state.error.expect("a reason").contains("stopped"));

}

}
