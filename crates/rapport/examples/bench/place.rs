//! Where the measured installation lies: a data directory, and its database.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use base::Clock;
use base::config::Durability;
use store::{Db, Options};

use super::fill;
use super::history::History;
use super::plan::Plan;
use super::signer::Signer;
use crate::driver::installation::{ADMIN, MAILBOX, PASSWORD};
use crate::driver::{Engine, Server, Start, database};

pub struct Place {
    pub engine: Engine,
    pub history: History,
    /// The server on which the database lies; a file when absent.
    pub postgres: Option<String>,
    folder: PathBuf,
    /// Whose signature our mails carry, and the name server that knows it.
    pub signer: Signer,
    /// Removed at the end, unless the data is kept.
    _passing: Option<(tempfile::TempDir, Option<database::Made>)>,
}

/// Says that the data is whole, and when it was made.
const MARK: &str = "filled";

impl Place {
    /// Takes the data of an earlier run, or makes it.
    pub fn prepare(engine: Engine, plan: &Plan) -> Place {
        let name = format!("{}_{}", engine.to_string().to_lowercase(), plan.size);
        let (folder, postgres, passing) = match &plan.keep {
            Some(keep) => {
                let folder = keep.join(&name);
                let url = (engine == Engine::Postgres).then(|| kept(&folder, &format!("bench_{name}")));
                (folder, url, None)
            }
            None => {
                let folder = tempfile::tempdir().expect("a folder");
                let made = (engine == Engine::Postgres).then(database::Made::new);
                (folder.path().to_owned(), made.as_ref().map(|m| m.url.clone()), Some((folder, made)))
            }
        };
        let made_at = fs::read_to_string(folder.join(MARK)).ok().and_then(|at| at.trim().parse().ok());
        let end = made_at.unwrap_or_else(|| Clock::system().now().0);
        let history = History::new(plan.size, end);
        let place = Place { engine, history, postgres, folder, signer: Signer::new(), _passing: passing };
        match made_at {
            Some(_) => place.clear(),
            None => place.make(end),
        }
        place
    }

    fn make(&self, end: i64) {
        // What an interrupted run has left.
        let _ = fs::remove_dir_all(self.data());
        fs::create_dir_all(&self.folder).expect("a folder");
        self.found();
        let url = match &self.postgres {
            None => self.url(),
            // The rows refer to each other rightly, as they are made; checking that is not what is measured.
            Some(_) => format!(
                "{}&options=-c%20synchronous_commit=off%20-c%20session_replication_role=replica",
                self.url()
            ),
        };
        let options = Options { durability: Durability::Off, ..Options::default() };
        let db = Db::open(&url, &options).expect("the database opens");
        let late = LateIndex::take(self);
        fill::fill(&db, &self.history);
        drop(db);
        late.build(self);
        fs::write(self.folder.join(MARK), end.to_string()).expect("marked");
    }

    /// An empty workspace with an administrator and a mailbox.
    fn found(&self) {
        let words = ["init", "--workspace", "main", "--admin-email", ADMIN, "--admin-password-stdin"];
        self.command(&words, PASSWORD);
        self.command(&["mailbox", "add", "--address", MAILBOX], "");
    }

    /// Deliveries that an earlier run has left would be tried again during this one.
    fn clear(&self) {
        let left = "DELETE FROM jobs WHERE name IN ('conversations.release', 'conversations.deliver')";
        let db = self.open();
        db.write_blocking(move |tx| tx.exec(left, store::p![])).expect("jobs are removed");
    }

    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    pub fn beside(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn url(&self) -> String {
        match &self.postgres {
            Some(url) => format!("{url}?schema=ws_main"),
            None => format!("sqlite:{}", self.data().join("workspaces/main.db").display()),
        }
    }

    /// Connections of our own, beside the server's.
    pub fn open(&self) -> Db {
        let options = Options { durability: Durability::Full, readers: 1 };
        Db::open(&self.url(), &options).expect("the database opens")
    }

    pub fn serve(&self) -> Server {
        let arguments = self.arguments();
        Start { arguments, ..Start::default() }
            .with("RAPPORT_LOG", "warn")
            .with("RAPPORT_DNS", &self.signer.names.at.to_string())
            .serve(&self.data(), &self.beside("log"))
    }

    fn arguments(&self) -> Vec<String> {
        let database = self.postgres.iter().flat_map(|url| ["--database".to_owned(), url.clone()]);
        database.collect()
    }

    fn command(&self, words: &[&str], input: &str) {
        let mut command = Command::new(crate::program());
        command.args(words).args(self.arguments()).arg("--data").arg(self.data());
        let mut child = command.stdin(Stdio::piped()).spawn().expect("the program runs");
        let mut pipe = child.stdin.take().expect("its input");
        // A command that reads nothing may have ended already.
        let _ = pipe.write_all(format!("{input}\n").as_bytes());
        drop(pipe);
        assert!(child.wait().expect("it ends").success(), "{words:?}");
    }
}

/// A database that outlives this program, if its server does; otherwise a fresh one.
fn kept(folder: &Path, name: &str) -> String {
    let server =
        std::env::var("RAPPORT_TEST_POSTGRES").expect("PostgreSQL is missing: run `cargo xtask bench`");
    let mut client = database::connect(&server);
    let there = client.query_opt("SELECT 1 FROM pg_database WHERE datname = $1", &[&name]).expect("asked");
    let (address, _) = server.rsplit_once('/').expect("a database in the address");
    let url = format!("{address}/{name}");
    match there {
        Some(_) if folder.join(MARK).exists() => {
            fs::write(folder.join("data/database.url"), &url).expect("the address of today");
        }
        there => {
            let _ = fs::remove_dir_all(folder);
            if there.is_some() {
                client.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")).expect("dropped");
            }
            client.batch_execute(&format!("CREATE DATABASE {name}")).expect("made");
        }
    }
    url
}

/// On PostgreSQL the index over words is built after the rows, as a restored backup does it: row by row
/// it takes several times as long.
struct LateIndex(Option<String>);

impl LateIndex {
    fn take(place: &Place) -> LateIndex {
        let Some(url) = &place.postgres else { return LateIndex(None) };
        let mut client = database::connect(url);
        let sql =
            "SELECT indexdef FROM pg_indexes WHERE schemaname = 'ws_main' AND indexname = 'search_words'";
        let definition = client.query_opt(sql, &[]).expect("asked").map(|row| row.get(0));
        client.batch_execute("DROP INDEX IF EXISTS ws_main.search_words").expect("dropped");
        LateIndex(definition)
    }

    fn build(self, place: &Place) {
        let (Some(url), Some(definition)) = (&place.postgres, self.0) else { return };
        let mut client = database::connect(url);
        let memory = "SET maintenance_work_mem = '1GB'; SET search_path TO ws_main";
        client.batch_execute(memory).expect("set");
        client.batch_execute(&definition).expect("the index is built");
        client.batch_execute("VACUUM (ANALYZE)").expect("statistics");
    }
}
