//! The sweep of blobs: what nothing names goes after a day, what something names stays, nothing races.

use std::collections::BTreeSet;

use journal::Runner;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use testkit::{DAY, World, tokio};

use crate::probe::*;

const HOUR: i64 = DAY / 24;

/// Lets the sweep run, as it does every hour.
async fn sweep(w: &World) {
    w.clock.advance(HOUR);
    Runner::settle(&w.house).await.expect("comes to rest");
}

async fn put(w: &World, key: &str) -> String {
    w.house.keep_blob(key, b"bytes".to_vec()).await.expect("kept")
}

async fn is_there(w: &World, key: &str) -> bool {
    w.house.blobs.get(key).await.is_ok()
}

#[derive(Clone, Debug)]
enum Deed {
    /// Stores this content, and names it at once or never.
    Keep(u8, bool),
    /// The one among the named ones loses its name.
    Forget(usize),
    Sweep,
    Wait(i64),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        3 => (0..4u8, any::<bool>()).prop_map(|(content, named)| Deed::Keep(content, named)),
        1 => any::<usize>().prop_map(Deed::Forget),
        3 => Just(Deed::Sweep),
        2 => (1..30i64).prop_map(Deed::Wait),
    ];
    proptest::collection::vec(deed, 5..40)
}

testkit::both! { with house();

async fn whatever_happens_a_named_blob_is_there_and_in_the_end_nothing_else_is(w: World) {
    let mut runner = TestRunner::deterministic();
    let mut named = BTreeSet::new();
    for _ in 0..12 {
        for deed in deeds().new_tree(&mut runner).expect("deeds").current() {
            match deed {
                Deed::Keep(content, names) => {
                    let key = put(&w, &format!("probe/{content}")).await;
                    if names && named.insert(key.clone()) {
                        name_file(&w, &key).await;
                    }
                }
                Deed::Forget(which) if !named.is_empty() => {
                    let key = named.iter().nth(which % named.len()).cloned().expect("one of them");
                    named.remove(&key);
                    forget_file(&w, &key).await;
                }
                Deed::Forget(_) => {}
                Deed::Sweep => sweep(&w).await,
                Deed::Wait(hours) => w.clock.advance(hours * HOUR),
            }
            for key in &named {
                assert!(is_there(&w, key).await, "{key} has a name");
            }
        }
    }
    for _ in 0..3 {
        w.clock.advance(DAY);
        sweep(&w).await;
    }
    let left = w.house.blobs.keys_after("", 100).await.expect("lists");
    assert_eq!(left.into_iter().collect::<BTreeSet<_>>(), named);
}

async fn storing_and_sweeping_at_the_same_moment_loses_nothing(w: World) {
    for round in 0..25 {
        put(&w, "probe/same").await;
        sweep(&w).await;
        w.clock.advance(DAY);
        let keep = async {
            for _ in 0..round {
                tokio::task::yield_now().await;
            }
            let key = put(&w, "probe/same").await;
            name_file(&w, &key).await;
            key
        };
        let (key, ()) = tokio::join!(keep, sweep(&w));
        assert!(is_there(&w, &key).await, "round {round}");
        forget_file(&w, &key).await;
        w.clock.advance(DAY);
        sweep(&w).await;
        w.clock.advance(DAY);
        sweep(&w).await;
        assert!(!is_there(&w, &key).await, "round {round}: it is gone before the next");
    }
}

async fn a_blob_that_nothing_names_is_removed_after_a_day_and_others_stay(w: World) {
    put(&w, "probe/named").await;
    name_file(&w, "probe/named").await;
    put(&w, "probe/nameless").await;
    put(&w, "elsewhere/nobody-answers-for-it").await;
    sweep(&w).await;
    w.clock.advance(DAY - 2 * HOUR);
    sweep(&w).await;
    assert!(is_there(&w, "probe/nameless").await, "not yet a day");
    sweep(&w).await;
    assert!(!is_there(&w, "probe/nameless").await);
    assert!(is_there(&w, "probe/named").await);
    assert!(is_there(&w, "elsewhere/nobody-answers-for-it").await);
}

async fn a_blob_whose_name_comes_late_stays(w: World) {
    put(&w, "probe/late").await;
    sweep(&w).await;
    w.clock.advance(23 * HOUR);
    name_file(&w, "probe/late").await;
    sweep(&w).await;
    w.clock.advance(2 * DAY);
    sweep(&w).await;
    assert!(is_there(&w, "probe/late").await);
}

async fn a_day_without_a_name_begins_with_the_last_name(w: World) {
    put(&w, "probe/a").await;
    name_file(&w, "probe/a").await;
    w.clock.advance(30 * DAY);
    sweep(&w).await;
    forget_file(&w, "probe/a").await;
    sweep(&w).await;
    w.clock.advance(20 * HOUR);
    sweep(&w).await;
    assert!(is_there(&w, "probe/a").await);
    w.clock.advance(4 * HOUR);
    sweep(&w).await;
    assert!(!is_there(&w, "probe/a").await);
}

async fn the_same_content_that_comes_before_the_removal_gets_a_key_of_its_own(w: World) {
    put(&w, "probe/same").await;
    sweep(&w).await;
    w.clock.advance(DAY);
    let again = put(&w, "probe/same").await;
    assert_ne!(again, "probe/same");
    name_file(&w, &again).await;
    sweep(&w).await;
    assert!(!is_there(&w, "probe/same").await && is_there(&w, &again).await);
    assert_eq!(put(&w, "probe/same").await, "probe/same", "the key is free again");
}

async fn a_backup_holds_the_sweep_back_until_its_pause_ends(w: World) {
    put(&w, "probe/nameless").await;
    sweep(&w).await;
    w.clock.advance(DAY);
    w.house.pause_blob_sweep("backup", 3 * HOUR / 1000).await.expect("paused");
    w.house.pause_blob_sweep("another", HOUR / 1000).await.expect("paused");
    sweep(&w).await;
    w.house.resume_blob_sweep("another").await.expect("resumed");
    sweep(&w).await;
    assert!(is_there(&w, "probe/nameless").await, "the backup still runs");
    sweep(&w).await;
    assert!(!is_there(&w, "probe/nameless").await, "it did not come back, and its pause is over");
}

async fn many_blobs_are_looked_through_in_pages(w: World) {
    for n in 0..1_203 {
        let key = format!("probe/{:02x}/{n}", n % 7);
        put(&w, &key).await;
        if n % 100 == 0 {
            name_file(&w, &key).await;
        }
    }
    sweep(&w).await;
    w.clock.advance(DAY);
    sweep(&w).await;
    assert_eq!(w.house.blobs.keys_after("", 5_000).await.expect("lists").len(), 13);
}

}
