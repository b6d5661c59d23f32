//! Reports about delivery: bound to the very message and recipient, or kept and nothing more. The corpus of reports
//! is begun by `cargo xtask corpora`.

use std::collections::BTreeMap;
use std::path::Path;

use conversations::model::{Delivery, FateState, MessageKind, Status};
use conversations::store::fate::{Fate, list_fates};
use customers::IdentityKind;
use mime::Limits;

use super::house::{House, capabilities};
use super::server::{Does, Step};
use crate::reports::with_given;

const MAIL: &str = "From: Bo <bo@b.example>\r\nTo: support@shop.example\r\nCc: cy@c.example\r\nSubject: Lamp\r\n\
                    Message-ID: <1@b.example>\r\n\r\nMy lamp is dark.\r\n";

/// A report as Postfix writes it.
fn report(message_id: &str, recipient: &str, status: &str, action: &str, words: &str) -> String {
    format!(
        "From: Mail Delivery System <MAILER-DAEMON@mx.example>\r\nTo: support@shop.example\r\n\
         Subject: Undelivered Mail Returned to Sender\r\nMessage-ID: <{status}.{action}.{recipient}>\r\nAuto-Submitted: auto-replied\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n\
         <{recipient}>: host mx.b.example said: {words} (in reply to RCPT TO command)\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: {status}\r\n\
         Diagnostic-Code: smtp; {words}\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n\
         Message-ID: <{message_id}>\r\nFrom: support@shop.example\r\nTo: bo@b.example\r\nSubject: Re: Lamp\r\n\r\nTurn it on.\r\n--b--\r\n"
    )
}

async fn answered(house: &House) -> String {
    let script = house.outgoing(Step::Never, Does::Closes).await;
    house.mail("bo@b.example", &["support@shop.example"], MAIL).await;
    house.rest().await;
    let (c, _) = house.thread(1).await.expect("a conversation");
    house.answer(c.id, "<p>Turn it on.</p>").await;
    let mails = script.mails.lock().expect("whole");
    mime::read(&mails[0], &Limits::default()).message_id.expect("an id")
}

async fn bounce(house: &House, raw: &str) {
    house.mail("", &["support@shop.example"], raw).await;
    house.world.settle().await;
}

async fn fates(house: &House) -> Vec<Fate> {
    let (_, messages) = house.thread(1).await.expect("a conversation");
    let ids: Vec<_> = messages.iter().map(|m| m.id).collect();
    house.world.system(move |cx| list_fates(cx, &ids)).await.expect("reads")
}

