//! One socket: what it hears, what it says, when it has to go.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::http::HeaderMap;
use axum::response::Response;
use base::error::forbidden;
use journal::Event;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{MissedTickBehavior, interval, timeout};

use crate::failure::Result;
use crate::guard;
use crate::live::aside::Aside;
use crate::live::cursor::{read, written};
use crate::live::feed::{Batch, Feed, News};
use crate::live::presence::{Doing, Whisper};
use crate::request::{At, Query};
use crate::sockets::{Attendance, Desk, Patch, Seen, Sight};

const BEAT: Duration = Duration::from_secs(20);
const VIEWS_EVERY: Duration = Duration::from_millis(500);
/// Whoever takes nothing for so long is given up.
const TAKEN_WITHIN: Duration = Duration::from_secs(10);
const SILENT_FOR: Duration = Duration::from_secs(65);
/// Whoever missed more than this loads everything anew.
const MOST_MISSED: i64 = 1_000;
const MISSED_AT_ONCE: i64 = 200;
const LONGEST_WORD: usize = 4_096;

#[derive(Deserialize)]
pub(crate) struct Ask {
    cursor: Option<String>,
    /// The page is not shown as it begins.
    #[serde(default)]
    hidden: bool,
}

pub(crate) async fn open(
    at: At,
    Query(ask): Query<Ask>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Result<Response> {
    if !guard::is_own(&headers, &at.client, at.web.public_url()) {
        return Err(forbidden("cross_site", "This request came from another site.").into());
    }
    let feed = at.web.feeds().of(&at.house, at.web.viewers());
    let sight = at.web.viewers().sight(&at.house, &at.caller).await?;
    let upgrade = upgrade.max_message_size(LONGEST_WORD).max_frame_size(LONGEST_WORD);
    Ok(upgrade.on_upgrade(move |wire| async move {
        let socket = Socket {
            at,
            sight,
            wire,
            seq: 0,
            here: None,
            desk: desk(!ask.hidden),
            id: base::secrets::new_token(),
            heard: Instant::now(),
            views: Views { stale: true, told: Value::Null },
        };
        socket.run(feed, ask.cursor).await;
    }))
}

/// Why a socket ends: the other side is gone, or it was told good-bye.
struct Over;

type Going<T = ()> = std::result::Result<T, Over>;

struct Views {
    stale: bool,
    told: Value,
}

struct Socket {
    at: At,
    sight: Sight,
    wire: WebSocket,
    /// Everything up to here was told.
    seq: i64,
    here: Option<(i64, Doing)>,
    desk: Desk,
    id: String,
    heard: Instant,
    views: Views,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "lowercase", deny_unknown_fields)]
enum Word {
    Here {
        conversation_id: Option<i64>,
        doing: Option<Doing>,
    },
    /// Whether the page is shown.
    Desk {
        shown: bool,
    },
}

fn desk(shown: bool) -> Desk {
    if shown { Desk::Shown } else { Desk::Hidden }
}

impl Socket {
    async fn run(mut self, feed: Arc<Feed>, cursor: Option<String>) {
        let news = feed.subscribe();
        let _ = self.talk(&feed, news, cursor).await;
        if self.here.take().is_some() {
            self.whisper(None, Doing::Viewing);
        }
    }

