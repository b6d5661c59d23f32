//! What agents forward from their own mail programs: the customer's conversation, and nobody else's word for it.

use conversations::model::{Author, Direction, MessageKind, Recipients};
use conversations::store::attachment::list_attachments;
use conversations::store::conversation::Conversation;
use conversations::store::message::Message;

use super::house::{House, agent, capabilities};
use super::server::{Does, Step};
use crate::actions::set_acknowledgement::{self, SetAcknowledgement};
use crate::actions::set_trust::SetTrust;
use crate::trust::settings::Trust;

const PROOF: &str = "Authentication-Results: mx.shop.example; dmarc=pass header.from=shop.example\r\n";
const TEXT: &str = "Content-Type: text/plain; charset=utf-8\r\n";
const CY: &str = "Cy Lee <cy@c.example>";

/// What stands below the agent's words, as mail programs write it.
const GMAIL: &str = "---------- Forwarded message ---------\r\nFrom: Cy Lee <cy@c.example>\r\nDate: Mon, 3 Nov 2026 at 10:00\r\n\
    Subject: Lamp\r\nTo: <ann@shop.example>\r\n\r\nMy lamp is dark.\r\n\r\nCy\r\n";
const OUTLOOK: &str = "________________________________\r\nFrom: Cy Lee <cy@c.example>\r\nSent: Monday, November 3, 2026\r\n\
    To: Ann Becker <ann@shop.example>\r\nSubject: Lamp\r\n\r\nMy lamp is dark.\r\n\r\nCy\r\n";
const OUTLOOK_DE: &str = "Von: Cy Lee <cy@c.example>\r\nGesendet: Montag, 3. November 2026\r\nAn: Ann Becker <ann@shop.example>\r\n\
    Betreff: Lamp\r\n\r\nMy lamp is dark.\r\n\r\nCy\r\n";
const APPLE: &str = "Begin forwarded message:\r\n\r\n> From: Cy Lee <cy@c.example>\r\n> Subject: Lamp\r\n> Date: 3 November 2026\r\n\
    > To: ann@shop.example\r\n> \r\n> My lamp is dark.\r\n> \r\n> Cy\r\n";
const THUNDERBIRD: &str = "-------- Weitergeleitete Nachricht --------\r\nBetreff: \tLamp\r\nDatum: \tMon, 3 Nov 2026\r\n\
    Von: \tCy Lee <cy@c.example>\r\nAn: \tann@shop.example\r\n\r\n\r\n\r\nMy lamp is dark.\r\n\r\nCy\r\n";

fn mail(n: u32, head: &str, subject: &str, text: &str) -> String {
    format!(
        "{PROOF}From: Ann Becker <ann@shop.example>\r\nTo: support@shop.example\r\nSubject: {subject}\r\n\
         Message-ID: <f{n}@shop.example>\r\nDate: Mon, 3 Nov 2026 11:00:00 +0000\r\n{head}\r\n{text}"
    )
}

fn customers_mail(id: &str, head: &str, text: &str) -> String {
    format!(
        "From: {CY}\r\nTo: support@shop.example\r\nMessage-ID: <{id}@c.example>\r\n\
         Date: Mon, 3 Nov 2026 10:00:00 +0000\r\n{head}\r\n{text}\r\n"
    )
}

/// One mail inside of another, with a file in the inner one.
fn attached(n: u32, subject: &str, words: &str) -> String {
    let inner =
        "Subject: Lamp\r\nReferences: <0@c.example>\r\nContent-Type: multipart/mixed; boundary=in\r\n";
    let body = "--in\r\nContent-Type: text/plain\r\n\r\nMy lamp is dark.\r\n--in\r\nContent-Type: application/pdf; name=bill.pdf\r\n\
                Content-Disposition: attachment\r\n\r\nPDF\r\n--in--\r\n";
    let whole = customers_mail("1", inner, body);
    let head = "Content-Type: multipart/mixed; boundary=out\r\n";
    let text = format!(
        "--out\r\nContent-Type: text/plain\r\n\r\n{words}\r\n--out\r\nContent-Type: message/rfc822\r\n\
         Content-Disposition: attachment; filename=Lamp.eml\r\n\r\n{whole}--out--\r\n"
    );
    mail(n, head, subject, &text)
}

async fn open(w: testkit::World) -> House {
    let house = House::open(w).await;
    let trust = Trust { trusted_hosts: vec!["mx.shop.example".into()], ..Trust::default() };
    house.world.house.act::<SetTrust>(agent(house.owner), None, trust).await.expect("set");
    house
}

async fn takes(house: &House, from: &str, raw: &str) {
    house.mail(from, &["support@shop.example"], raw).await;
    house.rest().await;
}

