//! What the command line can ask of an installation, whether it is being served or not.

use std::path::PathBuf;
use std::sync::Arc;

use base::Result;
use base::error::{internal, invalid};
use journal::{Caller, Workspace};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use people::actions::{CreateAgent, CreateToken, input};

use crate::backup::backup;
use crate::doctor::examine::examine;
use crate::installation::Installation;
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
    CreateUser {
        workspace: Option<String>,
        email: String,
        name: String,
        role: String,
        password: String,
    },
    CreateToken {
        workspace: Option<String>,
        email: String,
        name: String,
    },
    AddMailbox {
        workspace: Option<String>,
        address: String,
        name: String,
    },
    AddHost {
        workspace: Option<String>,
        host: String,
    },
    SetOutgoing {
        workspace: Option<String>,
        settings: Value,
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
}

impl Command {
    fn workspace(&self) -> Option<&str> {
        match self {
            Command::CreateUser { workspace, .. }
            | Command::CreateToken { workspace, .. }
            | Command::AddMailbox { workspace, .. }
            | Command::SetOutgoing { workspace, .. } => workspace.as_deref(),
            Command::Init { .. }
            | Command::AddHost { .. }
            | Command::Backup { .. }
            | Command::Doctor
            | Command::Mail { .. } => None,
        }
    }
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
            let hash = hash(&admin_password).await?;
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
        command => {
            let place = installation.place(command.workspace()).await?;
            let house = workspaces.find(installation, &place.name).await?;
            within(&house, command).await
        }
    }
}

async fn within(house: &Arc<Workspace>, command: Command) -> Result<Value> {
    let system = Caller::system();
    match command {
        Command::CreateUser { email, name, role, password, .. } => {
            let input = input::CreateAgent::new(email, name, role, password);
            let made = house.act::<CreateAgent>(system, None, input).await?;
            Ok(json!({ "agent": made.output }))
        }
        Command::CreateToken { email, name, .. } => {
            let found = house.read(system.clone(), move |cx| people::agents_by_email(cx, &email)).await?;
            let agent =
                found.ok_or_else(|| invalid("agent_not_found", "No member of staff has this address."))?;
            let made = house
                .act::<CreateToken>(system, None, input::CreateToken::new(&name, Some(agent.id)))
                .await?;
            Ok(json!({ "token": made.output.token }))
        }
        Command::AddMailbox { address, name, .. } => {
            let input =
                channel_email::actions::add_mailbox::Input { address, name, brand_id: None, team_id: None };
            house.act::<channel_email::actions::add_mailbox::AddMailbox>(system, None, input).await?;
            Ok(Value::Null)
        }
        Command::SetOutgoing { settings, .. } => {
            let input =
                serde_json::from_value(settings).map_err(|e| invalid("outgoing_mail", e.to_string()))?;
            house.act::<channel_email::actions::set_outgoing::SetOutgoing>(system, None, input).await?;
            Ok(Value::Null)
        }
        Command::Init { .. }
        | Command::AddHost { .. }
        | Command::Backup { .. }
        | Command::Doctor
        | Command::Mail { .. } => Err(internal("not a command of one workspace")),
    }
}

async fn hash(password: &str) -> Result<String> {
    let password = password.to_owned();
    tokio::task::spawn_blocking(move || people::hash_password(&password)).await.map_err(internal)?
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
