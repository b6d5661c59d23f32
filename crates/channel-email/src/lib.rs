//! E-mail: mail becomes messages, and answers go out as mail.
//!
//! What: the SMTP listener and the pipe, reading mail, the outgoing SMTP server, mailboxes,
//! fetching from IMAP and POP3, mail that is handed in over HTTP, archives.
//! Owns: `email_mailboxes`, `email_raw`, `email_sources`, `email_folders`, `email_fetched`, `email_hooks`,
//! `email_hook_used`, `email_imported`, `email_history`, `email_accounts`, `email_mailbox_ways`, `email_brand_ways`,
//! `email_grants`, `email_keys`, `email_trust`, `email_tokens`, `email_allowed`,
//! `email_looks`, `email_signatures`, `email_dresses`, `email_links`.
//! Announces: `mailbox.connected`, `mailbox.disconnected`, `mailbox.hook_set`, `mailbox.hook_removed`,
//! `mailbox.mail_retried`, `mailbox.mail_discarded`, `mailbox.added`, `mailbox.changed`, `mailbox.removed`, `email_account.set`, `email_account.removed`,
//! `email_account.chosen`, `email_key.made`, `email_key.switched`,
//! `email_look.set`, `email_signature.set`, `message.links_ended`, `sender.allowed`, `sender.disallowed`.
//! Hears: what agents mark as spam and what they answer, to learn from it.
//! Offers: `email.connect`, `email.disconnect`, `email.set_hook`, `email.remove_hook`,
//! `email.add_mailbox`, `email.change_mailbox`, `email.remove_mailbox`, `email.set_outgoing`,
//! `email.test_outgoing`, `email.set_account`, `email.remove_account`, `email.set_way`, `email.make_keys`,
//! `email.switch_keys`, `email.set_look`, `email.set_signature`, `email.set_links`, `message.end_links`,
//! `email.test_look`, `email.set_trust`, `email.allow`, `email.disallow`.
//!
//! **Invariant:** a mail is acknowledged only after it is on disk, in every workspace that it is for.
//! **Invariant:** how far a mailbox was fetched moves in the transaction that holds the mail, under one lease.
//! **Invariant:** no mail is sent twice: whatever may have arrived is told as unclear, never tried again.
//! **Invariant:** what a mail says about its sender is a claim. Only one whose From is an agent's, and whose domain
//! vouches for it, hands on what it forwards and writes an internal note; only by the signed address of a notice to
//! that agent does it answer a customer.

mod account;
mod acknowledge;
pub mod actions;
mod api;
mod aside;
pub mod channel;
mod courier;
mod delivery;
mod dkim;
mod domain_records;
mod domains;
mod doors;
pub mod email;
mod enclosing;
mod events;
mod fetch;
mod filing;
mod forwarding;
mod grants;
mod handover;
mod history;
mod hook_signature;
mod import;
mod inbound;
mod invitation;
pub mod jobs;
mod letter;
mod links;
mod login;
mod looks;
mod mailboxes;
pub mod mailroom;
pub mod model;
mod notice;
mod notice_mail;
mod oauth;
mod originals;
mod outbox;
mod outward;
mod outward_post;
mod postman;
mod probe;
mod quarantine;
mod receiving;
mod reports;
mod screening;
mod screening_facts;
mod screening_rules;
mod signing;
mod signing_key;
pub mod smtp;
mod store;
mod store_accounts;
mod store_acknowledge;
mod store_grants;
mod store_history;
mod store_hooks;
mod store_keys;
mod store_trust;
mod sweeps;
mod teaching;
mod troubles;
mod trust;
mod trying;
mod unfolding;
mod ways;
mod workers;
mod written_back;

#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::Arc;

use base::{Clock, Result};
use conversations::channel::Channels;
use conversations::notices::Couriers;
use fetch::watch::Watches;
use journal::blobs::{Namer, Namers};
use journal::registry::Verb;
use rustls::ServerConfig;
use web::{Capability, Panel, Place};

pub use channel::Addresses;
pub use email::Email;
pub use fetch::probing::{Looked, look};
pub use import::{Imported, import, unfiled};
pub use mailroom::{Houses, Installation, pipe};
pub use model::written;
pub use outward::names::Names;
pub use probe::{Probed, list_mailboxes, probe};
pub use smtp::listener::Listening;
pub use smtp::manners::Manners;

/// The tables of this crate.
pub const MIGRATIONS: &[::store::Migration] = ::store::migrations!["channel-email"; "0001_email", "0002_fetching", "0020_accounts", "0021_signing", "0030_acknowledgements", "0031_trust", "0040_source_grants", "0041_signed_hooks", "0050_looks", "0051_links"];

