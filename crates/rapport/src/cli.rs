//! The command line.

use std::io::Read;
use std::path::PathBuf;
use std::process::ExitCode;

use base::{Config, Result};
use clap::{Parser, Subcommand};
use serde_json::Value;

use crate::command::Command;
use crate::doctor::report;
use crate::verbs::{Init, Mailbox, Outgoing, Place, Token, User};
use crate::{demo, keeping, logs, serve, tell};

#[derive(Parser)]
#[command(name = "rapport", version, about = "Customer service in one program.")]
struct Cli {
    /// Settings file; rapport.toml in this folder when it is there.
    #[arg(long, global = true, env = "RAPPORT_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Makes a workspace with its first administrator.
    Init(Init),
    /// Serves all workspaces of the data folder.
    Serve {
        #[command(flatten)]
        place: Place,
        /// HOST:PORT; port 0 takes a free one.
        #[arg(long)]
        listen: Option<String>,
        #[arg(long)]
        smtp_listen: Option<String>,
        #[arg(long)]
        public_url: Option<String>,
    },
    /// Shows Rapport with a small fictional company; temporary unless --data is given.
    Demo {
        #[arg(long)]
        data: Option<PathBuf>,
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: String,
        #[arg(long, default_value = "127.0.0.1:0")]
        smtp_listen: String,
    },
    /// Hands over a mail from standard input: for a mail server's pipe.
    #[command(args_conflicts_with_subcommands = true)]
    Mail {
        #[command(flatten)]
        place: Place,
        /// The address that the mail came for; found in its headers when absent.
        #[arg(long)]
        recipient: Option<String>,
        #[command(subcommand)]
        archive: Option<Archive>,
    },
    /// Staff.
    #[command(subcommand)]
    User(User),
    /// API tokens.
    #[command(subcommand)]
    Token(Token),
    /// Addresses that take mail in.
    #[command(subcommand)]
    Mailbox(Mailbox),
    /// Names under which workspaces are served; a single workspace is served under any.
    #[command(subcommand)]
    Host(Host),
    /// The server through which mail goes out.
    Outgoing(Outgoing),
    /// Saves everything into one file, while the server goes on working.
    Backup {
        #[command(flatten)]
        place: Place,
        /// The file; named by date and time in this folder when absent.
        file: Option<PathBuf>,
        /// Reads a passphrase from standard input and puts the secret key, locked with it, into the file.
        #[arg(long)]
        passphrase_stdin: bool,
    },
    /// Makes an installation out of a backup, in an empty folder.
    Restore {
        #[command(flatten)]
        place: Place,
        #[arg(required_unless_present = "before_upgrade")]
        file: Option<PathBuf>,
        /// Goes back to the copies that the last upgrade kept.
        #[arg(long, conflicts_with = "file")]
        before_upgrade: bool,
        #[arg(long)]
        passphrase_stdin: bool,
        /// Goes on without the secret key: stored passwords have to be entered again.
        #[arg(long)]
        without_secrets: bool,
    },
    /// Moves all workspaces to PostgreSQL, or with `sqlite` back into files, and compares every row.
    MigrateTo {
        #[command(flatten)]
        place: Place,
        target: String,
    },
    /// Looks whether everything works, and says what to do where it does not.
    Doctor {
        #[command(flatten)]
        place: Place,
        /// Prints one line of JSON.
        #[arg(long)]
        json: bool,
    },
    /// Prints the API document (OpenAPI 3.1).
    Openapi,
}

#[derive(Subcommand)]
enum Archive {
    /// Takes the mails of an archive as solved conversations; nobody is notified, nothing is answered. Broken
    /// off, it goes on where it was.
    Import {
        #[command(flatten)]
        place: Place,
        /// A file (mbox, eml), or a folder with such files or with mails (Maildir).
        from: PathBuf,
        /// The address that the mails came for.
        #[arg(long)]
        mailbox: String,
    },
}

#[derive(Subcommand)]
enum Host {
    /// Serves the workspace under a host name, such as help.example.com.
    Add {
        #[command(flatten)]
        place: Place,
        #[arg(long)]
        host: String,
    },
}

pub fn run() -> Result<ExitCode> {
    let cli = Cli::parse();
    let config = Config::load(cli.config.as_deref(), |name| std::env::var(name).ok())?;
    match cli.verb {
        Verb::Doctor { place, json } => {
            let config = at(config, &place);
            logs::start(&Config { log: "off".to_owned(), ..config.clone() })?;
            report::run(config, json)
        }
        verb => carry_out(config, verb).map(|()| ExitCode::SUCCESS),
    }
}

