//! Who has a desk open: told to everybody who wants to know, once in a while and in one transaction.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use base::Result;
use journal::{Caller, Cx, Workspace};

/// An agent with several windows is noted once in a while, not with each of their beats.
const NOTED_EVERY: Duration = Duration::from_secs(15);

/// How a desk stands open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Desk {
    /// Before somebody's eyes, as far as the browser knows.
    Shown,
    /// In a tab behind others, or in a window that nobody sees.
    Hidden,
}

/// Hears which agents have a desk open: when a live socket begins, and then with its beats.
pub trait Attend: Send + Sync {
    /// In the transaction of all who want to know.
    fn here(&self, cx: &mut Cx<'_, '_>, agent: i64, desk: Desk) -> Result<()>;
}

/// Those who want to know: `registry.fill::<Attendance>().add(…)`.
#[derive(Clone, Default)]
pub struct Attendance {
    all: Vec<Arc<dyn Attend>>,
    noted: Noted,
}

impl Attendance {
    pub fn add(&mut self, attend: impl Attend + 'static) {
        self.all.push(Arc::new(attend));
    }

    pub(crate) async fn note(house: &Arc<Workspace>, agent: i64, desk: Desk) {
        let registry = house.registry();
        let Some(Attendance { all, noted }) = registry.socket::<Attendance>() else { return };
        if all.is_empty() || !noted.is_due((house.name.clone(), agent, desk)) {
            return;
        }
        let all = all.clone();
        let tell = move |cx: &mut Cx<'_, '_>| all.iter().try_for_each(|attend| attend.here(cx, agent, desk));
        if let Err(error) = house.write(Caller::system(), tell).await {
            tracing::warn!(?error, "it could not be noted that an agent has a desk open");
        }
    }
}

/// A workspace, an agent of it, and how the desk stands open.
type Whom = (String, i64, Desk);

/// Whom this process has noted a moment ago.
#[derive(Clone, Default)]
struct Noted(Arc<Mutex<HashMap<Whom, Instant>>>);

impl Noted {
    fn is_due(&self, who: Whom) -> bool {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        noted.retain(|_, at| at.elapsed() < NOTED_EVERY);
        if noted.contains_key(&who) {
            return false;
        }
        noted.insert(who, Instant::now());
        true
    }
}
