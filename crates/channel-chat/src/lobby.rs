//! The visitors who are connected to this process, and how news find them.
//!
//! A ring carries nothing but "look": each socket reads its own lines from where it stopped, so a ring that is
//! lost costs a moment and never a message.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use base::Result;
use journal::{Caller, Workspace};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::sync::{mpsc, watch};
use tokio::task::AbortHandle;

use crate::events::{AVAILABILITY, OF_CHATS, WIDGET_CHANGED, WIDGET_REMOVED, is_for_visitors};
use crate::limits::Doors;
use crate::model::{ShownState, WidgetId};
use crate::present;
use crate::store::visitors::list_addresses;
use crate::store::widgets::find_widget;

const EVENTS_AT_ONCE: i64 = 200;
/// However the bell fares, the journal is looked at this often.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Opening hours begin and end without an event.
const STATES_EVERY: Duration = Duration::from_secs(20);
/// News that wait for a slow socket.
const NEWS_KEPT: usize = 16;

/// What sockets are told.
#[derive(Clone, Debug)]
pub enum News {
    /// The thread or its chat may have changed.
    Look,
    /// Of no consequence for who misses it.
    Say(Arc<str>),
    Bye(&'static str),
}

/// What nodes tell each other for the sockets of one visitor.
#[derive(Debug, Serialize, Deserialize)]
struct Whisper {
    visitor: String,
    say: Option<Value>,
    bye: bool,
}

/// Tells all sockets of a visitor, on all nodes.
pub fn say(house: &Workspace, visitor: &str, what: Value) {
    whisper(house, &Whisper { visitor: visitor.to_owned(), say: Some(what), bye: false });
}

/// Closes all sockets of a visitor who was shut out.
pub fn shut(house: &Workspace, visitor: &str) {
    whisper(house, &Whisper { visitor: visitor.to_owned(), say: None, bye: true });
}

fn whisper(house: &Workspace, whisper: &Whisper) {
    if let Ok(text) = serde_json::to_string(whisper) {
        house.db.bell().whisper(text);
    }
}

/// The lobbies of all workspaces of this process, each begun with its first visitor; kept in the registry.
#[derive(Default)]
pub struct Lobbies {
    open: Mutex<HashMap<String, Weak<Lobby>>>,
    doors: Doors,
}

impl Default for Doors {
    fn default() -> Doors {
        Doors::usual()
    }
}

impl Lobbies {
    /// For benchmarks.
    pub fn set_doors(&mut self, doors: Doors) {
        self.doors = doors;
    }

    pub fn doors(&self) -> &Doors {
        &self.doors
    }

    pub fn of(&self, house: &Arc<Workspace>) -> Arc<Lobby> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|_, lobby| lobby.strong_count() > 0);
        let there = open.get(&house.name).and_then(Weak::upgrade);
        // A workspace that slept meanwhile is another one.
        if let Some(lobby) = there.filter(|lobby| Arc::ptr_eq(&lobby.house, house)) {
            return lobby;
        }
        let lobby = Lobby::begin(house.clone());
        open.insert(house.name.clone(), Arc::downgrade(&lobby));
        lobby
    }
}

type Sockets = HashMap<String, Vec<mpsc::Sender<News>>>;
type States = HashMap<WidgetId, watch::Sender<Option<ShownState>>>;

/// Lives as long as one of its sockets.
pub struct Lobby {
    house: Arc<Workspace>,
    sockets: Mutex<Sockets>,
    states: Mutex<States>,
    task: AbortHandle,
}

impl Drop for Lobby {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Lobby {
    fn begin(house: Arc<Workspace>) -> Arc<Lobby> {
        Arc::new_cyclic(|lobby: &Weak<Lobby>| {
            let task = tokio::spawn(follow(house.clone(), lobby.clone())).abort_handle();
            Lobby { house, sockets: Mutex::default(), states: Mutex::default(), task }
        })
    }

    fn sockets(&self) -> MutexGuard<'_, Sockets> {
        self.sockets.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn states(&self) -> MutexGuard<'_, States> {
        self.states.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn join(&self, visitor: &str) -> mpsc::Receiver<News> {
        let (sender, receiver) = mpsc::channel(NEWS_KEPT);
        self.sockets().entry(visitor.to_owned()).or_default().push(sender);
        receiver
    }

    /// Forgets sockets that are gone. Answers whether the visitor has none left.
    pub fn leave(&self, visitor: &str) -> bool {
        let mut sockets = self.sockets();
        let Some(own) = sockets.get_mut(visitor) else { return true };
        own.retain(|socket| !socket.is_closed());
        let empty = own.is_empty();
        if empty {
            sockets.remove(visitor);
        }
        empty
    }

