//! Files on their way in and out: how many at once, for everybody and for each caller.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base::Result;
use base::error::{internal, too_many, unavailable};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// What one transfer may hold at a time; the rest waits on the disk or on the wire.
const HELD_EACH: usize = 256 * 1024;
/// What all transfers of a node may hold together; those of strangers as much again.
const HELD_TOGETHER: usize = 16 * 1024 * 1024;
/// A browser opens six connections to one host.
const MOST_OF_ONE: usize = 12;
const PATIENCE: Duration = Duration::from_secs(10);

/// The transfers of one node.
pub struct Transfers {
    places: Arc<Semaphore>,
    /// Strangers who read slowly on purpose must not take the places of those who work here.
    strangers: Arc<Semaphore>,
    callers: Arc<Mutex<HashMap<String, usize>>>,
    patience: Duration,
}

impl Default for Transfers {
    fn default() -> Transfers {
        Transfers::of(HELD_TOGETHER / HELD_EACH, PATIENCE)
    }
}

/// A transfer under way; dropping it makes room for the next.
pub struct Transfer {
    callers: Arc<Mutex<HashMap<String, usize>>>,
    caller: String,
    _place: OwnedSemaphorePermit,
}

impl Transfers {
    fn of(most: usize, patience: Duration) -> Transfers {
        let (places, strangers) = (Semaphore::new(most), Semaphore::new(most));
        let (places, strangers) = (Arc::new(places), Arc::new(strangers));
        Transfers { places, strangers, callers: Arc::default(), patience }
    }

    /// Waits a little for room, then refuses.
    pub(crate) async fn begin(&self, caller: String) -> Result<Transfer> {
        self.begin_among(self.places.clone(), caller).await
    }

    /// As [`Transfers::begin`], with the places of strangers.
    pub(crate) async fn begin_stranger(&self, address: String) -> Result<Transfer> {
        self.begin_among(self.strangers.clone(), address).await
    }

    async fn begin_among(&self, places: Arc<Semaphore>, caller: String) -> Result<Transfer> {
        self.count(&caller)?;
        let place = tokio::time::timeout(self.patience, places.acquire_owned()).await;
        let place = match place {
            Ok(place) => place.map_err(internal),
            Err(_) => Err(unavailable("transfers_busy", "Too many files are on their way. Try again soon.")),
        };
        match place {
            Ok(place) => Ok(Transfer { callers: self.callers.clone(), caller, _place: place }),
            Err(e) => {
                leave(&self.callers, &caller);
                Err(e)
            }
        }
    }

    fn count(&self, caller: &str) -> Result<()> {
        let mut callers = self.callers.lock().unwrap_or_else(PoisonError::into_inner);
        let mine = callers.entry(caller.to_owned()).or_default();
        if *mine >= MOST_OF_ONE {
            return Err(too_many("transfers_too_many", "Wait until some of your files have arrived."));
        }
        *mine += 1;
        Ok(())
    }
}

fn leave(callers: &Mutex<HashMap<String, usize>>, caller: &str) {
    let mut callers = callers.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(mine) = callers.get_mut(caller) {
        *mine -= 1;
        if *mine == 0 {
            callers.remove(caller);
        }
    }
}

impl Drop for Transfer {
    fn drop(&mut self) {
        leave(&self.callers, &self.caller);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_caller_cannot_take_all_places_and_a_full_house_says_so() {
        let transfers = Transfers::of(MOST_OF_ONE + 1, Duration::from_millis(10));
        let mut under_way = Vec::new();
        for _ in 0..MOST_OF_ONE {
            under_way.push(transfers.begin("eve".to_owned()).await.expect("room"));
        }
        let refused = |caller: &str| transfers.begin(caller.to_owned());
        assert_eq!(refused("eve").await.err().expect("refused").code, "transfers_too_many");
        under_way.push(refused("ann").await.expect("room for others"));
        assert_eq!(refused("bo").await.err().expect("refused").code, "transfers_busy");
        drop(transfers.begin_stranger("203.0.113.5".to_owned()).await.expect("places of their own"));
        under_way.pop();
        refused("bo").await.expect("room again");
        under_way.clear();
        drop(refused("eve").await.expect("room again"));
        assert!(transfers.callers.lock().expect("a lock").is_empty(), "nobody is remembered for ever");
    }
}
