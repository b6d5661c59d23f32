//! Mail in masses: too many parts, headers, recipients and clients. All of it is taken in bounded memory.

use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::mails::{PATIENCE, all, first_message, hand_over};
use super::stage::Stage;
use crate::driver::installation::MAILBOX;
use crate::driver::{Engine, Http, Smtp, pause, until};

/// Memory of the process that no file backs.
fn memory_kb(stage: &Stage) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", stage.server.pid)).expect("a process");
    let line = status.lines().find(|line| line.starts_with("RssAnon")).expect("its memory");
    line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).expect("a number")
}

const MIXED: &str = "Content-Type: multipart/mixed; boundary=p\r\n\r\n";
const HTML: &str = "Content-Type: text/html\r\n\r\n";
const PATHS: [&str; 11] = [
    "../../../../etc/cron.d/x",
    "..\\..\\x.exe",
    "/etc/passwd",
    "C:\\x",
    "a\u{0}b",
    "....//x",
    "CON",
    "x.zip/../../y",
    ".htaccess",
    "a%2f..%2fb",
    "",
];

fn many(count: usize, each: fn(usize) -> String) -> String {
    (0..count).map(each).collect()
}

/// Whole mails, each under the name by which it is sent.
fn floods() -> Vec<(&'static str, String)> {
    let head = |(name, rest): (&'static str, String)| {
        let id = format!("{name}@flood.example");
        (
            name,
            format!(
                "From: {id}\r\nTo: {MAILBOX}\r\nSubject: x\r\nMessage-ID: <{id}>\r\nMIME-Version: 1.0\r\n{rest}"
            ),
        )
    };
    let mut all: Vec<_> = wide_heads().into_iter().chain(odd_bodies()).map(head).collect();
    all.push(("nothing", "\r\n".to_owned()));
    all.push(("nohead", "no header at all".to_owned()));
    all
}

fn wide_heads() -> Vec<(&'static str, String)> {
    let field = |name: &str, value: String| format!("{name}: {value}\r\n\r\nx");
    let recipients = many(10_000, |n| format!("r{n}@many.example,\r\n ")) + "x@y.example";
    vec![
        ("headers", many(200_000, |n| format!("X-{n}: y\r\n")) + "\r\nx"),
        ("onelong", field("X-Long", "y".repeat(8_000_000))),
        ("folded", field("X-Long", "y".to_owned() + &"\r\n y".repeat(500_000))),
        ("recipients", field("Cc", recipients)),
        ("references", field("References", many(50_000, |n| format!("<{n}@x>\r\n ")))),
        ("encoded", field("Cc", "=?utf-8?Q?=C3=A4?= ".repeat(50_000))),
    ]
}

fn odd_bodies() -> Vec<(&'static str, String)> {
    let file = |name: &str| {
        format!(
            "--p\r\nContent-Type: application/zip; name=\"{name}\"\r\nContent-Disposition: attachment; \
             filename=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\n\r\nUEsDBBQAAAAIAA==\r\n"
        )
    };
    let part = |n| {
        format!(
            "--p\r\nContent-Type: text/plain; name=f{n}\r\nContent-Disposition: attachment\r\n\r\n{n}\r\n"
        )
    };
    let level = |n| format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n");
    let quotes = (">".repeat(500) + " x\r\n").repeat(5_000);
    vec![
        ("nested", many(20_000, level)),
        ("within", "Content-Type: message/rfc822\r\n\r\n".repeat(20_000)),
        ("parts", format!("{MIXED}{}--p--\r\n", many(50_000, part))),
        ("paths", format!("{MIXED}{}--p--\r\n", PATHS.map(file).concat())),
        ("elements", format!("{HTML}{}", "<div><b>".repeat(300_000))),
        ("entities", format!("{HTML}{}", "&amp;&#x41;".repeat(300_000))),
        ("attributes", format!("{HTML}<p {}>x", many(200_000, |n| format!("a{n}=1 ")))),
        ("quotes", format!("Content-Type: text/plain\r\n\r\n{quotes}")),
        ("truncated", "Content-Type: text/plain; charset=\"utf-7\r\n\r\n+ADw-script+AD4-".to_owned()),
    ]
}

#[test]
fn floods_become_messages_in_bounded_memory() {
    let stage = Stage::set();
    let mut http = stage.admin();
    let before = memory_kb(&stage);
    let known = all(&mut http, "/api/conversations").len();
    let floods = floods();
    let mut most = before;
    for (name, content) in &floods {
        assert_eq!(hand_over(&stage, "f@flood.example", MAILBOX, content), 250, "{name}");
        most = most.max(memory_kb(&stage));
    }
    until(PATIENCE, "each is a message or parked", || {
        most = most.max(memory_kb(&stage));
        let started = Instant::now();
        let rows = all(&mut http, "/api/conversations").len() - known;
        assert!(started.elapsed() < Duration::from_secs(3), "the desk is served meanwhile");
        let parked = all(&mut http, "/api/parked");
        assert!(parked.iter().all(|p| p["cause"].as_str().is_some_and(|c| !c.is_empty())));
        (rows + parked.len() == floods.len()).then_some(())
    });
    let (_, message) = first_message(&mut http, "paths@flood.example");
    for file in message["attachments"].as_array().expect("files") {
        let name = file["name"].as_str().expect("a name");
        assert!(!name.is_empty() && !name.contains(['/', '\\', '\0']) && !name.starts_with(".."), "{name:?}");
    }
    println!("RssAnon: {before} kB before, at most {most} kB, {} kB after", memory_kb(&stage));
    assert!(most < before + 300_000, "{before} kB became {most} kB");
}

