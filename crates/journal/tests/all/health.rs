//! The figures for whoever looks after an installation.

use crate::probe::*;
use journal::Runner;
use journal::health::Health;
use journal::lease::NodeLease;
use testkit::World;

async fn health(w: &World) -> Health {
    w.house.health().await.expect("reads")
}

testkit::both! { with house();

async fn work_that_was_given_up_is_counted(w: World) {
    assert_eq!(health(&w).await.parked_jobs, 0);
    later(&w, "never", None).await;
    later(&w, "panic", None).await;
    later(&w, "well", None).await;
    Runner::settle(&w.house).await.expect("comes to rest");
    let health = health(&w).await;
    assert_eq!((health.parked_jobs, health.parked_reactions), (2, 0));
}

async fn a_node_that_fell_silent_is_counted_where_there_can_be_several(w: World) {
    let before = health(&w).await.silent_nodes;
    let lease = NodeLease::take(&w.house.db, &w.clock, "there").await.expect("taken");
    assert_eq!(health(&w).await.silent_nodes, before, "it lives");
    let (node, then) = (lease.node, base::Time(base::Clock::system().now().0 - 3_600_000));
    let sql = "UPDATE nodes SET seen_at = $2 WHERE node = $1";
    w.house.db.write(move |tx| tx.exec(sql, store::p![node, then]).map(drop)).await.expect("set back");
    let several = w.house.db.engine() == store::Engine::Postgres;
    assert_eq!(health(&w).await.silent_nodes, before + i64::from(several));
    lease.end(&w.house.db, 0).await.expect("a goodbye");
    assert_eq!(health(&w).await.silent_nodes, before);
}

}
