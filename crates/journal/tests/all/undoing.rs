//! Undo: by the one who acted, once.

use crate::probe::*;
use journal::{Caller, Key};

testkit::both! { with house();

async fn only_the_one_who_acted_can_undo_and_only_once(w: World) {
    let ann = Caller::agent(1, ["probe.tell".to_owned()]);
    let done = w.house.act::<Tell>(ann.clone(), None, Said { subject: 4 }).await.expect("told");
    let undo = done.undo.expect("undoable");
    let other = Caller::agent(2, ["probe.tell".to_owned()]);
    assert_eq!(w.house.undo(other, undo).await.expect_err("refused").code, "undo_not_found");
    w.house.undo(ann.clone(), undo).await.expect("undone");
    w.settle().await;
    assert_eq!(heard(&w, "calm").await, [4, -4]);
    assert_eq!(w.house.undo(ann, undo).await.expect_err("refused").code, "already_undone");
}

async fn without_the_grant_nothing_happens(w: World) {
    let nobody = Caller::agent(1, ["something.else".to_owned()]);
    let refused = w.house.act::<Tell>(nobody, None, Said { subject: 4 }).await.expect_err("refused");
    assert_eq!(refused.code, "not_permitted");
    assert_eq!(w.house.last_seq().await.expect("reads"), 0);
}

async fn the_same_key_of_the_same_caller_acts_once(w: World) {
    let ann = Caller::agent(1, ["probe.tell".to_owned()]);
    let act = |key: Key| w.house.act::<Tell>(ann.clone(), Some(key), Said { subject: 4 });
    let first = act(Key::new("k", b"body")).await.expect("told");
    let again = act(Key::new("k", b"body")).await.expect("told before");
    assert_eq!((first.output, first.undo), (again.output, again.undo));
    assert_eq!(act(Key::new("k", b"other")).await.expect_err("refused").code, "key_reused");
    let bo = Caller::agent(2, ["probe.tell".to_owned()]);
    let other = w.house.act::<Tell>(bo, Some(Key::new("k", b"body")), Said { subject: 4 }).await.expect("own key");
    assert_ne!(other.output, first.output);
}

}
