//! The listener over real sockets: good clients, broken ones and evil ones.

use std::time::{Duration, Instant};

use super::room::{Client, manners, open};
use crate::smtp::manners::Manners;

const MAIL: &str = "From: ann@a.example\r\nSubject: Hi\r\n\r\nHello\r\n";

#[tokio::test]
async fn a_mail_is_taken_with_its_trace_in_front() {
    let (listening, room) = open(manners()).await;
    let mut client = Client::connect(&listening).await;
    let hello = client.ask("EHLO client.example", "250").await;
    for extension in ["PIPELINING", "SIZE 41943040", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES"] {
        assert!(hello.contains(extension), "{extension} in {hello}");
    }
    assert!(!hello.contains("STARTTLS") && !hello.contains("CHUNKING"), "{hello}");
    client.begin().await;
    client.ask(&format!("{MAIL}."), "250").await;
    assert_eq!(room.last(), MAIL.as_bytes());
    let (envelope, raw) = room.mails.lock().expect("whole")[0].clone();
    assert_eq!((envelope.from.as_str(), envelope.to.len()), ("ann@a.example", 1));
    let raw = String::from_utf8(raw).expect("text");
    let trace = "Return-Path: <ann@a.example>\r\nReceived: from client.example ([127.0.0.1])\r\n\
                 \tby mx.shop.example with ESMTP\r\n\tfor <support@shop.example>;\r\n\t";
    assert!(raw.starts_with(trace), "{raw}");
    assert_eq!(mime::read(raw.as_bytes(), &mime::Limits::default()).received, 1);
    client.ask("QUIT", "221").await;
    assert_eq!(client.hear().await, "");
}

#[tokio::test]
async fn commands_sent_in_one_breath_are_answered_in_order() {
    let (listening, room) = open(manners()).await;
    let mut client = Client::connect(&listening).await;
    let breath = "EHLO c.example\r\nMAIL FROM:<a@a.example>\r\nRCPT TO:<x@shop.example>\r\nRCPT TO:<nobody@shop.example>\r\n\
                  RCPT TO:<y@shop.example>\r\nDATA\r\n";
    client.send(breath.as_bytes()).await;
    for code in ["250", "250", "250", "550", "250", "354"] {
        client.expect(code).await;
    }
    client.send(format!("{MAIL}.\r\nMAIL FROM:<b@a.example>\r\nRSET\r\nQUIT\r\n").as_bytes()).await;
    for code in ["250", "250", "250", "221"] {
        client.expect(code).await;
    }
    let mails = room.mails.lock().expect("whole");
    assert_eq!(mails[0].0.to, ["x@shop.example", "y@shop.example"]);
}

#[tokio::test]
async fn commands_out_of_order_are_refused() {
    let (listening, room) = open(manners()).await;
    let mut client = Client::connect(&listening).await;
    client.ask("MAIL FROM:<a@a.example>", "503").await;
    client.ask("STARTTLS", "503").await;
    client.ask("HELO c.example", "250").await;
    client.ask("DATA", "503").await;
    client.ask("RCPT TO:<x@shop.example>", "503").await;
    client.ask("MAIL FROM:<a@a.example>", "250").await;
    client.ask("DATA", "554").await;
    client.ask("MAIL FROM:<a@a.example>", "503").await;
    client.ask("RCPT TO:<nobody@shop.example>", "550 5.1.1").await;
    client.ask("RCPT TO:<x@elsewhere.example>", "550 5.1.1").await;
    client.ask("RCPT TO:<broken@shop.example>", "451").await;
    client.ask("VRFY x", "252").await;
    client.ask("EXPN x", "502").await;
    client.ask("NONSENSE", "500").await;
    client.ask("RSET", "250").await;
    client.ask("RCPT TO:<x@shop.example>", "503").await;
    assert_eq!(room.count(), 0);
}

#[tokio::test]
async fn what_the_house_refuses_is_told_to_the_sender() {
    let (listening, room) = open(manners()).await;
    let mut client = Client::greeted(&listening).await;
    for (from, code) in [("later", "451 4.3.0 The disk  is full"), ("never", "554"), ("fine", "250")] {
        client.ask(&format!("MAIL FROM:<{from}@a.example>"), "250").await;
        client.ask("RCPT TO:<x@shop.example>", "250").await;
        client.ask("DATA", "354").await;
        client.ask(&format!("{MAIL}."), code).await;
    }
    assert_eq!(room.count(), 1);
}

#[tokio::test]
async fn smuggled_mail_is_refused_whatever_its_line_breaks() {
    let ends = ["\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r.\r\n", "\r\n.\r", "\r\n.\r\r\n", "\n\n.\r\n"];
    for end in ends {
        let (listening, room) = open(manners()).await;
        let mut client = Client::greeted(&listening).await;
        client.begin().await;
        let smuggled = format!(
            "Subject: a\r\n\r\nbody{end}MAIL FROM:<evil@shop.example>\r\nRCPT TO:<x@shop.example>\r\nDATA\r\nevil\r\n.\r\n"
        );
        client.send(smuggled.as_bytes()).await;
        client.expect("550 5.6.0").await;
        assert_eq!(client.hear().await, "", "nothing behind {end:?} is obeyed");
        assert_eq!(room.count(), 0, "{end:?}");
    }
}

