//! Brings mail to the server, line by line, as an ordinary mail client does.

use std::io::{self, BufReader, Write};
use std::net::{SocketAddr, TcpStream};

use super::fresh;
use super::http::{dial, line};
use super::installation::MAILBOX;

pub struct Smtp {
    stream: BufReader<TcpStream>,
}

/// A mail as the driver writes it; `id` is its Message-ID without the angle brackets.
#[derive(Clone, Debug)]
pub struct Mail {
    pub from: String,
    pub to: String,
    pub id: String,
    pub answers: Option<String>,
    pub subject: String,
    pub text: String,
    /// Further lines of the header, each with its end.
    pub head: String,
    /// Bytes of an attached file, nothing when 0.
    pub attached: usize,
}

impl Mail {
    /// A new mail of a few words to the usual mailbox, without a word that was used before.
    pub fn from(from: &str) -> Mail {
        let word = fresh("mail");
        Mail {
            from: from.to_owned(),
            to: MAILBOX.to_owned(),
            id: format!("{word}@journey.example"),
            answers: None,
            subject: format!("About {word}"),
            text: word,
            head: String::new(),
            attached: 0,
        }
    }

    pub fn written(&self) -> String {
        let Mail { from, to, id, subject, text, head, .. } = self;
        let mut mail = format!(
            "{head}From: <{from}>\r\nTo: <{to}>\r\nMessage-ID: <{id}>\r\nSubject: {subject}\r\n\
             Date: Sun, 22 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
        );
        if let Some(other) = &self.answers {
            mail += &format!("In-Reply-To: <{other}>\r\nReferences: <{other}>\r\n");
        }
        if self.attached == 0 {
            return mail + &format!("Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n");
        }
        let line = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5\r\n";
        let file = line.repeat(self.attached / 51);
        mail + &format!(
            "Content-Type: multipart/mixed; boundary=parts\r\n\r\n--parts\r\nContent-Type: text/plain\r\n\r\n\
             {text}\r\n--parts\r\nContent-Type: application/octet-stream; name=file.bin\r\n\
             Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=file.bin\r\n\r\n\
             {file}--parts--\r\n"
        )
    }
}

impl Smtp {
    pub fn connect(address: SocketAddr) -> io::Result<Smtp> {
        let mut smtp = Smtp { stream: BufReader::new(dial(address)?) };
        smtp.code()?;
        smtp.ask("EHLO journey.example")?;
        Ok(smtp)
    }

    /// The code of the final answer: 250 means that the server has taken the mail over.
    pub fn send(&mut self, mail: &Mail) -> io::Result<u16> {
        match self.begin(mail)? {
            354 => self.ask("."),
            refused => Ok(refused),
        }
    }

    /// Everything but the final dot, which the server waits for after 354.
    pub fn begin(&mut self, mail: &Mail) -> io::Result<u16> {
        let said = self.ask(&format!("MAIL FROM:<{}>", mail.from))?;
        if said != 250 {
            return Ok(said);
        }
        let said = self.ask(&format!("RCPT TO:<{}>", mail.to))?;
        if said != 250 {
            self.ask("RSET")?;
            return Ok(said);
        }
        let said = self.ask("DATA")?;
        if said == 354 {
            self.stream.get_mut().write_all(mail.written().as_bytes())?;
        }
        Ok(said)
    }

    pub fn ask(&mut self, command: &str) -> io::Result<u16> {
        self.stream.get_mut().write_all(format!("{command}\r\n").as_bytes())?;
        self.code()
    }

    fn code(&mut self) -> io::Result<u16> {
        loop {
            let said = line(&mut self.stream)?;
            if said.as_bytes().get(3) != Some(&b'-') {
                return said
                    .get(..3)
                    .and_then(|code| code.parse().ok())
                    .ok_or(io::ErrorKind::InvalidData.into());
            }
        }
    }
}
