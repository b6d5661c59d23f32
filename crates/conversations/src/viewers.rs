//! Fills the live socket: what an event means for a desk, and whose desk may show it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use base::Result;
use journal::{Caller, Cx, Event, Workspace, settings};
use people::{AgentId, Scope};
use serde_json::{Value, json};
use web::{Later, Patch, Seen, Sight, Viewers};

use crate::events;
use crate::model::{ConversationId, Keys, MessageId};
use crate::present::{self, Row, Shown};
use crate::settings::Rules;
use crate::store::conversation::{find_conversation, list_conversations};
use crate::store::desk::list_reads;
use crate::store::list::{View, count_view};
use crate::store::message::list_by_ids;
use crate::store::visible::visible;

pub struct Desks;

/// What another capability shows on desks beside the rows of conversations.
pub trait Shows: Send + Sync {
    /// The names of its events.
    fn hears(&self) -> &'static [&'static str];

    /// An object with `type`. What is about a conversation goes to the desks that may see it, else to all.
    fn frame(&self, cx: &mut Cx<'_, '_>, event: &Event) -> Result<Option<Value>>;
}

/// Filled by capabilities: `registry.fill::<Further>().add(…)`.
#[derive(Clone, Default)]
pub struct Further(Vec<Arc<dyn Shows>>);

impl Further {
    pub fn add(&mut self, shows: impl Shows + 'static) {
        self.0.push(Arc::new(shows));
    }

    fn of(&self, event: &Event) -> Option<&Arc<dyn Shows>> {
        self.0.iter().find(|shows| shows.hears().contains(&event.name.as_str()))
    }
}

fn further(registry: &journal::Registry) -> Further {
    registry.socket::<Further>().cloned().unwrap_or_default()
}

/// A frame of another capability; without keys it is for the whole staff.
struct Framed {
    keys: Option<Keys>,
    frame: Value,
}

/// Who looks.
struct Eyes {
    scope: Scope,
    agent: Option<AgentId>,
}

/// A conversation as it is after an event, ready for every desk.
struct Picture {
    event: String,
    keys: Keys,
    row: Row,
    last_inbound: MessageId,
    reads: BTreeMap<AgentId, MessageId>,
    message: Option<Shown>,
}

impl Viewers for Desks {
    fn sight<'a>(&'a self, house: &'a Arc<Workspace>, caller: &'a Caller) -> Later<'a, Result<Sight>> {
        Box::pin(async move {
            let scope = house.read(caller.clone(), people::scope).await?;
            let agent = caller.agent_id().map(AgentId);
            let key = format!("{scope:?}");
            Ok(Sight { key, inner: Arc::new(Eyes { scope, agent }) })
        })
    }

    fn load<'a>(&'a self, house: &'a Arc<Workspace>, events: &'a [Event]) -> Later<'a, Result<Vec<Patch>>> {
        Box::pin(async move {
            let further = further(&house.registry());
            let is_shown = |e: &&Event| events::ALL.contains(&e.name.as_str()) || further.of(e).is_some();
            let shown: Vec<Event> = events.iter().filter(is_shown).cloned().collect();
            if shown.is_empty() {
                return Ok(Vec::new());
            }
            house.read(Caller::system(), move |cx| pictures(cx, &shown)).await
        })
    }

    fn see(&self, sight: &Sight, patch: &Patch) -> Seen {
        let Some(eyes) = sight.inner.downcast_ref::<Eyes>() else { return Seen::Hidden };
        if let Some(framed) = patch.inner.downcast_ref::<Framed>() {
            let staff = !matches!(eyes.scope, Scope::Customer { .. } | Scope::None);
            let fits = framed.keys.as_ref().map_or(staff, |keys| visible(&eyes.scope).test(keys));
            return if fits { Seen::Shown(framed.frame.clone()) } else { Seen::Hidden };
        }
        let Some(picture) = patch.inner.downcast_ref::<Picture>() else { return Seen::Hidden };
        if !visible(&eyes.scope).test(&picture.keys) {
            return Seen::Gone(picture.row.id.0);
        }
        Seen::Shown(shown(eyes, picture))
    }

    /// What the desk must know before it shows anything.
    fn facts<'a>(&'a self, house: &'a Arc<Workspace>, caller: &'a Caller) -> Later<'a, Result<Value>> {
        Box::pin(async move {
            let rules: Rules = house.read(caller.clone(), settings::get).await?;
            Ok(json!({"undo_send_seconds": rules.undo_send_seconds}))
        })
    }

    fn may_watch<'a>(
        &'a self,
        house: &'a Arc<Workspace>,
        sight: &'a Sight,
        conversation: i64,
    ) -> Later<'a, Result<bool>> {
        Box::pin(async move {
            let Some(eyes) = sight.inner.downcast_ref::<Eyes>() else { return Ok(false) };
            let scope = eyes.scope.clone();
            let id = ConversationId(conversation);
            house.read(Caller::system(), move |cx| Ok(find_conversation(cx, &scope, id)?.is_some())).await
        })
    }

    fn views<'a>(
        &'a self,
        house: &'a Arc<Workspace>,
        caller: &'a Caller,
        sight: &'a Sight,
    ) -> Later<'a, Result<Value>> {
        Box::pin(async move {
            let Some(eyes) = sight.inner.downcast_ref::<Eyes>() else { return Ok(json!([])) };
            let (scope, agent) = (eyes.scope.clone(), eyes.agent);
            house.read(caller.clone(), move |cx| views(cx, &scope, agent)).await
        })
    }
}

