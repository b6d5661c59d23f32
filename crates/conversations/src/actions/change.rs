//! Changes what describes a conversation: subject, priority, type, tags, due time, form and fields.

use base::error::invalid;
use base::{Result, Time};
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::door::enter_named;
use super::text::checked_key;
use crate::events;
use crate::model::{ConversationId, LONGEST_SUBJECT, Priority, Type};
use crate::present::{self, Row};
use crate::store::conversation::{Conversation, save};

pub struct Change;

/// A field that is absent stays as it is; one that is null is emptied.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConversationChangeInput)]
pub struct Input {
    #[serde(default)]
    pub conversation_id: Option<ConversationId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Priority>)]
    pub priority: Option<Option<Priority>>,
    #[serde(default, rename = "type", deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Type>)]
    pub kind: Option<Option<Type>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Time>)]
    pub due_at: Option<Option<Time>>,
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub form: Option<Option<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub fields: Option<Value>,
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub external_id: Option<Option<String>>,
    #[serde(default)]
    pub version: Option<i64>,
}

/// Tells a null from an absent field.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(d: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(d).map(Some)
}

const MOST_TAGS: usize = 100;
const LONGEST_TAG: usize = 60;
const LARGEST_FIELDS: usize = 32 * 1024;

impl Action for Change {
    const NAME: &'static str = "conversation.change";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Row;

    fn run(cx: &mut Cx, input: &Input) -> Result<Row> {
        let wanted = checked(input)?;
        let mut c = enter_named(cx, input.conversation_id, input.version)?;
        let before = c.clone();
        let back = lay_over(&mut c, &wanted);
        let note = changes(Note::new(events::CHANGED, "conversation", c.id.0), &before, &c);
        save(cx, &mut c)?;
        cx.record(note)?;
        cx.undoable::<Change>(&back)?;
        present::row(cx, c)
    }
}

fn checked(input: &Input) -> Result<Input> {
    let mut wanted = input.clone();
    if let Some(subject) = &mut wanted.subject {
        *subject = base::text::without_nul(subject).trim().to_owned();
        if subject.chars().count() > LONGEST_SUBJECT {
            let sentence = format!("A subject has at most {LONGEST_SUBJECT} characters.");
            return Err(invalid("subject_too_long", sentence).field("subject"));
        }
    }
    if let Some(tags) = &mut wanted.tags {
        let mut folded: Vec<String> =
            tags.iter().map(|t| base::text::fold(&base::text::without_nul(t))).collect();
        folded.retain(|t| !t.is_empty());
        folded.sort_unstable();
        folded.dedup();
        if folded.len() > MOST_TAGS || folded.iter().any(|t| t.chars().count() > LONGEST_TAG) {
            let sentence = format!("At most {MOST_TAGS} tags of {LONGEST_TAG} characters each.");
            return Err(invalid("tags_too_many", sentence).field("tags"));
        }
        *tags = folded;
    }
    if let Some(fields) = &wanted.fields
        && (!fields.is_object()
            || fields.to_string().len() > LARGEST_FIELDS
            || fields.to_string().contains("\\u0000"))
    {
        return Err(invalid("fields_invalid", "Fields are one JSON object of at most 32 kB.").field("fields"));
    }
    if let Some(form) = &wanted.form {
        wanted.form = Some(checked_key(form.as_deref(), "form")?);
    }
    if let Some(external_id) = &wanted.external_id {
        wanted.external_id = Some(checked_key(external_id.as_deref(), "external_id")?);
    }
    Ok(wanted)
}

/// Answers the input that takes the change back.
fn lay_over(c: &mut Conversation, wanted: &Input) -> Input {
    let mut back = Input { conversation_id: Some(c.id), ..Input::default() };
    if let Some(subject) = &wanted.subject {
        back.subject = Some(std::mem::replace(&mut c.subject, subject.clone()));
    }
    if let Some(priority) = wanted.priority {
        back.priority = Some(std::mem::replace(&mut c.priority, priority));
    }
    if let Some(kind) = wanted.kind {
        back.kind = Some(std::mem::replace(&mut c.kind, kind));
    }
    if let Some(tags) = &wanted.tags {
        back.tags = Some(present::texts(&std::mem::replace(&mut c.tags, json!(tags))));
    }
    if let Some(due_at) = wanted.due_at {
        back.due_at = Some(std::mem::replace(&mut c.due_at, due_at));
    }
    if let Some(form) = &wanted.form {
        back.form = Some(std::mem::replace(&mut c.form, form.clone()));
    }
    if let Some(fields) = &wanted.fields {
        back.fields = Some(std::mem::replace(&mut c.fields, fields.clone()));
    }
    if let Some(external_id) = &wanted.external_id {
        back.external_id = Some(std::mem::replace(&mut c.external_id, external_id.clone()));
    }
    back
}

/// The subject and the fields may be personal: the event says that they changed, not how.
fn changes(note: Note, before: &Conversation, after: &Conversation) -> Note {
    let mut note = note;
    if before.priority != after.priority {
        note = note.change("priority", before.priority, after.priority);
    }
    if before.kind != after.kind {
        note = note.change("type", before.kind, after.kind);
    }
    if before.tags != after.tags {
        note = note.change("tags", &before.tags, &after.tags);
    }
    if before.due_at != after.due_at {
        note = note.change("due_at", before.due_at, after.due_at);
    }
    for (name, changed) in [
        ("subject", before.subject != after.subject),
        ("fields", before.fields != after.fields),
        ("form", before.form != after.form),
        ("external_id", before.external_id != after.external_id),
    ] {
        if changed {
            note = note.change(name, Value::Null, Value::Null);
        }
    }
    note
}