testkit::both! { with capabilities();
    async fn a_bounce_marks_the_message_the_recipient_and_the_address(w: World) {
        let house = House::open(w).await;
        let id = answered(&house).await;
        let before = house.thread(1).await.expect("there").0;
        bounce(&house, &report(&id, "bo@b.example", "5.1.1", "failed", "550 5.1.1 No such user")).await;
        let (c, messages) = house.thread(1).await.expect("there");
        assert_eq!((c.status, c.assignee_id, c.preview.as_str()), (before.status, before.assignee_id, before.preview.as_str()));
        assert_eq!(messages[1].delivery, Some(Delivery::Failed));
        let last = messages.last().expect("the report");
        assert_eq!((last.kind, last.raw_id.is_some()), (MessageKind::Note, true));
        assert!(last.marks.to_string().contains("automatic") && last.marks.to_string().contains("delivery_report"));
        let found = fates(&house).await;
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].address.as_str(), found[0].state, found[0].hard), ("bo@b.example", FateState::Failed, true));
        assert_eq!((found[0].cause.as_str(), found[0].status.as_deref()), ("user_unknown", Some("5.1.1")));
        let trouble = house.world.system(|cx| customers::trouble_of(cx, IdentityKind::Email, "bo@b.example")).await;
        assert!(trouble.expect("reads").expect("marked").hard);
        let trouble = house.world.system(|cx| customers::trouble_of(cx, IdentityKind::Email, "cy@c.example")).await;
        assert_eq!(trouble.expect("reads"), None, "the copy arrived");
        let nobody = house.world.system(|cx| customers::find_by(cx, IdentityKind::Email, "mailer-daemon@mx.example")).await;
        assert!(nobody.expect("reads").is_none(), "a mail server is no customer");
        // Whoever writes from the address is there.
        let back = MAIL.replace("<1@b.example>", "<2@b.example>\r\nIn-Reply-To: <1@b.example>");
        house.mail("bo@b.example", &["support@shop.example"], &back).await;
        house.world.settle().await;
        let trouble = house.world.system(|cx| customers::trouble_of(cx, IdentityKind::Email, "bo@b.example")).await;
        assert_eq!(trouble.expect("reads"), None);
        assert!(house.thread(2).await.is_none());
    }

    async fn a_delay_is_told_and_a_later_failure_wins(w: World) {
        let house = House::open(w).await;
        let id = answered(&house).await;
        bounce(&house, &report(&id, "bo@b.example", "4.2.2", "delayed", "452 4.2.2 Mailbox full")).await;
        assert_eq!(house.thread(1).await.expect("there").1[1].delivery, Some(Delivery::Delayed));
        bounce(&house, &report(&id, "bo@b.example", "5.2.2", "failed", "552 5.2.2 Mailbox full")).await;
        bounce(&house, &report(&id, "cy@c.example", "4.4.7", "delayed", "451 4.4.7 later")).await;
        assert_eq!(house.thread(1).await.expect("there").1[1].delivery, Some(Delivery::Failed));
        let found = fates(&house).await;
        let states: Vec<_> = found.iter().map(|f| (f.address.as_str(), f.state, f.hard)).collect();
        assert_eq!(states, [("bo@b.example", FateState::Failed, false), ("cy@c.example", FateState::Delayed, false)]);
    }

    async fn a_forged_report_changes_nothing_and_is_kept(w: World) {
        let house = House::open(w).await;
        let id = answered(&house).await;
        let before = house.thread(1).await.expect("there");
        // Another id with the right subject; the right id with a recipient among several whom we never wrote to.
        bounce(&house, &report("guessed@shop.example", "bo@b.example", "5.1.1", "failed", "550 no")).await;
        bounce(&house, &report(&id, "eve@e.example", "5.1.1", "failed", "550 no")).await;
        let (c, messages) = house.thread(1).await.expect("there");
        assert_eq!((c.version, messages.len()), (before.0.version, before.1.len()));
        assert_eq!(messages[1].delivery, Some(Delivery::Delivered));
        assert_eq!(fates(&house).await.len(), 0);
        for number in [2, 3] {
            let (kept, messages) = house.thread(number).await.expect("kept");
            assert_eq!((kept.status, messages.len()), (Status::Solved, 1));
        }
        let trouble = house.world.system(|cx| customers::trouble_of(cx, IdentityKind::Email, "bo@b.example")).await;
        assert_eq!(trouble.expect("reads"), None);
    }

    async fn receipts_and_complaints_are_told_at_the_message(w: World) {
        let house = House::open(w).await;
        let id = answered(&house).await;
        let part = |kind: &str, inner: &str| format!(
            "From: Bo <bo@b.example>\r\nTo: support@shop.example\r\nSubject: Read\r\nMessage-ID: <{kind}@b.example>\r\n\
             Content-Type: multipart/report; report-type={kind}; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSeen.\r\n\
             --b\r\nContent-Type: message/{kind}\r\n\r\n{inner}\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n\
             Message-ID: <{id}>\r\nTo: bo@b.example\r\n\r\n--b--\r\n");
        let seen = format!("Final-Recipient: rfc822;bo@b.example\r\nOriginal-Message-ID: <{id}>\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n");
        bounce(&house, &part("disposition-notification", &seen)).await;
        assert_eq!(fates(&house).await[0].state, FateState::Read);
        bounce(&house, &part("feedback-report", "Feedback-Type: abuse\r\nOriginal-Rcpt-To: <bo@b.example>\r\n")).await;
        assert_eq!(fates(&house).await[0].state, FateState::Complained);
        let trouble = house.world.system(|cx| customers::trouble_of(cx, IdentityKind::Email, "bo@b.example")).await;
        assert_eq!(trouble.expect("reads").expect("marked").cause, "complained");
        assert!(house.thread(2).await.is_none());
    }
}

/// What agrees, of how many recipients.
#[derive(Default)]
struct Share {
    recipients: usize,
    status: usize,
    exact: usize,
    reply: usize,
    reason: usize,
    hard: usize,
}

