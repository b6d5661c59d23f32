//! A running server.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::Http;

/// How a server is started, where it differs from the usual.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// A program that runs the server, with its arguments.
    pub under: Vec<String>,
    pub environment: Vec<(String, String)>,
    pub arguments: Vec<String>,
}

/// Dropping it kills the process.
pub struct Server {
    child: Child,
    pub pid: u32,
    pub http: SocketAddr,
    pub smtp: SocketAddr,
    log: PathBuf,
}

impl Start {
    pub fn with(mut self, name: &str, value: &str) -> Start {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn serve(&self, data: &Path, log: &Path) -> Server {
        self.try_serve(data, log).unwrap_or_else(|said| panic!("the server did not start: {said}"))
    }

    /// Waits for the line that tells the addresses; what the program said when it ended before.
    pub fn try_serve(&self, data: &Path, log: &Path) -> Result<Server, String> {
        let program = crate::program();
        let mut words = self.under.iter().map(String::as_str).chain(program.to_str());
        let mut command = Command::new(words.next().expect("a program"));
        command.args(words).args([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--smtp-listen",
            "127.0.0.1:0",
            "--data",
        ]);
        command.arg(data).args(&self.arguments).envs(self.environment.iter().cloned());
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let file = fs::OpenOptions::new().create(true).append(true).open(log).expect("a log");
        let mut child = command.stderr(file).spawn().expect("the program runs");
        let mut said = String::new();
        let output = child.stdout.take().expect("its output");
        let _ = BufReader::new(output).read_line(&mut said);
        let Ok(ready) = serde_json::from_str::<Value>(&said) else {
            let _ = child.kill();
            let _ = child.wait();
            return Err(end_of(log));
        };
        let address = |name: &str| ready[name].as_str().and_then(|a| a.parse().ok()).expect("an address");
        let pid = if self.under.is_empty() { child.id() } else { only_child(child.id()) };
        let (http, smtp) = (address("listen"), address("smtp_listen"));
        Ok(Server { child, pid, http, smtp, log: log.to_owned() })
    }
}

impl Server {
    pub fn client(&self, token: &str) -> Http {
        Http::new(self.http).with_token(token)
    }

    /// The end without any warning, as at a power cut, but with the memory of the system kept.
    pub fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        if self.child.try_wait().is_ok_and(|ended| ended.is_some()) {
            return;
        }
        if self.pid == self.child.id() {
            let _ = self.child.kill();
        } else {
            // The program that it runs under ends with it.
            let _ = Command::new("kill").args(["-KILL", &self.pid.to_string()]).status();
        }
        let _ = self.child.wait();
    }

    /// The last lines that the server said, for a person who looks at a failed test.
    pub fn log(&self) -> String {
        end_of(&self.log)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

fn end_of(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(30)..].join("\n")
}

fn only_child(parent: u32) -> u32 {
    let list = fs::read_to_string(format!("/proc/{parent}/task/{parent}/children")).expect("a process");
    list.split_whitespace().next().and_then(|pid| pid.parse().ok()).expect("a child")
}
