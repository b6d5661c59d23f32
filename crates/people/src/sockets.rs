//! The postman: whoever can send a letter. Filled by the channel that can, at the roof.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use base::Result;
use journal::Workspace;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LetterKind {
    Invitation,
    PasswordReset,
}

/// A letter to a member of staff. `link` lets its reader in: it is never logged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    pub kind: LetterKind,
    pub to: String,
    pub name: String,
    pub link: String,
    /// The name of the workspace.
    pub workspace: String,
    /// The reader's language, or that of the workspace.
    pub locale: String,
}

pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

pub trait Postman: Send + Sync {
    /// Unavailable and TooMany are tried again for days.
    fn send<'a>(&'a self, house: &'a Arc<Workspace>, letter: &'a Letter) -> Sending<'a>;
}

/// The socket in the registry: `registry.fill::<people::Post>().set(postman)`.
#[derive(Default)]
pub struct Post(Option<Arc<dyn Postman>>);

impl Post {
    pub fn set(&mut self, postman: Arc<dyn Postman>) {
        self.0 = Some(postman);
    }

    pub(crate) fn postman(&self) -> Option<&Arc<dyn Postman>> {
        self.0.as_ref()
    }
}
