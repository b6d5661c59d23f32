//! How often everybody looks, however the bell fares.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

pub(super) const LOOK_EVERY: Duration = Duration::from_secs(1);

/// A look costs a transaction; while the bell rings a thousand times a second, one look serves several rings.
const APART: Duration = Duration::from_millis(8);

/// Keeps looks apart. The first after a rest begins at once.
pub(super) struct Pace(Instant);

impl Pace {
    pub fn new() -> Pace {
        Pace(Instant::now())
    }

    pub async fn keep(&mut self) {
        sleep_until(self.0).await;
        self.0 = Instant::now() + APART;
    }
}
