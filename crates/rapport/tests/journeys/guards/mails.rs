//! Mail that lies, floods or hides, through the real listener: always a message or parked with its cause.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::allowed::escape;
use super::ask::{ask, json as put};
use super::hostile;
use super::stage::Stage;
use crate::driver::installation::MAILBOX;
use crate::driver::{Http, Sink, Smtp, until};

pub const PATIENCE: Duration = Duration::from_secs(60);

/// Hands a mail over as it stands; the code of the answer to its final dot, or of the first refusal.
pub fn hand_over(stage: &Stage, sender: &str, to: &str, content: &str) -> u16 {
    let mut smtp = Smtp::connect(stage.server.smtp).expect("a session");
    for command in [format!("MAIL FROM:<{sender}>"), format!("RCPT TO:<{to}>")] {
        let said = smtp.ask(&command).expect("an answer");
        if said != 250 {
            return said;
        }
    }
    assert_eq!(smtp.ask("DATA").expect("an answer"), 354);
    let content = content.replace("\r\n.", "\r\n..");
    smtp.ask(&format!("{content}\r\n.")).expect("an answer")
}

pub fn all(http: &mut Http, path: &str) -> Vec<Value> {
    let (mut items, mut cursor) = (Vec::new(), String::new());
    loop {
        let join = if path.contains('?') { '&' } else { '?' };
        let page = ask(http, "GET", &format!("{path}{join}limit=100{cursor}"), &[], b"").expect(200);
        items.extend(page["items"].as_array().expect("items").iter().cloned());
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return items,
        }
    }
}

/// The only message of the conversation that this address has begun.
pub fn first_message(http: &mut Http, address: &str) -> (Value, Value) {
    let row = until(PATIENCE, address, || {
        all(http, "/api/conversations").into_iter().find(|row| row["requester"]["address"] == address)
    });
    let page = ask(http, "GET", &format!("/api/conversations/{}/messages", row["id"]), &[], b"").expect(200);
    let message = page["items"][0].clone();
    (row, message)
}

fn word(text: &str) -> String {
    format!("=?utf-8?B?{}?=", STANDARD.encode(text))
}

/// Each text as subject, name and body of a mail of its own; what is wrong with how they are shown.
pub fn try_mailed(stage: &Stage, texts: &[String]) -> Vec<String> {
    let mut http = stage.admin();
    for (index, text) in texts.iter().enumerate() {
        let body = STANDARD.encode(text);
        let content = format!(
            "From: {} <n{index}@naughty.example>\r\nTo: {MAILBOX}\r\nSubject: {}\r\nMessage-ID: <n{index}@naughty.example>\r\n\
             MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{body}\r\n",
            word(text),
            word(text)
        );
        assert_eq!(hand_over(stage, "n@naughty.example", MAILBOX, &content), 250, "{text:?}");
    }
    let rows = until(PATIENCE, "all mails are there", || {
        let rows = all(&mut http, "/api/conversations");
        let mine = |row: &Value| {
            row["requester"]["address"].as_str().is_some_and(|a| a.ends_with("@naughty.example"))
        };
        let rows: Vec<Value> = rows.into_iter().filter(mine).collect();
        (rows.len() == texts.len()).then_some(rows)
    });
    rows.iter().filter_map(|row| shown_wrong(&mut http, row, texts).err()).collect()
}

fn shown_wrong(http: &mut Http, row: &Value, texts: &[String]) -> Result<(), String> {
    let address = row["requester"]["address"].as_str().unwrap_or_default();
    let index: usize =
        address.trim_start_matches('n').split('@').next().and_then(|n| n.parse().ok()).unwrap_or(0);
    let text = &texts[index];
    let page = ask(http, "GET", &format!("/api/conversations/{}/messages", row["id"]), &[], b"").expect(200);
    let message = &page["items"][0];
    let html = message["html"].as_str().unwrap_or_default();
    if let Some(what) = escape(html) {
        return Err(format!("{what} of {text:?}: {html}"));
    }
    let letters = |t: &str| t.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let quoted = message["quoted_html"].as_str().unwrap_or_default();
    for (place, shown) in
        [("subject", &row["subject"]), ("name", &row["requester"]["name"]), ("text", &message["text"])]
    {
        let shown = shown.as_str().unwrap_or_default();
        // A name in mail is cut, not refused, after 200 characters.
        let cut = letters(&text.chars().take(190).collect::<String>());
        let folded = place == "text" && !quoted.is_empty();
        if !letters(shown).contains(&cut) && !folded {
            return Err(format!("{place} of {text:?} is {shown:?}"));
        }
        if shown.contains('\0') || (place != "text" && shown.contains(['\r', '\n'])) {
            return Err(format!("{place} of {text:?} keeps what it must not: {shown:?}"));
        }
    }
    Ok(())
}

