//! Writes mails that want to hurt, of any size, for tests and measurements.
//!
//! **What.** [`KINDS`] names each way of hurting, with a function that makes such a mail of about as many bytes as are asked
//! for; [`charsets`] makes a mail in every charset with bytes that it does not have.
//!
//! **Invariant:** no IO, no dependency; the same size gives the same mail. Only tests and measurements see this crate.

mod bodies;
mod bombs;
mod fields;

/// One way of hurting.
pub struct Kind {
    /// What it is, in a few words.
    pub name: &'static str,
    /// Makes such a mail of about that many bytes.
    pub make: fn(usize) -> Vec<u8>,
}

/// Every way of hurting.
pub const KINDS: [Kind; 40] = [
    Kind { name: "multiparts inside each other", make: bodies::nested },
    Kind { name: "mails inside each other", make: bodies::nested_mails },
    Kind { name: "one boundary for all levels", make: bodies::same_boundary },
    Kind { name: "boundaries that are prefixes", make: bodies::prefix_boundaries },
    Kind { name: "parts without end", make: bodies::many_parts },
    Kind { name: "delimiters alone", make: bodies::delimiters },
    Kind { name: "a boundary that never comes", make: bodies::no_boundary },
    Kind { name: "cut in the middle", make: bodies::cut },
    Kind { name: "one line", make: bodies::one_line },
    Kind { name: "empty lines", make: bodies::empty_lines },
    Kind { name: "lone returns", make: bodies::lone_returns },
    Kind { name: "zeros", make: bodies::zeros },
    Kind { name: "broken base64", make: bodies::broken_base64 },
    Kind { name: "broken quoted-printable", make: bodies::broken_quoted },
    Kind { name: "UTF-7", make: bodies::utf_7 },
    Kind { name: "escape sequences", make: bodies::escapes },
    Kind { name: "begin of encoded files", make: bodies::begins },
    Kind { name: "encoded files", make: bodies::uuencoded },
    Kind { name: "flowed quotes", make: bodies::flowed },
    Kind { name: "history", make: bodies::history },
    Kind { name: "HTML inside each other", make: bodies::nested_html },
    Kind { name: "tables inside each other", make: bodies::tables },
    Kind { name: "formats that are never closed", make: bodies::formats },
    Kind { name: "attributes", make: bodies::attributes },
    Kind { name: "recipients", make: fields::recipients },
    Kind { name: "fields of recipients", make: fields::recipient_fields },
    Kind { name: "a long field", make: fields::long },
    Kind { name: "many fields", make: fields::many },
    Kind { name: "folds", make: fields::folds },
    Kind { name: "lines that are no fields", make: fields::strays },
    Kind { name: "encoded words", make: fields::encoded_words },
    Kind { name: "beginnings of encoded words", make: fields::broken_words },
    Kind { name: "open quotes and comments", make: fields::open_quotes },
    Kind { name: "references", make: fields::references },
    Kind { name: "parameters", make: fields::parameters },
    Kind { name: "a zip that unpacks to a thousand times itself", make: bombs::zip },
    Kind { name: "a gzip that unpacks to a thousand times itself", make: bombs::gzip },
    Kind { name: "rich text in winmail.dat", make: bombs::tnef },
    Kind { name: "attributes in winmail.dat", make: bombs::tnef_attributes },
    Kind { name: "entities and a huge picture", make: bombs::entities },
];

/// A mail in every charset, each with every byte after every other.
#[must_use]
pub fn charsets() -> Vec<(String, Vec<u8>)> {
    bodies::charsets()
}
