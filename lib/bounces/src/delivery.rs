//! Reads a report about the delivery of a mail, whatever form it has.

use crate::{
    block::{Block, header},
    given::Given,
    judge::{Told, judge},
    notification,
    report::{Original, Report},
    status_part, text_report,
};

const STATUS: &[&str] = &["message/delivery-status", "message/global-delivery-status"];
pub(crate) const RETURNED: &[&str] = &[
    "message/rfc822",
    "text/rfc822-headers",
    "message/global",
    "message/global-headers",
    "message/rfc822-headers",
];

/// What the mail reports about mail that was sent; `None` when it names nobody.
#[must_use]
pub fn delivery(given: &Given<'_>) -> Option<Report> {
    if let Some(report) = notification::read(given.text) {
        return Some(report);
    }
    let loose = text_report::unquoted(given.text);
    let text = loose.as_deref().unwrap_or(given.text);
    let (notice, returned) = text_report::split(text);
    let part = given.piece(STATUS);
    let mut told = part.map(status_part::read).unwrap_or_default();
    if told.is_empty() && notice.to_lowercase().contains("final-recipient:") {
        told = status_part::read(text);
    }
    match told.is_empty() {
        true => told = text_report::read(notice, &failed(given)),
        false => told.iter_mut().for_each(|one| one.around = around(notice, one)),
    }
    let several = told.len() > 1;
    told.iter_mut().for_each(|one| widen(one, several));
    let header = returned_header(given, returned);
    if told.is_empty() && part.is_some() {
        told.extend(header.as_ref().and_then(|block| block.first("to")).and_then(nameless));
    }
    let fates: Vec<_> = told.iter().map(judge).collect();
    (!fates.is_empty()).then(|| Report { fates, original: original(header.as_ref()) })
}

/// A report that names nobody is about whom the returned mail was for.
fn nameless(to: &str) -> Option<Told> {
    let address = to.rsplit_once('<').map_or(to, |(_, inner)| inner);
    let address = status_part::bare(address);
    let one = address.contains('@') && !address.contains(',');
    one.then(|| Told { recipient: address.to_owned(), ..Told::default() })
}

/// Exim names them in its header.
fn failed(given: &Given<'_>) -> String {
    let block = header(given.header);
    block.as_ref().and_then(|block| block.first("x-failed-recipients")).unwrap_or_default().to_owned()
}

/// The paragraphs of the notice that name the recipient, or all of it.
fn around(notice: &str, told: &Told) -> String {
    let names = [Some(&told.recipient), told.original_recipient.as_ref()];
    let named = |paragraph: &str| {
        names.iter().flatten().any(|name| !name.is_empty() && paragraph.contains(name.as_str()))
    };
    let own: Vec<&str> = notice.split("\n\n").filter(|paragraph| named(paragraph)).collect();
    let own = if own.is_empty() || notice.contains("Transcript of session") {
        notice.to_owned()
    } else {
        own.join("\n")
    };
    own.split('\n').map(str::trim).collect::<Vec<_>>().join(" ")
}

/// Sendmail keeps the first line of a long reply; the rest stands in its transcript.
fn widen(told: &mut Told, several: bool) {
    let begun = told.diagnostic.as_bytes();
    let goes_on = begun.len() > 3 && begun[..3].iter().all(u8::is_ascii_digit) && begun[3] == b'-';
    if goes_on && !several {
        let said: Vec<&str> = told.around.split("<<< ").skip(1).collect();
        if !said.is_empty() {
            told.diagnostic = format!("{} {}", told.diagnostic, said.join(" "));
        }
    }
}

fn returned_header(given: &Given<'_>, returned: &str) -> Option<Block> {
    given.piece(RETURNED).and_then(header).or_else(|| header(returned.trim_start()))
}

fn original(header: Option<&Block>) -> Original {
    let id = header.and_then(|block| block.first("message-id")).unwrap_or_default();
    let id = id.trim().trim_start_matches('<').trim_end_matches('>').trim();
    Original { message_ids: Some(id.to_owned()).filter(|id| !id.is_empty()).into_iter().collect() }
}
