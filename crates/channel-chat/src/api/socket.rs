//! The visitor's socket: slim, since ten thousand of them stand idle.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::http::{HeaderMap, Response, header};
use base::error::forbidden;
use serde_json::{Value, json};
use tokio::sync::{mpsc, watch};
use tokio::time::{interval, timeout};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Envelope, House, Result};

use super::guest::Front;
use super::words::{self, Heard, Word};
use crate::actions::visitor::Guest;
use crate::lobby::{Lobbies, Lobby, News};
use crate::model::{ShownState, VisitorId};

const BEAT: Duration = Duration::from_secs(30);
const SILENT_FOR: Duration = Duration::from_secs(100);
const TAKEN_WITHIN: Duration = Duration::from_secs(10);
const HELLO_WITHIN: Duration = Duration::from_secs(10);
const LONGEST_WORD: usize = 2_048;
/// tungstenite keeps this much for each socket, and 128 kB of its own accord.
const READ_BUFFER: usize = 1_024;
/// Words of one socket in one beat: who says more is no person.
const MOST_WORDS: u32 = 60;

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(open))
}

/// The visitor's live socket; its frames stand in the documentation of the widget.
#[utoipa::path(get, path = "/api/chat/{key}/live", params(("key" = String, Path)),
    responses((status = 101), (status = 404, body = Envelope), (status = 429, body = Envelope)))]
