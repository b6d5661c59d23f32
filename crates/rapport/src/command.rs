//! What the command line can ask of an installation, whether it is being served or not.

use std::path::PathBuf;
use std::sync::Arc;

use base::Result;
use base::error::invalid;
use journal::{Caller, Workspace};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::backup::backup;
use crate::doctor::examine::examine;
use crate::installation::Installation;
use crate::within::{Order, carry_out, hash};
use crate::workspaces::Workspaces;

/// Sent as JSON through the control socket, or carried out here when nobody serves.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum Command {
    Init {
        workspace: String,
        admin_email: String,
        admin_name: String,
        admin_password: String,
    },
    AddHost {
        workspace: Option<String>,
        host: String,
    },
    Within {
        workspace: Option<String>,
        order: Order,
    },
    /// Everything into one file; a relative path means nothing here.
    Backup {
        to: PathBuf,
        passphrase: Option<String>,
    },
    /// Looks whether everything works.
    Doctor,
    /// A mail from a mail server's pipe; the bytes follow the command on the socket.
    Mail {
        recipient: Option<String>,
        size: usize,
    },
    /// Mails of an archive; their bytes follow the command on the socket.
    Import {
        workspace: Option<String>,
        mailbox: String,
        sizes: Vec<usize>,
    },
    /// How many imported mails are still to be filed.
    Unfiled {
        workspace: Option<String>,
        mailbox: String,
    },
}

/// Carries a command out; what it answers is printed.
pub async fn execute(
    installation: &Installation,
    workspaces: &impl Workspaces,
    command: Command,
    mail: Vec<u8>,
) -> Result<Value> {
    match command {
        Command::Init { workspace, admin_email, admin_name, admin_password } => {
            let key = workspace_key(&workspace)?;
            let hash = hash(admin_password).await?;
            let open = installation.create(&key).await?;
            let founded = open.workspace.write(Caller::system(), move |cx| {
                people::found(cx, &workspace, &admin_email, &admin_name, &hash)
            });
            founded.await?;
            workspaces.founded(open).await?;
            Ok(json!({ "workspace": key }))
        }
        Command::Mail { recipient, .. } => {
            let houses = workspaces.houses(installation).await?;
            let room = channel_email::Installation::new(installation.directory.clone(), houses);
            channel_email::pipe(&room, None, recipient.as_deref(), mail).await?;
            Ok(Value::Null)
        }
        Command::Import { workspace, mailbox, sizes } => {
            let house = house_of(installation, workspaces, workspace).await?;
            Ok(json!(channel_email::import(&house, &mailbox, parted(&mail, &sizes)?).await?))
        }
        Command::Unfiled { workspace, mailbox } => {
            let house = house_of(installation, workspaces, workspace).await?;
            Ok(json!(channel_email::unfiled(&house, &mailbox).await?))
        }
        Command::Backup { to, passphrase } => backup(installation, workspaces, to, passphrase).await,
        Command::Doctor => {
            let mut opened = Vec::new();
            for place in installation.places().await? {
                let house = workspaces.find(installation, &place.name).await;
                opened.push((place.name, house));
            }
            Ok(json!(examine(installation, opened, workspaces.is_serving()).await?))
        }
        Command::AddHost { workspace, host } => {
            let host = host.trim();
            if host.is_empty() || host.contains(['/', ':', '@', ' ']) {
                return Err(invalid(
                    "host_name",
                    "A host is a name such as help.example.com, without a port.",
                ));
            }
            let place = installation.place(workspace.as_deref()).await?;
            installation.directory.set_host(host, &place.name).await?;
            Ok(Value::Null)
        }
        Command::Within { workspace, order } => {
            let house = house_of(installation, workspaces, workspace).await?;
            carry_out(&house, order).await
        }
    }
}

async fn house_of(
    installation: &Installation,
    workspaces: &impl Workspaces,
    name: Option<String>,
) -> Result<Arc<Workspace>> {
    let place = installation.place(name.as_deref()).await?;
    workspaces.find(installation, &place.name).await
}

/// The mails that came behind each other.
fn parted(all: &[u8], sizes: &[usize]) -> Result<Vec<Vec<u8>>> {
    let mut rest = all;
    let mut mails = Vec::with_capacity(sizes.len());
    for size in sizes {
        let cut = rest.split_at_checked(*size);
        let (mail, behind) = cut.ok_or_else(|| invalid("command", "The mails are shorter than was said."))?;
        mails.push(mail.to_vec());
        rest = behind;
    }
    Ok(mails)
}

/// The name of files and schemas, from the name that people read.
fn workspace_key(name: &str) -> Result<String> {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    let key: String = name.trim().chars().map(plain).take(40).collect();
    let key = key.trim_matches('_').to_owned();
    if key.is_empty() {
        return Err(invalid("workspace_name", "The name of a workspace needs a letter or a digit."));
    }
    Ok(key)
}
