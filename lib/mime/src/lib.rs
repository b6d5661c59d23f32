//! Reads, judges and writes mail.
//!
//! **What.** `read` turns any bytes into a [`Mail`], `automatic` says whether a machine wrote it, `content_hash`
//! recognises a repeat, `subject_base` and `conversation_number` read subjects,
//! `Outgoing` writes a mail, `header_fields` and `raw_text` show one as it came, `reply_address` signs and recognises our own reply addresses.
//!
//! **Invariant:** reading never fails and never panics; what could not be read is named in [`Mail::problems`].
//! **Invariant:** time and memory are bounded by the length of the input; the bounds are in [`Limits`].
//! **Invariant:** no IO, no clock, no randomness: the same input gives the same output.

mod address;
mod automatic;
mod body;
mod calendar;
mod charset;
mod charset_state;
mod charset_table;
mod date;
mod facts;
mod field;
mod flowed;
mod gather;
mod hash;
mod header;
mod limits;
mod mail;
mod name;
mod original;
mod outgoing;
mod packed;
mod part;
mod parts;
mod protection;
mod read;
pub mod reply_address;
mod rich_text;
mod segments;
mod signs;
mod subject;
mod tnef;
mod tnef_bytes;
mod tnef_properties;
mod typed;
mod uuencode;
mod value;
mod wording;
mod words;

pub use automatic::{Automatic, automatic};
pub use hash::content_hash;
pub use limits::Limits;
pub use mail::{Address, Invitation, Mail, Moment, Part, Problem, Protection, Signs};
pub use name::clean_name;
pub use original::{HeaderField, header_fields, raw_text};
pub use outgoing::{Attached, Outgoing, Refused};
pub use read::read;
pub use subject::{conversation_number, subject_base};

#[cfg(test)]
mod tests;
