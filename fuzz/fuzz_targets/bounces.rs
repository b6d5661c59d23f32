//! Any bytes as a report about mail: the text, the header and the parts of a real reading go to every reader of reports.
#![no_main]

use bounces::{Given, Piece};
use libfuzzer_sys::fuzz_target;
use mime::{Limits, read};

fuzz_target!(|raw: &[u8]| {
    let mail = read(raw, &Limits::default());
    let texts: Vec<String> = mail.parts.iter().map(|part| String::from_utf8_lossy(&part.bytes).into_owned()).collect();
    let whole = String::from_utf8_lossy(raw);
    let kinds = ["message/delivery-status", "message/disposition-notification", "message/feedback-report", "message/rfc822"];
    let mut pieces: Vec<Piece<'_>> = mail.parts.iter().zip(&texts).map(|(part, text)| Piece { kind: &part.content_type, text }).collect();
    pieces.extend(kinds.map(|kind| Piece { kind, text: &whole }));
    let text = mail.text.as_deref().unwrap_or(&whole);
    let given = Given { subject: &mail.subject, text, header: &whole, pieces: &pieces };
    let plain = Given { pieces: &[], ..given };
    for given in [&given, &plain] {
        let _ = (bounces::delivery(given), bounces::receipt(given), bounces::complaint(given));
    }
    let _ = (bounces::absence(&mail.subject, text), bounces::calendar_reply(&whole));
});
