//! How often everybody looks, however the bell fares.

use std::time::Duration;

pub(super) const LOOK_EVERY: Duration = Duration::from_secs(1);