/// The views of a desk with their counts, which end at a bound.
pub fn views(cx: &mut Cx, scope: &Scope, agent: Option<AgentId>) -> Result<Value> {
    let mut views = Vec::new();
    for view in View::ALL {
        let (count, more) = count_view(cx, scope, *view, agent)?;
        views.push(json!({"id": view, "count": count, "more": more}));
    }
    Ok(Value::Array(views))
}

/// What the events of one batch are about, read at once however many there are.
struct Album {
    conversations: BTreeMap<ConversationId, (Keys, MessageId)>,
    rows: BTreeMap<ConversationId, Row>,
    reads: BTreeMap<ConversationId, BTreeMap<AgentId, MessageId>>,
    messages: BTreeMap<MessageId, Shown>,
}

impl Album {
    /// Taken for everybody, so without a scope; [`Desks::see`] decides who gets it.
    fn of(cx: &mut Cx, events: &[&Event]) -> Result<Album> {
        let ids: BTreeSet<ConversationId> = events.iter().map(|e| ConversationId(e.subject_id)).collect();
        let ids: Vec<ConversationId> = ids.into_iter().collect();
        let messages: BTreeSet<i64> = events.iter().filter_map(|e| e.reference("message")).collect();
        let messages: Vec<MessageId> = messages.into_iter().map(MessageId).collect();
        let found = list_conversations(cx, &Scope::All, &ids)?;
        let conversations = found.iter().map(|c| (c.id, (c.keys(), c.last_inbound_id))).collect();
        let rows = present::rows(cx, found)?.into_iter().map(|row| (row.id, row)).collect();
        let mut reads: BTreeMap<ConversationId, BTreeMap<AgentId, MessageId>> = BTreeMap::new();
        for (conversation, agent, message) in list_reads(cx, &ids)? {
            reads.entry(conversation).or_default().insert(agent, message);
        }
        let messages = list_by_ids(cx, &Scope::All, &messages)?;
        let messages = present::messages(cx, messages)?.into_iter().map(|m| (m.id, m)).collect();
        Ok(Album { conversations, rows, reads, messages })
    }

    fn picture(&self, event: &Event) -> Option<Picture> {
        let id = ConversationId(event.subject_id);
        let ((keys, last_inbound), row) = (self.conversations.get(&id)?, self.rows.get(&id)?);
        let message = event.reference("message").and_then(|id| self.messages.get(&MessageId(id)));
        Some(Picture {
            event: event.name.clone(),
            keys: *keys,
            row: row.clone(),
            last_inbound: *last_inbound,
            reads: self.reads.get(&id).cloned().unwrap_or_default(),
            message: message.cloned(),
        })
    }
}

fn pictures(cx: &mut Cx, events: &[Event]) -> Result<Vec<Patch>> {
    let mut patches = Vec::new();
    let further = further(&cx.registry());
    let own: Vec<&Event> = events.iter().filter(|event| further.of(event).is_none()).collect();
    let album = Album::of(cx, &own)?;
    for event in events {
        if let Some(shows) = further.of(event) {
            patches.extend(framed(cx, shows.as_ref(), event)?);
        } else if let Some(picture) = album.picture(event) {
            patches.push(Patch { seq: event.seq, event_id: event.id, inner: Arc::new(picture) });
        }
    }
    Ok(patches)
}

fn framed(cx: &mut Cx, shows: &dyn Shows, event: &Event) -> Result<Option<Patch>> {
    let keys = match event.subject.as_str() {
        "conversation" => {
            let id = ConversationId(event.subject_id);
            let Some(c) = find_conversation(cx, &Scope::All, id)? else { return Ok(None) };
            Some(c.keys())
        }
        _ => None,
    };
    let frame = shows.frame(cx, event)?;
    let patch = |frame| Patch { seq: event.seq, event_id: event.id, inner: Arc::new(Framed { keys, frame }) };
    Ok(frame.map(patch))
}

fn shown(eyes: &Eyes, picture: &Picture) -> Value {
    let read = eyes.agent.and_then(|a| picture.reads.get(&a).copied()).unwrap_or(MessageId(0));
    let row = Row { unread: picture.last_inbound > read, ..picture.row.clone() };
    let seen = |m: &&Shown| {
        let delivery = m.delivery.as_ref().map(|delivery| delivery.state);
        visible(&eyes.scope).test_message(m.kind, m.contact.is_some(), delivery)
    };
    let message = picture.message.as_ref().filter(seen);
    let row = if visible(&eyes.scope).is_staff() { row } else { present::without_preview(row) };
    json!({"type": "conversation", "event": picture.event, "row": row, "message": message})
}