fn carry_out(config: Config, verb: Verb) -> Result<()> {
    match verb {
        Verb::Openapi => {
            println!("{}", serve::document()?);
            Ok(())
        }
        Verb::Demo { data, listen, smtp_listen } => {
            logs::start(&Config { log: quiet(&config), ..config.clone() })?;
            demo::run(Config { listen, smtp_listen: Some(smtp_listen), ..config }, data)
        }
        Verb::Serve { place, listen, smtp_listen, public_url } => {
            let mut config = at(config, &place);
            config.listen = listen.unwrap_or(config.listen);
            config.smtp_listen = smtp_listen.or(config.smtp_listen);
            config.public_url = public_url.or(config.public_url);
            logs::start(&config)?;
            serve::run(config)
        }
        Verb::Restore { place, file, before_upgrade, passphrase_stdin, without_secrets } => {
            let config = spoken(at(config, &place))?;
            let passphrase = keeping::passphrase(passphrase_stdin)?;
            let done = match file.filter(|_| !before_upgrade) {
                Some(file) => keeping::restore(config, file, passphrase, without_secrets)?,
                None => keeping::go_back(&config)?,
            };
            say(&done);
            Ok(())
        }
        Verb::Mail { archive: Some(Archive::Import { place, from, mailbox }), .. } => {
            let workspace = place.workspace.clone();
            say(&keeping::take_archive(spoken(at(config, &place))?, &from, mailbox, workspace)?);
            Ok(())
        }
        Verb::MigrateTo { place, target } => {
            say(&keeping::move_to(spoken(at(config, &place))?, &target)?);
            Ok(())
        }
        other => tell(config, other),
    }
}

/// For commands that end: only what matters is logged.
fn spoken(config: Config) -> Result<Config> {
    logs::start(&Config { log: quiet(&config), ..config.clone() })?;
    Ok(config)
}

/// The demo says what matters itself.
fn quiet(config: &Config) -> String {
    if config.log == Config::default().log { "warn".to_owned() } else { config.log.clone() }
}

fn at(config: Config, place: &Place) -> Config {
    let database = place.database.clone().or(config.database);
    let data = place.data.clone().unwrap_or(config.data);
    Config { data, database, ..config }
}

/// Commands that end.
fn tell(config: Config, verb: Verb) -> Result<()> {
    let (place, command, mail) = match verb {
        Verb::Init(init) => with_no_mail(init.command()?),
        Verb::Mail { place, recipient, .. } => {
            let mut mail = Vec::new();
            std::io::stdin().read_to_end(&mut mail)?;
            (place, Command::Mail { recipient, size: mail.len() }, mail)
        }
        Verb::User(user) => with_no_mail(user.command()?),
        Verb::Token(token) => with_no_mail(token.command()),
        Verb::Mailbox(mailbox) => with_no_mail(mailbox.command()),
        Verb::Host(Host::Add { place, host }) => {
            let workspace = place.workspace.clone();
            (place, Command::AddHost { workspace, host }, Vec::new())
        }
        Verb::Outgoing(outgoing) => with_no_mail(outgoing.command()?),
        Verb::Backup { place, file, passphrase_stdin } => {
            let passphrase = keeping::passphrase(passphrase_stdin)?;
            let to = keeping::backup_file(file)?;
            (place, Command::Backup { to, passphrase }, Vec::new())
        }
        Verb::Openapi
        | Verb::Doctor { .. }
        | Verb::Demo { .. }
        | Verb::Serve { .. }
        | Verb::Restore { .. }
        | Verb::MigrateTo { .. } => {
            return Err(base::error::internal("not a command that ends"));
        }
    };
    logs::start(&Config { log: quiet(&config), ..config.clone() })?;
    say(&tell::tell(at(config, &place), command, mail)?);
    Ok(())
}

fn with_no_mail((place, command): (Place, Command)) -> (Place, Command, Vec<u8>) {
    (place, command, Vec::new())
}

/// A token stands alone on its line, so that scripts can use it; a list has a line for each.
fn say(answer: &Value) {
    match answer {
        Value::Null => {}
        Value::Array(all) => all.iter().for_each(|one| println!("{one}")),
        answer => match answer.get("token").and_then(Value::as_str) {
            Some(token) => println!("{token}"),
            None => println!("{answer}"),
        },
    }
}