/// Large mails as they came lie below `raw/`.
const RAW: Namer = Namer { covers: |key| key.starts_with("raw/"), named: store::list_named };

/// Pictures of other servers lie below `pictures/`; no row names them, so they go after a day.
const PICTURES: Namer =
    Namer { covers: |key| key.starts_with(outward::pictures::PREFIX), named: |_, _| Ok(Vec::new()) };

/// The roof sets [`Addresses`], where new addresses are entered, so that mail finds its workspace.
pub fn capability() -> Capability {
    let capability = Capability::new("email")
        .sweep(sweeps::forget_senders())
        .sweep(sweeps::wake_history())
        .migrations(MIGRATIONS)
        .routes(api::routes())
        .plug(|registry| registry.fill::<Channels>().add(Email::default()))
        .plug(|registry| _ = registry.fill::<Names>())
        .plug(|registry| _ = registry.fill::<grants::Providers>())
        .plug(|registry| registry.fill::<Namers>().add(RAW))
        .plug(|registry| *registry.fill::<Watches>() = Watches::default())
        .plug(|registry| registry.fill::<Namers>().add(PICTURES))
        .panel(Panel::new("email.mailboxes", Place::Settings, 110).grant("email.add_mailbox"))
        .panel(Panel::new("email.outgoing", Place::Settings, 120).grant("email.set_outgoing"))
        .panel(Panel::new("email.access", Place::Settings, 122).grant("email.set_outgoing"))
        .panel(Panel::new("email.domains", Place::Settings, 125).grant("email.set_outgoing"))
        .panel(Panel::new("email.looks", Place::Settings, 127).grant("email.set_look"))
        .panel(Panel::new("email.signature", Place::Account, 15).grant("conversation.reply"))
        .panel(Panel::new("email.parked", Place::Settings, 130).grant("email.add_mailbox"))
        .plug(|registry| {
            registry.fill::<outward::rests::Rests>();
        })
        .plug(|registry| registry.fill::<Couriers>().set(courier::Post::default()))
        .plug(|registry| registry.fill::<people::Post>().set(Arc::new(postman::Letters)))
        .verbs([
            Verb::of::<actions::add_mailbox::AddMailbox>(),
            Verb::of::<actions::change_mailbox::ChangeMailbox>(),
            Verb::of::<actions::add_mailbox::RemoveMailbox>(),
            Verb::of::<actions::connect::Connect>(),
            Verb::of::<actions::connect::Disconnect>(),
            Verb::of::<actions::hook::SetHook>(),
            Verb::of::<actions::hook::RemoveHook>(),
            Verb::of::<actions::set_outgoing::SetOutgoing>(),
            Verb::of::<actions::test_outgoing::TestOutgoing>(),
            Verb::of::<actions::set_account::SetAccount>(),
            Verb::of::<actions::set_account::RemoveAccount>(),
            Verb::of::<actions::set_acknowledgement::SetAcknowledgement>(),
            Verb::of::<actions::end_links::EndLinks>(),
            Verb::of::<actions::set_links::SetLinks>(),
            Verb::of::<actions::set_look::SetLook>(),
            Verb::of::<actions::set_signature::SetSignature>(),
            Verb::of::<actions::test_look::TestLook>(),
            Verb::of::<actions::set_way::SetWay>(),
            Verb::of::<actions::make_keys::MakeKeys>(),
            Verb::of::<actions::make_keys::SwitchKeys>(),
            Verb::of::<actions::connect_grant::SetApp>(),
            Verb::of::<actions::connect_grant::Connect>(),
            Verb::of::<actions::connect_grant::RemoveGrant>(),
            Verb::of::<actions::set_trust::SetTrust>(),
            Verb::of::<actions::allow::Allow>(),
            Verb::of::<actions::allow::Disallow>(),
        ])
        .panel(Panel::new("email.trust", Place::Settings, 140).grant("email.set_trust"))
        .reactions(teaching::reactions());
    let capability = quarantine::sweeps().into_iter().fold(capability, Capability::sweep);
    workers::workers()
        .into_iter()
        .chain(fetch::worker::workers())
        .chain(history::workers())
        .fold(capability, Capability::worker)
}

/// Begins to take mail at `HOST:PORT`; port 0 takes a free one. Without a certificate of the settings one
/// of our own is made in `data`.
pub async fn listen(
    address: &str,
    host: &str,
    tls: Option<Arc<ServerConfig>>,
    data: &Path,
    clock: Clock,
    room: Installation,
) -> Result<Listening> {
    let tls = match tls {
        Some(tls) => tls,
        None => smtp::tls::own(data, host)?,
    };
    let manners = Manners { tls: Some(tls), ..Manners::new(host, clock) };
    smtp::listener::listen(address, manners, Arc::new(room)).await
}
