//! A mail about nothing, in which a look is tried.

use base::Time;
use conversations::channel::Outgoing;
use conversations::model::{ConversationId, MessageId, Party, Recipients};

use super::dress::Dress;
use super::words::{sample, sample_subject};

pub fn letter(dress: &Dress, from: &Party, to: &str, source_id: String, now: Time) -> Outgoing {
    let language = dress.look.as_ref().map_or("en", |look| look.language.as_str());
    let text = sample(language);
    Outgoing {
        message: MessageId(0),
        conversation: ConversationId(0),
        answers_to: 0,
        number: 0,
        subject: sample_subject(language).to_owned(),
        account: None,
        author_name: dress.facts.0.get("agent.name").cloned().unwrap_or_default(),
        author: None,
        html: markup::text_to_html(text),
        text: text.to_owned(),
        quoted: None,
        recipients: Recipients {
            from: Some(from.clone()),
            to: vec![Party { name: String::new(), address: to.to_owned() }],
            cc: Vec::new(),
            bcc: Vec::new(),
        },
        attachments: Vec::new(),
        source_id,
        references: Vec::new(),
        created_at: now,
        automatic: false,
    }
}
