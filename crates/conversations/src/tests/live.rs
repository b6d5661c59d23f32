//! What desks are shown live, and how far they have read.

use std::sync::Arc;

use serde_json::Value;
use web::{Seen, Viewers};

use super::*;
use crate::actions::read::{self, Read};
use crate::viewers::Desks;

/// What this caller's desk is told of everything that has happened.
async fn told(w: &World, caller: &Caller) -> Vec<Value> {
    let house: Arc<journal::Workspace> = w.house.clone();
    let sight = Desks.sight(&house, caller).await.expect("a sight");
    let events = house.events_after(0, 200).await.expect("reads");
    let patches = Desks.load(&house, &events).await.expect("loads");
    let shown = |patch: &web::Patch| match Desks.see(&sight, patch) {
        Seen::Shown(value) => Some(value),
        Seen::Gone(_) | Seen::Hidden => None,
    };
    patches.iter().filter_map(shown).collect()
}

testkit::both! { with house();

async fn a_batch_of_events_is_shown_each_with_its_own_row_and_message(w: World) {
    let ann = found(&w).await;
    let first = receive(&w, mail("mia@example.org", "Kettle", "It drips.")).await;
    let second = receive(&w, mail("leo@example.org", "Lamp", "It flickers.")).await;
    let read = read::Input { conversation_id: second.conversation_id, message_id: Some(second.message_id) };
    w.house.act::<Read>(ann.clone(), None, read).await.expect("read");
    w.settle().await;
    let told = told(&w, &ann).await;
    let of = |id: ConversationId| {
        let mut about = told.iter().filter(move |t| t["row"]["id"] == id.0);
        about.find(|t| !t["message"].is_null()).expect("its message")
    };
    let (kettle, lamp) = (of(first.conversation_id), of(second.conversation_id));
    assert_eq!((&kettle["row"]["subject"], &kettle["message"]["text"]), (&"Kettle".into(), &"It drips.".into()));
    assert_eq!((&lamp["row"]["subject"], &lamp["message"]["text"]), (&"Lamp".into(), &"It flickers.".into()));
    assert_eq!((&kettle["row"]["unread"], &lamp["row"]["unread"]), (&true.into(), &false.into()));
}

async fn nobody_reads_up_to_a_message_of_another_conversation(w: World) {
    let ann = found(&w).await;
    let first = receive(&w, mail("mia@example.org", "Kettle", "It drips.")).await;
    let second = receive(&w, mail("leo@example.org", "Lamp", "It flickers.")).await;
    let read = |message_id| read::Input { conversation_id: first.conversation_id, message_id };
    let act = |input| w.house.act::<Read>(ann.clone(), None, input);
    for foreign in [second.message_id, crate::model::MessageId(7)] {
        let refused = act(read(Some(foreign))).await.expect_err("not of this conversation");
        assert_eq!(refused.code, "message_not_found");
    }
    act(read(Some(first.message_id))).await.expect("read");
    act(read(None)).await.expect("unread again");
}

}
