//! Mails as they come: mostly HTML, a median of 20 kB, one in ten with 500 kB.

use std::io::{self, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Instant;

use super::words::{Dice, Words};
use crate::driver::http::{dial, line};
use crate::driver::installation::MAILBOX;

/// Ends of mails, after their headers; written once, since writing them must not be what is measured.
pub struct Letters(Vec<Letter>);

struct Letter {
    bytes: Vec<u8>,
    /// Where the attached file begins: there each one is made different, or it would be stored only once.
    file: Option<usize>,
}

/// Letters of base64 in which files differ.
const DIFFERENT: usize = 16;

impl Letters {
    pub fn new(words: &Words) -> Letters {
        let mut dice = Dice::new(5);
        // Kilobytes of HTML in the small ones: 8 to 40, half of them below 16, with text beside it.
        let small = [8, 10, 12, 14, 15, 17, 20, 26, 40];
        let mut all: Vec<Letter> = small.map(|size| letter(words, &mut dice, size, 0)).into();
        all.push(letter(words, &mut dice, 12, 480));
        Letters(all)
    }

    /// A whole mail, ready to be sent.
    pub fn mail(&self, number: usize, from: &str, subject: &str) -> Vec<u8> {
        let head = format!(
            "From: <{from}>\r\nTo: <{MAILBOX}>\r\nMessage-ID: <{subject}@bench.example>\r\nSubject: {subject}\r\n\
             Date: Sun, 22 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
        );
        let mut mail = head.into_bytes();
        self.write(number, subject, &mut mail);
        mail
    }

    fn write(&self, number: usize, subject: &str, mail: &mut Vec<u8>) {
        let letter = &self.0[number % self.0.len()];
        let begins = mail.len();
        mail.extend(&letter.bytes);
        if let Some(at) = letter.file {
            let different = base::secrets::hex(&base::secrets::sha256(subject.as_bytes()));
            mail[begins + at..][..DIFFERENT].copy_from_slice(&different.as_bytes()[..DIFFERENT]);
        }
    }
}

fn letter(words: &Words, dice: &mut Dice, kilobytes: usize, attached: usize) -> Letter {
    let text = words.text(dice, 150);
    let mut html = String::from("<html><head><style>p { color: #333 }</style></head><body>");
    while html.len() < kilobytes * 1024 {
        html += &format!("<p style=\"margin:0\">{}</p>\r\n", words.text(dice, 25));
    }
    html += "</body></html>";
    let mut mail = format!(
        "Content-Type: multipart/mixed; boundary=outer\r\n\r\n--outer\r\n\
         Content-Type: multipart/alternative; boundary=inner\r\n\r\n--inner\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n--inner\r\n\
         Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{html}\r\n--inner--\r\n"
    );
    let mut file = None;
    if attached > 0 {
        mail += "--outer\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\
                 Content-Disposition: attachment; filename=report.pdf\r\n\r\n";
        file = Some(mail.len());
        for _ in 0..attached * 1024 / 78 {
            for _ in 0..19 {
                let four = dice.roll() as usize;
                let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
                mail.extend((0..4).map(|n| char::from(alphabet[(four >> (n * 6)) % 64])));
            }
            mail += "\r\n";
        }
    }
    Letter { bytes: (mail + "--outer--\r\n").into_bytes(), file }
}

/// One connection of a sending mail server.
pub struct Line(BufReader<TcpStream>);

/// A mail that was taken: when its last byte was sent, and how long the answer took.
pub struct Taken {
    pub sent: Instant,
    pub answered: f64,
    pub code: u16,
}

impl Line {
    pub fn dial(address: SocketAddr) -> io::Result<Line> {
        let mut line = Line(BufReader::new(dial(address)?));
        line.code()?;
        line.ask("EHLO bench.example")?;
        Ok(line)
    }

    pub fn send(&mut self, letters: &Letters, number: usize, from: &str, subject: &str) -> io::Result<Taken> {
        let taken = self.hand_over(from, &letters.mail(number, from, subject))?;
        match taken.code {
            250 => Ok(taken),
            code => Err(io::Error::other(format!("{code} to a mail"))),
        }
    }

    /// Any mail that ends in a line break and has no dot alone on a line.
    pub fn hand_over(&mut self, from: &str, mail: &[u8]) -> io::Result<Taken> {
        for (command, wanted) in [
            (format!("MAIL FROM:<{from}>"), 250),
            (format!("RCPT TO:<{MAILBOX}>"), 250),
            ("DATA".to_owned(), 354),
        ] {
            let code = self.ask(&command)?;
            if code != wanted {
                return Err(io::Error::other(format!("{code} to {command}")));
            }
        }
        let stream = self.0.get_mut();
        stream.write_all(mail)?;
        stream.write_all(b".\r\n")?;
        let sent = Instant::now();
        let code = self.code()?;
        Ok(Taken { sent, answered: sent.elapsed().as_secs_f64() * 1000.0, code })
    }

    fn ask(&mut self, command: &str) -> io::Result<u16> {
        self.0.get_mut().write_all(format!("{command}\r\n").as_bytes())?;
        self.code()
    }

    fn code(&mut self) -> io::Result<u16> {
        loop {
            let said = line(&mut self.0)?;
            if said.as_bytes().get(3) != Some(&b'-') {
                let code = said.get(..3).and_then(|code| code.parse().ok());
                return code.ok_or_else(|| io::Error::other(format!("no SMTP: {said}")));
            }
        }
    }
}
