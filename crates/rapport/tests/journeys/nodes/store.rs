//! An S3-compatible store for attachments: `moto`, installed from PyPI below the target folder.

use std::fs;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::driver::{Http, until};

const PACKAGE: &str = "moto[server]==5.2.5";
const BUCKET: &str = "attachments";

/// Dropping it ends the process.
pub struct Store {
    child: Child,
    address: SocketAddr,
}

/// Made once; a folder that was left half-made is made again.
fn installed() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("moto");
    let (program, done) = (folder.join("bin/moto_server"), folder.join("done"));
    if fs::read_to_string(&done).is_ok_and(|package| package == PACKAGE) {
        return program;
    }
    let run = |program: &Path, arguments: &[&str]| {
        let status = Command::new(program).args(arguments).stdin(Stdio::null()).status();
        assert!(status.is_ok_and(|s| s.success()), "{} {arguments:?} failed", program.display());
    };
    let place = folder.to_str().expect("a plain path");
    run(Path::new("python3"), &["-m", "venv", "--clear", place]);
    let pip = ["install", "--quiet", "--disable-pip-version-check", PACKAGE];
    run(&folder.join("bin/pip"), &pip);
    fs::write(&done, PACKAGE).expect("written");
    program
}

impl Store {
    pub fn start() -> Store {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port");
        let mut command = Command::new(installed());
        command.args(["-H", "127.0.0.1", "-p", &free.port().to_string()]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let store = Store { child: command.spawn().expect("it runs"), address: free };
        until(Duration::from_secs(60), "the store answers", || TcpStream::connect(free).ok());
        let made = Http::new(free).send("PUT", &format!("/{BUCKET}"), &[], b"").expect("an answer");
        assert_eq!(made.status, 200, "{}", made.text());
        store
    }

    /// The part of `rapport.toml` that names it.
    pub fn settings(&self) -> String {
        format!(
            "[blobs]\nendpoint = \"http://{}\"\nbucket = \"{BUCKET}\"\naccess_key = \"test\"\nsecret_key = \"test\"\n",
            self.address
        )
    }

    /// Whether anything lies in it.
    pub fn is_used(&self) -> bool {
        let listed = Http::new(self.address).get(&format!("/{BUCKET}?list-type=2"));
        listed.text().contains("<Key>")
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
