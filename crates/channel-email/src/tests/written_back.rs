//! Notices to agents as mail, and what comes back to them: read, never judged here.

use std::sync::{Arc, Mutex};

use base::Result;
use conversations::channel::{Arrival, Outcome};
use conversations::model::{ConversationId, Party};
use conversations::notices::{Door, Doors, Notice, Origin, Reader, Readers, WrittenBack, courier};
use journal::Cx;
use web::Capability;

use super::house::{House, agent};
use super::server::{Does, Step};
use crate::actions::set_trust::SetTrust;
use crate::jobs::{Origin as From, ReadMail};
use crate::mailroom::pipe;
use crate::trust::settings::Trust;

/// What was read, instead of somebody who judges it.
#[derive(Clone, Default)]
struct Tray(Arc<Mutex<Vec<WrittenBack>>>);

impl Reader for Tray {
    fn read(&self, _: &mut Cx<'_, '_>, written: &WrittenBack) -> Result<()> {
        self.0.lock().expect("whole").push(written.clone());
        Ok(())
    }
}

pub fn capabilities() -> Vec<Capability> {
    let mut all = super::house::capabilities();
    all.push(Capability::new("tray").plug(|registry| {
        let tray = registry.fill::<Tray>().clone();
        registry.fill::<Readers>().set(tray);
    }));
    all
}

const PROOF: &str = "Authentication-Results: mx.shop.example; dmarc=pass header.from=shop.example\r\n";
const TEXT: &str = "Content-Type: text/plain; charset=utf-8\r\n";

async fn open(w: testkit::World) -> House {
    let house = House::open(w).await;
    let trust = Trust { trusted_hosts: vec!["mx.shop.example".into()], ..Trust::default() };
    house.world.house.act::<SetTrust>(agent(house.owner), None, trust).await.expect("set");
    house
}

pub fn doors(house: &House, notice: i64) -> Doors {
    let own = &house.world.house;
    crate::doors::of(&own.secrets, &own.name, "support@shop.example", notice).expect("fits")
}

fn mail(n: u32, head: &str, subject: &str, text: &str) -> String {
    format!(
        "{PROOF}From: Ann Becker <ann@shop.example>\r\nSubject: {subject}\r\nMessage-ID: <w{n}@shop.example>\r\n\
         Date: Mon, 3 Nov 2026 11:00:00 +0000\r\n{head}\r\n{text}"
    )
}

async fn takes(house: &House, to: &[&str], raw: &str) -> Vec<WrittenBack> {
    house.mail("ann@shop.example", to, raw).await;
    taken(house).await
}

/// What lies in the tray, when everything has come to rest.
pub async fn taken(house: &House) -> Vec<WrittenBack> {
    house.rest().await;
    read_so_far(house)
}

/// Since this was asked last.
fn read_so_far(house: &House) -> Vec<WrittenBack> {
    let tray = house.world.house.registry().socket::<Tray>().cloned().expect("there");
    std::mem::take(&mut *tray.0.lock().expect("whole"))
}

async fn one(house: &House, to: &str, raw: &str) -> WrittenBack {
    let mut found = takes(house, &[to], raw).await;
    assert_eq!(found.len(), 1, "{raw}");
    found.remove(0)
}

fn notice(id: i64, to: &str) -> Notice {
    Notice {
        id,
        conversation: ConversationId(5),
        origin: Origin { account: Some("support@shop.example".into()), brand: None },
        to: Party { name: "Bo Kern".into(), address: to.into() },
        from_name: "Cy Lee".into(),
        reply_name: "Internal note".into(),
        subject: "Lamp (#1)".into(),
        html: "<p>Dark.</p>".into(),
        text: "Dark.".into(),
        created_at: base::Time(1_772_442_000_000),
    }
}

