//! The part of the command line about one workspace: its staff, their tokens, its addresses.

use std::path::PathBuf;

use base::Result;
use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;

use crate::asked::password;
use crate::command::Command;
use crate::within::Order;

#[derive(Args, Clone)]
pub struct Place {
    /// Folder that holds everything.
    #[arg(long)]
    pub data: Option<PathBuf>,
    /// PostgreSQL URL; a file in the data folder when absent.
    #[arg(long)]
    pub database: Option<String>,
    /// Needed when there are several.
    #[arg(long)]
    pub workspace: Option<String>,
}

#[derive(Args)]
pub struct Init {
    #[command(flatten)]
    place: Place,
    #[arg(long)]
    admin_email: String,
    #[arg(long, default_value = "Administrator")]
    admin_name: String,
    /// Reads the password from standard input.
    #[arg(long, required = true)]
    admin_password_stdin: bool,
}

#[derive(Args)]
pub struct Outgoing {
    #[command(flatten)]
    place: Place,
    #[arg(long)]
    host: String,
    #[arg(long)]
    port: u16,
    #[arg(long, value_enum, default_value = "starttls")]
    security: Security,
    #[arg(long)]
    username: Option<String>,
    /// Reads the password from standard input.
    #[arg(long)]
    password_stdin: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Security {
    None,
    Starttls,
    Tls,
}

#[derive(Subcommand)]
pub enum User {
    /// Adds a member of staff.
    Create {
        #[command(flatten)]
        place: Place,
        #[arg(long)]
        email: String,
        #[arg(long)]
        name: String,
        /// owner, admin, agent or light_agent, or a role of your own.
        #[arg(long, default_value = "agent")]
        role: String,
        #[arg(long, required = true)]
        password_stdin: bool,
    },
    /// Prints the staff, one line of JSON each.
    List {
        #[command(flatten)]
        place: Place,
    },
    /// Takes all access away at once; what the agent wrote stays.
    Deactivate {
        #[command(flatten)]
        place: Place,
        #[arg(long)]
        email: String,
    },
    /// Sets a new password; every browser of the agent has to sign in again.
    Password {
        #[command(flatten)]
        place: Place,
        #[arg(long)]
        email: String,
        #[arg(long, required = true)]
        password_stdin: bool,
    },
}

#[derive(Subcommand)]
pub enum Token {
    /// Prints a new token of a member of staff, and nothing else.
    Create {
        #[command(flatten)]
        place: Place,
        #[arg(long)]
        email: String,
        #[arg(long, default_value = "command line")]
        name: String,
    },
    /// Prints the tokens of a member of staff, one line of JSON each, never the secret.
    List {
        #[command(flatten)]
        place: Place,
        #[arg(long)]
        email: String,
    },
    /// Takes a token back.
    Revoke {
        #[command(flatten)]
        place: Place,
        /// As `token list` prints it.
        #[arg(long)]
        id: i64,
    },
}

#[derive(Subcommand)]
pub enum Mailbox {
    /// Takes mail for an address.
    Add {
        #[command(flatten)]
        place: Place,
        #[arg(long)]
        address: String,
        #[arg(long, default_value = "")]
        name: String,
    },
    /// Prints the addresses that take mail, one line of JSON each.
    List {
        #[command(flatten)]
        place: Place,
    },
    /// Opens a mailbox that is fetched from another server, and counts what lies there.
    Test {
        #[command(flatten)]
        place: Place,
        #[arg(long)]
        address: String,
    },
    /// Refuses mail for an address from now on; what came stays.
    Remove {
        #[command(flatten)]
        place: Place,
        #[arg(long)]
        address: String,
    },
}

fn within(place: Place, order: Order) -> (Place, Command) {
    let workspace = place.workspace.clone();
    (place, Command::Within { workspace, order })
}

impl Init {
    pub fn command(self) -> Result<(Place, Command)> {
        let Init { place, admin_email, admin_name, .. } = self;
        let workspace = place.workspace.clone().unwrap_or_else(|| "main".to_owned());
        let admin_password = password()?;
        Ok((place, Command::Init { workspace, admin_email, admin_name, admin_password }))
    }
}

impl Outgoing {
    pub fn command(self) -> Result<(Place, Command)> {
        let security = match self.security {
            Security::None => "none",
            Security::Starttls => "starttls",
            Security::Tls => "tls",
        };
        let password = self.password_stdin.then(password).transpose()?;
        let settings = json!({
            "host": self.host, "port": self.port, "security": security,
            "username": self.username, "password": password,
        });
        Ok(within(self.place, Order::SetOutgoing { settings }))
    }
}

impl User {
    pub fn command(self) -> Result<(Place, Command)> {
        Ok(match self {
            User::Create { place, email, name, role, .. } => {
                within(place, Order::CreateUser { email, name, role, password: password()? })
            }
            User::List { place } => within(place, Order::ListUsers),
            User::Deactivate { place, email } => within(place, Order::DeactivateUser { email }),
            User::Password { place, email, .. } => {
                within(place, Order::SetPassword { email, password: password()? })
            }
        })
    }
}

impl Token {
    pub fn command(self) -> (Place, Command) {
        match self {
            Token::Create { place, email, name } => within(place, Order::CreateToken { email, name }),
            Token::List { place, email } => within(place, Order::ListTokens { email }),
            Token::Revoke { place, id } => within(place, Order::RevokeToken { id }),
        }
    }
}

impl Mailbox {
    pub fn command(self) -> (Place, Command) {
        match self {
            Mailbox::Add { place, address, name } => within(place, Order::AddMailbox { address, name }),
            Mailbox::List { place } => within(place, Order::ListMailboxes),
            Mailbox::Test { place, address } => within(place, Order::TestMailbox { address }),
            Mailbox::Remove { place, address } => within(place, Order::RemoveMailbox { address }),
        }
    }
}