async fn open(
    front: Front,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Result<Response<axum::body::Body>> {
    let browser = headers.contains_key(header::ORIGIN);
    if browser && !web::is_own(&headers, &front.client, front.web.public_url()) {
        return Err(forbidden("cross_site", "This request came from another site.").into());
    }
    let place = Place::take(&front)?;
    let upgrade = upgrade
        .max_message_size(LONGEST_WORD)
        .max_frame_size(LONGEST_WORD)
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(0);
    Ok(upgrade.on_upgrade(move |wire| async move {
        // Boxed, so that what only the beginning needs is given back.
        let begun = Box::pin(begin(front, place, wire)).await;
        if let Some((socket, news, states)) = begun {
            Box::pin(socket.run(news, states)).await;
        }
    }))
}

/// One of the sockets that this process has room for.
struct Place {
    house: Arc<journal::Workspace>,
    address: IpAddr,
}

impl Place {
    fn take(front: &Front) -> Result<Place> {
        let address = front.client.limit_key();
        front.lobbies(|lobbies| lobbies.doors().enter(address))?;
        Ok(Place { house: front.house.clone(), address })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(lobbies) = self.house.registry().socket::<Lobbies>() {
            lobbies.doors().leave(self.address);
        }
    }
}

/// Why a socket ends: the other side is gone, or it was told good-bye.
struct Over;

type Going<T = ()> = std::result::Result<T, Over>;

pub struct Socket {
    wire: WebSocket,
    guest: Box<Guest>,
    web: House,
    lobby: Arc<Lobby>,
    place: Place,
    /// The last line that was told.
    cursor: i64,
    /// Known from the first message on.
    visitor: Option<VisitorId>,
    conversation: Option<i64>,
    /// What was told of the chat, so that it is told only when it changes.
    told: Box<Value>,
    heard: Instant,
    words: u32,
}

type Begun = (Socket, mpsc::Receiver<News>, watch::Receiver<Option<ShownState>>);

/// Waits for the token, which no header of a browser's socket can carry.
async fn begin(front: Front, place: Place, mut wire: WebSocket) -> Option<Begun> {
    let hello = timeout(HELLO_WITHIN, wire.recv()).await.ok()??.ok()?;
    let Message::Text(text) = hello else { return None };
    let Some(Word::Hello { token, cursor, page }) = words::read(&text) else { return None };
    let Ok(guest) = front.guest(&token) else {
        bye(&mut wire, "visitor_unknown").await;
        return None;
    };
    let lobby = front.lobbies(|lobbies| Ok(lobbies.of(&front.house))).ok()?;
    let news = lobby.join(&guest.bearer.address);
    let states = lobby.watch(front.widget.id);
    let mut socket = Socket {
        wire,
        guest: Box::new(guest),
        web: front.web.clone(),
        lobby,
        place,
        cursor: cursor.unwrap_or(i64::MAX),
        visitor: None,
        conversation: None,
        told: Box::new(Value::Null),
        heard: Instant::now(),
        words: 0,
    };
    socket.greet(cursor).await.ok()?;
    socket.note().await;
    if let Some(conversation) = socket.conversation {
        words::online(&socket.place.house, conversation, true);
    }
    if let Some(page) = page {
        words::page(&socket.place.house, &socket.guest, socket.visitor, page).await;
    }
    Some((socket, news, states))
}

async fn bye(wire: &mut WebSocket, reason: &str) {
    let text = json!({"type": "bye", "reason": reason}).to_string();
    let _ = timeout(TAKEN_WITHIN, wire.send(Message::Text(text.into()))).await;
    let _ = timeout(TAKEN_WITHIN, wire.send(Message::Close(None))).await;
}

impl Socket {
    async fn greet(&mut self, cursor: Option<i64>) -> Going {
        let look = self.look(cursor).await?;
        let first = cursor.unwrap_or(look.last_line);
        let hello = json!({"type": "hello", "cursor": first.min(look.last_line), "state": look.state,
            "chat": look.chat["chat"], "agent_read": look.chat["agent_read"]});
        self.send(&hello).await?;
        // A cursor ahead of the thread comes from before a backup was restored.
        if cursor.is_some_and(|cursor| cursor > look.last_line) || look.too_many {
            self.cursor = look.last_line;
            *self.told = look.chat;
            return self.send(&json!({"type": "resync"})).await;
        }
        *self.told = look.chat.clone();
        self.cursor = first;
        self.tell(look).await
    }

    async fn run(mut self, mut news: mpsc::Receiver<News>, mut states: watch::Receiver<Option<ShownState>>) {
        let _ = self.talk(&mut news, &mut states).await;
        drop(news);
        let last = self.lobby.leave(&self.guest.bearer.address);
        if let (true, Some(conversation)) = (last, self.conversation) {
            words::online(&self.place.house, conversation, false);
        }
    }

    async fn talk(
        &mut self,
        news: &mut mpsc::Receiver<News>,
        states: &mut watch::Receiver<Option<ShownState>>,
    ) -> Going {
        let mut beat = interval(BEAT);
        beat.reset();
        loop {
            tokio::select! {
                told = news.recv() => match told {
                    Some(News::Look) => self.catch_up().await?,
                    Some(News::Say(text)) => self.pass(Message::Text(text.as_ref().into())).await?,
                    Some(News::Bye(reason)) => {
                        bye(&mut self.wire, reason).await;
                        return Err(Over);
                    }
                    None => return Err(Over),
                },
                word = self.wire.recv() => match word {
                    Some(Ok(message)) => self.listen(message).await?,
                    Some(Err(_)) | None => return Err(Over),
                },
                changed = states.changed() => {
                    changed.map_err(|_| Over)?;
                    let state = states.borrow_and_update().clone();
                    if let Some(state) = state {
                        self.send(&json!({"type": "state", "state": state})).await?;
                    }
                }
                _ = beat.tick() => self.beat().await?,
            }
        }
    }

    /// What is new since the last line that was told, and how the chat stands.
    async fn look(&mut self, cursor: Option<i64>) -> Going<words::Look> {
        let looked = words::look(&self.place.house, &self.guest, cursor).await;
        match looked {
            Ok(look) => {
                (self.visitor, self.conversation) = (look.visitor, look.conversation);
                Ok(look)
            }
            Err(error) => {
                let reason = match error.code {
                    "visitor_banned" | "chat_unknown" | "visitor_unknown" => error.code,
                    _ => "slow",
                };
                bye(&mut self.wire, reason).await;
                Err(Over)
            }
        }
    }

    async fn catch_up(&mut self) -> Going {
        let look = self.look(Some(self.cursor)).await?;
        if look.too_many || look.last_line < self.cursor {
            self.cursor = look.last_line;
            return self.send(&json!({"type": "resync"})).await;
        }
        self.tell(look).await
    }

    /// Lines in their order, each once: what was told before lies behind the cursor.
    async fn tell(&mut self, look: words::Look) -> Going {
        for message in look.messages {
            let line = message.line;
            if line <= self.cursor {
                continue;
            }
            self.send(&json!({"type": "message", "message": message, "cursor": line})).await?;
            self.cursor = line;
        }
        if *self.told == look.chat {
            return Ok(());
        }
        if self.told["chat"] != look.chat["chat"] {
            self.send(&json!({"type": "chat", "chat": look.chat["chat"]})).await?;
        }
        if self.told["agent_read"] != look.chat["agent_read"] {
            self.send(&json!({"type": "read", "agent_read": look.chat["agent_read"]})).await?;
        }
        *self.told = look.chat;
        Ok(())
    }

    /// Notes a visitor who is waited for; what is over costs no row any more.
    async fn note(&mut self) {
        let state = self.told["chat"]["state"].as_str();
        if let (Some(visitor), Some("waiting" | "taken" | "missed")) = (self.visitor, state) {
            words::here(&self.place.house, visitor).await;
        }
    }

    async fn beat(&mut self) -> Going {
        if self.heard.elapsed() > SILENT_FOR {
            return Err(Over);
        }
        self.words = 0;
        let now = self.place.house.clock.now();
        if self.guest.bearer.proven.is_some() && !words::still_good(&self.guest, now) {
            bye(&mut self.wire, "visitor_unknown").await;
            return Err(Over);
        }
        // A workspace with visitors in it is not put to sleep.
        let _ = self.web.workspace(&self.place.house.name);
        self.note().await;
        self.pass(Message::Ping(Vec::new().into())).await?;
        self.send(&json!({"type": "ping"})).await
    }

    async fn listen(&mut self, message: Message) -> Going {
        self.heard = Instant::now();
        let text = match &message {
            Message::Text(text) => text,
            Message::Close(_) => return Err(Over),
            _ => return Ok(()),
        };
        self.words += 1;
        if self.words > MOST_WORDS {
            bye(&mut self.wire, "slow").await;
            return Err(Over);
        }
        let heard = match words::read(text) {
            Some(Word::Typing { on }) => Heard::Typing(on),
            Some(Word::Read { message_id }) => Heard::Read(message_id),
            Some(Word::Page(page)) => Heard::Page(page),
            Some(Word::Hello { .. }) | None => return Ok(()),
        };
        words::hear(&self.place.house, &self.guest, self.visitor, self.conversation, heard).await;
        Ok(())
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
