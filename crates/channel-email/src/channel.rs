//! The sockets of this crate: what the listener needs to know of the house behind it.

use std::net::IpAddr;
use std::pin::Pin;

use base::Result;
use base::error::internal;
use journal::directory::Directory;

pub type Later<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What the sending server said about a mail (RFC 5321 section 2.3.1); the mail itself may say otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Envelope {
    /// Empty for reports, which nobody answers (RFC 5321 section 4.5.5).
    pub from: String,
    pub to: Vec<String>,
    /// From where it came, when somebody brought it over the network, and what the client called itself.
    pub peer: Option<IpAddr>,
    pub helo: String,
}

/// Why a mail is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The sending server keeps it and tries again.
    Later(String),
    /// The sending server gives it back to its author.
    Never(String),
}

/// Where mail goes. Stands between the protocol and the workspaces, so that each can be tried alone.
pub trait Mailroom: Send + Sync {
    /// Whether mail for this address is taken.
    fn knows<'a>(&'a self, address: &'a str) -> Later<'a, Result<bool>>;

    /// Stores the mail for all its recipients. Once this answers Ok, nothing may lose it any more.
    fn accept(&self, envelope: Envelope, raw: Vec<u8>) -> Later<'_, Result<(), Refusal>>;
}

/// The directory of the installation, in which new addresses are entered. Filled by the roof.
#[derive(Default)]
pub struct Addresses(Option<Directory>);

impl Addresses {
    pub fn set(&mut self, directory: Directory) {
        self.0 = Some(directory);
    }

    pub fn directory(&self) -> Result<&Directory> {
        self.0.as_ref().ok_or_else(|| internal("no directory was plugged in"))
    }
}
