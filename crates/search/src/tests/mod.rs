//! Search through its public door, on both databases.

mod agreement;
mod finding;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use base::{Result, Time};
use journal::{Caller, Cx, Runner, Workspace};
use testkit::World;
use web::Capability;

use crate::{Entry, Found, Query, Source, Sources};

/// Rows of a crate above, without its tables.
#[derive(Clone, Default)]
struct Shelf(Arc<Mutex<BTreeMap<i64, Entry>>>);

impl Source for Shelf {
    fn kind(&self) -> &'static str {
        "text"
    }

    fn load(&self, _: &mut Cx<'_, '_>, ids: &[i64]) -> Result<Vec<Entry>> {
        let rows = self.0.lock().expect("nobody panics here");
        Ok(ids.iter().filter_map(|id| rows.get(id).cloned()).collect())
    }

    fn ids_after(&self, _: &mut Cx<'_, '_>, after: i64, limit: i64) -> Result<Vec<i64>> {
        let rows = self.0.lock().expect("nobody panics here");
        Ok(rows.keys().copied().filter(|id| *id > after).take(limit as usize).collect())
    }
}

/// What a world is made of here; the shelf can be reached through a socket of its own.
fn library() -> [Capability; 1] {
    [crate::capability().plug(|registry| {
        let shelf = registry.fill::<Shelf>().clone();
        registry.fill::<Sources>().add(shelf);
    })]
}

/// A house that can be searched.
struct Library {
    shelf: Shelf,
    house: Arc<Workspace>,
}

impl Library {
    fn of(w: &World) -> Library {
        let shelf = w.house.registry().socket::<Shelf>().cloned().expect("library() fills it");
        Library { shelf, house: w.house.clone() }
    }

    /// Changes a row and asks for its indexing, which is not done yet.
    async fn write(&self, id: i64, parent: i64, text: &str) {
        let entry = Entry { id, at: Time(id), title: format!("Title{id}"), text: text.to_owned(), parent };
        self.shelf.0.lock().expect("nobody panics here").insert(id, entry);
        self.house
            .write(Caller::system(), move |cx| crate::put_later(cx, "text", id))
            .await
            .expect("asked for");
    }

    async fn put(&self, id: i64, text: &str) {
        self.write(id, id, text).await;
        self.settle().await;
    }

    async fn settle(&self) {
        Runner::settle(&self.house).await.expect("the house comes to rest");
        let parked = self.house.parked_jobs(i64::MAX, 10).await.expect("reads");
        assert!(parked.is_empty(), "parked: {parked:?}");
    }

    async fn ask(&self, text: &str) -> Found {
        self.ask_on(text, None, 100).await
    }

    async fn ask_on(&self, text: &str, before: Option<i64>, most: usize) -> Found {
        let query = Query { text: text.to_owned(), kind: None, before, most };
        let read = move |cx: &mut Cx<'_, '_>| crate::find(cx, &query, |_, hits| Ok(vec![true; hits.len()]));
        self.house.read(Caller::system(), read).await.unwrap_or_else(|e| panic!("{text:?}: {e:?}"))
    }

    async fn ids(&self, text: &str) -> Vec<i64> {
        self.ask(text).await.hits.iter().map(|hit| hit.id).collect()
    }
}