#[test]
fn hostile_texts_and_pages_in_mail_are_shown_as_text_or_cleaned() {
    let stage = Stage::set();
    let texts: Vec<String> = hostile::TEXTS.iter().chain(&hostile::HTML).map(|t| (*t).to_owned()).collect();
    let wrong = try_mailed(&stage, &texts);
    assert!(wrong.is_empty(), "{wrong:#?}");
    for (index, trick) in hostile::HTML.iter().enumerate() {
        let name = trick.replace(['"', '\\'], "").replace('\n', " ");
        let content = format!(
            "From: \"{name}\" <h{index}@page.example>\r\nTo: {MAILBOX}\r\nSubject: {name}\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
             <p>x</p>{} <blockquote>{}</blockquote>\r\n--b\r\nContent-Type: text/html; name=\"{name}\"\r\n\
             Content-Disposition: attachment; filename=\"../{name}\"\r\n\r\n<script>alert(1)</script>\r\n--b--\r\n",
            trick.replace('\n', "\r\n"),
            trick.replace('\n', "\r\n")
        );
        assert_eq!(hand_over(&stage, "h@page.example", MAILBOX, &content), 250);
    }
    let mut http = stage.admin();
    for index in 0..hostile::HTML.len() {
        let (_, message) = first_message(&mut http, &format!("h{index}@page.example"));
        for part in ["html", "quoted_html"] {
            let html = message[part].as_str().unwrap_or_default();
            assert_eq!(escape(html), None, "{}: {html}", hostile::HTML[index]);
        }
        for file in message["attachments"].as_array().expect("files") {
            let (name, url) =
                (file["name"].as_str().expect("a name"), file["url"].as_str().expect("an address"));
            assert!(!name.contains(['/', '\\']) && !name.contains(char::is_control), "{name:?}");
            let answer = ask(&mut http, "GET", url, &[], b"");
            assert_eq!(
                (answer.status, answer.header("content-type")),
                (200, Some("application/octet-stream"))
            );
        }
    }
}

#[test]
fn whoever_a_mail_claims_to_be_from_it_proves_nothing() {
    let stage = Stage::set();
    let mut http = stage.admin();
    let mail = |from: &str, further: &str| {
        format!(
            "From: {from}\r\nTo: {MAILBOX}\r\n{further}Subject: hello\r\nMessage-ID: <{}@x>\r\n\r\nhello\r\n",
            crate::driver::fresh("m")
        )
    };
    assert_eq!(hand_over(&stage, "x@evil.example", MAILBOX, &mail("Ada <ada@desk.example>", "")), 250);
    let (_, message) = first_message(&mut http, "ada@desk.example");
    assert_eq!(message["author"]["kind"], "customer", "an agent's address makes no agent: {message}");
    assert_eq!((&message["author"]["verified"], &message["direction"]), (&json!(false), &json!("in")));
    assert!(message["marks"].as_array().expect("marks").contains(&json!("claimed_sender")));

    assert_eq!(hand_over(&stage, "", MAILBOX, &mail(MAILBOX, "")), 250);
    let parked =
        until(PATIENCE, "a mail of our own address is parked", || all(&mut http, "/api/parked").pop());
    assert!(parked["cause"].as_str().expect("a cause").contains("own address"), "{parked}");

    // Somebody else's thread, by its ids alone.
    let thread = format!("/api/conversations/{}/messages", stage.conversation);
    let count = |http: &mut Http| {
        ask(http, "GET", &thread, &[], b"").expect(200)["items"].as_array().expect("items").len()
    };
    let before = count(&mut http);
    let raw = all(&mut http, &thread)[0]["id"].clone();
    let source = ask(&mut http, "GET", &format!("/api/messages/{raw}/raw"), &[], b"").text();
    let id = crate::driver::sink::header(&source, "message-id").expect("its id");
    let references = format!("In-Reply-To: {id}\r\nReferences: {id}\r\n");
    assert_eq!(
        hand_over(&stage, "m@evil.example", MAILBOX, &mail("Mal <mal@evil.example>", &references)),
        250
    );
    first_message(&mut http, "mal@evil.example");
    assert_eq!(count(&mut http), before, "a copied reference leads nowhere");
    assert_eq!(hand_over(&stage, "m@evil.example", MAILBOX, &mail("Ann <ann@a.example>", &references)), 250);
    let last =
        until(PATIENCE, "the claim is in the thread", || all(&mut http, &thread).into_iter().nth(before));
    assert!(last["marks"].as_array().expect("marks").contains(&json!("claimed_sender")), "{last}");
}