    async fn talk(&mut self, feed: &Feed, mut news: Receiver<News>, cursor: Option<String>) -> Going {
        self.attend().await;
        self.begin(feed, cursor).await?;
        let mut beat = interval(BEAT);
        beat.reset();
        let mut views = interval(VIEWS_EVERY);
        views.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                told = news.recv() => match told {
                    Ok(News::Events(batch)) => self.hear(&batch).await?,
                    Ok(News::Present(conversation, agents)) => self.present(conversation, &agents).await?,
                    Ok(News::Aside(aside)) => self.aside(&aside).await?,
                    Ok(News::Missed) | Err(RecvError::Lagged(_)) => {
                        news = feed.subscribe();
                        self.resync(feed).await?;
                    }
                    Err(RecvError::Closed) => return Err(Over),
                },
                word = self.wire.recv() => match word {
                    Some(Ok(message)) => self.listen(message).await?,
                    Some(Err(_)) | None => return Err(Over),
                },
                _ = beat.tick() => self.beat().await?,
                _ = views.tick(), if self.views.stale => self.tell_views().await?,
            }
        }
    }

    /// Tells what was missed since the cursor; the feed tells what comes after.
    async fn begin(&mut self, feed: &Feed, cursor: Option<String>) -> Going {
        let reached = feed.reached().await.map_err(|_| Over)?;
        let last = self.at.house.last_seq().await.map_err(|_| Over)?;
        let from = cursor.as_deref().map_or(Some(reached), read);
        // A cursor ahead of the journal comes from before a backup was restored.
        let known = from.filter(|from| *from <= last && reached - from <= MOST_MISSED);
        self.seq = known.unwrap_or(reached);
        let hello = json!({"type": "hello", "cursor": written(self.seq)});
        self.send(&hello).await?;
        if known.is_none() {
            return self.send(&json!({"type": "resync"})).await;
        }
        while self.seq < reached {
            let (house, viewers) = (self.at.house.clone(), self.at.web.viewers().clone());
            let mut events = house.events_after(self.seq, MISSED_AT_ONCE).await.map_err(|_| Over)?;
            events.retain(|event| event.seq <= reached);
            let Some(upto) = events.last().map(|event| event.seq) else { break };
            let Ok(patches) = viewers.load(&house, &events).await else {
                self.seq = reached;
                return self.send(&json!({"type": "resync"})).await;
            };
            self.hear(&Batch { upto, events: Vec::new(), patches }).await?;
        }
        Ok(())
    }

    async fn hear(&mut self, batch: &Batch) -> Going {
        if batch.upto <= self.seq {
            return Ok(());
        }
        let known = self.at.known();
        let unsettled = |event: &Event| self.at.web.authenticate().unsettles(event, &known);
        if batch.events.iter().any(unsettled) {
            self.settle().await?;
        }
        let told = self.seq;
        for patch in batch.patches.iter().filter(|patch| patch.seq > told) {
            self.show(patch).await?;
        }
        self.seq = batch.upto;
        Ok(())
    }

    async fn show(&mut self, patch: &Patch) -> Going {
        let mut shown = match self.at.web.viewers().see(&self.sight, patch) {
            Seen::Shown(value) => value,
            Seen::Gone(id) => json!({"type": "gone", "id": id}),
            Seen::Hidden => return Ok(()),
        };
        if let Value::Object(fields) = &mut shown {
            fields.insert("cursor".to_owned(), written(patch.seq).into());
            fields.insert("event_id".to_owned(), patch.event_id.into());
        }
        self.views.stale = true;
        self.send(&shown).await
    }

    /// Asks anew who this is and what it may see.
    async fn settle(&mut self) -> Going {
        let (house, web) = (self.at.house.clone(), self.at.web.clone());
        let known = web.authenticate().recognise(&house, &self.at.credentials).await;
        let Ok(Some(known)) = known else {
            let _ = self.send(&json!({"type": "bye", "reason": "session_ended"})).await;
            let _ = timeout(TAKEN_WITHIN, self.wire.send(Message::Close(None))).await;
            return Err(Over);
        };
        self.at.caller = known.caller;
        self.at.pass = known.pass;
        let sight = web.viewers().sight(&house, &self.at.caller).await.map_err(|_| Over)?;
        let same = sight.key == self.sight.key;
        self.sight = sight;
        if same {
            return Ok(());
        }
        self.views.stale = true;
        if let Some((conversation, doing)) = self.here.take() {
            self.whisper(None, doing);
            self.go(Some(conversation), doing).await;
        }
        self.send(&json!({"type": "resync"})).await
    }

    async fn resync(&mut self, feed: &Feed) -> Going {
        // What was missed may have been about this very session.
        self.settle().await?;
        self.seq = feed.reached().await.map_err(|_| Over)?;
        self.views.stale = true;
        self.send(&json!({"type": "resync"})).await
    }

    async fn beat(&mut self) -> Going {
        if self.heard.elapsed() > SILENT_FOR {
            return Err(Over);
        }
        // A session also ends by time, without an event.
        self.settle().await?;
        self.attend().await;
        if let Some((conversation, doing)) = self.here {
            self.whisper(Some(conversation), doing);
        }
        self.pass(Message::Ping(Vec::new().into())).await?;
        self.send(&json!({"type": "ping"})).await
    }

    async fn tell_views(&mut self) -> Going {
        self.views.stale = false;
        let viewers = self.at.web.viewers().clone();
        match viewers.views(&self.at.house, &self.at.caller, &self.sight).await {
            Ok(views) if views != self.views.told => {
                self.views.told = views.clone();
                self.send(&json!({"type": "views", "views": views})).await
            }
            Ok(_) => Ok(()),
            Err(error) => {
                tracing::warn!(?error, "views could not be counted");
                Ok(())
            }
        }
    }

    async fn listen(&mut self, message: Message) -> Going {
        self.heard = Instant::now();
        let text = match &message {
            Message::Text(text) => text.as_str(),
            Message::Close(_) => return Err(Over),
            _ => return Ok(()),
        };
        let key = format!("{}/{}", self.at.house.name, self.at.caller.key());
        self.at.web.limits().callers.knock(&key).map_err(|_| Over)?;
        // A client of another version may say what we don't know.
        match serde_json::from_str(text) {
            Ok(Word::Here { conversation_id, doing }) => {
                self.go(conversation_id, doing.unwrap_or(Doing::Viewing)).await;
            }
            Ok(Word::Desk { shown }) => {
                self.desk = desk(shown);
                self.attend().await;
            }
            Err(_) => {}
        }
        Ok(())
    }

    /// Nobody is told of, and nobody hears of, who looks at what one may not see.
    async fn go(&mut self, conversation: Option<i64>, doing: Doing) {
        let (house, web) = (&self.at.house, &self.at.web);
        let place = match conversation {
            Some(id) => {
                let may = web.viewers().may_watch(house, &self.sight, id).await;
                may.unwrap_or(false).then_some((id, doing))
            }
            None => None,
        };
        if place != self.here {
            self.here = place;
            self.whisper(place.map(|(id, _)| id), doing);
        }
    }

    fn whisper(&self, conversation: Option<i64>, doing: Doing) {
        let Some(agent) = self.at.caller.agent_id() else { return };
        let whisper = Whisper { socket: self.id.clone(), agent, conversation, doing };
        if let Ok(text) = serde_json::to_string(&whisper) {
            self.at.house.db.bell().whisper(text);
        }
    }

    async fn present(&mut self, conversation: i64, agents: &[(i64, Doing)]) -> Going {
        if self.here.is_none_or(|(id, _)| id != conversation) {
            return Ok(());
        }
        let agents: Vec<Value> = agents.iter().map(|(id, doing)| json!({"id": id, "doing": doing})).collect();
        self.send(&json!({"type": "presence", "conversation_id": conversation, "agents": agents})).await
    }

    async fn aside(&mut self, aside: &Aside) -> Going {
        if self.here.is_none_or(|(id, _)| id != aside.conversation) {
            return Ok(());
        }
        let Aside { conversation, what } = aside;
        self.send(&json!({"type": "aside", "conversation_id": conversation, "what": what})).await
    }

    async fn attend(&mut self) {
        if let Some(agent) = self.at.caller.agent_id() {
            Attendance::note(&self.at.house, agent, self.desk).await;
        }
    }

    async fn send(&mut self, value: &Value) -> Going {
        self.pass(Message::Text(value.to_string().into())).await
    }

    async fn pass(&mut self, message: Message) -> Going {
        match timeout(TAKEN_WITHIN, self.wire.send(message)).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(Over),
        }
    }
}
