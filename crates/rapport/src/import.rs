//! `rapport mail import`: reads archives, and hands their mails over in the order in which they were written.

mod mbox;
mod walk;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use base::error::invalid;
use base::{Clock, Config, Result};
use channel_email::Imported;
use journal::Workspace;
use serde_json::{Value, json};

use crate::command::Command;
use crate::control;
use crate::installation::Installation;
use crate::workspaces::{Alone, Workspaces};
use walk::{Piece, pieces};

/// Handed over in one go, and put down in one transaction.
const MOST_AT_ONCE: usize = 200;
const BYTES_AT_ONCE: u64 = 8 * 1024 * 1024;
/// Larger mails are named by their header alone; the rest of them is not read.
const MOST_OF_A_MAIL: u64 = 41 * 1024 * 1024;
const TELL_EVERY: Duration = Duration::from_secs(1);

/// Where mail goes: into the server that holds the data, or into the workspace itself when nobody serves.
enum Way {
    Server(PathBuf),
    Own(Arc<Workspace>),
}

/// What is imported, and for whom.
pub struct Wanted {
    pub from: PathBuf,
    pub mailbox: String,
    pub workspace: Option<String>,
}

pub fn run(config: Config, wanted: Wanted) -> Result<Value> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let opened = Installation::open(config.clone(), Clock::system())?;
    let done = runtime.block_on(async {
        let way = match &opened {
            Some((installation, _)) => {
                let place = installation.place(wanted.workspace.as_deref()).await?;
                Way::Own(Alone.find(installation, &place.name).await?)
            }
            None => Way::Server(config.data.clone()),
        };
        import(&way, &wanted).await
    });
    runtime.shutdown_timeout(Duration::from_secs(5));
    done
}

async fn import(way: &Way, wanted: &Wanted) -> Result<Value> {
    eprintln!("Reading {}", wanted.from.display());
    let mut all = pieces(&wanted.from)?;
    if all.is_empty() {
        return Err(invalid("no_mail_found", "There is no mail in this file or folder."));
    }
    // An answer finds what it answers only when that is there already.
    all.sort_by_key(|piece| piece.written);
    let mut progress = Progress::new(all.len());
    let mut rest = all.as_slice();
    while !rest.is_empty() {
        let (batch, behind) = rest.split_at(batch_of(rest));
        rest = behind;
        let mut mails = Vec::with_capacity(batch.len());
        for piece in batch {
            mails.push(piece.read(MOST_OF_A_MAIL)?);
        }
        let done = way.hand_over(wanted, mails).await?;
        progress.add(done);
    }
    progress.tell();
    way.wait(wanted).await?;
    Ok(json!({ "taken": progress.done.taken, "known": progress.done.known }))
}

fn batch_of(pieces: &[Piece]) -> usize {
    let mut bytes = 0;
    let fits = |piece: &&Piece| {
        bytes += piece.length;
        bytes <= BYTES_AT_ONCE
    };
    pieces.iter().take(MOST_AT_ONCE).take_while(fits).count().max(1)
}

impl Way {
    async fn hand_over(&self, wanted: &Wanted, mails: Vec<Vec<u8>>) -> Result<Imported> {
        match self {
            Way::Own(house) => channel_email::import(house, &wanted.mailbox, mails).await,
            Way::Server(data) => {
                let sizes = mails.iter().map(Vec::len).collect();
                let (workspace, mailbox) = (wanted.workspace.clone(), wanted.mailbox.clone());
                let command = Command::Import { workspace, mailbox, sizes };
                let done = control::ask(data, &command, &mails.concat()).await?;
                Ok(serde_json::from_value(done)?)
            }
        }
    }

    /// The server files what was handed over; without one it does when it starts.
    async fn wait(&self, wanted: &Wanted) -> Result<()> {
        let Way::Server(data) = self else {
            eprintln!("The mails are in. They are filed as soon as the server runs.");
            return Ok(());
        };
        loop {
            let (workspace, mailbox) = (wanted.workspace.clone(), wanted.mailbox.clone());
            let left = control::ask(data, &Command::Unfiled { workspace, mailbox }, &[]).await?;
            let left = left.as_i64().unwrap_or(0);
            if left == 0 {
                eprintln!("All mails are filed.");
                return Ok(());
            }
            eprintln!("{left} mails are still to be filed");
            tokio::time::sleep(TELL_EVERY).await;
        }
    }
}

/// Tells once a second how far it is.
struct Progress {
    all: usize,
    done: Imported,
    begun: Instant,
    told: Instant,
}

impl Progress {
    fn new(all: usize) -> Progress {
        let now = Instant::now();
        Progress { all, done: Imported::default(), begun: now, told: now }
    }

    fn add(&mut self, more: Imported) {
        self.done.taken += more.taken;
        self.done.known += more.known;
        if self.told.elapsed() >= TELL_EVERY {
            self.tell();
            self.told = Instant::now();
        }
    }

    fn tell(&self) {
        let Imported { taken, known } = self.done;
        let each_second = (taken + known) as f64 / self.begun.elapsed().as_secs_f64().max(0.001);
        let mut out = std::io::stderr().lock();
        let said = writeln!(
            out,
            "{} of {} mails: {taken} taken, {known} here already, {each_second:.0} each second",
            taken + known,
            self.all
        );
        // Whoever closed the other end does not want to know.
        let _ = said;
    }
}

/// A path that means the same to whoever reads it.
pub fn absolute(path: &Path) -> Result<PathBuf> {
    std::fs::canonicalize(path)
        .map_err(|e| invalid("archive_missing", format!("{} can't be read: {e}", path.display())))
}
