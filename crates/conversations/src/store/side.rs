//! What goes on beside conversations: one row per third party and forward.

use base::{Result, Time};
use journal::Cx;
use people::Scope;
use serde_json::json;
use store::{p, row};

use crate::model::{ConversationId, MessageId, Party, SideId};
use crate::store::visible::visible;

row! {
    #[derive(Clone, Debug)]
    pub struct Side {
        pub id: SideId,
        pub conversation_id: ConversationId,
        pub channel: String,
        pub name: String,
        pub address: String,
        pub subject: String,
        pub created_at: Time,
    }
}

impl Side {
    pub fn party(&self) -> Party {
        Party { name: self.name.clone(), address: self.address.clone() }
    }
}

const COLUMNS: &str = "s.id, s.conversation_id, s.channel, s.name, s.address, s.subject, s.created_at";
/// The desk shows at most so many beside one conversation.
const MOST_SIDES: i64 = 100;
/// How many referenced ids are looked at: the nearest ones.
const MOST_REFERENCES: usize = 40;

pub fn insert_side(cx: &mut Cx, side: &Side) -> Result<()> {
    let folded = base::text::fold(&side.address);
    cx.exec(
        "INSERT INTO conversation_sides (id, conversation_id, channel, name, address, folded, subject, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        p![
            side.id,
            side.conversation_id,
            side.channel,
            side.name,
            side.address,
            folded,
            side.subject,
            side.created_at
        ],
    )
    .map(drop)
}

/// Within the scope; never for customers.
pub fn find_side(cx: &mut Cx, scope: &Scope, id: SideId) -> Result<Option<Side>> {
    if !visible(scope).is_staff() {
        return Ok(None);
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM conversation_sides s JOIN conversations c ON c.id = s.conversation_id
         WHERE s.id = $1 AND {}",
        visible(scope).sql()
    );
    cx.opt(sql, p![id])
}

/// Without regard to who asks: for what arrives.
pub fn find_any_side(cx: &mut Cx, id: SideId) -> Result<Option<Side>> {
    cx.opt(format!("SELECT {COLUMNS} FROM conversation_sides s WHERE s.id = $1"), p![id])
}

/// The side whose message is referenced by its own third party; what anybody else references is no
/// matter of it.
pub fn find_side_by_references(cx: &mut Cx, references: &[String], address: &str) -> Result<Option<Side>> {
    let nearest: Vec<&String> = references.iter().rev().take(MOST_REFERENCES).collect();
    if nearest.is_empty() {
        return Ok(None);
    }
    let among = match cx.is_lite() {
        true => "m.source_id IN (SELECT value FROM json_each($1))",
        false => "m.source_id = ANY (ARRAY(SELECT jsonb_array_elements_text($1)))",
    };
    // Without a word about sides, so that the index of source ids alone leads to the rows.
    let sql = format!("SELECT m.id, m.side_id FROM messages m WHERE {among} LIMIT 100");
    let found: Vec<(MessageId, Option<SideId>)> = cx.all(sql, p![json!(nearest)])?;
    let mut found: Vec<(MessageId, SideId)> =
        found.into_iter().filter_map(|(message, side)| Some((message, side?))).collect();
    found.sort_unstable();
    let folded = base::text::fold(address);
    while let Some((_, id)) = found.pop() {
        let side = find_any_side(cx, id)?;
        if side.as_ref().is_some_and(|side| base::text::fold(&side.address) == folded) {
            return Ok(side);
        }
    }
    Ok(None)
}

/// The oldest first, without those of which everything was taken back; none for customers.
pub fn list_sides(cx: &mut Cx, scope: &Scope, conversation: ConversationId) -> Result<Vec<Side>> {
    if !visible(scope).is_staff() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM conversation_sides s WHERE s.conversation_id = $1 AND EXISTS
             (SELECT 1 FROM messages m WHERE m.side_id = s.id
                  AND (m.delivery IS NULL OR m.delivery <> 'withdrawn'))
         ORDER BY s.id LIMIT $2"
    );
    cx.all(sql, p![conversation, MOST_SIDES])
}

/// The parties of some sides, for the messages that are shown.
pub fn list_parties(cx: &mut Cx, ids: &[SideId]) -> Result<Vec<Side>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!("SELECT {COLUMNS} FROM conversation_sides s WHERE {}", cx.among("s.id", 1));
    cx.all(sql, p![json!(ids)])
}

/// A follow-up takes over what goes on beside a closed conversation.
pub fn set_conversation(cx: &mut Cx, id: SideId, conversation: ConversationId) -> Result<()> {
    let sql = "UPDATE conversation_sides SET conversation_id = $2 WHERE id = $1";
    cx.exec(sql, p![id, conversation]).map(drop)
}

/// Source ids of one side for the headers of the next mail, oldest first: at most the last thirty.
pub fn list_side_source_ids(cx: &mut Cx, side: SideId, before: MessageId) -> Result<Vec<String>> {
    let mut rows: Vec<(String,)> = cx.all(
        "SELECT source_id FROM messages WHERE side_id = $1 AND id < $2 AND source_id IS NOT NULL
             AND (delivery IS NULL OR delivery <> 'withdrawn')
         ORDER BY id DESC LIMIT 30",
        p![side, before],
    )?;
    rows.reverse();
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
