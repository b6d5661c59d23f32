//! The sweep of blobs: what nothing names goes after a day, what something names stays, nothing races.

use journal::Runner;
use testkit::{DAY, World};

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

testkit::both! { with house();

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
