//! Writes a mail: plain text, HTML, inline images, attachments, threading fields.

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use mail_builder::{
    MessageBuilder,
    headers::{
        HeaderType, address::Address as Written, content_type::ContentType, date::Date,
        message_id::MessageId, raw::Raw, text::Text,
    },
    mime::MimePart,
};
use sha2::{Digest, Sha256};

use crate::{mail::Address, name::clean_name};

/// A mail to be written. The same values always give the same bytes, so that sending again sends the same mail.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// Without angle brackets; made by the caller.
    pub message_id: String,
    /// The mail that this one answers.
    pub in_reply_to: Option<String>,
    /// The thread, oldest first; the first and the last twenty are written.
    pub references: Vec<String>,
    /// When it was written.
    pub date: Timestamp,
    /// Author.
    pub from: Address,
    /// Recipients.
    pub to: Vec<Address>,
    /// Further recipients. Hidden ones belong to the envelope only.
    pub cc: Vec<Address>,
    /// Where answers go.
    pub reply_to: Option<Address>,
    /// Any Unicode, one line.
    pub subject: String,
    /// Plain part, always written.
    pub text: String,
    /// HTML part, complete and safe.
    pub html: Option<String>,
    /// Attachments; those with a content id are inline images of the HTML part.
    pub attachments: Vec<Attached>,
    /// `auto-replied` or `auto-generated` for mail that no person wrote (RFC 3834 section 5).
    pub auto_submitted: Option<String>,
    /// Further fields. Names of fields that this type writes are refused.
    pub headers: Vec<(String, String)>,
}

/// A file that goes with a mail.
#[derive(Debug, Clone)]
pub struct Attached {
    /// Cleaned before it is written.
    pub name: String,
    /// `type/subtype`.
    pub content_type: String,
    /// Without angle brackets; `cid:` links of the HTML part name it.
    pub content_id: Option<String>,
    /// Content.
    pub bytes: Vec<u8>,
}

/// Why a mail was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// The Message-ID holds nothing that could be one.
    MessageId,
    /// This is no address to write to or from.
    Address(String),
    /// This field may not be set, or its name is none.
    Header(String),
}

impl fmt::Display for Refused {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MessageId => write!(to, "the Message-ID is empty or malformed"),
            Self::Address(address) => write!(to, "{address:?} is not a mail address"),
            Self::Header(name) => write!(to, "the header field {name:?} may not be set"),
        }
    }
}

impl std::error::Error for Refused {}

/// Message-IDs written at the end of References, besides the first.
const LAST_REFERENCES: usize = 20;
/// Longest subject and display name, in characters.
const SUBJECT_CHARS: usize = 500;
const NAME_CHARS: usize = 200;

impl Outgoing {
    /// The mail as bytes for SMTP: CRLF, no line above 998 bytes, header fields in ASCII but for addresses that aren't.
    ///
    /// # Errors
    /// Refuses malformed addresses, ids and field names; line breaks in any other value become spaces.
    pub fn write(&self) -> Result<Vec<u8>, Refused> {
        let mut builder = MessageBuilder::new()
            .header("Message-ID", MessageId::new(self.own_id()?))
            .header("Date", Date::new(self.date.as_second()))
            .header("From", written(&self.from)?);
        for (name, list) in [("To", &self.to), ("Cc", &self.cc)] {
            if !list.is_empty() {
                builder = builder.header(name, written_all(list)?);
            }
        }
        if let Some(reply_to) = &self.reply_to {
            builder = builder.header("Reply-To", written(reply_to)?);
        }
        builder = builder.header("Subject", Text::new(one_line(&self.subject, SUBJECT_CHARS)));
        let references = self.thread();
        if let Some(last) = self.in_reply_to.as_deref().and_then(clean_id) {
            builder = builder.header("In-Reply-To", MessageId::new(last));
        }
        if !references.is_empty() {
            builder = builder.header("References", MessageId::from(references));
        }
        if let Some(kind) = &self.auto_submitted {
            builder = builder.header("Auto-Submitted", Raw::new(one_line(kind, NAME_CHARS)));
        }
        for (name, value) in &self.headers {
            let (name, value) = extra(name, value)?;
            builder = builder.header(name, value);
        }
        let mut bytes = Vec::new();
        builder.body(self.body()).serialize(&mut bytes);
        Ok(bytes)
    }

    /// Whether an address can only be sent through servers that know SMTPUTF8 (RFC 6531).
    #[must_use]
    pub fn needs_smtputf8(&self) -> bool {
        let mut all = self.to.iter().chain(&self.cc).chain(&self.reply_to);
        !self.from.email.is_ascii() || all.any(|each| !each.email.is_ascii())
    }

    fn own_id(&self) -> Result<String, Refused> {
        clean_id(&self.message_id).ok_or(Refused::MessageId)
    }

    /// The first reference and the last ones, ending with the mail that is answered (RFC 5322 section 3.6.4).
    fn thread(&self) -> Vec<String> {
        let mut ids: Vec<String> = self.references.iter().filter_map(|id| clean_id(id)).collect();
        if let Some(last) = self.in_reply_to.as_deref().and_then(clean_id)
            && ids.last() != Some(&last)
        {
            ids.push(last);
        }
        if ids.len() > LAST_REFERENCES + 1 {
            let surplus = ids.len() - LAST_REFERENCES;
            ids.drain(1..surplus);
        }
        ids
    }

