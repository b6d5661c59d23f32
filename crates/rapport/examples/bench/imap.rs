//! An IMAP server with one folder, which says what a fetcher asks for and nothing else (RFC 3501).

use std::io::{self, BufReader, BufWriter, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use super::fill::address;
use super::letters::Letters;
use crate::driver::http::line;

pub struct Imap {
    pub port: u16,
    shelf: Arc<Shelf>,
}

/// Mails are made as they are asked for: their number is their UID.
struct Shelf {
    letters: Letters,
    last: AtomicI64,
}

impl Imap {
    pub fn serve(letters: Letters) -> Imap {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("bound").port();
        let shelf = Arc::new(Shelf { letters, last: AtomicI64::new(0) });
        let own = shelf.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shelf = own.clone();
                std::thread::spawn(move || talk(stream, &shelf));
            }
        });
        Imap { port, shelf }
    }

    /// So many more lie there; answers the last UID.
    pub fn put(&self, many: usize) -> i64 {
        let many = i64::try_from(many).expect("few");
        self.shelf.last.fetch_add(many, Ordering::Relaxed) + many
    }
}

/// Until the other side says goodbye or goes.
fn talk(stream: TcpStream, shelf: &Shelf) -> io::Result<()> {
    let _ = stream.set_nodelay(true);
    let mut said = BufReader::new(stream.try_clone()?);
    let mut out = BufWriter::with_capacity(256 * 1024, stream);
    out.write_all(b"* OK ready\r\n")?;
    out.flush()?;
    loop {
        let command = line(&mut said)?;
        let (tag, rest) = command.split_once(' ').unwrap_or((&command, ""));
        let rest = rest.to_ascii_uppercase();
        let last = shelf.last.load(Ordering::Relaxed);
        match rest.strip_prefix("UID ").unwrap_or(&rest).split(' ').next().unwrap_or_default() {
            "CAPABILITY" => out.write_all(b"* CAPABILITY IMAP4rev1\r\n")?,
            "LIST" => out.write_all(b"* LIST () \"/\" INBOX\r\n")?,
            "SELECT" | "EXAMINE" => write!(
                out,
                "* {last} EXISTS\r\n* 0 RECENT\r\n* FLAGS ()\r\n* OK [UIDVALIDITY 7] valid\r\n* OK [UIDNEXT {}] next\r\n",
                last + 1
            )?,
            "SEARCH" => {
                let first = numbers(&rest).first().copied().unwrap_or(1);
                let found: Vec<String> = (first.min(last.max(1))..=last).map(|uid| uid.to_string()).collect();
                write!(out, "* SEARCH {}\r\n", found.join(" "))?;
            }
            "FETCH" => fetch(&mut out, shelf, &rest)?,
            "LOGOUT" => {
                write!(out, "* BYE\r\n{tag} OK\r\n")?;
                return out.flush();
            }
            _ => {}
        }
        write!(out, "{tag} OK done\r\n")?;
        out.flush()?;
    }
}

fn fetch(out: &mut impl Write, shelf: &Shelf, command: &str) -> io::Result<()> {
    let set = command.split(' ').nth(2).unwrap_or_default();
    for run in set.split(',') {
        let ends = numbers(run);
        let (Some(first), Some(last)) = (ends.first(), ends.last()) else { continue };
        for uid in *first..=*last {
            let mail = shelf.letters.mail(uid as usize, &address(uid % 1_000), &format!("fetched-{uid}"));
            match command.contains("RFC822.SIZE") {
                true => write!(
                    out,
                    "* {uid} FETCH (UID {uid} RFC822.SIZE {} INTERNALDATE \"22-Nov-2026 10:00:00 +0000\")\r\n",
                    mail.len()
                )?,
                false => {
                    write!(out, "* {uid} FETCH (UID {uid} BODY[] {{{}}}\r\n", mail.len())?;
                    out.write_all(&mail)?;
                    out.write_all(b")\r\n")?;
                }
            }
        }
    }
    Ok(())
}

/// The numbers in a text, in their order.
fn numbers(text: &str) -> Vec<i64> {
    text.split(|letter: char| !letter.is_ascii_digit()).filter_map(|word| word.parse().ok()).collect()
}
