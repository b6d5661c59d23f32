//! An authority for certificates on this machine: Pebble, the test server of Let's Encrypt.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::json;

use super::until;

/// Dropping it kills the process.
pub struct Pebble {
    child: Child,
    pub directory: String,
    /// By which its own interface is trusted.
    pub trusted: PathBuf,
    /// Where it asks instead of port 80.
    pub asks_at: SocketAddr,
}

/// Free just now; nobody else takes it in the moment until it is bound.
fn free_port() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("bound")
}

impl Pebble {
    /// Gives certificates that live for so long.
    pub fn start(folder: &Path, life: Duration) -> Pebble {
        let (listen, management, asks_at) = (free_port(), free_port(), free_port());
        let at = |name: &str| folder.join(name);
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("made");
        let (trusted, key) = (at("pebble.pem"), at("pebble.key"));
        std::fs::write(&trusted, made.cert.pem()).expect("written");
        std::fs::write(&key, made.signing_key.serialize_pem()).expect("written");
        let settings = json!({ "pebble": {
            "listenAddress": listen.to_string(),
            "managementListenAddress": management.to_string(),
            "certificate": trusted,
            "privateKey": key,
            "httpPort": asks_at.port(),
            "tlsPort": free_port().port(),
            // Before version 2.6, and since then.
            "certificateValidityPeriod": life.as_secs(),
            "profiles": { "default": { "description": "short", "validityPeriod": life.as_secs() } },
            "retryAfter": { "authz": 1, "order": 1 },
        } });
        std::fs::write(at("pebble.json"), settings.to_string()).expect("written");
        let log = std::fs::File::create(at("pebble.log")).expect("a log");
        let child = Command::new("pebble")
            .arg("-config")
            .arg(at("pebble.json"))
            .envs([("PEBBLE_VA_NOSLEEP", "1"), ("PEBBLE_AUTHZREUSE", "0")])
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("a log"))
            .stderr(log)
            .spawn()
            .expect("Pebble is missing: run `apt-get install pebble`");
        let pebble =
            Pebble { child, directory: format!("https://localhost:{}/dir", listen.port()), trusted, asks_at };
        until(Duration::from_secs(20), "Pebble listens", || TcpStream::connect(listen).ok());
        pebble
    }
}

impl Drop for Pebble {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
