//! A private PostgreSQL for one command: own folder, loopback only, a free port, gone with the process.
//!
//! PostgreSQL refuses to run as root, so root hands it to the user `postgres` or `nobody`.
//! A small shell keeps the server and reads from a pipe that we hold: when we end, for whatever
//! reason, the pipe closes, and the keeper stops the server and removes its folder.

use std::fs;
use std::io::Read;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::machine;

/// The variable in which tests find the address of a PostgreSQL server.
pub const VARIABLE: &str = "RAPPORT_TEST_POSTGRES";

/// Set to `off`, the private server does not wait for the disk: faster, and fine where no test measures durability.
pub const FSYNC_VARIABLE: &str = "RAPPORT_TEST_FSYNC";

const KEEPER: &str = r#"
trap '' INT TERM HUP
folder=$1; log=$2; shift 2
"$@" >"$log" 2>&1 </dev/null &
server=$!
cat >/dev/null
kill -INT "$server" 2>/dev/null
wait "$server"
rm -rf "$folder"
"#;

/// A running server; dropping it stops the server and removes its files.
pub struct Server {
    keeper: Child,
    url: String,
}

impl Server {
    /// Starts a server as the environment wishes, or says what is missing.
    pub fn start() -> Result<Server, String> {
        Server::start_with(std::env::var(FSYNC_VARIABLE).as_deref() != Ok("off"))
    }

    /// Starts a server that waits for the disk at each commit, or does not.
    pub fn start_with(fsync: bool) -> Result<Server, String> {
        let programs = machine::postgres_programs().ok_or(
            "PostgreSQL's server programs were not found; install them with `apt-get install postgresql`",
        )?;
        let mut last = String::new();
        // Between our look for a free port and the server's start another process may take the port.
        for _ in 0..3 {
            match Server::start_once(&programs, fsync) {
                Ok(server) => return Ok(server),
                Err(message) => last = message,
            }
        }
        Err(last)
    }

    /// The address, with user and password, of the database `postgres` on this server.
    pub fn url(&self) -> &str {
        &self.url
    }

    fn start_once(programs: &Path, fsync: bool) -> Result<Server, String> {
        let house = Folder::create()?;
        let password = random_password()?;
        initialise(programs, &house, &password)?;
        let port = free_port()?;
        let log = house.path.join("log");
        let mut server = house.command(&programs.join("postgres"));
        server.arg("-D").arg(house.data());
        for setting in settings(port, &house.path, fsync) {
            server.arg("-c").arg(setting);
        }
        let mut keeper = Command::new("/bin/sh");
        keeper.arg("-c").arg(KEEPER).arg("keeper").arg(&house.path).arg(&log);
        keeper.arg(server.get_program()).args(server.get_args());
        keeper.env("LC_ALL", "C").stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let keeper = keeper.spawn().map_err(|e| format!("cannot start /bin/sh: {e}"))?;
        let url = format!("postgres://rapport:{password}@127.0.0.1:{port}/postgres");
        let mut server = Server { keeper, url };
        server.wait_until_ready(&house.data(), &log)?;
        Ok(server)
    }

    /// Waits for the server, which writes `ready` into the eighth line of its pid file when it accepts connections.
    #[expect(
        clippy::disallowed_methods,
        reason = "nothing tells us when another program is ready, and no other thread waits for this one"
    )]
    fn wait_until_ready(&mut self, data: &Path, log: &Path) -> Result<(), String> {
        let deadline = Instant::now() + Duration::from_secs(60);
        let pid_file = data.join("postmaster.pid");
        while Instant::now() < deadline {
            let text = fs::read_to_string(&pid_file).unwrap_or_default();
            if text.lines().nth(7).is_some_and(|state| state.trim() == "ready") {
                return Ok(());
            }
            let said = fs::read_to_string(log).unwrap_or_default();
            if said.contains("FATAL:") && !pid_file.exists() {
                return Err(format!("PostgreSQL did not start: {}", said.trim()));
            }
            thread::sleep(Duration::from_millis(20));
        }
        let said = fs::read_to_string(log).unwrap_or_default();
        Err(format!("PostgreSQL was not ready within a minute: {}", said.trim()))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        // The keeper ends by itself; there is nobody to tell when it can't be waited for.
        let _ = self.keeper.wait();
    }
}

