//! Live chat: visitors of the company's own pages talk with agents.
//!
//! What: widgets, visitors and their threads, the queue of chats, sockets of visitors, from chat to mail.
//! Owns: `chat_widgets`, `chat_visitors`, `chat_lines`, `chat_chats`, `chat_agents`, `chat_bans`, `chat_mailings`.
//! Announces: what stands in [`events`].
//! Hears: who was given a conversation, and what was solved.
//! Offers: `chat.*`, listed in [`capability`].
//!
//! **Invariant:** a visitor sees the lines of its own thread and nothing else, whatever address it types.
//! **Invariant:** before its first message a visitor costs no row.
//! **Invariant:** a chat is one agent's at a time, and goes back to the queue when that agent is gone.
//! **Invariant:** a mail made of chat lines is begun once.

pub mod actions;
mod api;
pub mod channel;
pub mod events;
mod frames;
mod hours;
pub mod jobs;
mod letter;
mod limits;
mod lobby;
pub mod model;
mod pass;
mod present;
mod reactions;
mod signature;
pub mod store;
mod sweeps;
mod telling;
mod token;
mod workers;

#[cfg(test)]
mod tests;

use conversations::channel::Channels;
use conversations::viewers::Further;
use journal::registry::Verb;
use web::{Attendance, Capability, Panel, Place};

pub use channel::Keys;
pub use limits::Doors;
pub use lobby::Lobbies;

/// The tables of this crate.
pub const MIGRATIONS: &[::store::Migration] =
    ::store::migrations!["channel-chat"; "0001_chat", "0002_unread"];

/// The roof sets [`Keys`], where the keys of widgets are entered, so that their pages find the workspace.
pub fn capability() -> Capability {
    let capability = Capability::new("chat")
        .migrations(MIGRATIONS)
        .routes(api::routes())
        .plug(|registry| {
            registry.fill::<Channels>().add(channel::Chat);
            registry.fill::<Further>().add(frames::Queue);
            registry.fill::<Attendance>().add(frames::Attendants);
            registry.fill::<Lobbies>();
        })
        .panel(Panel::new("chat.widgets", Place::Settings, 70).grant("chat.set"))
        .panel(Panel::new("chat.rules", Place::Settings, 71).grant("chat.set"))
        .reactions(reactions::reactions())
        .verbs([
            Verb::of::<actions::availability::SetAvailability>(),
            Verb::of::<actions::ban::Ban>(),
            Verb::of::<actions::ban::Unban>(),
            Verb::of::<actions::end::End>(),
            Verb::of::<actions::pass::Pass>(),
            Verb::of::<actions::pass::TakeBack>(),
            Verb::of::<actions::rules::SetRules>(),
            Verb::of::<actions::seen::Seen>(),
            Verb::of::<actions::take::Return>(),
            Verb::of::<actions::take::Take>(),
            Verb::of::<actions::widget::Change>(),
            Verb::of::<actions::widget::Create>(),
            Verb::of::<actions::widget::Rekey>(),
            Verb::of::<actions::widget::Remove>(),
            Verb::of::<actions::widget::Restore>(),
            Verb::of::<actions::widget::SetSecret>(),
        ]);
    let capability = workers::workers().into_iter().fold(capability, Capability::worker);
    sweeps::sweeps().into_iter().fold(capability, Capability::sweep)
}
