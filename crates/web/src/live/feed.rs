//! One reader of the journal per workspace, whatever the number of sockets.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base::{Kind, Result};
use journal::{Event, Workspace};
use tokio::sync::{broadcast, watch};
use tokio::task::JoinSet;

use crate::live::aside::Aside;
use crate::live::presence::{Doing, Presence, Whisper};
use crate::sockets::{Patch, Viewers};

const EVENTS_AT_ONCE: i64 = 200;
/// However the bell fares, the journal is looked at this often.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// News that wait for a slow socket; one that falls further behind has to load anew.
const NEWS_KEPT: usize = 256;

/// What sockets are told.
#[derive(Clone)]
pub enum News {
    Events(Arc<Batch>),
    /// Something could not be loaded: everybody has to look for itself.
    Missed,
    Present(i64, Arc<Vec<(i64, Doing)>>),
    /// Of no consequence for who misses it.
    Aside(Arc<Aside>),
}

pub struct Batch {
    pub upto: i64,
    pub events: Vec<Event>,
    pub patches: Vec<Patch>,
}

/// The feeds of all workspaces, each begun with its first socket.
#[derive(Default)]
pub(crate) struct Feeds(Mutex<HashMap<String, Arc<Feed>>>);

impl Feeds {
    /// Ends the feed of a workspace, unless somebody listens.
    pub fn end(&self, name: &str) -> bool {
        let mut feeds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match feeds.get(name).is_some_and(|feed| feed.news.receiver_count() > 0) {
            true => false,
            false => {
                feeds.remove(name);
                true
            }
        }
    }

    pub fn of(&self, house: &Arc<Workspace>, viewers: &Arc<dyn Viewers>) -> Arc<Feed> {
        let mut feeds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let feed = feeds.entry(house.name.clone());
        feed.or_insert_with(|| Arc::new(Feed::start(house.clone(), viewers.clone()))).clone()
    }
}

pub struct Feed {
    news: broadcast::Sender<News>,
    /// The seq up to which events were told; `None` until the first look.
    reached: watch::Receiver<Option<i64>>,
    _task: JoinSet<()>,
}

impl Feed {
    fn start(house: Arc<Workspace>, viewers: Arc<dyn Viewers>) -> Feed {
        let (news, _) = broadcast::channel(NEWS_KEPT);
        let (reached, seen) = watch::channel(None);
        let follower =
            Follower { house, viewers, news: news.clone(), reached, presence: Presence::default() };
        let mut task = JoinSet::new();
        task.spawn(follower.run());
        Feed { news, reached: seen, _task: task }
    }

    pub fn subscribe(&self) -> broadcast::Receiver<News> {
        self.news.subscribe()
    }

    pub async fn reached(&self) -> Result<i64> {
        let mut reached = self.reached.clone();
        let seen = reached.wait_for(Option::is_some).await.map_err(base::error::internal)?;
        Ok(seen.unwrap_or(0))
    }
}

struct Follower {
    house: Arc<Workspace>,
    viewers: Arc<dyn Viewers>,
    news: broadcast::Sender<News>,
    reached: watch::Sender<Option<i64>>,
    presence: Presence,
}

impl Follower {
    async fn run(mut self) {
        let mut bell = self.house.db.bell().listen();
        let mut whispers = self.house.db.bell().whispers();
        loop {
            bell.borrow_and_update();
            if let Err(error) = self.follow().await {
                tracing::warn!(?error, workspace = self.house.name, "the live feed could not be read");
            }
            let changed = self.presence.forget();
            self.tell_presence(changed);
            tokio::select! {
                _ = tokio::time::timeout(LOOK_EVERY, bell.changed()) => {}
                heard = whispers.recv() => if let Ok(text) = heard {
                    self.overhear(&text);
                },
            }
        }
    }

    async fn follow(&mut self) -> Result<()> {
        let reached = *self.reached.borrow();
        let Some(mut seq) = reached else {
            let last = self.house.last_seq().await?;
            self.reached.send_replace(Some(last));
            return Ok(());
        };
        loop {
            let events = self.house.events_after(seq, EVENTS_AT_ONCE).await?;
            let Some(last) = events.last() else { return Ok(()) };
            seq = last.seq;
            self.tell(seq, events).await?;
        }
    }

    /// What can't be loaded must not stop what comes after it.
    async fn tell(&self, upto: i64, events: Vec<Event>) -> Result<()> {
        let news = match self.viewers.load(&self.house, &events).await {
            Ok(patches) => News::Events(Arc::new(Batch { upto, events, patches })),
            Err(e) if e.kind == Kind::Unavailable => return Err(e),
            Err(error) => {
                tracing::error!(?error, workspace = self.house.name, "events could not be shown live");
                News::Missed
            }
        };
        // Nobody listens: nobody misses it.
        let _ = self.news.send(news);
        self.reached.send_replace(Some(upto));
        Ok(())
    }

    fn overhear(&mut self, text: &str) {
        if let Ok(whisper) = serde_json::from_str::<Whisper>(text) {
            let changed = self.presence.hear(whisper);
            self.tell_presence(changed);
        } else if let Ok(aside) = serde_json::from_str::<Aside>(text) {
            let _ = self.news.send(News::Aside(Arc::new(aside)));
        }
    }

    fn tell_presence(&self, conversations: Vec<i64>) {
        for conversation in conversations {
            let agents = Arc::new(self.presence.at(conversation));
            let _ = self.news.send(News::Present(conversation, agents));
        }
    }
}
