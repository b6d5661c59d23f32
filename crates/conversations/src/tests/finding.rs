//! The search finds what was received and written, on both databases.

use super::*;
use crate::actions::note::{self, Note};
use search::{Hit, Query};

async fn hits(w: &World, text: &str) -> Vec<Hit> {
    let query = Query { text: text.to_owned(), kind: None, before: None, most: 20 };
    let find = move |cx: &mut Cx| search::find(cx, &query, |_, hits| Ok(vec![true; hits.len()]));
    w.house.read(Caller::system(), find).await.expect("finds").hits
}

testkit::both! { with house();

async fn a_mail_is_found_by_its_text_and_by_its_subject(w: World) {
    found(&w).await;
    let got = receive(&w, mail("mia@example.org", "Kettle", "It drips on the carpet.")).await;
    w.settle().await;
    for word in ["carpet ", "kettle "] {
        let hits = hits(&w, word).await;
        assert_eq!(hits.iter().map(|hit| hit.parent).collect::<Vec<_>>(), [got.conversation_id.0], "{word}");
        // What is shown is the text, whether the word stands there or in the subject.
        assert_eq!(hits[0].snippet.iter().any(|part| part.hit), word == "carpet ", "{:?}", hits[0].snippet);
    }
}

async fn a_note_is_found_with_its_conversation(w: World) {
    let ann = found(&w).await;
    let got = receive(&w, mail("mia@example.org", "Kettle", "It drips.")).await;
    let input = note::Input {
        conversation_id: Some(got.conversation_id),
        html: "<p>Ask the workshop about gaskets</p>".to_owned(),
        mentions: Vec::new(),
        upload_ids: Vec::new(),
        clean: None,
    };
    w.house.act::<Note>(ann, None, input).await.expect("noted");
    w.settle().await;
    assert_eq!(hits(&w, "gaskets ").await[0].parent, got.conversation_id.0);
}

}
