//! Whole reports of the usual mail systems.

use crate::{Action, Given, Piece, Reason, Status, calendar_reply, complaint, delivery, receipt};

/// Recipient, status, reply, cause, and whether it is final.
type Read = (String, Option<Status>, Option<u16>, Reason, bool);

fn read_text(text: &str, header: &str) -> Vec<Read> {
    let report = delivery(&Given { text, header, ..Given::default() }).expect("a report");
    let fates = report.fates.into_iter();
    fates
        .map(|fate| {
            let hard = fate.is_hard();
            (fate.recipient, fate.status, fate.reply, fate.reason, hard)
        })
        .collect()
}

#[test]
fn a_delivery_status_names_each_recipient() {
    let status = "Reporting-MTA: dns; mx.a.example\n\nOriginal-Recipient: rfc822;Ann@a.example\n\
        Final-Recipient: rfc822; ann@box.a.example\nAction: failed\nStatus: 5.1.1\n\
        Diagnostic-Code: smtp; 550 5.1.1 No such\n user here\n\nFinal-Recipient: rfc822;bo@a.example\n\
        Action: delayed\nStatus: 4.2.2\nDiagnostic-Code: smtp;452 4.2.2 Mailbox full\n";
    let mail = "Message-ID:\n <answer.1@shop.example>\nTo: ann@a.example\n\nHello";
    let pieces = [
        Piece { kind: "message/delivery-status", text: status },
        Piece { kind: "message/rfc822", text: mail },
    ];
    let report = delivery(&Given { text: "It could not be sent.", pieces: &pieces, ..Given::default() });
    let report = report.expect("a report");
    assert_eq!(report.original.message_ids, ["answer.1@shop.example"]);
    let [ann, bo] = &report.fates[..] else { panic!("two recipients: {:?}", report.fates) };
    assert_eq!((ann.recipient.as_str(), ann.status), ("ann@box.a.example", Some(Status(5, 1, 1))));
    assert_eq!((ann.original_recipient.as_deref(), ann.reply), (Some("Ann@a.example"), Some(550)));
    assert!(ann.is_hard() && !ann.temporary && ann.reason == Reason::UserUnknown);
    assert_eq!((bo.action, bo.reason, bo.temporary), (Action::Delayed, Reason::MailboxFull, true));
    assert!(!bo.is_hard());
}

#[test]
fn exim_names_recipients_in_text_and_header() {
    let text = "This message was created automatically by mail delivery software.\n\nThe following address(es) failed:\n\n\
        \x20 ann@a.example\n    host mx.a.example [192.0.2.1]\n    SMTP error from remote mail server after RCPT TO:<ann@a.example>:\n\
        \x20   550 5.1.1 Unknown user\n\n------ This is a copy of the message, including all the headers. ------\n\n\
        Message-ID: <answer.1@shop.example>\nTo: ann@a.example\n";
    let wanted = ("ann@a.example".to_owned(), Some(Status(5, 1, 1)), Some(550), Reason::UserUnknown, true);
    assert_eq!(read_text(text, "X-Failed-Recipients: ann@a.example"), [wanted]);
    let report = delivery(&Given { text, ..Given::default() }).expect("a report");
    assert_eq!(report.original.message_ids, ["answer.1@shop.example"]);
}

#[test]
fn qmail_writes_for_people_alone() {
    let text = "Hi. This is the qmail-send program at mx.shop.example.\nI'm afraid I wasn't able to deliver your message.\n\n\
        <ann@a.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\n\
        Message-ID: <answer.1@shop.example>\n";
    let wanted = ("ann@a.example".to_owned(), Some(Status(5, 1, 1)), None, Reason::UserUnknown, true);
    assert_eq!(read_text(text, ""), [wanted]);
}

#[test]
fn a_report_that_names_no_code_still_has_a_cause() {
    let text = "A message that you sent has not yet been delivered.\n\n  ann@a.example\n    retry timeout exceeded\n";
    let report = delivery(&Given { text, ..Given::default() }).expect("a report");
    assert_eq!((report.fates[0].reason, report.fates[0].action), (Reason::Expired, Action::Delayed));
    assert!(report.fates[0].temporary && report.fates[0].status.is_none());
}

#[test]
fn complaints_receipts_and_answers_to_invitations_are_read() {
    let arf =
        "Feedback-Type: abuse\nUser-Agent: Feedback/1.0\nVersion: 1\nOriginal-Rcpt-To: <ann@a.example>\n";
    let mail = "Message-ID: <answer.1@shop.example>\n\nHello";
    let pieces =
        [Piece { kind: "message/feedback-report", text: arf }, Piece { kind: "message/rfc822", text: mail }];
    let found = complaint(&Given { pieces: &pieces, ..Given::default() }).expect("a complaint");
    assert_eq!((found.kind.as_str(), found.recipient.as_deref()), ("abuse", Some("ann@a.example")));
    assert_eq!(found.message_id.as_deref(), Some("answer.1@shop.example"));
    let mdn = "Final-Recipient: rfc822;ann@a.example\nOriginal-Message-ID: <answer.1@shop.example>\n\
        Disposition: manual-action/MDN-sent-manually; displayed\n";
    let pieces = [Piece { kind: "message/disposition-notification", text: mdn }];
    let found = receipt(&Given { pieces: &pieces, ..Given::default() }).expect("a receipt");
    assert_eq!(
        (found.what.as_str(), found.message_id.as_deref()),
        ("displayed", Some("answer.1@shop.example"))
    );
    let object = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nATTENDEE;PARTSTAT=ACCEPTED;CN=Ann:\r\n mailto:ann@a.example\r\n";
    let found = calendar_reply(object).expect("an answer");
    assert_eq!((found.answer.as_str(), found.attendee.as_deref()), ("accepted", Some("ann@a.example")));
    assert_eq!(calendar_reply("BEGIN:VCALENDAR\nMETHOD:REQUEST\nATTENDEE:mailto:a@a.example"), None);
}

proptest::proptest! {
    #[test]
    fn any_text_can_be_read(text in "(.|\n|<[a-z]{1,3}@[a-z]{1,3}>: |550 |5\\.1\\.1 |Final-Recipient: |Status: |ATTENDEE|METHOD:REPLY){0,60}", header in "\\PC{0,80}") {
        let pieces = ["message/delivery-status", "message/feedback-report", "message/disposition-notification", "message/rfc822"]
            .map(|kind| Piece { kind, text: &text });
        for pieces in [&pieces[..], &[]] {
            let given = Given { subject: &header, text: &text, header: &header, pieces };
            let _ = (delivery(&given), complaint(&given), receipt(&given), calendar_reply(&text), crate::absence(&header, &text));
        }
    }
}