async fn requester(house: &House, c: &Conversation) -> String {
    let id = c.requester_id;
    let found = house.world.system(move |cx| customers::summaries(cx, &[id])).await.expect("reads");
    let one = &found[0];
    format!("{} <{}> {}", one.name, one.address.clone().unwrap_or_default(), one.verified)
}

fn marked(message: &Message, mark: &str) -> bool {
    message.marks.as_array().expect("marks").iter().any(|one| one == mark)
}

fn sender(message: &Message) -> String {
    let known: Recipients =
        serde_json::from_value(message.recipients.clone().expect("known")).expect("recipients");
    known.from.expect("somebody").address
}

/// What every proven forward of Cy's mail must have become.
async fn is_of_the_customer(house: &House, number: i64, note: Option<&str>, what: &str) -> Vec<Message> {
    let (c, messages) = house.thread(number).await.expect(what);
    assert_eq!(requester(house, &c).await, "Cy Lee <cy@c.example> false", "{what}");
    assert_eq!((c.subject.as_str(), c.submitter), ("Lamp", format!("agent:{}", house.owner)), "{what}");
    assert_eq!(c.last_message_id, messages[0].id, "the customer's words stay in front: {what}");
    let shown = &messages[0];
    assert_eq!(
        (shown.author, shown.direction, shown.author_verified),
        (Author::Customer, Direction::In, false),
        "{what}"
    );
    assert!(
        shown.text.starts_with("My lamp is dark.") && !shown.text.contains("Please"),
        "{what}: {:?}",
        shown.text
    );
    assert!(
        shown.html.contains("My lamp is dark.") && !shown.html.contains("Please"),
        "{what}: {}",
        shown.html
    );
    assert_eq!(sender(shown), "cy@c.example", "{what}");
    assert!(
        marked(shown, "forwarded_by:Ann Becker") && marked(shown, "claimed_sender"),
        "{what}: {}",
        shown.marks
    );
    assert!(!marked(shown, "sender_proven"), "{what}: {}", shown.marks);
    let notes: Vec<&Message> = messages.iter().filter(|one| one.kind == MessageKind::Note).collect();
    assert_eq!(notes.first().map(|one| one.text.as_str()), note, "{what}");
    for one in notes {
        assert_eq!((one.author, one.author_id), (Author::Agent, Some(house.owner)), "{what}");
    }
    messages
}

/// What a forward must at least have become.
async fn is_of_the_customer_in_words(house: &House, number: i64) -> Vec<Message> {
    let (c, messages) = house.thread(number).await.expect("opened");
    assert_eq!(requester(house, &c).await, "Cy Lee <cy@c.example> false");
    assert!(messages[0].text.contains("My lamp"), "{}", messages[0].text);
    messages
}

