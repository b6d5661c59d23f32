//! Jobs: the kind of the error decides, leases and fences hold.

use crate::probe::*;
use journal::{Caller, JobRun, Runner};
use store::p;
use testkit::World;

async fn parked(w: &World) -> Vec<String> {
    let jobs = w.house.parked_jobs(i64::MAX, 10).await.expect("reads");
    jobs.into_iter().map(|job| job.error.unwrap_or_default()).collect()
}

async fn settle(w: &World) {
    Runner::settle(&w.house).await.expect("comes to rest");
}

testkit::both! { with house();

async fn what_passes_is_tried_again_until_it_works(w: World) {
    later(&w, "later", None).await;
    for _ in 0..3 {
        settle(&w).await;
        after(&w, 60_000);
    }
    assert_eq!(heard(&w, "errand").await.len(), 1);
    assert!(parked(&w).await.is_empty());
}

async fn a_refusal_and_a_panic_are_parked_at_once_and_can_be_tried_again(w: World) {
    later(&w, "never", None).await;
    later(&w, "panic", None).await;
    later(&w, "well", None).await;
    settle(&w).await;
    let causes = parked(&w).await;
    assert_eq!(causes.len(), 2, "{causes:?}");
    assert!(causes.iter().any(|c| c.contains("Never.")), "{causes:?}");
    assert_eq!(heard(&w, "errand").await.len(), 1, "what follows goes on");
    let job = w.house.parked_jobs(i64::MAX, 1).await.expect("reads").remove(0);
    w.house.retry_parked_job(Caller::agent(5, []), job.id).await.expect("waits again");
    let look = move |cx: &mut journal::Cx<'_, '_>| journal::history(cx, "job", job.id, i64::MAX, 10);
    let told = w.house.read(Caller::system(), look).await.expect("reads");
    assert_eq!((told[0].name.as_str(), told[0].agent_id()), ("job.retried", Some(5)));
    assert_eq!(parked(&w).await.len(), 1);
}

async fn an_internal_error_is_parked_after_five_runs(w: World) {
    later(&w, "broken", None).await;
    for run in 1..=5 {
        assert!(parked(&w).await.is_empty(), "before run {run}");
        settle(&w).await;
        after(&w, 4_000_000);
    }
    assert_eq!(parked(&w).await.len(), 1);
}

async fn a_key_keeps_one_of_the_waiting(w: World) {
    later(&w, "well", Some("once")).await;
    later(&w, "well", Some("once")).await;
    settle(&w).await;
    assert_eq!(heard(&w, "errand").await.len(), 1);
    later(&w, "well", Some("once")).await;
    settle(&w).await;
    assert_eq!(heard(&w, "errand").await.len(), 2, "done ones don't hold back new ones");
}

async fn whoever_lost_the_lease_can_not_finish(w: World) {
    later(&w, "well", None).await;
    let (id,): (i64,) = w.house.db.read(|tx| tx.one("SELECT id FROM jobs WHERE name = 'probe.errand'", p![]))
        .await.expect("there");
    let claimed = w.house.db.write(move |tx| tx.exec("UPDATE jobs SET fence = 2, attempts = 2 WHERE id = $1", p![id]));
    assert_eq!(claimed.await.expect("another worker took it"), 1);
    let late = JobRun::new(id, 1);
    let refused = w.system(move |cx| late.finish(cx)).await.expect_err("refused");
    assert_eq!(refused.code, "lease_lost");
}

async fn the_jobs_of_a_dead_process_are_taken_over(w: World) {
    later(&w, "well", None).await;
    let held = w.house.db.write(|tx| tx.exec(
        "UPDATE jobs SET holder = 'somebody who is gone', run_at = run_at + 700000, fence = 1
         WHERE name = 'probe.errand'", p![]));
    assert_eq!(held.await.expect("held"), 1);
    settle(&w).await;
    assert!(heard(&w, "errand").await.is_empty(), "its lease still runs");
    let runner = Runner::start(w.house.clone()).await.expect("starts");
    for _ in 0..100 {
        if !heard(&w, "errand").await.is_empty() { break }
        testkit::tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    drop(runner);
    assert_eq!(heard(&w, "errand").await.len(), 1);
}

}
