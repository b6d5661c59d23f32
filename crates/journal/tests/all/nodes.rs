//! Node numbers: never two holders of one, never an id twice.

use crate::probe::*;
use base::IdSource;
use journal::lease::{NodeLease, skew};

testkit::both! { with house();

async fn the_next_holder_starts_above_what_the_last_may_have_made(w: World) {
    let first = NodeLease::take(&w.house.db, &w.clock, "here").await.expect("taken");
    let made = IdSource::new(w.clock.clone(), first.node, first.after).next();
    first.release(&w.house.db).await.expect("given back");
    let second = NodeLease::take(&w.house.db, &w.clock, "here").await.expect("taken");
    assert!(second.after > made);
    assert!(IdSource::new(w.clock.clone(), second.node, second.after).next() > made);
}

async fn a_server_gives_each_node_its_own_number(w: World) {
    let first = NodeLease::take(&w.house.db, &w.clock, "here").await.expect("taken");
    let second = NodeLease::take(&w.house.db, &w.clock, "there").await.expect("taken");
    match w.house.db.engine() {
        store::Engine::Postgres => {
            assert_ne!(first.node, second.node);
            assert_eq!(second.others, 1);
            assert!(skew(&w.house.db, &w.clock).await.expect("reads").is_some(), "clocks can be compared");
        }
        // A file has one holder at a time: the lock on its folder sees to it.
        store::Engine::Sqlite => {
            assert_eq!(first.node, second.node);
            assert_eq!(skew(&w.house.db, &w.clock).await.expect("reads"), None);
        }
    }
}

}
