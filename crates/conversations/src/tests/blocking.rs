//! Whoever is shut out opens nothing, joins nothing and rings no bell; what came is kept and can be let in.

use super::*;
use crate::actions::block::{self, Block, Release};
use crate::store::blocked::{Blocked, BlockedId, list_blocked};

async fn held(w: &World) -> Vec<Blocked> {
    w.system(|cx| list_blocked(cx, BlockedId(i64::MAX), None, 50)).await.expect("read")
}

testkit::both! { with house();

async fn marking_as_spam_and_blocking_is_one_step_and_one_way_back(w: World) {
    let ann = found(&w).await;
    let id = receive(&w, mail("spam@evil.example", "Buy", "Now.")).await.conversation_id;
    let done = w.house.act::<Block>(ann.clone(), None, block::Input { conversation_id: id, domain: false }).await.expect("blocked");
    assert!(done.output.spam);
    w.settle().await;
    let before = w.house.events_after(0, 1_000).await.expect("read").len();
    let mut second = mail("Spam@evil.example", "Buy again", "Now.");
    second.signed = Some(id.0);
    let got = try_receive(&w, second.clone()).await.expect("taken");
    assert!(got.blocked);
    try_receive(&w, second).await.expect("taken again");
    w.settle().await;
    assert_eq!(w.house.events_after(0, 1_000).await.expect("read").len(), before, "nobody is told");
    assert_eq!(thread(&w, id).await.len(), 1, "also the open conversation is closed to it");
    let list = held(&w).await;
    assert_eq!((list.len(), list[0].repeats, list[0].subject.as_str()), (1, 1, "Buy again"));
    let refused = w.house.act::<Release>(ann.clone(), None, block::Held { blocked_id: list[0].id }).await;
    assert_eq!(refused.expect_err("a pigeon keeps nothing").code, "not_kept");
    w.house.undo(ann, done.undo.expect("set")).await.expect("undone");
    assert!(!conversation(&w, id).await.spam);
    assert!(!receive(&w, mail("spam@evil.example", "Sorry", "Please.")).await.blocked);
}

async fn what_was_let_in_is_received_whoever_is_shut_out(w: World) {
    let ann = found(&w).await;
    let id = receive(&w, mail("spam@evil.example", "Buy", "Now.")).await.conversation_id;
    w.house.act::<Block>(ann, None, block::Input { conversation_id: id, domain: true }).await.expect("blocked");
    let mut other = mail("honest@evil.example", "Help", "Please.");
    assert!(receive(&w, other.clone()).await.blocked);
    other.released = true;
    assert!(!receive(&w, other).await.blocked);
}

}