/// Runs `command` with the address of a PostgreSQL in its environment; a server given from outside is used as it is.
pub fn with_server<T>(run: impl FnOnce(&str) -> Result<T, String>) -> Result<T, String> {
    if let Ok(url) = std::env::var(VARIABLE) {
        return run(&url);
    }
    let server = Server::start()?;
    run(server.url())
}

/// The server's folder, and the user who owns it.
struct Folder {
    path: PathBuf,
    user: Option<machine::User>,
}

impl Folder {
    fn create() -> Result<Folder, String> {
        let path =
            std::env::temp_dir().join(format!("rapport-postgres-{}-{}", std::process::id(), random_name()?));
        let say = |e: std::io::Error| format!("cannot make {}: {e}", path.display());
        fs::create_dir(&path).map_err(say)?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).map_err(say)?;
        let mut user = None;
        if machine::is_root() {
            let found = machine::unprivileged_user()
                .ok_or("PostgreSQL can't run as root, and neither user `postgres` nor `nobody` exists")?;
            chown(&path, Some(found.uid), Some(found.gid)).map_err(say)?;
            user = Some(found);
        }
        Ok(Folder { path, user })
    }

    fn data(&self) -> PathBuf {
        self.path.join("data")
    }

    /// A command that runs as the owner of the folder.
    fn command(&self, program: &Path) -> Command {
        let Some(user) = &self.user else {
            return Command::new(program);
        };
        let mut command = Command::new("setpriv");
        command.arg(format!("--reuid={}", user.uid)).arg(format!("--regid={}", user.gid));
        command.arg("--clear-groups").arg("--").arg(program);
        command
    }
}

fn initialise(programs: &Path, house: &Folder, password: &str) -> Result<(), String> {
    let password_file = house.path.join("password");
    fs::write(&password_file, password)
        .map_err(|e| format!("cannot write {}: {e}", password_file.display()))?;
    let owner = fs::metadata(&house.path).map_err(|e| e.to_string())?;
    chown(&password_file, Some(owner.uid()), Some(owner.gid())).map_err(|e| e.to_string())?;
    let mut initdb = house.command(&programs.join("initdb"));
    initdb.arg("-D").arg(house.data());
    initdb.args([
        "--username=rapport",
        "--auth=password",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    ]);
    initdb.arg(format!("--pwfile={}", password_file.display()));
    initdb.current_dir(&house.path);
    let output = initdb.output().map_err(|e| format!("cannot run initdb: {e}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    let _ = fs::remove_dir_all(&house.path);
    Err(format!("initdb failed: {said}"))
}

fn settings(port: u16, sockets: &Path, fsync: bool) -> Vec<String> {
    vec![
        "listen_addresses=127.0.0.1".to_owned(),
        format!("port={port}"),
        format!("unix_socket_directories={}", sockets.display()),
        format!("fsync={}", if fsync { "on" } else { "off" }),
        // Each test has a pool of its own, and tests run side by side.
        "max_connections=400".to_owned(),
        "shared_buffers=128MB".to_owned(),
        "max_wal_size=2GB".to_owned(),
        "jit=off".to_owned(),
        "logging_collector=off".to_owned(),
    ]
}

fn free_port() -> Result<u16, String> {
    let listener =
        TcpListener::bind(("127.0.0.1", 0)).map_err(|e| format!("no free port on loopback: {e}"))?;
    Ok(listener.local_addr().map_err(|e| e.to_string())?.port())
}

fn random_bytes<const N: usize>() -> Result<[u8; N], String> {
    let mut bytes = [0; N];
    let mut source = fs::File::open("/dev/urandom").map_err(|e| format!("/dev/urandom: {e}"))?;
    source.read_exact(&mut bytes).map_err(|e| format!("/dev/urandom: {e}"))?;
    Ok(bytes)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn random_password() -> Result<String, String> {
    Ok(hex(&random_bytes::<16>()?))
}

fn random_name() -> Result<String, String> {
    Ok(hex(&random_bytes::<4>()?))
}
