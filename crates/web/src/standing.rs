//! The workspaces that are open at this node, and when each was last asked for.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use std::time::{Duration, Instant};

use base::Result;
use base::error::unavailable;
use journal::Workspace;

use crate::sockets::Later;

/// Opens workspaces that sleep. Filled at the roof.
pub trait Opener: Send + Sync {
    /// The workspace, open; NotFound when there is none of this name.
    fn open<'a>(&'a self, name: &'a str) -> Later<'a, Result<Arc<Workspace>>>;
}

#[derive(Default)]
pub(crate) struct Standing {
    open: RwLock<BTreeMap<String, Entry>>,
    opener: OnceLock<Arc<dyn Opener>>,
}

struct Entry {
    workspace: Arc<Workspace>,
    used: Mutex<Instant>,
}

impl Standing {
    pub fn set_opener(&self, opener: Arc<dyn Opener>) {
        // Set once, when the program starts.
        let _ = self.opener.set(opener);
    }

    pub fn add(&self, workspace: Arc<Workspace>) {
        let name = workspace.name.clone();
        let entry = Entry { workspace, used: Mutex::new(Instant::now()) };
        self.open.write().unwrap_or_else(PoisonError::into_inner).insert(name, entry);
    }

    pub fn remove(&self, name: &str) -> Option<Arc<Workspace>> {
        let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
        open.remove(name).map(|entry| entry.workspace)
    }

    /// Without being a use of it.
    pub fn find(&self, name: &str) -> Option<Arc<Workspace>> {
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        open.get(name).map(|entry| entry.workspace.clone())
    }

    pub fn all(&self) -> Vec<Arc<Workspace>> {
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        open.values().map(|entry| entry.workspace.clone()).collect()
    }

    /// Opens the workspace when it sleeps.
    pub async fn open(&self, name: &str) -> Result<Arc<Workspace>> {
        if let Some(workspace) = self.used(name) {
            return Ok(workspace);
        }
        match self.opener.get() {
            Some(opener) => opener.open(name).await,
            None => Err(unavailable("workspace_closed", "This workspace is not open. Try again soon.")),
        }
    }

    fn used(&self, name: &str) -> Option<Arc<Workspace>> {
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        let entry = open.get(name)?;
        *entry.used.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        Some(entry.workspace.clone())
    }

    /// How long nobody has asked for each that is open.
    pub fn idle(&self) -> Vec<(String, Duration)> {
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        let since = |entry: &Entry| entry.used.lock().unwrap_or_else(PoisonError::into_inner).elapsed();
        open.iter().map(|(name, entry)| (name.clone(), since(entry))).collect()
    }
}