#[test]
fn only_the_token_that_we_signed_leads_into_its_thread() {
    let stage = Stage::set();
    let mut http = stage.admin();
    let sink = Sink::start(Duration::ZERO);
    stage.installation.outgoing(sink.address);
    put(&mut http, "PUT", "/api/conversation-rules", &json!({"undo_send_seconds": 0})).expect(200);
    let thread = format!("/api/conversations/{}/messages", stage.conversation);
    let subject = json!({"subject": "an answer\r\nBcc: all@evil.example\r\n\r\nanother mail"});
    put(&mut http, "PUT", &format!("/api/conversations/{}/subject", stage.conversation), &subject)
        .expect(200);
    put(&mut http, "POST", &thread, &json!({"html": "<p>yes</p>"})).expect(201);
    let sent = until(PATIENCE, "the answer goes out", || sink.arrived().pop());
    assert_eq!(
        crate::driver::sink::header(&sent.content, "bcc"),
        None,
        "a subject adds no header: {}",
        sent.content
    );
    let signed =
        ["reply-to", "from"].into_iter().filter_map(|name| crate::driver::sink::header(&sent.content, name));
    let signed =
        signed.filter_map(|h| h.rsplit(['<', ' ']).next().map(|a| a.trim_end_matches('>').to_owned()));
    let signed = signed.into_iter().find(|address| address.contains("+r.")).expect("a signed address");
    let (begin, domain) = signed.split_once('@').expect("an address");
    let other = if begin.ends_with('a') { 'e' } else { 'a' };
    let token = begin.rsplit('.').next().expect("a token");
    let forged = [
        format!("{}{other}@{domain}", &begin[..begin.len() - 1]),
        format!("help+r.{}@{domain}", "a".repeat(29)),
        format!("help+r.b{}@{domain}", &token[1..]),
        format!("help+r.@{domain}"),
        format!("help+r.{token}{token}@{domain}"),
    ];
    let mail = |n: usize| {
        format!(
            "From: f{n}@forger.example\r\nTo: {MAILBOX}\r\nSubject: x\r\nMessage-ID: <f{n}@forger.example>\r\n\r\nx\r\n"
        )
    };
    let count = |http: &mut Http| all(http, &thread).len();
    let before = count(&mut http);
    for (n, address) in forged.iter().enumerate() {
        match hand_over(&stage, "f@forger.example", address, &mail(n)) {
            250 => drop(first_message(&mut http, &format!("f{n}@forger.example"))),
            refused => assert!(matches!(refused, 501 | 550), "{address}"),
        }
    }
    assert_eq!(count(&mut http), before, "no forged token leads into the thread");
    // In another house the true token is worth nothing.
    let second = Stage::set();
    assert_eq!(hand_over(&second, "f@forger.example", &signed, &mail(50)), 250);
    first_message(&mut second.admin(), "f50@forger.example");
    // Somebody to whom it was forwarded stands in the thread, marked, and stays a claim.
    assert_eq!(hand_over(&stage, "f@forger.example", &signed, &mail(51)), 250);
    let last = until(PATIENCE, "it is in the thread", || all(&mut http, &thread).into_iter().nth(before));
    let marks = last["marks"].as_array().expect("marks");
    assert!(marks.contains(&json!("not_participant")) && marks.contains(&json!("claimed_sender")), "{last}");
}