/// What mail programs put below what was written.
const GMAIL: &str = "On Mon, Nov 3, 2026 at 11:00 AM Cy Lee (Lumen Lamps) <support@shop.example> wrote:\r\n\r\n> ref-1\r\n> Cy wrote:\r\n>\r\n>     Dark.\r\n";
const APPLE_DE: &str = "Am 03.11.2026 um 11:00 schrieb Cy Lee (Lumen Lamps) <support@shop.example>:\r\n\r\n> ref-1\r\n> Dark.\r\n";
const OUTLOOK: &str = "________________________________\r\nFrom: Cy Lee (Lumen Lamps) <support@shop.example>\r\nSent: Monday, November 3, 2026\r\n\
    To: Ann Becker <ann@shop.example>\r\nSubject: Lamp (#1)\r\n\r\nref-1\r\nDark.\r\n";

testkit::both! { with capabilities();
    async fn a_notice_says_that_a_program_wrote_it_and_where_answers_go(w: World) {
        let house = open(w).await;
        let script = house.outgoing(Step::Never, Does::Closes).await;
        let courier = courier(&house.world.house.registry()).expect("a courier");
        let outcome = courier.bring(house.world.house.clone(), notice(7, "bo@shop.example")).await;
        assert!(matches!(outcome, Outcome::Delivered), "{outcome:?}");
        let raw = String::from_utf8(script.mails.lock().expect("whole")[0].clone()).expect("ASCII");
        let doors = doors(&house, 7);
        for said in [
            "Auto-Submitted: auto-generated", "X-Auto-Response-Suppress: All", "List-Id: <notifications.shop.example>", "X-Loop: ",
        ] {
            assert!(raw.contains(said), "{said}\n{raw}");
        }
        let read = mime::read(raw.as_bytes(), &mime::Limits::default());
        assert_eq!(read.reply_to[0].email, doors.note, "an answer without a thought stays inside");
        assert_eq!(read.from[0].name.as_deref(), Some("Cy Lee (Lumen Lamps)"));
        let heard = script.heard();
        assert!(heard.iter().any(|line| line.contains(&format!("MAIL FROM:<{}>", doors.note))), "{heard:?}");
        let again = courier.bring(house.world.house.clone(), notice(7, "bo@shop.example")).await;
        assert!(matches!(again, Outcome::Delivered));
        let second = String::from_utf8(script.mails.lock().expect("whole")[1].clone()).expect("ASCII");
        let id = |raw: &str| mime::read(raw.as_bytes(), &mime::Limits::default()).message_id;
        assert_eq!(id(&raw), id(&second), "the same letter has the same id");
        // What a provider puts among the sent mail of the mailbox is nobody's message.
        let kept = pipe(&house.installation, Some("support@shop.example"), Some("support@shop.example"), raw.clone().into_bytes()).await;
        kept.expect("kept");
        house.world.system(|cx| {
            let (id,): (crate::model::RawId,) = cx.one("SELECT id FROM email_raw ORDER BY id DESC LIMIT 1", store::p![])?;
            cx.later(&ReadMail { raw: id, released: false, origin: From { sent: true, ..From::default() }, too_large: false })
        }).await.expect("written");
        house.rest().await;
        assert!(house.thread(1).await.is_none());
    }

    async fn nothing_is_brought_where_nobody_would_get_it(w: World) {
        let house = open(w).await;
        let courier = courier(&house.world.house.registry()).expect("a courier");
        let origin = Origin { account: None, brand: None };
        let ask = |to: &'static str| {
            let (courier, origin) = (courier.clone(), origin.clone());
            house.world.system(move |cx| courier.doors(cx, &origin, to, 7))
        };
        assert_eq!(ask("bo@shop.example").await.expect("asks"), None, "nothing goes out yet");
        let _script = house.outgoing(Step::Never, Does::Closes).await;
        assert_eq!(ask("bo@shop.example").await.expect("asks"), Some(doors(&house, 7)));
        assert_eq!(ask("Support@shop.example").await.expect("asks"), None, "a letter to ourselves goes round");
    }

    async fn what_comes_back_is_read_without_history_and_signature(w: World) {
        let house = open(w).await;
        let doors = doors(&house, 7);
        let words = "Change the fuse.\r\n\r\nIt is behind the lid.\r\n\r\n";
        let table = [
            ("Gmail", format!("{words}{GMAIL}")),
            ("Apple in German", format!("{words}{APPLE_DE}")),
            ("Outlook", format!("{words}{OUTLOOK}")),
            ("with a signature", format!("{words}-- \r\nAnn Becker\r\nLumen Lamps\r\n\r\n{GMAIL}")),
            ("a new mail", words.to_owned()),
        ];
        for (n, (what, text)) in table.iter().enumerate() {
            let raw = mail(n as u32, TEXT, "Re: Lamp (#1)", text);
            let read = one(&house, &doors.answer, &raw).await;
            assert_eq!((read.notice, read.door, read.proven, read.automatic), (7, Door::Answer, true, false), "{what}");
            assert_eq!(read.words.text.trim(), "Change the fuse.\n\nIt is behind the lid.", "{what}");
            assert!(read.words.html.contains("behind the lid") && !read.words.html.contains("ref-1") && !read.words.html.contains("Becker"), "{what}: {}", read.words.html);
            assert_eq!((read.from.address.as_str(), &read.unclear), ("ann@shop.example", &None), "{what}");
            let again = one(&house, &doors.answer, &raw).await;
            assert_eq!((read.words.receipt, read.words.twin), (again.words.receipt, again.words.twin), "{what}: a repeat is known");
        }
        let both = mail(20, &format!("To: {}\r\nCc: {}\r\n{TEXT}", doors.answer, doors.note), "Re: Lamp", words);
        let found = takes(&house, &[&doors.answer, &doors.note], &both).await;
        assert!(!found.is_empty() && found.iter().all(|read| read.door == Door::Note), "who writes to both writes a note");
        assert!(house.thread(1).await.is_none(), "nothing of it is anybody's message");
    }

    async fn pictures_of_the_words_go_along_and_those_of_the_signature_stay(w: World) {
        let house = open(w).await;
        let part = |name: &str, cid: &str| format!(
            "--b\r\nContent-Type: image/png; name={name}\r\nContent-ID: <{cid}>\r\nContent-Disposition: inline\r\n\r\n{name}\r\n"
        );
        let html = "<p style=\"color:red\">See <b>here</b>: <img src=\"cid:fuse\"></p><script>x</script>\
            <div class=\"gmail_signature\"><img src=\"cid:logo\">Ann Becker</div>\
            <div class=\"gmail_quote\">On Monday wrote:<blockquote><img src=\"cid:old\">ref-1</blockquote></div>";
        let text = format!(
            "--b\r\nContent-Type: text/html\r\n\r\n{html}\r\n{}{}{}--b\r\nContent-Type: application/pdf; name=bill.pdf\r\n\
             Content-Disposition: attachment\r\n\r\nPDF\r\n--b\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n\
             Content-Disposition: attachment\r\n\r\nx\r\n--b--\r\n",
            part("fuse.png", "fuse"), part("logo.png", "logo"), part("old.png", "old")
        );
        let raw = mail(1, "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n", "Re: Lamp", &text);
        let read = one(&house, &doors(&house, 7).answer, &raw).await;
        let files: Vec<_> = read.words.attachments.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(files, ["fuse.png", "bill.pdf"]);
        assert!(read.words.html.contains("<img src=\"cid:fuse\"") && !read.words.html.contains("logo") && !read.words.html.contains("script"), "{}", read.words.html);
        assert_eq!(read.words.text.trim().lines().next().map(str::trim), Some("See here:"));
    }

    async fn what_can_not_be_told_apart_says_so(w: World) {
        let house = open(w).await;
        let doors = doors(&house, 7);
        let forward = "Please help.\r\n\r\n---------- Forwarded message ---------\r\nFrom: Cy Lee <cy@c.example>\r\nSubject: Lamp\r\n\r\nref-1 Dark.\r\n";
        let cut = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n";
        let sealed = "MIME-Version: 1.0\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n";
        let table = [
            ("forward", mail(1, TEXT, "Fwd: Lamp (#1)", forward)),
            ("forward", mail(2, TEXT, "Lamp", forward)),
            ("damaged", mail(3, cut, "Re: Lamp", "--b\r\n\r\nChange")),
            ("sealed", mail(4, sealed, "Re: Lamp", "x")),
        ];
        for (why, raw) in table {
            assert_eq!(one(&house, &doors.answer, &raw).await.unclear.as_deref(), Some(why), "{raw}");
        }
    }

    async fn machines_and_strangers_are_told_from_the_agent(w: World) {
        let house = open(w).await;
        let doors = doors(&house, 7);
        let machines = [
            mail(1, &format!("Auto-Submitted: auto-replied\r\n{TEXT}"), "Automatic reply: Lamp", "I am away."),
            mail(3, "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n", "Undelivered",
                "--b\r\nContent-Type: text/plain\r\n\r\nNo.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n\
                 Final-Recipient: rfc822; ann@shop.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n"),
        ];
        for raw in machines {
            assert!(one(&house, &doors.note, &raw).await.automatic, "{raw}");
        }
        // People use the words of machines, and answer invitations.
        let invited = "--b\r\nContent-Type: text/plain\r\n\r\nI will be there.\r\n--b\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n\
             BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:1@shop.example\r\n\
             ATTENDEE;PARTSTAT=ACCEPTED:mailto:ann@shop.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n--b--\r\n";
        let people = [
            (mail(4, TEXT, "Re: Lamp", "Hello Mia,\r\nI'm out of the office until Monday, Bo takes over."), "Bo takes over"),
            (mail(5, TEXT, "Re: Lampe", "Hallo Mia,\r\nich bin bis einschließlich Freitag im Urlaub."), "einschließlich"),
            (mail(6, TEXT, "Abwesenheitsnotiz: Lamp", "Ich bin nicht im Hause."), "nicht im Hause"),
            (mail(7, "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n", "Accepted: Lamp", invited), "be there"),
        ];
        for (raw, said) in people {
            let read = one(&house, &doors.answer, &raw).await;
            assert_eq!((read.automatic, read.unclear.as_deref()), (false, Some("auto_reply")), "{raw}");
            assert!(read.words.text.contains(said), "{}", read.words.text);
        }
        let plain = mail(10, TEXT, "Re: Lamp", "Change the fuse.");
        assert!(!one(&house, &doors.answer, &plain.replace(PROOF, "").replace("<w10@", "<w11@")).await.proven);
        let two = plain.replace("From: Ann Becker <ann@shop.example>", "From: Ann <ann@shop.example>, Eve <eve@evil.example>");
        assert!(!one(&house, &doors.answer, &two).await.proven, "who of them?");
        let own = plain.replace("ann@shop.example", "support@shop.example");
        assert!(takes(&house, &[&doors.answer], &own).await.is_empty(), "our own mail came back");
        // An address that was made up or changed opens nothing: it is a customer's mail like any other.
        let guessed = doors.note.replace("+n.", "+a.");
        assert!(takes(&house, &[&guessed], &plain.replace("<w10@", "<w12@")).await.is_empty());
        assert!(house.thread(1).await.is_some());
    }

    async fn a_letter_is_known_by_its_address_in_fetched_mail_too(w: World) {
        let house = open(w).await;
        let doors = doors(&house, 7);
        let raw = mail(1, &format!("To: Internal note <{}>\r\n{TEXT}", doors.note), "Re: Lamp", "I will call.");
        let read = one(&house, "support@shop.example", &raw).await;
        assert_eq!((read.door, read.words.text.trim()), (Door::Note, "I will call."));
        // A clock that goes wrong dates an answer before the mailbox was connected; what is imported is over.
        for (arrival, reads) in [(Arrival::Quiet, 1), (Arrival::History, 0)] {
            house.world.system(move |cx| {
                let (id,): (crate::model::RawId,) = cx.one("SELECT id FROM email_raw ORDER BY id DESC LIMIT 1", store::p![])?;
                cx.later(&ReadMail { raw: id, released: false, origin: From { arrival, sent: false }, too_large: false })
            }).await.expect("written");
            house.rest().await;
            let again = read_so_far(&house);
            assert_eq!(again.len(), reads, "{arrival:?}");
            assert!(again.iter().all(|one| one.proven && one.words.text == read.words.text) && house.thread(1).await.is_none());
        }
    }
}
