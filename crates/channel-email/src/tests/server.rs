//! A mail server that follows a script, so that each step of sending can be made to fail.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the server does when a step is reached; the other steps go well.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Does {
    Says(&'static str),
    Closes,
    Hangs,
    /// Takes a part of the content and closes.
    ClosesWithin,
    /// Says something within the content and closes.
    SaysWithin(&'static str),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    Connect,
    Ehlo,
    Auth,
    Mail,
    SecondMail,
    FirstRcpt,
    SecondRcpt,
    Data,
    Content,
    Dot,
    Never,
}

pub struct Script {
    pub port: u16,
    /// Every line that was heard outside of content.
    pub heard: Arc<Mutex<Vec<String>>>,
    /// Whole mails that came, whatever was answered.
    pub mails: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Script {
    pub async fn play(step: Step, does: Does) -> Script {
        Script::strict(step, does, None).await
    }

    /// Refuses this one login, by a question with details first, as providers do.
    pub async fn refusing(login: String) -> Script {
        Script::strict(Step::Never, Does::Closes, Some(login)).await
    }

    async fn strict(step: Step, does: Does, refuses: Option<String>) -> Script {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("binds");
        let port = listener.local_addr().expect("bound").port();
        let script = Script { port, heard: Arc::default(), mails: Arc::default() };
        let (heard, mails) = (script.heard.clone(), script.mails.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (heard, mails, refuses) = (heard.clone(), mails.clone(), refuses.clone());
                tokio::spawn(async move { Play { stream, step, does, refuses, heard, mails }.run().await });
            }
        });
        script
    }

    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().expect("whole").clone()
    }
}

struct Play {
    stream: TcpStream,
    step: Step,
    does: Does,
    refuses: Option<String>,
    heard: Arc<Mutex<Vec<String>>>,
    mails: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Play {
    async fn run(mut self) -> Option<()> {
        self.at(Step::Connect, "220 script ESMTP").await?;
        let (mut mails, mut recipients) = (0, 0);
        loop {
            let line = self.line().await?;
            self.heard.lock().expect("whole").push(line.clone());
            match line.split([' ', ':']).next().unwrap_or_default() {
                "EHLO" => {
                    self.at(Step::Ehlo, "250-script\r\n250-SIZE 20000000\r\n250-AUTH PLAIN\r\n250 8BITMIME")
                        .await?;
                }
                "HELO" => self.at(Step::Ehlo, "250 script").await?,
                "AUTH" if self.refuses.as_ref() == Some(&line) => {
                    self.say("334 eyJzdGF0dXMiOiI0MDEifQ==").await?;
                    self.line().await?;
                    self.say("535 5.7.8 not you").await?;
                }
                "AUTH" => self.at(Step::Auth, "235 welcome").await?,
                "MAIL" => {
                    (mails, recipients) = (mails + 1, 0);
                    let step = if mails == 1 { Step::Mail } else { Step::SecondMail };
                    self.at(step, "250 ok").await?;
                }
                "RCPT" => {
                    recipients += 1;
                    let step = if recipients == 1 { Step::FirstRcpt } else { Step::SecondRcpt };
                    self.at(step, "250 ok").await?;
                }
                "DATA" => {
                    self.at(Step::Data, "354 go").await?;
                    if self.step != Step::Data {
                        self.content().await?;
                    }
                }
                "QUIT" => return self.say("221 bye").await,
                _ => self.say("250 ok").await?,
            }
        }
    }

    async fn at(&mut self, step: Step, usual: &str) -> Option<()> {
        if step != self.step {
            return self.say(usual).await;
        }
        match self.does {
            Does::Says(text) | Does::SaysWithin(text) => self.say(text).await,
            Does::Closes | Does::ClosesWithin => None,
            Does::Hangs => std::future::pending().await,
        }
    }

    async fn say(&mut self, text: &str) -> Option<()> {
        self.stream.write_all(format!("{text}\r\n").as_bytes()).await.ok()
    }

    async fn line(&mut self) -> Option<String> {
        let mut line = Vec::new();
        while !line.ends_with(b"\r\n") {
            line.push(self.stream.read_u8().await.ok()?);
        }
        Some(String::from_utf8_lossy(&line).trim_end().to_owned())
    }

    async fn content(&mut self) -> Option<()> {
        if self.step == Step::Content {
            let mut some = [0; 10];
            self.stream.read_exact(&mut some).await.ok()?;
            return match self.does {
                Does::SaysWithin(text) => {
                    self.say(text).await?;
                    None
                }
                _ => None,
            };
        }
        let mut raw = Vec::new();
        while !raw.ends_with(b"\r\n.\r\n") {
            raw.push(self.stream.read_u8().await.ok()?);
        }
        self.mails.lock().expect("whole").push(raw);
        self.at(Step::Dot, "250 taken").await
    }
}