    pub fn watch(&self, widget: WidgetId) -> watch::Receiver<Option<ShownState>> {
        self.states().entry(widget).or_insert_with(|| watch::Sender::new(None)).subscribe()
    }

    fn tell(&self, visitor: &str, news: &News) {
        let mut sockets = self.sockets();
        let Some(own) = sockets.get_mut(visitor) else { return };
        // A socket that is full has a look before it anyway, or is too slow for small talk.
        own.retain(|socket| {
            let gone = socket.try_send(news.clone());
            let bye = matches!(news, News::Bye(_));
            !gone.is_err_and(|why| matches!(why, mpsc::error::TrySendError::Closed(_)) || bye)
        });
    }

    fn tell_all(&self, news: &News) {
        let all: Vec<String> = self.sockets().keys().cloned().collect();
        all.iter().for_each(|visitor| self.tell(visitor, news));
    }

    fn hear(&self, text: &str) {
        let Ok(Whisper { visitor, say, bye }) = serde_json::from_str::<Whisper>(text) else { return };
        if bye {
            self.tell(&visitor, &News::Bye("visitor_banned"));
        }
        if let Some(what) = say {
            self.tell(&visitor, &News::Say(what.to_string().into()));
        }
    }
}

/// One reader of the journal, whatever the number of visitors; it ends with the lobby.
async fn follow(house: Arc<Workspace>, lobby: Weak<Lobby>) {
    let mut bell = house.db.bell().listen();
    let mut whispers = house.db.bell().whispers();
    let mut states = tokio::time::interval(STATES_EVERY);
    let mut seq = None;
    loop {
        bell.borrow_and_update();
        let Some(open) = lobby.upgrade() else { return };
        let changed = match look(&house, &open, &mut seq).await {
            Ok(changed) => changed,
            Err(error) => {
                tracing::warn!(?error, workspace = house.name, "the lobby could not read the journal");
                false
            }
        };
        if changed {
            tell_states(&house, &open).await;
        }
        drop(open);
        tokio::select! {
            _ = tokio::time::timeout(LOOK_EVERY, bell.changed()) => {}
            heard = whispers.recv() => if let (Ok(text), Some(open)) = (heard, lobby.upgrade()) {
                open.hear(&text);
            },
            _ = states.tick() => if let Some(open) = lobby.upgrade() {
                tell_states(&house, &open).await;
            },
        }
    }
}

/// Answers whether something happened that changes who is there.
async fn look(house: &Arc<Workspace>, lobby: &Lobby, seq: &mut Option<i64>) -> Result<bool> {
    let mut changed = false;
    let Some(mut reached) = *seq else {
        *seq = Some(house.last_seq().await?);
        // What happened before the first look, and after the first socket had looked for itself.
        lobby.tell_all(&News::Look);
        return Ok(true);
    };
    loop {
        let events = house.events_after(reached, EVENTS_AT_ONCE).await?;
        let Some(last) = events.last().map(|event| event.seq) else { return Ok(changed) };
        let about: Vec<i64> = events
            .iter()
            .filter(|e| is_for_visitors(&e.name))
            .filter_map(|e| e.reference("visitor"))
            .collect();
        changed |= events.iter().any(|e| OF_CHATS.contains(&e.name.as_str()));
        if !about.is_empty() {
            let named = house.read(Caller::system(), move |cx| list_addresses(cx, &about)).await?;
            named.iter().for_each(|(visitor,)| lobby.tell(visitor, &News::Look));
        }
        if events.iter().any(|e| [WIDGET_CHANGED, WIDGET_REMOVED].contains(&e.name.as_str())) {
            lobby.tell_all(&News::Look);
            changed = true;
        }
        changed |= events.iter().any(|e| e.name == AVAILABILITY);
        reached = last;
        *seq = Some(reached);
    }
}

async fn tell_states(house: &Arc<Workspace>, lobby: &Lobby) {
    lobby.states().retain(|_, state| state.receiver_count() > 0);
    let watched: Vec<WidgetId> = lobby.states().keys().copied().collect();
    for id in watched {
        let read = house
            .read(Caller::system(), move |cx| match find_widget(cx, id)? {
                Some(widget) => present::state(cx, &widget).map(Some),
                None => Ok(None),
            })
            .await;
        let (Ok(Some(state)), Some(sender)) = (read, lobby.states().get(&id).cloned()) else { continue };
        sender.send_if_modified(|told| {
            let new = told.as_ref() != Some(&state);
            *told = Some(state.clone());
            new
        });
    }
}
