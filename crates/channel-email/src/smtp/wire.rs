//! One connection, read by lines, with a deadline on everything.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::{Instant, timeout_at};

pub trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

const BLOCK: usize = 16 * 1024;

/// A line, without its line break.
#[derive(Debug, PartialEq, Eq)]
pub enum Line {
    Whole(Vec<u8>),
    /// It ends in LF alone, or holds a CR: what smuggled commands look like.
    Lone(Vec<u8>),
    /// Longer than asked for; it was read to its end and thrown away.
    TooLong,
    /// The other side has closed the connection.
    Closed,
}

pub struct Wire {
    stream: Box<dyn Stream>,
    came: Vec<u8>,
    out: Vec<u8>,
}

impl Wire {
    pub fn new(stream: impl Stream + 'static) -> Wire {
        Wire { stream: Box::new(stream), came: Vec::new(), out: Vec::new() }
    }

    /// Puts TLS around the stream. What came before it in the clear is dropped with the old wire.
    pub fn into_stream(self) -> Box<dyn Stream> {
        self.stream
    }

    /// Bytes that have come and that nobody has read yet.
    pub fn buffered(&self) -> &[u8] {
        &self.came
    }

    pub fn drop_buffered(&mut self, count: usize) {
        self.came.drain(..count.min(self.came.len()));
    }

    /// The next line of at most `most` bytes, whole before `until`. What waits to be sent goes out first,
    /// so answers to pipelined commands travel together (RFC 2920).
    pub async fn line(&mut self, most: usize, until: Instant) -> io::Result<Line> {
        let (mut looked, mut too_long) = (0, false);
        loop {
            if let Some(at) = self.came[looked..].iter().position(|byte| *byte == b'\n') {
                let mut line: Vec<u8> = self.came.drain(..=looked + at).collect();
                line.pop();
                if too_long || line.len() > most + 1 {
                    return Ok(Line::TooLong);
                }
                let ended = line.pop_if(|byte| *byte == b'\r').is_some();
                let lone = !ended || line.contains(&b'\r');
                return Ok(if lone { Line::Lone(line) } else { Line::Whole(line) });
            }
            if self.came.len() > most + 1 {
                too_long = true;
                self.came.clear();
            }
            looked = self.came.len();
            if self.fill(until).await? == 0 {
                return Ok(Line::Closed);
            }
        }
    }

    /// Reads what comes; 0 when the other side has closed.
    pub async fn fill(&mut self, until: Instant) -> io::Result<usize> {
        self.flush(until).await?;
        let mut block = [0; BLOCK];
        let count = timeout_at(until, self.stream.read(&mut block)).await.map_err(|_| late())??;
        self.came.extend_from_slice(&block[..count]);
        Ok(count)
    }

    /// Puts something down to be sent with the next flush.
    pub fn say(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    pub async fn flush(&mut self, until: Instant) -> io::Result<()> {
        if !self.out.is_empty() {
            let out = std::mem::take(&mut self.out);
            self.write(&out, until).await?;
        }
        Ok(())
    }

    /// Hands bytes to the system, all of them or an error.
    pub async fn write(&mut self, bytes: &[u8], until: Instant) -> io::Result<()> {
        let write = async {
            self.stream.write_all(bytes).await?;
            self.stream.flush().await
        };
        timeout_at(until, write).await.map_err(|_| late())?
    }

    /// Says goodbye to TLS and TCP; what goes wrong here harms nobody.
    pub async fn close(mut self, patience: Duration) {
        let until = Instant::now() + patience;
        let _ = self.flush(until).await;
        let _ = timeout_at(until, self.stream.shutdown()).await;
    }
}

fn late() -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, "the other side took too long")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn lines_are_cut_at_their_breaks_and_bounded() {
        let (ours, mut theirs) = tokio::io::duplex(64);
        let mut wire = Wire::new(ours);
        let sent = [b"one\r\ntwo\nth\rree\r\n".as_slice(), &[b'x'; 5_000], b"\r\nend\r\nrest"].concat();
        let sending = tokio::spawn(async move { theirs.write_all(&sent).await });
        let until = Instant::now() + Duration::from_secs(5);
        let mut lines = Vec::new();
        for _ in 0..6 {
            lines.push(wire.line(100, until).await.expect("no error"));
            assert!(wire.buffered().len() < BLOCK);
        }
        let wanted = [
            Line::Whole(b"one".to_vec()),
            Line::Lone(b"two".to_vec()),
            Line::Lone(b"th\rree".to_vec()),
            Line::TooLong,
            Line::Whole(b"end".to_vec()),
            Line::Closed,
        ];
        assert_eq!(lines, wanted);
        sending.await.expect("sent").expect("sent");
    }

    #[tokio::test(start_paused = true)]
    async fn a_line_that_drips_is_late_as_a_whole() {
        let (ours, mut theirs) = tokio::io::duplex(64);
        let mut wire = Wire::new(ours);
        let dripping = tokio::spawn(async move {
            while theirs.write_all(b"a").await.is_ok() {
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        });
        let until = Instant::now() + Duration::from_secs(10);
        assert_eq!(wire.line(100, until).await.expect_err("late").kind(), io::ErrorKind::TimedOut);
        drop(wire);
        dripping.await.expect("ended");
    }
}
