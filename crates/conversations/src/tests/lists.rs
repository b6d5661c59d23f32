//! Lists: in order, without skips and doubles, and counted within bounds.

use super::*;
use crate::actions::assign::{self, Assign};
use crate::actions::change::{self, Change};
use crate::actions::delete::{self, Delete};
use crate::actions::join::{self, Join};
use crate::store::list::{View, count_view, list_view};
use base::Ask;

async fn ids(w: &World, caller: &Caller, view: View, limit: i64) -> Vec<ConversationId> {
    let mut found = Vec::new();
    let mut cursor = None;
    loop {
        let ask = Ask { cursor: cursor.take(), limit: Some(limit) };
        let me = agent_of(caller);
        let page = w.house.read(caller.clone(), move |cx| {
            let scope = people::scope(cx)?;
            list_view(cx, &scope, view, Some(me), &ask)
        });
        let page = page.await.expect("reads");
        found.extend(page.items.iter().map(|c| c.id));
        match page.next {
            Some(next) => cursor = Some(next),
            None => return found,
        }
    }
}

testkit::both! { with house();

async fn pages_show_everything_once_newest_first(w: World) {
    let ann = found(&w).await;
    let mut made = Vec::new();
    for n in 0..7 {
        w.clock.advance(1_000);
        made.push(receive(&w, mail(&format!("p{n}@example.org"), "Hello", "One.")).await.conversation_id);
    }
    made.reverse();
    assert_eq!(ids(&w, &ann, View::All, 3).await, made);
    assert_eq!(ids(&w, &ann, View::Unassigned, 2).await, made);
    assert!(ids(&w, &ann, View::Mine, 2).await.is_empty());
    let me = agent_of(&ann);
    let input = assign::Input { conversation_id: made[2], assignee_id: Some(me), team_id: None, version: None };
    let done = w.house.act::<Assign>(ann.clone(), None, input).await.expect("assigned");
    assert_eq!(ids(&w, &ann, View::Mine, 2).await, [made[2]]);
    w.house.undo(ann.clone(), done.undo.expect("undoable")).await.expect("undone");
    assert!(ids(&w, &ann, View::Mine, 2).await.is_empty());
    let counted = w.house.read(ann, move |cx| count_view(cx, &people::Scope::All, View::All, Some(me))).await;
    assert_eq!(counted.expect("counts"), (7, false));
}

async fn an_old_version_is_refused_with_the_present_state(w: World) {
    let ann = found(&w).await;
    let id = receive(&w, mail("mia@example.org", "Hello", "One.")).await.conversation_id;
    let subject = |subject: &str, version: Option<i64>| change::Input {
        conversation_id: Some(id), subject: Some(subject.to_owned()), version, ..change::Input::default()
    };
    let version = conversation(&w, id).await.version;
    w.house.act::<Change>(ann.clone(), None, subject("First", Some(version))).await.expect("changed");
    let stale = w.house.act::<Change>(ann, None, subject("Second", Some(version))).await.expect_err("refused");
    assert_eq!(stale.code, "version_conflict");
    assert_eq!(stale.present.as_ref().expect("the present state")["subject"], "First");
}

async fn joining_moves_the_messages_and_parting_brings_them_back(w: World) {
    let ann = found(&w).await;
    let one = receive(&w, mail("mia@example.org", "Kettle", "One.")).await.conversation_id;
    let two = receive(&w, mail("mia@example.org", "Kettle again", "Two.")).await.conversation_id;
    let input = join::Input { conversation_id: two, into: one, version: None };
    let done = w.house.act::<Join>(ann.clone(), None, input).await.expect("joined");
    assert_eq!((thread(&w, one).await.len(), thread(&w, two).await.len()), (2, 0));
    w.house.undo(ann.clone(), done.undo.expect("undoable")).await.expect("parted");
    assert_eq!((thread(&w, one).await.len(), thread(&w, two).await.len()), (1, 1));
    assert_eq!(conversation(&w, one).await.preview, "One.");
}

async fn what_is_deleted_is_on_no_list_and_comes_back(w: World) {
    let ann = found(&w).await;
    let id = receive(&w, mail("mia@example.org", "Kettle", "One.")).await.conversation_id;
    let input = delete::Input { conversation_id: id, version: None };
    let done = w.house.act::<Delete>(ann.clone(), None, input).await.expect("deleted");
    assert!(ids(&w, &ann, View::All, 10).await.is_empty());
    w.house.undo(ann.clone(), done.undo.expect("undoable")).await.expect("restored");
    assert_eq!(ids(&w, &ann, View::All, 10).await, [id]);
}

}