#[test]
fn ten_thousand_recipients_and_two_hundred_clients_are_served_or_told_to_wait() {
    let stage = Stage::set();
    let mut http = stage.admin();
    let known = all(&mut http, "/api/conversations").len();
    let before = memory_kb(&stage);
    let mut smtp = Smtp::connect(stage.server.smtp).expect("a session");
    assert_eq!(smtp.ask("MAIL FROM:<many@flood.example>").expect("an answer"), 250);
    let said: Vec<u16> =
        (0..10_000).map(|_| smtp.ask(&format!("RCPT TO:<{MAILBOX}>")).expect("an answer")).collect();
    assert_eq!(said.iter().filter(|code| **code == 250).count(), 100);
    assert!(said[100..].iter().all(|code| *code == 452), "the others are asked to come again");
    // Slow ones hold their connections; they keep nobody out.
    let mut slow: Vec<TcpStream> =
        (0..20).map(|_| TcpStream::connect(stage.server.smtp).expect("a connection")).collect();
    let sending: Vec<_> = (0..200)
        .map(|n| {
            let address = stage.server.smtp;
            std::thread::spawn(move || {
                let mut smtp = Smtp::connect(address)?;
                let from = format!("p{n}@parallel.example");
                let body = "a line of a mail that is sent beside many others\r\n".repeat(400);
                smtp.ask(&format!("MAIL FROM:<{from}>"))?;
                smtp.ask(&format!("RCPT TO:<{MAILBOX}>"))?;
                smtp.ask("DATA")?;
                smtp.ask(&format!("From: {from}\r\nSubject: {n}\r\nMessage-ID: <{from}>\r\n\r\n{body}."))
            })
        })
        .collect();
    let mut most = before;
    for round in 0..10 {
        for stream in &mut slow {
            stream.write_all(if round == 0 { b"E" } else { b"H" }).expect("still open");
        }
        most = most.max(memory_kb(&stage));
        pause(Duration::from_millis(50));
    }
    let codes: Vec<u16> =
        sending.into_iter().map(|t| t.join().expect("a thread").expect("an answer")).collect();
    let taken = codes.iter().filter(|code| **code == 250).count();
    assert!(codes.iter().all(|code| matches!(code, 250 | 421 | 451 | 452)), "{codes:?}");
    let arrived = std::cell::Cell::new(0);
    let parked = |http: &mut Http| all(http, "/api/parked");
    let deadline = Instant::now() + 2 * PATIENCE;
    while arrived.get() < taken {
        assert!(
            Instant::now() < deadline,
            "{} of {taken} acknowledged mails are there, parked: {:?}, {}",
            arrived.get(),
            parked(&mut http),
            stage.server.log()
        );
        most = most.max(memory_kb(&stage));
        arrived.set(all(&mut http, "/api/conversations").len() - known);
        pause(Duration::from_millis(250));
    }
    println!(
        "200 clients: {taken} taken at once; RssAnon: {before} kB before, at most {most} kB, {} kB after",
        memory_kb(&stage)
    );
    assert!(most < before + 300_000, "{before} kB became {most} kB");
}

#[test]
fn copies_of_one_mail_that_arrive_at_once_are_one_message_on_both_databases() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let stage = Stage::set_on(engine);
        let mut http = stage.admin();
        let known = all(&mut http, "/api/conversations").len();
        for round in 0..5 {
            // Known already, so that only the receipt can tell the copies apart.
            let from = "ann@a.example";
            let content = format!(
                "From: {from}\r\nSubject: copies {round}\r\nMessage-ID: <c{round}@a.example>\r\n\r\nthe same\r\n."
            );
            let mut ready: Vec<Smtp> =
                (0..10).map(|_| Smtp::connect(stage.server.smtp).expect("a session")).collect();
            for smtp in &mut ready {
                for command in
                    [format!("MAIL FROM:<{from}>"), format!("RCPT TO:<{MAILBOX}>"), "DATA".to_owned()]
                {
                    smtp.ask(&command).expect("an answer");
                }
            }
            let sending = ready.into_iter().map(|mut smtp| {
                let content = content.clone();
                std::thread::spawn(move || smtp.ask(&content).expect("an answer"))
            });
            let sending: Vec<_> = sending.collect();
            assert!(sending.into_iter().all(|sent| sent.join().expect("a thread") == 250));
        }
        until(PATIENCE, "nine repeats of each are counted", || {
            assert_eq!(all(&mut http, "/api/parked"), Vec::<serde_json::Value>::new(), "{engine}");
            let rows = all(&mut http, "/api/conversations");
            let repeats = rows.iter().skip(known).map(|row| {
                all(&mut http, &format!("/api/conversations/{}/messages", row["id"]))[0]["repeats"].clone()
            });
            (repeats.collect::<Vec<_>>() == vec![9; 5]).then_some(())
        });
        assert_eq!(all(&mut http, "/api/conversations").len(), known + 5, "{engine}");
    }
}
