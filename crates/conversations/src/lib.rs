//! Conversations: the unit of work, with messages of any channel in one thread.
//!
//! What: conversations, messages, notes, drafts, attachments, who may see them, what desks show live.
//! Owns: `conversation_numbers`, `conversations`, `conversation_participants`, `conversation_followers`,
//! `messages`, `message_receipts`, `attachments`, `conversation_reads`, `drafts`.
//! Announces: what stands in [`events`].
//! Hears: its own events, to index what was written.
//! Offers: `conversation.*` and `message.*`, listed in [`capability`].
//!
//! **Invariant:** no channel is known by name; channels fill [`channel::Channel`].
//! **Invariant:** nothing is read for a person without a `Scope`.
//! **Invariant:** before the first byte of a message leaves, `sending` is on disk; from then on it is
//! never sent again by itself.

pub mod actions;
mod api;
pub mod channel;
mod circle;
pub mod events;
pub mod jobs;
pub mod model;
pub mod notices;
pub mod pauses;
pub mod present;
mod reactions;
pub mod recipients;
pub mod search_source;
pub mod settings;
pub mod store;
mod sweeps;
pub mod viewers;
mod ways;
mod workers;

#[cfg(test)]
mod tests;

use journal::blobs::{Namer, Namers};
use journal::registry::Verb;
use web::{Capability, Panel, Place};

pub const MIGRATIONS: &[::store::Migration] = ::store::migrations!["conversations"; "0001_conversations", "0002_unassigned", "0003_contacts", "0004_uploads", "0005_fates", "0007_quarantine"];

/// Files lie below the first two digits of their hash.
const FILES: Namer = Namer { covers: store::attachment::is_file_key, named: store::attachment::list_named };

pub fn capability() -> Capability {
    let mut capability =
        Capability::new("conversations").migrations(MIGRATIONS).routes(api::routes()).plug(|registry| {
            let sources = registry.fill::<search::Sources>();
            sources.add(search_source::Subjects);
            sources.add(search_source::Messages);
            registry.fill::<Namers>().add(FILES);
            let belongings = registry.fill::<customers::Belongings>();
            belongings.add(store::belonging::Requested);
            belongings.add(store::belonging::TakesPart);
        });
    capability = capability
        .panel(Panel::new("conversations.rules", Place::Settings, 60).grant("conversation.set_rules"));
    for worker in workers::workers() {
        capability = capability.worker(worker);
    }
    for sweep in sweeps::sweeps() {
        capability = capability.sweep(sweep);
    }
    capability.reactions(reactions::reactions()).verbs([
        Verb::of::<actions::assign::Assign>(),
        Verb::of::<actions::block::Block>(),
        Verb::of::<actions::block::Release>(),
        Verb::of::<actions::block::Discard>(),
        Verb::of::<actions::change::Change>(),
        Verb::of::<actions::delete::Delete>(),
        Verb::of::<actions::delete::Restore>(),
        Verb::of::<actions::draft::KeepDraft>(),
        Verb::of::<actions::draft::DropDraft>(),
        Verb::of::<actions::follow::Follow>(),
        Verb::of::<actions::answer_side::AnswerSide>(),
        Verb::of::<actions::forward::Forward>(),
        Verb::of::<actions::join::Join>(),
        Verb::of::<actions::join::Part>(),
        Verb::of::<actions::log::Log>(),
        Verb::of::<actions::unlog::Unlog>(),
        Verb::of::<actions::log_first::LogFirst>(),
        Verb::of::<actions::mark_spam::MarkSpam>(),
        Verb::of::<actions::note::Note>(),
        Verb::of::<actions::read::Read>(),
        Verb::of::<actions::receive::Receive>(),
        Verb::of::<actions::file_sent::FileSent>(),
        Verb::of::<actions::reply::Reply>(),
        Verb::of::<actions::resend::Resend>(),
        Verb::of::<actions::set_rules::SetRules>(),
        Verb::of::<actions::set_status::SetStatus>(),
        Verb::of::<actions::start::Start>(),
        Verb::of::<actions::upload::Upload>(),
        Verb::of::<actions::upload::Discard>(),
        Verb::of::<actions::withdraw::Withdraw>(),
        Verb::of::<actions::write_back::WriteBack>(),
    ])
}
