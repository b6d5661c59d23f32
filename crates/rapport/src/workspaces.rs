//! How commands come by open workspaces, whether the installation is being served or not.

use std::collections::BTreeMap;
use std::sync::Arc;

use base::Result;
use base::error::not_found;
use journal::Workspace;

use crate::installation::{Installation, Open};

/// Finds open workspaces: the server's own, or ones that are opened for a single command.
pub trait Workspaces {
    fn find(
        &self,
        installation: &Installation,
        name: &str,
    ) -> impl Future<Output = Result<Arc<Workspace>>> + Send;
    /// How mail finds them.
    fn houses(
        &self,
        installation: &Installation,
    ) -> impl Future<Output = Result<channel_email::Houses>> + Send;
    /// Whether this process is the server.
    fn is_serving(&self) -> bool;
    /// What becomes of a workspace that was just made.
    fn founded(&self, open: Open) -> impl Future<Output = Result<()>> + Send;
}

/// Opens what a single command needs.
pub struct Alone;

impl Workspaces for Alone {
    async fn find(&self, installation: &Installation, name: &str) -> Result<Arc<Workspace>> {
        let place = installation.place(Some(name)).await?;
        let open = installation.workspace(place).await?;
        // A single command makes few ids: the number it took is not renewed, and free again at once.
        open.lease.release(&open.workspace.db).await?;
        // What is left to do is done by the server when it starts, or by another node.
        installation.directory.wake(name, installation.clock.now()).await?;
        Ok(open.workspace)
    }

    async fn houses(&self, installation: &Installation) -> Result<channel_email::Houses> {
        let mut open = BTreeMap::new();
        for place in installation.places().await? {
            let house = self.find(installation, &place.name).await?;
            open.insert(place.name, house);
        }
        Ok(Arc::new(move |name: String| {
            let house = open.get(&name).cloned().ok_or_else(|| not_found("workspace_not_found"));
            Box::pin(async move { house })
        }))
    }

    fn is_serving(&self) -> bool {
        false
    }

    async fn founded(&self, open: Open) -> Result<()> {
        open.lease.release(&open.workspace.db).await
    }
}
