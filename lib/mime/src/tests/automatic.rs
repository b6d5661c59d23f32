//! Which mails count as written by machines.

use crate::{Automatic, Limits, automatic, read};

fn check(header: &str, expect: Option<Automatic>) {
    let raw = format!("{header}\r\nSubject: x\r\n\r\nText");
    assert_eq!(automatic(&read(raw.as_bytes(), &Limits::default())), expect, "for {header:?}");
}

#[test]
fn machines_give_themselves_away() {
    check("Auto-Submitted: auto-replied", Some(Automatic::Reply));
    check("Auto-Submitted: Auto-Replied (vacation)", Some(Automatic::Reply));
    check("Auto-Submitted: auto-generated; owner-email=x", Some(Automatic::Notice));
    check("X-Autoreply: yes", Some(Automatic::Reply));
    check("Precedence: auto_reply", Some(Automatic::Reply));
    check("Precedence: Bulk", Some(Automatic::Bulk));
    check("Precedence: list", Some(Automatic::List));
    check("List-Id: <news.x.example>", Some(Automatic::List));
    check("List-Unsubscribe: <mailto:u@x>", Some(Automatic::List));
    check("Return-Path: <>", Some(Automatic::Reply));
    check("X-Auto-Response-Suppress: DR, OOF, AutoReply", Some(Automatic::Suppressed));
    check("X-Auto-Response-Suppress: All", Some(Automatic::Suppressed));
    check("From: MAILER-DAEMON@x.example (Mail Delivery System)", Some(Automatic::Bounce));
    check("From: postmaster@x.example\r\nReturn-Path: <>", Some(Automatic::Bounce));
    check("From: no-reply@x.example", Some(Automatic::Notice));
    check("From: list-request@x.example", Some(Automatic::Notice));
    check("Content-Type: multipart/report; report-type=delivery-status; boundary=b", Some(Automatic::Bounce));
    check(
        "Content-Type: multipart/report; report-type=\"Disposition-Notification\"; boundary=b",
        Some(Automatic::Receipt),
    );
    check(
        "Content-Type: multipart/report; report-type=feedback-report; boundary=b",
        Some(Automatic::Complaint),
    );
    check("Content-Type: message/delivery-status", Some(Automatic::Bounce));
}

#[test]
fn people_do_not() {
    check("From: Ann <ann@x.example>", None);
    check("Auto-Submitted: no", None);
    check("Precedence: normal", None);
    check("Return-Path: <ann@x.example>", None);
    check("X-Auto-Response-Suppress: DR, RN, NRN", None);
    check("From: postmaster@x.example", None);
    check("From: noreply@shop.example\r\nReply-To: ann@x.example", None);
}
