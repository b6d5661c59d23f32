//! Megabytes a second: the bare parser library, our reading, and all that is done with a mail, on the same mails.

use std::hint::black_box;
use std::path::Path;

use mime::{Address, Attached, Limits, Outgoing, read};

use crate::{memory::worked, whole};

const NANOSECONDS: u64 = 1_000_000_000;

/// Prints a line for each kind of mail.
pub fn show(folder: Option<&str>) {
    println!(
        "{:<24}{:>8}{:>9}{:>13}{:>13}{:>13}",
        "MB a second of work", "mails", "kB each", "mail-parser", "mime::read", "with HTML"
    );
    line("short text", &[letter(4, 0, 0)]);
    line("text and HTML", &[letter(40, 120, 0)]);
    line("with a picture of 2 MB", &[letter(4, 4, 2_000_000)]);
    if let Some(folder) = folder {
        let mut mails = Vec::new();
        gather(Path::new(folder), &mut mails);
        line("the folder", &mails);
    }
}

fn line(name: &str, mails: &[Vec<u8>]) {
    let bytes: usize = mails.iter().map(Vec::len).sum();
    let each = bytes as f64 / mails.len().max(1) as f64 / 1e3;
    let bare = speed(mails, |raw| {
        let mail = mail_parser::MessageParser::default().parse(raw);
        black_box(mail.map(|mail| (mail.body_text(0).map_or(0, |text| text.len()), mail.attachment_count())));
    });
    let ours = speed(mails, |raw| drop(black_box(read(raw, &Limits::default()))));
    let all = speed(mails, |raw| {
        black_box(whole(raw));
    });
    println!("{name:<24}{:>8}{each:>9.1}{bare:>13.1}{ours:>13.1}{all:>13.1}", mails.len());
}

fn speed(mails: &[Vec<u8>], read: impl Fn(&[u8])) -> f64 {
    let begun = worked();
    let mut bytes = 0;
    while worked() - begun < NANOSECONDS {
        for raw in mails {
            read(raw);
            bytes += raw.len();
        }
    }
    bytes as f64 / 1e6 / ((worked() - begun) as f64 / 1e9)
}

fn letter(text: usize, html: usize, picture: usize) -> Vec<u8> {
    let words = "Die Mühle mahlt zu grob, und die Lampe flackert — was nun? ";
    let paragraph = format!(
        "<p style=\"font-family:Arial;color:#333\">{words}<b>Grüße</b> <a href=\"https://x.example/a?b=c\">hier</a></p>\n"
    );
    let people = |name: &str| Address { name: Some(name.to_owned()), email: "ann@x.example".to_owned() };
    let attachments = match picture {
        0 => Vec::new(),
        size => vec![Attached {
            name: "Mühle.png".to_owned(),
            content_type: "image/png".to_owned(),
            content_id: None,
            bytes: (0..size).map(|at| (at * 31 % 251) as u8).collect(),
        }],
    };
    let mail = Outgoing {
        message_id: "1@x.example".to_owned(),
        in_reply_to: None,
        references: (0..10).map(|at| format!("{at}@x.example")).collect(),
        date: jiff::Timestamp::UNIX_EPOCH,
        from: people("Änne Müller"),
        to: vec![people("Bo"), people("Support")],
        cc: Vec::new(),
        reply_to: None,
        subject: "Die Mühle mahlt zu grob".to_owned(),
        text: words.repeat(text * 1_000 / words.len() + 1),
        html: (html > 0).then(|| paragraph.repeat(html * 1_000 / paragraph.len() + 1)),
        attachments,
        auto_submitted: None,
        headers: Vec::new(),
    };
    mail.write().expect("a plain mail")
}

fn gather(folder: &Path, mails: &mut Vec<Vec<u8>>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, mails);
        } else if path.extension().is_some_and(|extension| extension == "eml") {
            mails.extend(std::fs::read(&path));
        }
    }
}
