//! The whole examination, in the process that holds the data directory.

use std::sync::Arc;

use base::Result;
use base::config::host_of;
use journal::Workspace;

use super::finding::Finding;
use super::{inside, machine, names, reach};
use crate::installation::Installation;
use crate::space;

/// What came of opening each workspace.
pub type Opened = Vec<(String, Result<Arc<Workspace>>)>;

/// `serving` is whether this process is the server, or only looks.
pub async fn examine(installation: &Installation, workspaces: Opened, serving: bool) -> Result<Vec<Finding>> {
    let (config, now) = (&installation.config, installation.clock.now());
    let told = std::fs::read_to_string(config.data.join("last-backup")).ok();
    let mut findings = vec![
        server(serving),
        machine::disk(space::free(&config.data)?),
        machine::keys(&config.data),
        machine::backup(told.as_deref(), now),
    ];
    findings.extend(machine::ports(config, serving).await);
    findings.extend(reach::public(config, serving, now).await);
    let mut addresses = Vec::new();
    for (name, opened) in workspaces {
        match within(opened, &mut addresses).await {
            Ok(found) => findings.extend(found.into_iter().map(|finding| finding.within(&name))),
            Err(e) => findings.push(broken(&e).within(&name)),
        }
    }
    let mut servers = channel_email::Names::default();
    servers.set(config.dns.as_deref())?;
    findings.extend(names::examine(host_of(&config.address()), &addresses, &servers).await);
    Ok(findings)
}

async fn within(opened: Result<Arc<Workspace>>, addresses: &mut Vec<String>) -> Result<Vec<Finding>> {
    let house = opened?;
    let mailboxes = channel_email::list_mailboxes(&house).await?;
    addresses.extend(mailboxes.into_iter().map(|mailbox| mailbox.address));
    inside::workspace(&house).await
}

fn server(serving: bool) -> Finding {
    match serving {
        true => Finding::ok("server", "The server runs."),
        false => Finding::warn("server", "The server does not run.", "Start it: systemctl start rapport"),
    }
}

/// Something that keeps the examination itself from going on.
pub fn broken(e: &base::Error) -> Finding {
    let cause = e.cause.as_ref().map(|cause| format!(" ({cause})")).unwrap_or_default();
    Finding::fail("database", format!("{}{cause}", e.message), "Mend this first, then examine again.")
}
