//! Reactions: exactly once, in spite of failures of some.

use crate::probe::*;

testkit::both! { with house();

async fn every_event_is_heard_once_and_in_order(w: World) {
    for subject in [1, 4, 5, 6] {
        tell(&w, subject).await;
    }
    w.settle().await;
    w.settle().await;
    assert_eq!(heard(&w, "calm").await, [1, 4, 5, 6]);
    assert_eq!(heard(&w, "moody").await, [1, 4, 5, 6]);
}

async fn a_refusal_is_skipped_and_what_it_wrote_is_gone(w: World) {
    for subject in [1, 2, 4] {
        tell(&w, subject).await;
    }
    w.settle().await;
    assert_eq!(heard(&w, "moody").await, [1, 4]);
    assert_eq!(heard(&w, "calm").await, [1, 2, 4], "others are not harmed");
}

async fn a_failure_holds_back_its_own_subject_only_until_it_is_mended(w: World) {
    for subject in [3, 1, 3, 4] {
        tell(&w, subject).await;
    }
    w.settle().await;
    assert_eq!(heard(&w, "moody").await, [1, 4]);
    mend(&w).await;
    for _ in 0..4 {
        after(&w, 4_000_000);
        w.settle().await;
    }
    assert_eq!(heard(&w, "moody").await, [3, 1, 3, 4], "kept in the order of the events");
}

async fn what_answers_itself_ends(w: World) {
    tell(&w, 99).await;
    for _ in 0..8 {
        w.settle().await;
        after(&w, 4_000_000);
    }
    let echoes = heard(&w, "calm").await.len();
    assert!((2..=10).contains(&echoes), "{echoes} echoes");
}

async fn many_at_once_get_one_dense_order(w: World) {
    let all = (0..40).map(|_| tell(&w, 1));
    let mut told: Vec<i64> = Vec::new();
    for one in all {
        told.push(one.await);
    }
    w.settle().await;
    let events = w.house.events_after(0, 100).await.expect("reads");
    let seqs: Vec<i64> = events.iter().map(|e| e.seq).collect();
    assert_eq!(seqs, (1..=40).collect::<Vec<i64>>());
    assert_eq!(events[0].changed("x").expect("kept").after, 2);
}

}