#[tokio::test]
async fn commands_with_a_lone_line_break_end_the_session() {
    for line in ["MAIL FROM:<a@a.example>\n", "NOOP\rNOOP\r\n", "NOOP\n\r\n"] {
        let (listening, _room) = open(manners()).await;
        let mut client = Client::greeted(&listening).await;
        client.send(line.as_bytes()).await;
        client.expect("500").await;
        assert_eq!(client.hear().await, "", "{line:?}");
    }
}

#[tokio::test]
async fn bytes_of_any_kind_pass_unchanged() {
    let (listening, room) = open(manners()).await;
    let mut client = Client::greeted(&listening).await;
    let ours: Vec<u8> = (0..=255_u8).filter(|byte| !b"\r\n".contains(byte)).collect();
    let body = [b"Subject: x\r\n\r\n".as_slice(), &ours, b"\r\n.\xff\r\n"].concat();
    client.ask("MAIL FROM:<a@a.example> BODY=8BITMIME SIZE=500", "250").await;
    client.ask("RCPT TO:<x@shop.example>", "250").await;
    client.ask("DATA", "354").await;
    let dotted = [b"Subject: x\r\n\r\n".as_slice(), &ours, b"\r\n..\xff\r\n.\r\n"].concat();
    client.send(&dotted).await;
    client.expect("250").await;
    assert_eq!(room.last(), body);
}

#[tokio::test]
async fn international_addresses_need_their_extension() {
    let (listening, room) = open(manners()).await;
    let mut client = Client::greeted(&listening).await;
    client.ask("MAIL FROM:<jörg@büro.example>", "553").await;
    client.ask("MAIL FROM:<a@a.example>", "250").await;
    client.ask("RCPT TO:<größe@shop.example>", "553").await;
    client.ask("RSET", "250").await;
    client.ask("MAIL FROM:<jörg@büro.example> SMTPUTF8", "250").await;
    client.ask("RCPT TO:<größe@shop.example>", "250").await;
    client.ask("DATA", "354").await;
    client.ask(&format!("{MAIL}."), "250").await;
    let mails = room.mails.lock().expect("whole");
    assert_eq!(
        (mails[0].0.from.as_str(), mails[0].0.to[0].as_str()),
        ("jörg@büro.example", "größe@shop.example")
    );
    assert!(String::from_utf8_lossy(&mails[0].1).contains("with UTF8SMTP\r\n"));
}

#[tokio::test]
async fn what_is_too_large_is_refused_before_and_after_it_came() {
    let (listening, room) = open(Manners { most_bytes: 1_000, ..manners() }).await;
    let mut client = Client::greeted(&listening).await;
    client.ask("MAIL FROM:<a@a.example> SIZE=1001", "552").await;
    client.begin().await;
    client.ask(&format!("{MAIL}{}\r\n.", "x".repeat(1_000)), "552").await;
    client.begin().await;
    client.ask(&format!("{MAIL}."), "250").await;
    assert_eq!(room.count(), 1);
    // A header line without end, from a client that never stops.
    client.begin().await;
    client.send(&[b"X: ".as_slice(), &[b'x'; 3_000]].concat()).await;
    client.expect("552").await;
    assert_eq!(client.hear().await, "");
}

#[tokio::test]
async fn a_line_without_end_is_cut_off() {
    let (listening, _room) = open(manners()).await;
    let mut client = Client::greeted(&listening).await;
    client.send(&vec![b'x'; 300_000]).await;
    client.send(b"\r\n").await;
    client.expect("500").await;
    client.ask("NOOP", "250").await;
}

#[tokio::test]
async fn content_that_does_not_fit_into_memory_has_to_wait() {
    let (listening, room) = open(Manners { most_memory: 3 * 64 * 1024, ..manners() }).await;
    let mut first = Client::greeted(&listening).await;
    first.begin().await;
    first.send("Subject: x\r\n\r\n".as_bytes()).await;
    first.send(&vec![b'a'; 120_000]).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    let mut second = Client::greeted(&listening).await;
    second.begin().await;
    second.send(&vec![b'b'; 200_000]).await;
    second.ask("\r\n.", "452 4.3.1").await;
    first.ask("\r\n.", "250").await;
    second.begin().await;
    second.ask(&format!("{MAIL}."), "250").await;
    assert_eq!(room.count(), 2);
}