testkit::both! { with capabilities();
    async fn a_forward_of_any_mail_program_opens_the_customers_conversation(w: World) {
        let house = open(w).await;
        let html = "<p>Please help.</p><div>---------- Forwarded message ---------<br>From: Cy Lee &lt;cy@c.example&gt;<br>\
            Subject: Lamp<br></div><br><div>My lamp is dark.</div>";
        let forms = [
            ("Gmail", "Fwd: Lamp", format!("{TEXT}\r\nPlease help.\r\n\r\n{GMAIL}")),
            ("Outlook", "FW: Lamp", format!("{TEXT}\r\nPlease help.\r\n\r\n{OUTLOOK}")),
            ("Outlook in German", "WG: Lamp", format!("{TEXT}\r\nPlease help.\r\n\r\n{OUTLOOK_DE}")),
            ("Apple", "Fwd: Lamp", format!("{TEXT}\r\nPlease help.\r\n\r\n{APPLE}")),
            ("Thunderbird", "Fwd: Lamp", format!("{TEXT}\r\nPlease help.\r\n\r\n{THUNDERBIRD}")),
            ("with a changed subject", "Please look", format!("{TEXT}\r\nPlease help.\r\n\r\n{GMAIL}")),
            ("with a signature", "Fwd: Lamp", format!("{TEXT}\r\nPlease help.\r\n\r\n-- \r\nAnn Becker\r\n\r\n{GMAIL}")),
            ("HTML alone", "Fwd: Lamp", format!("Content-Type: text/html\r\n\r\n{html}")),
        ];
        for (n, (what, subject, rest)) in forms.iter().enumerate() {
            let (head, text) = rest.split_once("\r\n\r\n").expect("a header");
            takes(&house, "ann@shop.example", &mail(n as u32, &format!("{head}\r\n"), subject, text)).await;
            is_of_the_customer(&house, n as i64 + 1, Some("Please help."), what).await;
        }
        let silent = mail(90, TEXT, "Fwd: Lamp", GMAIL);
        takes(&house, "ann@shop.example", &silent).await;
        let number = forms.len() as i64 + 1;
        is_of_the_customer(&house, number, None, "nothing above").await;
        takes(&house, "ann@shop.example", &silent).await;
        assert_eq!(house.thread(number).await.expect("there").1[0].repeats, 1, "the same mail again");
    }

    async fn the_page_of_a_forward_stays_with_its_pictures_and_those_whom_it_went_to(w: World) {
        let house = open(w).await;
        let fields = "From: Cy Lee &lt;<a href=\"mailto:cy@c.example\">cy@c.example</a>&gt;<br>Date: Mon<br>Subject: Lamp<br>\
            To: Ann Becker &lt;ann@shop.example&gt;, support@shop.example, Di Fox &lt;di@c.example&gt;<br>Cc: &lt;ed@e.example&gt;<br>";
        let html = format!(
            "<p>Please help. <img src=\"cid:logo\"></p><div class=\"gmail_quote\"><div>---------- Forwarded message ---------<br>{fields}</div><br>\
             <div style=\"color:red\"><b>My lamp</b> is dark. <img src=\"cid:lamp\"><script>x</script></div>\
             <div class=\"gmail_quote\">On Sun, 2 Nov 2026 at 09:00 Ann wrote:<blockquote>How is it?</blockquote></div></div>"
        );
        let part = |name: &str| format!("--b\r\nContent-Type: image/png; name={name}.png\r\nContent-ID: <{name}>\r\nContent-Disposition: inline\r\n\r\n{name}\r\n");
        let text = format!("--b\r\nContent-Type: text/html\r\n\r\n{html}\r\n{}{}--b--\r\n", part("logo"), part("lamp"));
        let raw = mail(1, "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n", "Fwd: Lamp", &text);
        takes(&house, "ann@shop.example", &raw).await;
        let messages = is_of_the_customer_in_words(&house, 1).await;
        let shown = &messages[0];
        assert!(shown.html.contains("<b>My lamp</b>") && shown.html.contains("cid:lamp") && !shown.html.contains("script"), "{}", shown.html);
        assert!(!shown.html.contains("Please help") && !shown.html.contains("logo") && !shown.html.contains("How is it?"), "{}", shown.html);
        assert!(shown.quoted.as_deref().is_some_and(|quoted| quoted.contains("How is it?")), "{:?}", shown.quoted);
        let known: Recipients = serde_json::from_value(shown.recipients.clone().expect("known")).expect("recipients");
        let addresses = |list: &[conversations::model::Party]| list.iter().map(|one| one.address.clone()).collect::<Vec<_>>();
        assert_eq!(addresses(&known.to), ["support@shop.example", "di@c.example"], "colleagues and our own mailbox take no part");
        assert_eq!(addresses(&known.cc), ["ed@e.example"]);
        let id = shown.id;
        let files = house.world.system(move |cx| list_attachments(cx, &[id])).await.expect("reads");
        let files: Vec<_> = files.iter().map(|one| (one.name.as_str(), one.inline)).collect();
        assert_eq!(files, [("logo.png", false), ("lamp.png", true)]);
    }

    async fn a_mail_that_is_attached_whole_brings_its_files_and_its_ids(w: World) {
        let house = open(w).await;
        takes(&house, "ann@shop.example", &attached(1, "Fwd: Lamp", "Please help.")).await;
        let messages = is_of_the_customer(&house, 1, Some("Please help."), "attached").await;
        assert_eq!(messages[0].source_id.as_deref(), Some("1@c.example"));
        let ids: Vec<_> = messages.iter().map(|one| one.id).collect();
        let files = house.world.system(move |cx| list_attachments(cx, &ids)).await.expect("reads");
        let files: Vec<_> = files.iter().map(|one| (one.name.as_str(), one.message_id)).collect();
        assert_eq!(files, [("bill.pdf", Some(messages[0].id))]);
        let later = customers_mail("2", "Subject: Still dark\r\nIn-Reply-To: <1@c.example>\r\n", "Help!");
        takes(&house, "cy@c.example", &later).await;
        assert_eq!(house.thread(1).await.expect("there").1.len(), 3, "what comes later joins");
        takes(&house, "ann@shop.example", &attached(3, "Look", "")).await;
        assert_eq!(house.thread(1).await.expect("there").1.len(), 4, "any subject will do, and what is known joins");
    }

    async fn a_forward_of_a_known_mail_joins_its_customers_conversation_alone(w: World) {
        let house = open(w).await;
        takes(&house, "cy@c.example", &customers_mail("1", "Subject: Lamp\r\n", "My lamp is dark.")).await;
        let head = format!("{TEXT}In-Reply-To: <1@c.example>\r\n");
        takes(&house, "ann@shop.example", &mail(1, &head, "Fwd: Lamp", &format!("Please help.\r\n\r\n{GMAIL}"))).await;
        let (c, messages) = house.thread(1).await.expect("there");
        assert_eq!((messages.len(), messages[2].text.as_str()), (3, "Please help."));
        assert!(marked(&messages[1], "same_message_id") && marked(&messages[1], "forwarded_by:Ann Becker"));
        assert_eq!(c.submitter, format!("customer:{}", c.requester_id), "who began it stays");
        let other = GMAIL.replace("Cy Lee <cy@c", "Di <di@d");
        takes(&house, "ann@shop.example", &mail(2, &head, "Fwd: Lamp", &other)).await;
        assert_eq!(house.thread(1).await.expect("there").1.len(), 3, "another customer's is another conversation");
        assert_eq!(requester(&house, &house.thread(2).await.expect("opened").0).await, "Di <di@d.example> false");
    }

    async fn an_unproven_from_forwards_nothing(w: World) {
        let house = open(w).await;
        let raw = mail(1, TEXT, "Fwd: Lamp", &format!("Please help.\r\n\r\n{GMAIL}"));
        let unproven = raw.replace(PROOF, "");
        let token = |c: &Conversation| {
            let key = crate::letter::reply_key(&house.world.house.secrets, &house.world.house.name);
            mime::reply_address::compose("support@shop.example", &mime::reply_address::token(c.id.0, &key)).expect("fits")
        };
        takes(&house, "ann@shop.example", &unproven).await;
        let (c, messages) = house.thread(1).await.expect("as any stranger's");
        assert_eq!(requester(&house, &c).await, "Ann Becker <ann@shop.example> false");
        assert!(messages.len() == 1 && messages[0].text.contains("Forwarded message") && sender(&messages[0]) == "ann@shop.example");
        // Every customer knows the signed address of the own conversation: it proves no agent.
        house.mail("cy@c.example", &[&token(&c)], &unproven.replace("<f1@", "<f2@")).await;
        house.rest().await;
        let (_, messages) = house.thread(1).await.expect("there");
        assert!(messages.len() == 2 && messages.iter().all(|one| one.kind == MessageKind::Message));
        // A proven stranger is a stranger all the same.
        let stranger = raw.replace("shop.example\r\nFrom: Ann Becker <ann@shop.example>", "e.example\r\nFrom: Eve <eve@e.example>").replace("<f1@", "<f3@");
        takes(&house, "eve@e.example", &stranger).await;
        assert_eq!(requester(&house, &house.thread(2).await.expect("opened").0).await.split(' ').next(), Some("Eve"));
    }

    async fn a_forward_that_names_nobody_stays_the_agents_and_says_why(w: World) {
        let house = open(w).await;
        let table = [
            ("Fwd: Lamp", "They say it is dark.".to_owned(), Some("forward_without_sender")),
            ("Fwd: Lamp", GMAIL.replace("<cy@c.example>", ""), Some("forward_without_sender")),
            ("Fwd: Lamp", GMAIL.replace("cy@c.example", "support@shop.example"), Some("forward_of_ours")),
            ("Holiday", "I am away on Friday.".to_owned(), None),
            ("Re: Order", format!("Thanks!\r\n\r\n{GMAIL}"), None),
        ];
        for (n, (subject, text, wanted)) in table.iter().enumerate() {
            takes(&house, "ann@shop.example", &mail(n as u32, TEXT, subject, text)).await;
            let (c, messages) = house.thread(n as i64 + 1).await.expect(text);
            assert!(requester(&house, &c).await.starts_with("Ann Becker"), "{subject} {text}");
            let marks = messages[0].marks.to_string();
            assert_eq!((messages.len(), marks.contains("\"forward")), (1, wanted.is_some()), "{marks}");
            assert!(wanted.is_none_or(|wanted| marked(&messages[0], wanted)), "{marks}");
        }
    }

    async fn nobody_is_told_of_a_forward_and_the_original_stays_to_be_seen(w: World) {
        let house = open(w).await;
        let script = house.outgoing(Step::Never, Does::Closes).await;
        let words = set_acknowledgement::Input {
            mailbox_id: Some(house.mailbox.id), on: true, text: String::new(), language: "en".into(), version: None,
        };
        house.world.house.act::<SetAcknowledgement>(agent(house.owner), None, words).await.expect("set");
        takes(&house, "ann@shop.example", &mail(1, TEXT, "Fwd: Lamp", &format!("Please help.\r\n\r\n{GMAIL}"))).await;
        let messages = is_of_the_customer(&house, 1, Some("Please help."), "with acknowledgements").await;
        assert!(script.mails.lock().expect("whole").is_empty());
        assert!(messages[0].raw_id.is_some() && messages[1].raw_id.is_none());
        takes(&house, "cy@c.example", &customers_mail("7", "Subject: Another\r\n", "Hello")).await;
        assert_eq!(script.mails.lock().expect("whole").len(), 1, "a customer who writes is told");
    }
}
