//! A data directory with a workspace in it, made and changed with the program's own commands.

use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::json;

use super::database::Made;
use super::{Engine, Server, Start};

pub const ADMIN: &str = "ada@desk.example";
pub const PASSWORD: &str = "a long enough password 7";
/// With a single workspace any host will do.
pub const HOST: &str = "desk.example";
pub const MAILBOX: &str = "help@desk.example";

/// Removed when it is dropped.
pub struct Installation {
    folder: tempfile::TempDir,
    /// Arguments that every command needs.
    arguments: Vec<String>,
    /// Variables for every command.
    pub environment: Vec<(String, String)>,
    pub database: Option<Made>,
}

impl Installation {
    /// One workspace `main` with an administrator and a mailbox.
    pub fn found(engine: Engine) -> Installation {
        let installation = Installation::empty(engine);
        installation.found_main();
        installation
    }

    pub fn found_main(&self) {
        self.init("main", ADMIN);
        self.command(&["mailbox", "add", "--address", MAILBOX], "");
    }

    pub fn empty(engine: Engine) -> Installation {
        let folder = tempfile::tempdir().expect("a folder");
        let database = (engine == Engine::Postgres).then(Made::new);
        let arguments = match &database {
            Some(made) => vec!["--database".to_owned(), made.url.clone()],
            None => Vec::new(),
        };
        Installation { folder, arguments, environment: Vec::new(), database }
    }

    pub fn init(&self, workspace: &str, email: &str) {
        let words = ["init", "--workspace", workspace, "--admin-email", email, "--admin-password-stdin"];
        self.command(&words, PASSWORD);
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A place beside the data directory, gone with it.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn token(&self, email: &str) -> String {
        self.command(&["token", "create", "--email", email], "").trim().to_owned()
    }

    /// Mail goes out through this server from now on.
    pub fn outgoing(&self, server: SocketAddr) {
        let (host, port) = (server.ip().to_string(), server.port().to_string());
        self.command(&["outgoing", "--host", &host, "--port", &port, "--security", "none"], "");
    }

    /// Runs a command to its good end and returns what it printed.
    #[track_caller]
    pub fn command(&self, words: &[&str], input: &str) -> String {
        self.run(words, input).unwrap_or_else(|said| panic!("{words:?}: {said}"))
    }

    /// What a command said when it failed.
    pub fn try_command(&self, words: &[&str]) -> Result<String, String> {
        self.run(words, "")
    }

    /// A command that is under way, to be broken off.
    pub fn begin_command(&self, words: &[&str]) -> Child {
        let mut command = self.asked(words);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().expect("the program runs")
    }

    fn asked(&self, words: &[&str]) -> Command {
        let mut command = Command::new(crate::program());
        command.args(words).args(&self.arguments).arg("--data").arg(self.data());
        command.envs(self.environment.iter().cloned());
        command
    }

    fn run(&self, words: &[&str], input: &str) -> Result<String, String> {
        let mut command = self.asked(words);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program runs");
        let mut pipe = child.stdin.take().expect("its input");
        // A command that reads nothing may have ended already.
        let _ = pipe.write_all(format!("{input}\n").as_bytes());
        drop(pipe);
        let ended = child.wait_with_output().expect("it ends");
        match ended.status.success() {
            true => Ok(String::from_utf8_lossy(&ended.stdout).into_owned()),
            false => Err(String::from_utf8_lossy(&ended.stderr).into_owned()),
        }
    }

    pub fn serve(&self) -> Server {
        self.serve_as(&Start::default())
    }

    pub fn serve_as(&self, start: &Start) -> Server {
        self.serve_in(&self.data(), start)
    }

    /// Serves as another node, from a data directory of its own.
    pub fn serve_in(&self, data: &Path, start: &Start) -> Server {
        let mut start = start.clone();
        start.arguments.extend(self.arguments.iter().cloned());
        start.environment.extend(self.environment.iter().cloned());
        start.serve(data, &data.with_extension("log"))
    }

    /// How long answers are held from now on.
    pub fn hold(&self, server: &Server, token: &str, host: &str, seconds: i64) {
        let rules = json!({ "undo_send_seconds": seconds });
        server.client(token).with("Host", host).json("PUT", "/api/conversation-rules", &rules).expect(200);
    }
}
