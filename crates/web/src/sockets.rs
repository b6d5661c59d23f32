//! Sockets: what others fill, so that this crate knows neither people nor conversations.

use std::any::Any;
use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use base::Result;
use journal::{Caller, Cx, Event, Workspace};
use serde_json::Value;

pub type Later<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What a request shows to prove who sends it.
#[derive(Clone, PartialEq, Eq)]
pub enum Credentials {
    /// The session's token, from the cookie.
    Cookie(String),
    Bearer(String),
    Basic {
        user: String,
        password: String,
    },
}

/// What the credentials belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pass {
    Session(i64),
    Token(i64),
}

/// Who was recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub caller: Caller,
    pub pass: Pass,
}

/// Tells who is calling. Filled by `people`.
pub trait Authenticate: Send + Sync {
    /// `None` when nobody is known by these credentials, or not any more.
    fn recognise<'a>(
        &'a self,
        house: &'a Arc<Workspace>,
        credentials: &'a Credentials,
    ) -> Later<'a, Result<Option<Known>>>;

    /// Whether after this event the one who is known has to be recognised anew: the session ended,
    /// the role changed.
    fn unsettles(&self, event: &Event, known: &Known) -> bool;
}

/// What a caller may see, worked out once per socket. Only who made it can look inside.
#[derive(Clone)]
pub struct Sight {
    /// The same for the same sight: another one means that the caller has to load everything anew.
    pub key: String,
    pub inner: Arc<dyn Any + Send + Sync>,
}

/// What an event means for screens, loaded once for all of them.
#[derive(Clone)]
pub struct Patch {
    pub seq: i64,
    pub event_id: i64,
    pub inner: Arc<dyn Any + Send + Sync>,
}

/// What one caller gets of a patch.
#[derive(Clone, Debug, PartialEq)]
pub enum Seen {
    /// An object with `type`; `cursor` and `event_id` are added to it.
    Shown(Value),
    /// The row with this id left the caller's sight.
    Gone(i64),
    Hidden,
}

/// Decides what is shown live, and to whom. Filled by `conversations`.
pub trait Viewers: Send + Sync {
    fn sight<'a>(&'a self, house: &'a Arc<Workspace>, caller: &'a Caller) -> Later<'a, Result<Sight>>;

    /// In the order of the events; events that no screen shows give no patch.
    fn load<'a>(&'a self, house: &'a Arc<Workspace>, events: &'a [Event]) -> Later<'a, Result<Vec<Patch>>>;

    fn see(&self, sight: &Sight, patch: &Patch) -> Seen;

    /// Whether the conversation may be watched: presence is told to nobody else.
    fn may_watch<'a>(
        &'a self,
        house: &'a Arc<Workspace>,
        sight: &'a Sight,
        conversation: i64,
    ) -> Later<'a, Result<bool>>;

    /// What screens must know of the rules, such as how long an answer is held: an object that is laid
    /// over `workspace` in the session's answer.
    fn facts<'a>(&'a self, _house: &'a Arc<Workspace>, _caller: &'a Caller) -> Later<'a, Result<Value>> {
        Box::pin(async { Ok(Value::Null) })
    }

    /// The list of views with their counts.
    fn views<'a>(
        &'a self,
        house: &'a Arc<Workspace>,
        caller: &'a Caller,
        sight: &'a Sight,
    ) -> Later<'a, Result<Value>>;
}

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

/// A file of the browser side.
#[derive(Clone)]
pub struct Asset {
    pub content_type: &'static str,
    pub body: Bytes,
    /// `br` or `gzip` when the body is compressed.
    pub encoding: Option<&'static str>,
    pub etag: String,
    /// The name contains a hash of the content, so it may be kept for ever.
    pub immutable: bool,
}

/// The browser side. Filled at the roof.
pub trait Assets: Send + Sync {
    /// `accepts` tells whether the browser takes this encoding.
    fn find(&self, path: &str, accepts: &dyn Fn(&str) -> bool) -> Option<Asset>;
}

/// No browser side: for tests and for a program built without it.
pub struct NoAssets;

impl Assets for NoAssets {
    fn find(&self, _path: &str, _accepts: &dyn Fn(&str) -> bool) -> Option<Asset> {
        None
    }
}

/// Nothing is shown live: for tests of other things.
pub struct NoViewers;

impl Viewers for NoViewers {
    fn sight<'a>(&'a self, _: &'a Arc<Workspace>, _: &'a Caller) -> Later<'a, Result<Sight>> {
        Box::pin(async { Ok(Sight { key: String::new(), inner: Arc::new(()) }) })
    }

    fn load<'a>(&'a self, _: &'a Arc<Workspace>, _: &'a [Event]) -> Later<'a, Result<Vec<Patch>>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn see(&self, _: &Sight, _: &Patch) -> Seen {
        Seen::Hidden
    }

    fn may_watch<'a>(&'a self, _: &'a Arc<Workspace>, _: &'a Sight, _: i64) -> Later<'a, Result<bool>> {
        Box::pin(async { Ok(false) })
    }

    fn views<'a>(&'a self, _: &'a Arc<Workspace>, _: &'a Caller, _: &'a Sight) -> Later<'a, Result<Value>> {
        Box::pin(async { Ok(Value::Array(Vec::new())) })
    }
}