    fn body(&self) -> MimePart<'_> {
        let text = MimePart::new("text/plain", self.text.as_str());
        let (inline, beside): (Vec<_>, Vec<_>) =
            self.attachments.iter().partition(|each| self.html.is_some() && each.content_id.is_some());
        let readable = match &self.html {
            None => text,
            Some(html) => {
                let html = MimePart::new("text/html", html.as_str());
                let html = self.around("multipart/related", html, inline);
                self.multipart("multipart/alternative", vec![text, html])
            }
        };
        self.around("multipart/mixed", readable, beside)
    }

    fn around<'a>(
        &'a self,
        kind: &'static str,
        first: MimePart<'a>,
        files: Vec<&'a Attached>,
    ) -> MimePart<'a> {
        if files.is_empty() {
            return first;
        }
        let mut parts = vec![first];
        parts.extend(files.into_iter().map(file_part));
        self.multipart(kind, parts)
    }

    /// The boundary comes from the content, so that no part can contain it and writing again gives the same bytes.
    fn multipart<'a>(&self, kind: &'static str, parts: Vec<MimePart<'a>>) -> MimePart<'a> {
        let mut hash = Sha256::new();
        for piece in [kind, &self.message_id, &self.text, self.html.as_deref().unwrap_or_default()] {
            hash.update(piece.as_bytes());
            hash.update([0]);
        }
        let digest = hash.finalize();
        let hex: String = digest[..16].iter().map(|byte| format!("{byte:02x}")).collect();
        MimePart::new(ContentType::new(kind).attribute("boundary", format!("=_{hex}")), parts)
    }
}

fn file_part(file: &Attached) -> MimePart<'_> {
    let kind = file.content_type.trim().to_ascii_lowercase();
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&-^_.+/".contains(&byte);
    // RFC 2046 section 5.2.1 forbids to encode messages, and what is sent here is always encoded.
    let composite = kind.starts_with("message/") || kind.starts_with("multipart/");
    let good = kind.len() <= 127 && kind.matches('/').count() == 1 && kind.bytes().all(token);
    let kind = if good && !composite { kind } else { "application/octet-stream".to_owned() };
    let name = clean_name(&file.name, &file.content_type);
    let shown = if file.content_id.is_some() { "inline" } else { "attachment" };
    let mut part =
        MimePart::new(ContentType::new(kind).attribute("name", name.clone()), wrapped(&file.bytes))
            .header("Content-Disposition", ContentType::new(shown).attribute("filename", name))
            .transfer_encoding("base64");
    if let Some(id) = file.content_id.as_deref().and_then(clean_id) {
        part = part.cid(id);
    }
    part
}

/// Base64 in lines of 76 (RFC 2045 section 6.8).
fn wrapped(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() / 57 * 78 + 80);
    for line in bytes.chunks(57) {
        STANDARD.encode_string(line, &mut out);
        out.push_str("\r\n");
    }
    out
}

fn written_all(list: &[Address]) -> Result<Written<'static>, Refused> {
    let all: Result<Vec<_>, _> = list.iter().map(written).collect();
    Ok(Written::new_list(all?))
}

fn written(address: &Address) -> Result<Written<'static>, Refused> {
    let email = address.email.trim();
    if !is_mailbox(email) {
        return Err(Refused::Address(address.email.clone()));
    }
    let name = address.name.as_deref().map(|name| one_line(name, NAME_CHARS));
    Ok(Written::new_address(name.filter(|name| !name.is_empty()), email.to_owned()))
}

/// An address that can be written without quoting: a dot-atom or its Unicode sister (RFC 5321, RFC 6531).
fn is_mailbox(email: &str) -> bool {
    let Some((local, domain)) = email.rsplit_once('@') else {
        return false;
    };
    let plain =
        |letter: char| !letter.is_control() && !letter.is_whitespace() && !"<>()[]:;,\\\"@".contains(letter);
    let literal = domain.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let domain_plain = match literal {
        Some(inner) => inner.chars().all(|letter| letter.is_ascii_hexdigit() || ".:IPv".contains(letter)),
        None => domain.chars().all(plain),
    };
    let lengths = (1..=64).contains(&local.len()) && (1..=255).contains(&domain.len());
    lengths && domain_plain && local.chars().all(plain)
}

/// Fields that have a place of their own, or that would change how the mail is read.
const OWN_FIELDS: [&str; 13] = [
    "message-id",
    "in-reply-to",
    "references",
    "date",
    "from",
    "sender",
    "to",
    "cc",
    "bcc",
    "reply-to",
    "subject",
    "mime-version",
    "auto-submitted",
];

fn extra(name: &str, value: &str) -> Result<(String, HeaderType<'static>), Refused> {
    let folded = name.to_ascii_lowercase();
    let token = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let good = (1..=76).contains(&name.len()) && name.bytes().all(token);
    if !good || folded.starts_with("content-") || OWN_FIELDS.contains(&folded.as_str()) {
        return Err(Refused::Header(name.to_owned()));
    }
    let value = one_line(value, 2_000);
    // What machines read is written as it stands; only words of people need encoding.
    let value = if value.is_ascii() && value.split(' ').all(|word| word.len() < 900) {
        Raw::new(value).into()
    } else {
        Text::new(value).into()
    };
    Ok((name.to_owned(), value))
}

/// An id without brackets, blanks and control characters; `None` when nothing usable is left.
fn clean_id(id: &str) -> Option<String> {
    let id = id.trim().trim_start_matches('<').trim_end_matches('>');
    let plain = id.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'<' && byte != b'>');
    (plain && (1..=900).contains(&id.len())).then(|| id.to_owned())
}

/// Line breaks and other control characters become spaces: nothing can open a new header field.
fn one_line(text: &str, most: usize) -> String {
    let line: String =
        text.chars().take(most).map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    line.trim().to_owned()
}
