//! The virus scanner ClamAV: `INSTREAM` of clamd, over TCP or a socket of this machine (clamd(8)).

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UnixStream};

use crate::smtp::wire::Stream;

/// For one mail.
pub const PATIENCE: Duration = Duration::from_secs(30);
const PIECE: usize = 64 * 1024;
const LONGEST_ANSWER: u64 = 4_096;

/// What it found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    Clean,
    Virus(String),
}

/// Gives the mail to the scanner; errors say why nobody knows.
pub async fn scan(place: &str, mail: &[u8]) -> io::Result<Found> {
    let mut stream = connect(place).await?;
    stream.write_all(b"zINSTREAM\0").await?;
    for piece in mail.chunks(PIECE) {
        let length = u32::try_from(piece.len()).unwrap_or(0);
        stream.write_all(&length.to_be_bytes()).await?;
        stream.write_all(piece).await?;
    }
    stream.write_all(&0_u32.to_be_bytes()).await?;
    stream.flush().await?;
    understood(&answer(stream).await?)
}

/// Whether it answers anything.
pub async fn lives(place: &str) -> bool {
    let asking = async {
        let mut stream = connect(place).await?;
        stream.write_all(b"zPING\0").await?;
        answer(stream).await
    };
    asking.await.is_ok_and(|said: String| said == "PONG")
}

async fn connect(place: &str) -> io::Result<Box<dyn Stream>> {
    Ok(match place.starts_with('/') {
        true => Box::new(UnixStream::connect(place).await?),
        false => Box::new(TcpStream::connect(place).await?),
    })
}

async fn answer(stream: Box<dyn Stream>) -> io::Result<String> {
    let mut answer = Vec::new();
    stream.take(LONGEST_ANSWER).read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).trim_end_matches(['\0', '\n']).to_owned())
}

/// `stream: OK`, `stream: NAME FOUND`, or anything else that went wrong.
fn understood(answer: &str) -> io::Result<Found> {
    let said = answer.strip_prefix("stream: ").unwrap_or(answer);
    if said == "OK" {
        return Ok(Found::Clean);
    }
    match said.strip_suffix(" FOUND") {
        Some(name) => Ok(Found::Virus(base::text::cut(name, 200).to_owned())),
        None => Err(io::Error::other(format!("clamd said: {}", base::text::cut(said, 200)))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_answers_are_understood() {
        assert_eq!(understood("stream: OK").expect("clean"), Found::Clean);
        assert_eq!(
            understood("stream: Eicar-Test FOUND").expect("a virus"),
            Found::Virus("Eicar-Test".into())
        );
        for wrong in ["", "INSTREAM size limit exceeded. ERROR", "stream: lstat() failed. ERROR", "PONG"] {
            assert!(understood(wrong).is_err(), "{wrong}");
        }
    }
}