#[tokio::test]
async fn ten_thousand_recipients_get_a_hundred_places() {
    let (listening, room) = open(manners()).await;
    let mut client = Client::greeted(&listening).await;
    client.ask("MAIL FROM:<a@a.example>", "250").await;
    let commands: String = (0..10_000).map(|n| format!("RCPT TO:<c{n}@shop.example>\r\n")).collect();
    let Client(stream) = client;
    let (reading, mut writing) = tokio::io::split(stream);
    let sending = tokio::spawn(async move {
        tokio::io::AsyncWriteExt::write_all(&mut writing, commands.as_bytes()).await.expect("sent");
        writing
    });
    let mut lines = tokio::io::AsyncBufReadExt::lines(tokio::io::BufReader::new(reading));
    for n in 0..10_000 {
        let line = lines.next_line().await.expect("read").expect("a line");
        let wanted = if n < 100 { "250" } else { "452" };
        assert!(line.starts_with(wanted), "{n}: {line}");
    }
    let mut writing = sending.await.expect("sent");
    tokio::io::AsyncWriteExt::write_all(&mut writing, format!("DATA\r\n{MAIL}.\r\n").as_bytes())
        .await
        .expect("sent");
    for wanted in ["354", "250"] {
        assert!(lines.next_line().await.expect("read").expect("a line").starts_with(wanted));
    }
    assert_eq!(room.mails.lock().expect("whole")[0].0.to.len(), 100);
}

#[tokio::test]
async fn who_errs_or_idles_too_often_has_to_leave() {
    let (listening, _room) = open(manners()).await;
    let mut guesser = Client::greeted(&listening).await;
    guesser.ask("MAIL FROM:<a@a.example>", "250").await;
    for n in 0..=20 {
        guesser.ask(&format!("RCPT TO:<nobody{n}@shop.example>"), "550").await;
    }
    guesser.expect("421").await;
    let mut idler = Client::greeted(&listening).await;
    for _ in 0..100 {
        idler.ask("NOOP", "250").await;
    }
    idler.expect("421").await;
}

#[tokio::test]
async fn garbage_and_silence_harm_nobody() {
    let patience = Duration::from_millis(300);
    let (listening, room) =
        open(Manners { command_patience: patience, block_patience: patience, ..manners() }).await;
    let mut garbage = Client::connect(&listening).await;
    let noise: Vec<u8> = (0..200_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let _ = tokio::io::AsyncWriteExt::write_all(&mut garbage.0, &noise).await;
    let mut silent = Client::greeted(&listening).await;
    silent.expect("421 4.4.2").await;
    let mut dripping = Client::greeted(&listening).await;
    dripping.begin().await;
    let begun = Instant::now();
    let drip = async {
        while tokio::io::AsyncWriteExt::write_all(&mut dripping.0, b"a").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    // Content may come slowly, but not for ever: here the block patience is what ends silence.
    let _ = tokio::time::timeout(Duration::from_millis(600), drip).await;
    dripping.expect("421").await;
    assert!(begun.elapsed() < Duration::from_secs(5));
    let mut good = Client::greeted(&listening).await;
    good.begin().await;
    good.ask(&format!("{MAIL}."), "250").await;
    assert_eq!(room.count(), 1);
}

#[tokio::test]
async fn content_that_drips_ends_with_its_patience() {
    let (listening, room) = open(Manners { content_patience: Duration::from_millis(400), ..manners() }).await;
    let mut client = Client::greeted(&listening).await;
    client.begin().await;
    for _ in 0..20 {
        let _ = tokio::io::AsyncWriteExt::write_all(&mut client.0, b"a").await;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    client.expect("421 4.4.2").await;
    assert_eq!(room.count(), 0);
}

#[tokio::test]
async fn a_client_that_vanishes_at_any_byte_leaves_no_half_mail() {
    let (listening, room) = open(manners()).await;
    let session = format!(
        "EHLO c.example\r\nMAIL FROM:<a@a.example>\r\nRCPT TO:<x@shop.example>\r\nDATA\r\n{MAIL}.\r\n"
    );
    for cut in 0..=session.len() {
        let mut client = Client::connect(&listening).await;
        client.send(&session.as_bytes()[..cut]).await;
        tokio::io::AsyncWriteExt::shutdown(&mut client.0).await.expect("shut");
        while !client.hear().await.is_empty() {}
        assert_eq!(room.count(), usize::from(cut == session.len()), "cut after {cut} bytes");
    }
    assert_eq!(room.last(), MAIL.as_bytes());
}

#[tokio::test]
async fn a_full_house_turns_clients_away_and_a_closing_one_lets_mails_finish() {
    let (listening, room) = open(Manners { most_connections: 2, ..manners() }).await;
    let mut busy = Client::greeted(&listening).await;
    let mut idle = Client::greeted(&listening).await;
    let mut third = Client(tokio::net::TcpStream::connect(listening.address).await.expect("connects"));
    third.expect("421 4.7.0").await;
    busy.begin().await;
    busy.send(b"Subject: x\r\n").await;
    let stopping = tokio::spawn(listening.stop());
    idle.expect("421 4.3.2").await;
    busy.ask("\r\nbody\r\n.", "250").await;
    busy.expect("421 4.3.2").await;
    stopping.await.expect("stopped");
    assert_eq!(room.count(), 1);
}
