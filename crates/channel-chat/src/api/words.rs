//! What a visitor's socket says and hears, beyond the wire.

use std::sync::Arc;

use base::error::not_found;
use base::{Result, Time};
use conversations::model::MessageId;
use journal::{Caller, Workspace};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::actions::seen;
use crate::actions::visitor::{Guest, banned};
use crate::model::{Page, ShownMessage, ShownState, Visit, VisitorId, checked_page, checked_trail};
use crate::present;
use crate::store::bans::is_banned;
use crate::store::chats::find_chat_of_visitor;
use crate::store::lines::list_after;
use crate::store::visitors::{find_visitor, get_visitor, set_seen, set_trail};
use crate::store::widgets::find_widget;

const MOST_LINES: i64 = 200;

#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Word {
    Hello {
        token: String,
        #[serde(default)]
        cursor: Option<i64>,
        #[serde(default)]
        page: Option<Page>,
    },
    Typing {
        on: bool,
    },
    Read {
        message_id: i64,
    },
    Page(Page),
}

/// A client of another version may say what we don't know.
pub fn read(text: &str) -> Option<Word> {
    serde_json::from_str(text).ok()
}

pub enum Heard {
    Typing(bool),
    Read(i64),
    Page(Page),
}

/// What a socket finds when it looks.
pub struct Look {
    pub visitor: Option<VisitorId>,
    pub conversation: Option<i64>,
    pub last_line: i64,
    pub messages: Vec<ShownMessage>,
    /// More than are told at once: the screen loads anew.
    pub too_many: bool,
    pub chat: Value,
    pub state: ShownState,
}

/// `cursor` is the last line that was told; without one nothing old is told.
pub async fn look(house: &Arc<Workspace>, guest: &Guest, cursor: Option<i64>) -> Result<Look> {
    let guest = guest.clone();
    house
        .read(Caller::system(), move |cx| {
            let widget = find_widget(cx, guest.widget.id)?;
            let widget = widget.filter(|widget| widget.is_on() && widget.key == guest.widget.key);
            let widget = widget.ok_or_else(|| not_found("chat_unknown"))?;
            let visitor = find_visitor(cx, &guest.bearer.address)?;
            if visitor.as_ref().is_some_and(|visitor| visitor.merged_into.is_some()) {
                return Err(base::error::unauthenticated("visitor_unknown"));
            }
            if visitor.as_ref().is_some_and(|v| v.banned_at.is_some()) || is_banned(cx, &guest.network)? {
                return Err(banned());
            }
            let state = present::state(cx, &widget)?;
            let nothing = json!({"chat": null, "agent_read": 0});
            let Some(visitor) = visitor else {
                return Ok(Look {
                    visitor: None,
                    conversation: None,
                    last_line: 0,
                    messages: Vec::new(),
                    too_many: false,
                    chat: nothing,
                    state,
                });
            };
            let from = cursor.unwrap_or(visitor.last_line);
            let lines = list_after(cx, visitor.id, from, MOST_LINES + 1)?;
            let too_many = lines.len() as i64 > MOST_LINES;
            let messages = if too_many { Vec::new() } else { present::messages(cx, &widget.key, lines)? };
            let chat = match find_chat_of_visitor(cx, visitor.id)? {
                Some(chat) => json!({"chat": present::chat(cx, &chat)?, "agent_read": chat.seen_id}),
                None => nothing,
            };
            Ok(Look {
                visitor: Some(visitor.id),
                conversation: visitor.conversation_id.map(|id| id.0),
                last_line: visitor.last_line,
                messages,
                too_many,
                chat,
                state,
            })
        })
        .await
}

/// What a visitor says on the way is of no consequence when it is lost.
pub async fn hear(
    house: &Arc<Workspace>,
    guest: &Guest,
    visitor: Option<VisitorId>,
    conversation: Option<i64>,
    heard: Heard,
) {
    match (heard, visitor, conversation) {
        (Heard::Typing(on), Some(_), Some(conversation)) => {
            web::live::aside(house, conversation, json!({"type": "chat_typing", "on": on}));
        }
        (Heard::Read(id), Some(visitor), Some(conversation)) => {
            let message = MessageId(id);
            let read = house.write(Caller::system(), move |cx| seen::read(cx, visitor, message)).await;
            if read.unwrap_or(false) {
                web::live::aside(house, conversation, json!({"type": "chat_read", "message_id": id}));
            }
        }
        (Heard::Page(told), visitor, _) => page(house, guest, visitor, told).await,
        _ => {}
    }
}

/// Notes the page of a visitor who has written; where the site tells it at all.
pub async fn page(house: &Arc<Workspace>, guest: &Guest, visitor: Option<VisitorId>, told: Page) {
    let settings = &guest.widget.settings;
    let (Some(visitor), true) = (visitor, settings.trail) else { return };
    let Some(page) = checked_page(&told, settings.keep_query) else { return };
    let (shown, keep_query) = (page.clone(), settings.keep_query);
    let noted = house
        .write(Caller::system(), move |cx| {
            let known = get_visitor(cx, visitor)?;
            let mut trail = known.trail();
            trail.push(Visit { url: page.url.clone(), title: page.title.clone(), at: cx.now() });
            set_trail(cx, visitor, &checked_trail(trail, keep_query, cx.now()))?;
            Ok(known.conversation_id)
        })
        .await;
    if let Ok(Some(conversation)) = noted {
        web::live::aside(house, conversation.0, json!({"type": "chat_page", "page": shown}));
    }
}

pub fn online(house: &Arc<Workspace>, conversation: i64, online: bool) {
    web::live::aside(house, conversation, json!({"type": "chat_online", "online": online}));
}

/// Notes that the visitor is still there.
pub async fn here(house: &Arc<Workspace>, visitor: VisitorId) {
    let noted = house.write(Caller::system(), move |cx| set_seen(cx, visitor)).await;
    if let Err(error) = noted {
        tracing::debug!(?error, "a visitor's presence could not be noted");
    }
}

/// A proof ends by time.
pub fn still_good(guest: &Guest, now: Time) -> bool {
    guest.bearer.until.is_none_or(|until| now < until)
}
