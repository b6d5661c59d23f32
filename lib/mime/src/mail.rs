//! The nouns of a mail that was read.

use jiff::Timestamp;

/// A mail as it was understood. Strings hold no NUL; names and subjects no control characters.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mail {
    /// Message-ID without angle brackets (RFC 5322 section 3.6.4).
    pub message_id: Option<String>,
    /// In-Reply-To, usually one.
    pub in_reply_to: Vec<String>,
    /// References, oldest first, bounded.
    pub references: Vec<String>,
    /// Authors; several are allowed, none happens.
    pub from: Vec<Address>,
    /// Who sent it in the name of the authors.
    pub sender: Option<Address>,
    /// Where answers should go.
    pub reply_to: Vec<Address>,
    /// Groups are flattened.
    pub to: Vec<Address>,
    /// Groups are flattened.
    pub cc: Vec<Address>,
    /// Addresses beyond the limit that were not kept.
    pub addresses_cut: usize,
    /// Decoded subject, empty when absent.
    pub subject: String,
    /// What the sender says, not what is true.
    pub date: Option<Timestamp>,
    /// Raw HTML of the sender: sanitise before showing. Holds all body parts whenever one of them is HTML.
    pub html: Option<String>,
    /// Plain text, when every body part has one; else derive it from `html`.
    pub text: Option<String>,
    /// Attachments and inline parts, in their order.
    pub parts: Vec<Part>,
    /// The event of a calendar part.
    pub invitation: Option<Invitation>,
    /// Whether it is signed or encrypted.
    pub protection: Protection,
    /// What tells a machine from a person.
    pub signs: Signs,
    /// Received fields: hops so far, for loop protection.
    pub received: usize,
    /// Tags of Content-Language and Accept-Language, the sender's first.
    pub languages: Vec<String>,
    /// What could not be read as it should.
    pub problems: Vec<Problem>,
}

/// A mailbox with its display name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// Display name, if one was given.
    pub name: Option<String>,
    /// As written; empty when only a name was given (`From: root`).
    pub email: String,
}

impl Address {
    /// Makes an address without a name.
    #[must_use]
    pub fn bare(email: &str) -> Self {
        Self { name: None, email: email.to_owned() }
    }

    /// The form for comparing: local parts are case-sensitive by the letter of RFC 5321, never in practice.
    #[must_use]
    pub fn folded(&self) -> String {
        self.email.to_lowercase()
    }
}

/// An attachment or an inline part.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// Safe as a file name, never empty.
    pub name: String,
    /// Lower-case `type/subtype`.
    pub content_type: String,
    /// Content-ID without angle brackets, as `cid:` links name it.
    pub content_id: Option<String>,
    /// Meant to be shown inside the text rather than beside it.
    pub inline: bool,
    /// Decoded content.
    pub bytes: Vec<u8>,
}

/// What an invitation says, for the eye; the calendar itself is among the parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Invitation {
    /// `request`, `cancel`, `reply` and so on (RFC 5546), in lower case; empty when none is named.
    pub method: String,
    /// What it is about.
    pub title: String,
    /// When it begins.
    pub begins: Option<Moment>,
    /// When it ends, if that is said.
    pub ends: Option<Moment>,
    /// Where.
    pub place: String,
    /// Who invites: name and address.
    pub organiser: String,
}

/// A time as a calendar writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// Date and time at the place that `zone` names.
    pub local: jiff::civil::DateTime,
    /// The zone in the sender's words; none when the time is that of whoever reads.
    pub zone: Option<String>,
    /// The whole day is meant.
    pub all_day: bool,
}

/// Signatures and encryption, which are seen and not opened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Protection {
    /// It carries a signature, which nobody has checked here.
    pub signed: bool,
    /// Its content can't be read without a key.
    pub encrypted: bool,
    /// Its content is inside the signature, in a form that is not opened here.
    pub sealed: bool,
}

/// Header fields by which machines give themselves away (RFC 3834 section 3 and common practice).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signs {
    /// Lower-case first word of Auto-Submitted.
    pub auto_submitted: Option<String>,
    /// Lower-case Precedence.
    pub precedence: Option<String>,
    /// List-Id, List-Post, List-Unsubscribe or similar is present.
    pub list: bool,
    /// Where mailing lists that it went through are written to: List-Post (RFC 2369 section 3.4), and List-Id
    /// (RFC 2919) read as an address.
    pub list_addresses: Vec<String>,
    /// Return-Path; an empty string is the null sender. A receiver that knows the envelope may overwrite it.
    pub return_path: Option<String>,
    /// Lower-case X-Auto-Response-Suppress.
    pub response_suppress: Option<String>,
    /// X-Autoreply, X-Autorespond and their like are present.
    pub autoreply: bool,
    /// X-Loop values.
    pub loops: Vec<String>,
    /// Lower-case content type of the whole mail.
    pub content_type: String,
    /// Lower-case report-type of a multipart/report (RFC 6522).
    pub report_type: Option<String>,
}

/// Something that could not be read as it should. The raw mail always has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Problem {
    /// Not a single header field was found.
    NoHeader,
    /// Lines that are no fields stand in the header.
    BrokenHeader,
    /// Header fields beyond the limits were left out or cut.
    HeaderCut,
    /// Addresses beyond the limit were left out.
    AddressesCut,
    /// Parts beyond the limit were left out.
    PartsCut,
    /// Body text beyond the limit was cut.
    TextCut,
    /// Multiparts beyond the limit were kept as one attachment.
    TooDeep,
    /// A multipart names no boundary, or one that never appears.
    NoBoundary,
    /// A multipart isn't closed.
    Truncated,
    /// Base64 or quoted-printable is damaged; what could be saved was.
    BadEncoding,
    /// The charset is unknown, or the bytes don't fit it.
    BadCharset,
    /// The date can't be read.
    BadDate,
    /// A part of Outlook (winmail.dat) can't be taken apart, or ends too soon.
    BadTnef,
}
