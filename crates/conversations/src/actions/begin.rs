//! A conversation as it begins, whoever begins it.

use base::Result;
use customers::CustomerId;
use journal::{Cx, Note};
use people::{BrandId, TeamId};
use serde_json::json;

use crate::events;
use crate::model::{Author, MessageId, Shelf, Status};
use crate::store::conversation::{Conversation, insert_conversation, next_number};

/// What is known of a conversation before its first message.
pub(super) struct Beginning {
    pub subject: String,
    pub channel: String,
    pub brand: Option<BrandId>,
    pub team: Option<TeamId>,
    pub requester: CustomerId,
    /// `agent:ID` or `customer:ID`.
    pub submitter: String,
    pub author: Author,
}

/// Not stored yet: with its first message in it, [`put`] writes the row once.
pub(super) fn begin(cx: &mut Cx, with: Beginning) -> Result<Conversation> {
    let now = cx.now();
    // Somebody must see it: without a team of its own that is in use it goes to the first one.
    let team_id = match with.team {
        Some(own) if people::is_team_in_use(cx, own)? => Some(own),
        _ => people::team_default(cx)?,
    };
    let brand_id = match with.brand {
        Some(brand) => Some(brand),
        None => Some(people::brand_default(cx)?),
    };
    Ok(Conversation {
        id: cx.new_id(),
        number: next_number(cx)?,
        version: 1,
        subject: with.subject,
        status: Status::New,
        shelf: Shelf::Active,
        spam: false,
        priority: None,
        kind: None,
        channel: with.channel,
        brand_id,
        team_id,
        assignee_id: None,
        requester_id: with.requester,
        submitter: with.submitter,
        external_id: None,
        form: None,
        fields: json!({}),
        tags: json!([]),
        due_at: None,
        preview: String::new(),
        last_author: with.author,
        last_message_id: MessageId(0),
        last_inbound_id: MessageId(0),
        account: None,
        joined_into: None,
        follow_up_of: None,
        created_at: now,
        last_activity_at: now,
        status_at: now,
        deleted_at: None,
    })
}

pub(super) fn put(cx: &mut Cx, c: &Conversation) -> Result<()> {
    insert_conversation(cx, c)?;
    cx.record(Note::new(events::CREATED, "conversation", c.id.0).with("channel", &c.channel)).map(drop)
}
