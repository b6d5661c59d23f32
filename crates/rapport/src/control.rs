//! The control socket: other commands reach the running server through it.
//!
//! A request is one line of JSON, followed by the bytes of a mail where it has some; the answer is one
//! line of JSON: `{"ok": …}` or `{"error": {"kind", "code", "message"}}`.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use base::error::{internal, invalid, unavailable};
use base::{Kind, Result};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};

use crate::command::{Command, execute};
use crate::installation::Installation;
use crate::workspaces::Workspaces;

const LONGEST_REQUEST: u64 = 64 * 1024;
const LARGEST_MAIL: usize = 64 * 1024 * 1024;

fn path(data: &Path) -> PathBuf {
    data.join("control.sock")
}

/// Sends a command to the process that holds the data directory.
pub async fn ask(data: &Path, command: &Command, mail: &[u8]) -> Result<Value> {
    let stream = UnixStream::connect(path(data)).await.map_err(|e| {
        unavailable(
            "control_socket",
            "Another process uses this data directory and does not answer. Wait until it has started or ended.",
        )
        .because(e)
    })?;
    let mut stream = BufReader::new(stream);
    let mut line = serde_json::to_vec(command)?;
    line.push(b'\n');
    stream.write_all(&line).await?;
    stream.write_all(mail).await?;
    stream.flush().await?;
    let mut answer = String::new();
    stream.read_line(&mut answer).await?;
    let mut answer: Value = serde_json::from_str(&answer).map_err(|_| {
        unavailable("control_socket", "The server ended before it answered. Look at its log.")
    })?;
    if let Some(error) = answer.get("error") {
        let message = error.get("message").and_then(Value::as_str).unwrap_or("The server refused.");
        let kind = error.get("kind").and_then(Value::as_str).unwrap_or_default();
        return Err(base::Error::new(kind_of(kind), "refused", message.to_owned()));
    }
    Ok(answer["ok"].take())
}

fn kind_of(word: &str) -> Kind {
    use Kind::{Conflict, Forbidden, Internal, Invalid, NotFound, TooMany, Unauthenticated, Unavailable};
    let all = [Invalid, NotFound, Forbidden, Unauthenticated, Conflict, TooMany, Unavailable];
    all.into_iter().find(|kind| kind.as_str() == word).unwrap_or(Internal)
}

/// Answers commands until the server ends. Only the owner of the data directory can connect.
pub async fn listen(
    installation: Arc<Installation>,
    workspaces: Arc<impl Workspaces + Send + Sync + 'static>,
) -> Result<()> {
    let path = path(&installation.config.data);
    // The lock is ours, so whoever left this file is gone.
    let _ = std::fs::remove_file(&path);
    let listener = UnixListener::bind(&path)?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
    tokio::spawn(async move {
        loop {
            let Ok((stream, _)) = listener.accept().await else { continue };
            let (installation, workspaces) = (installation.clone(), workspaces.clone());
            tokio::spawn(async move {
                if let Err(e) = answer(stream, &installation, &*workspaces).await {
                    tracing::warn!(error = ?e, "a command on the control socket was cut off");
                }
            });
        }
    });
    Ok(())
}

async fn answer(stream: UnixStream, installation: &Installation, workspaces: &impl Workspaces) -> Result<()> {
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    (&mut stream).take(LONGEST_REQUEST).read_line(&mut line).await?;
    let done = match serde_json::from_str::<Command>(&line) {
        Ok(command) => {
            let mail = read_mail(&mut stream, &command).await?;
            execute(installation, workspaces, command, mail).await
        }
        Err(e) => Err(invalid("command", format!("This command can't be read: {e}"))),
    };
    let said = match done {
        Ok(value) => json!({ "ok": value }),
        Err(e) => json!({ "error": { "kind": e.kind.as_str(), "code": e.code, "message": e.message } }),
    };
    stream.write_all(format!("{said}\n").as_bytes()).await?;
    stream.flush().await?;
    Ok(())
}

async fn read_mail(stream: &mut BufReader<UnixStream>, command: &Command) -> Result<Vec<u8>> {
    let size = match command {
        Command::Mail { size, .. } => *size,
        Command::Import { sizes, .. } => sizes.iter().fold(0, |all: usize, size| all.saturating_add(*size)),
        _ => return Ok(Vec::new()),
    };
    if size > LARGEST_MAIL {
        return Err(internal("a mail larger than the pipe takes"));
    }
    let mut mail = vec![0; size];
    stream.read_exact(&mut mail).await?;
    Ok(mail)
}
