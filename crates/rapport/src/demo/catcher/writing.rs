//! Writes to Rapport as a customer: real mails, sent over SMTP.

use base::error::{invalid, unavailable};
use base::{Result, Time};
use channel_email::smtp::client::{self, Addressed, Fate, Patience, Security, Server};
use mime::{Address, Outgoing};

use super::mails::{Catcher, Caught};

/// A mail that somebody writes on the page.
pub struct Written {
    pub name: String,
    pub from: String,
    pub to: String,
    pub subject: String,
    pub text: String,
}

impl Catcher {
    /// Answers a caught mail as one of its recipients, as a mail program would.
    pub async fn answer(&self, caught: &Caught, from: &str, text: &str) -> Result<()> {
        let mail = &caught.mail;
        let all = mail.to.iter().chain(&mail.cc);
        let known = all.into_iter().find(|each| each.email == from).cloned();
        let from = known.ok_or_else(|| invalid("writer_unknown", "This address did not get the mail."))?;
        let to = mail.reply_to.first().or(mail.from.first()).cloned().unwrap_or_default();
        let references = [mail.references.clone(), mail.message_id.iter().cloned().collect()].concat();
        let base = mime::subject_base(&mail.subject);
        let written = Outgoing {
            in_reply_to: mail.message_id.clone(),
            references,
            text: format!("{}\n\n{}", text.trim(), quoted(caught)),
            ..self.letter(from, to, &format!("Re: {base}"))
        };
        self.send(written, text).await
    }

    pub async fn write(&self, written: Written) -> Result<()> {
        let name = Some(written.name.trim().to_owned()).filter(|name| !name.is_empty());
        let from = Address { name, email: written.from.trim().to_owned() };
        let letter = self.letter(from, Address::bare(written.to.trim()), written.subject.trim());
        self.send(Outgoing { text: format!("{}\n", written.text.trim()), ..letter }, &written.text).await
    }

    fn letter(&self, from: Address, to: Address, subject: &str) -> Outgoing {
        let domain = from.email.rsplit_once('@').map_or("example.org", |(_, domain)| domain);
        Outgoing {
            message_id: format!("{}@{domain}", &base::secrets::new_token()[..24]),
            in_reply_to: None,
            references: Vec::new(),
            date: self.clock.now().stamp(),
            from,
            to: vec![to],
            cc: Vec::new(),
            reply_to: None,
            subject: subject.to_owned(),
            text: String::new(),
            html: None,
            attachments: Vec::new(),
            auto_submitted: None,
            headers: Vec::new(),
        }
    }

    async fn send(&self, mail: Outgoing, text: &str) -> Result<()> {
        if text.trim().is_empty() {
            return Err(invalid("text_empty", "Write something first."));
        }
        let raw =
            mail.write().map_err(|e| invalid("mail_refused", format!("This mail can't be sent: {e}.")))?;
        let rapport = self.rapport.get();
        let rapport = rapport.ok_or_else(|| unavailable("starting", "Rapport does not take mail yet."))?;
        let server = Server {
            host: rapport.ip().to_string(),
            port: rapport.port(),
            security: Security::None,
            login: None,
            trusted: None,
            hello: "catcher.example".to_owned(),
            patience: Patience::default(),
        };
        let to = mail.to.iter().map(|each| each.email.clone()).collect();
        match client::send(&server, &Addressed { from: mail.from.email.clone(), to }, &raw).await {
            Fate::Taken(_) => Ok(()),
            Fate::Postponed(why) | Fate::Refused(why) | Fate::Unclear(why) => {
                Err(invalid("mail_refused", format!("Rapport did not take this mail: {why}")))
            }
        }
    }
}

/// The caught mail as history below the answer.
fn quoted(caught: &Caught) -> String {
    let mail = &caught.mail;
    let author = mail.from.first().cloned().unwrap_or_default();
    let name = author.name.unwrap_or_default();
    let text = match (&mail.text, &mail.html) {
        (Some(text), _) => text.clone(),
        (None, Some(html)) => markup::html_to_text(&markup::sanitise(html)),
        (None, None) => String::new(),
    };
    let lines: String = text.lines().map(|line| format!("> {line}\n")).collect();
    format!("On {}, {name} <{}> wrote:\n{lines}", day(caught.at), author.email)
}

fn day(at: Time) -> String {
    at.stamp().to_zoned(jiff::tz::TimeZone::system()).strftime("%d %b %Y at %H:%M").to_string()
}
