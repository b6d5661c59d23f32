//! Slips for later work.

use journal::Job;
use serde::{Deserialize, Serialize};

/// Index what waits. One slip at a time is enough: whoever finds it does all there is.
#[derive(Serialize, Deserialize)]
pub(crate) struct Index {}

impl Job for Index {
    const NAME: &'static str = "search.index";

    fn key(&self) -> Option<String> {
        Some(Self::NAME.to_owned())
    }
}

/// Ask for the next rows of one kind to be indexed, until all of them were.
#[derive(Serialize, Deserialize)]
pub(crate) struct Rebuild {
    pub kind: String,
    pub after: i64,
}

impl Job for Rebuild {
    const NAME: &'static str = "search.rebuild";
}
