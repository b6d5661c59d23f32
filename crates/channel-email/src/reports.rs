//! Sorts what machines have written, and reads what they report about mail of ours.

use bounces::{Action, Given, Piece, calendar_reply};
use conversations::channel::{Report, Reported};
use conversations::model::FateState;
use mime::{Automatic, Mail, Part, automatic};

/// Header fields stand in the first bytes of a mail.
const MOST_HEADER: usize = 200_000;
/// Parts that machines write are short; a returned mail is looked at by its header.
const MOST_PART: usize = 400_000;

/// What is known of a mail's writer, as far as it is a machine.
#[derive(Clone, Debug, Default)]
pub struct Machine {
    /// It reopens nothing.
    pub automatic: bool,
    /// The mail itself says so, by its header or as a report. Words alone may be anybody's.
    pub declared: bool,
    /// Nothing is answered by itself: a machine, a list or somebody who asks for no such answers.
    pub silent: bool,
    /// Which kind, for people.
    pub marks: Vec<&'static str>,
    pub report: Option<Report>,
}

/// Reads the whole mail; `text` is its plain text.
pub fn read(raw: &[u8], mail: &Mail, files: &[Part], text: &str) -> Machine {
    let kind = automatic(mail);
    let mut machine = Machine { silent: kind.is_some(), ..Machine::default() };
    let mark = match kind {
        Some(Automatic::Bounce) => Some("delivery_report"),
        Some(Automatic::Receipt) => Some("read_receipt"),
        Some(Automatic::Complaint) => Some("complaint"),
        Some(Automatic::Reply) => Some("auto_reply"),
        Some(Automatic::Notice) => Some("notice"),
        Some(Automatic::Bulk) => Some("bulk"),
        Some(Automatic::List) => Some("list"),
        // Somebody who asks for no absence notes is still somebody.
        Some(Automatic::Suppressed) | None => None,
    };
    machine.marks.extend(mark);
    machine.automatic = !matches!(kind, None | Some(Automatic::List | Automatic::Suppressed));
    machine.declared = machine.automatic;
    if bounces::absence(&mail.subject, text) {
        machine.marks.push("absence");
        (machine.automatic, machine.silent) = (true, true);
    }
    if answers_invitation(files) {
        machine.marks.push("calendar_reply");
        (machine.automatic, machine.silent) = (true, true);
    }
    machine.report = report(raw, mail, files, text, kind);
    if machine.report.is_some() {
        (machine.automatic, machine.declared, machine.silent) = (true, true, true);
    }
    machine
}

fn answers_invitation(files: &[Part]) -> bool {
    let calendars = files.iter().filter(|file| file.content_type == "text/calendar");
    calendars.take(3).any(|file| calendar_reply(&String::from_utf8_lossy(&file.bytes)).is_some())
}

fn report(raw: &[u8], mail: &Mail, files: &[Part], text: &str, kind: Option<Automatic>) -> Option<Report> {
    let notice = text.trim_start().starts_with('{') && text.contains("otificationType");
    let may_report = matches!(kind, Some(Automatic::Bounce | Automatic::Receipt | Automatic::Complaint));
    if !may_report && !notice {
        return None;
    }
    with_given(raw, mail, files, text, |given| match kind {
        Some(Automatic::Receipt) => bounces::receipt(given).map(of_receipt),
        Some(Automatic::Complaint) => bounces::complaint(given).map(of_complaint),
        _ => bounces::delivery(given).map(of_delivery),
    })
}

/// Gives the mail to a reader of reports.
pub fn with_given<T>(
    raw: &[u8],
    mail: &Mail,
    files: &[Part],
    text: &str,
    read: impl FnOnce(&Given<'_>) -> T,
) -> T {
    let header = String::from_utf8_lossy(&raw[..raw.len().min(MOST_HEADER)]);
    let texts: Vec<_> = files
        .iter()
        .map(|file| String::from_utf8_lossy(&file.bytes[..file.bytes.len().min(MOST_PART)]))
        .collect();
    let pieces: Vec<Piece<'_>> =
        files.iter().zip(&texts).map(|(file, text)| Piece { kind: &file.content_type, text }).collect();
    read(&Given { subject: &mail.subject, text, header: &header, pieces: &pieces })
}

fn of_delivery(report: bounces::Report) -> Report {
    let each = |fate: bounces::Fate| Reported {
        state: match (fate.reason, fate.action) {
            (bounces::Reason::Feedback, _) => FateState::Complained,
            (_, Action::Failed) => FateState::Failed,
            (_, Action::Delayed) => FateState::Delayed,
            (_, Action::Delivered) => FateState::Delivered,
        },
        hard: fate.is_hard() && fate.action == Action::Failed,
        cause: fate.reason.word().to_owned(),
        status: fate.status.map(|status| status.to_string()),
        words: fate.diagnostic,
        addresses: fate.original_recipient.into_iter().chain([fate.recipient]).collect(),
    };
    Report { about: report.original.message_ids, fates: report.fates.into_iter().map(each).collect() }
}

fn of_receipt(receipt: bounces::Receipt) -> Report {
    let state = if receipt.what == "displayed" { FateState::Read } else { FateState::Delivered };
    one(receipt.message_id, Some(receipt.recipient), state, receipt.what)
}

fn of_complaint(complaint: bounces::Complaint) -> Report {
    // RFC 5965 section 7.3: `not-spam` takes a complaint back.
    let state = if complaint.kind == "not-spam" { FateState::Delivered } else { FateState::Complained };
    one(complaint.message_id, complaint.recipient, state, complaint.kind)
}

fn one(about: Option<String>, address: Option<String>, state: FateState, cause: String) -> Report {
    let fate = Reported {
        addresses: address.into_iter().collect(),
        state,
        hard: false,
        cause,
        status: None,
        words: String::new(),
    };
    Report { about: about.into_iter().collect(), fates: vec![fate] }
}