impl Share {
    fn print(&self, name: &str) {
        let of = |count: usize| {
            format!("{count:>4} {:>5.1} %", count as f64 * 100.0 / self.recipients.max(1) as f64)
        };
        println!(
            "{name:<22} {:>4}   {}   {}   {}   {}   {}",
            self.recipients,
            of(self.status),
            of(self.exact),
            of(self.reply),
            of(self.reason),
            of(self.hard)
        );
    }
}

#[test]
#[ignore = "takes a folder: cargo xtask corpora FOLDER"]
fn nine_of_ten_reports_are_read_as_others_read_them() {
    let folder = std::env::var("RAPPORT_CORPORA").expect("RAPPORT_CORPORA names a folder");
    let folder = Path::new(&folder).join("bounces");
    let expected = std::fs::read(folder.join("expected.json")).expect("expected.json");
    let expected: BTreeMap<String, Vec<BTreeMap<String, serde_json::Value>>> =
        serde_json::from_slice(&expected).expect("JSON");
    let mut halves = [Share::default(), Share::default()];
    for (number, (name, wanted)) in expected.iter().enumerate() {
        let raw = std::fs::read(folder.join(name)).expect("reads");
        let mut mail = mime::read(&raw, &Limits::default());
        let files = std::mem::take(&mut mail.parts);
        let text =
            mail.text.clone().or_else(|| mail.html.as_deref().map(markup::html_to_text)).unwrap_or_default();
        let report = with_given(&raw, &mail, &files, &text, bounces::delivery);
        let fates = report.map(|report| report.fates).unwrap_or_default();
        for (at, wanted) in wanted.iter().enumerate() {
            agree(name, fates.get(at), wanted, &mut halves[number % 2]);
        }
    }
    println!(
        "\n{:<22} {:>4}   {:>12}   {:>12}   {:>12}   {:>12}   {:>12}",
        "", "of", "status", "to the digit", "reply code", "reason", "hardness"
    );
    println!(
        "a status of the form x.0.9yy is no status of the report: the expectation invents it where none is named;"
    );
    println!("the first column takes “none, of class x” for agreement, the second does not");
    halves[0].print("tuned on (even)");
    halves[1].print("seen later (odd)");
    let [a, b] = halves;
    let all = Share {
        recipients: a.recipients + b.recipients,
        status: a.status + b.status,
        exact: a.exact + b.exact,
        reply: a.reply + b.reply,
        reason: a.reason + b.reason,
        hard: a.hard + b.hard,
    };
    all.print("all");
    for count in [all.status, all.reply, all.reason, all.hard] {
        assert!(count * 10 >= all.recipients * 9, "less than nine of ten");
    }
}

fn agree(
    name: &str,
    fate: Option<&bounces::Fate>,
    wanted: &BTreeMap<String, serde_json::Value>,
    share: &mut Share,
) {
    let word = |key: &str| wanted[key].as_str().expect("a word").to_owned();
    let (status, reply, reason) = (word("status"), word("reply_code"), word("reason"));
    let hard = wanted["hard"].as_bool().expect("a bool");
    share.recipients += 1;
    let Some(fate) = fate else {
        println!("{name}: nobody found, wanted {status} {reply} {reason}");
        share.hard += usize::from(!hard);
        return;
    };
    let own = fate.status.map(|status| status.to_string()).unwrap_or_default();
    let invented = status.len() == 7 && status[1..].starts_with(".0.9");
    let same_class = fate.temporary == status.starts_with('4');
    let own_reply = fate.reply.map(|reply| reply.to_string()).unwrap_or_default();
    let own_reason = fate.reason.word().replace('_', "");
    let same = [
        own == status || invented && own.is_empty() && same_class,
        own == status,
        own_reply == reply,
        own_reason == reason,
        fate.is_hard() == hard,
    ];
    let counts = [&mut share.status, &mut share.exact, &mut share.reply, &mut share.reason, &mut share.hard];
    counts.into_iter().zip(same).for_each(|(count, same)| *count += usize::from(same));
    if !(same[0] && same[2] && same[3] && same[4]) {
        println!("{name}: {own} {own_reply} {own_reason}, wanted {status} {reply} {reason}");
    }
}
