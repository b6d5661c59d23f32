//! Incoming mail: the SMTP listener in front of all workspaces.

use std::sync::Arc;

use base::Result;
use base::config::host_of;
use rustls::ServerConfig;
use web::House;

use crate::installation::Installation;
use crate::waking::opened_by;

pub use channel_email::Listening;

/// Begins to take mail at `HOST:PORT`, encrypted with `tls` or with a certificate of our own making.
pub async fn listen(
    at: &str,
    installation: &Installation,
    house: &House,
    tls: Option<Arc<ServerConfig>>,
) -> Result<Listening> {
    let room = channel_email::Installation::new(installation.directory.clone(), opened_by(house));
    let (data, clock) = (&installation.config.data, installation.clock.clone());
    let url = installation.public_url();
    channel_email::listen(at, host_of(&url), tls, data, clock, room).await
}
