//! 105 raw mails of a mail library's tests, each taken in as from a mail server; begun by `cargo xtask corpora`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use conversations::store::attachment::list_attachments;
use conversations::store::message::Message;

use super::house::{House, capabilities};
use super::taking::{mailbox, messages_by_mailbox, parked, take_in};
use crate::inbound;

/// What became of one mail.
struct Kept {
    text: usize,
    files: usize,
    marks: Vec<String>,
}

#[derive(Default)]
struct Row {
    mails: usize,
    refused: usize,
    copies: usize,
    readable: usize,
    declared: usize,
    files: usize,
    named: usize,
}

#[test]
#[ignore = "takes a folder: cargo xtask corpora FOLDER"]
fn every_mail_of_the_corpus_is_kept_and_readable() {
    let folder = std::env::var("RAPPORT_CORPORA").expect("RAPPORT_CORPORA names a folder");
    let folder = Path::new(&folder).join("mails/mikel/spec/fixtures/emails");
    let files = mails_in(&folder);
    assert!(!files.is_empty(), "no mails in {}", folder.display());
    testkit::World::on_sqlite(capabilities(), async move |world| {
        let house = House::open(world).await;
        let mut fates = Vec::new();
        for (number, file) in files.iter().enumerate() {
            fates.push(take_in(&house, number, std::fs::read(file).expect("reads")).await);
        }
        let messages = messages_by_mailbox(&house).await;
        let mut wrong = Vec::new();
        let mut rows: BTreeMap<String, Row> = BTreeMap::new();
        for (number, file) in files.iter().enumerate() {
            let name = file.strip_prefix(&folder).expect("inside").display().to_string();
            let group = name.split('/').next().unwrap_or_default().to_owned();
            let row = rows.entry(group).or_default();
            row.mails += 1;
            let raw = std::fs::read(file).expect("reads");
            match (&fates[number], messages.get(&mailbox(number))) {
                // Nothing at all is no mail; whoever brings it is told so.
                (Err(why), _) if raw.iter().all(u8::is_ascii_whitespace) => {
                    println!("{name}: empty, refused: {why}");
                    row.refused += 1;
                }
                (Ok(()), Some(message)) => judge(&house, &name, &raw, message, row, &mut wrong).await,
                (Ok(()), None) if is_copy(&raw, &files[..number]) => {
                    println!("{name}: the same mail as one before it");
                    row.copies += 1;
                }
                (fate, _) => wrong.push(format!("{name}: no message: {fate:?}")),
            }
        }
        print_table(&rows);
        wrong.extend(parked(&house).await);
        assert!(wrong.is_empty(), "{} wrong: {wrong:#?}", wrong.len());
    });
}

/// Prints what is worth a line and counts the rest.
async fn judge(
    house: &House,
    name: &str,
    raw: &[u8],
    message: &Message,
    row: &mut Row,
    wrong: &mut Vec<String>,
) {
    let kept = match kept(house, message).await {
        Ok(kept) => kept,
        Err(why) => return wrong.push(format!("{name}: {why}")),
    };
    let marks: Vec<&String> = kept.marks.iter().filter(|mark| *mark != "claimed_sender").collect();
    if !marks.is_empty() {
        println!("{name}: {marks:?}");
    }
    if kept.text == 0 && kept.files == 0 {
        println!("{name}: its body is empty");
    }
    let declared = declared_files(raw);
    if kept.files < declared {
        wrong.push(format!("{name}: {} files of {declared}", kept.files));
    }
    row.readable += usize::from(kept.text > 0 || kept.files > 0);
    row.files += kept.files;
    row.declared += declared;
    row.named += usize::from(!marks.is_empty());
}

fn print_table(rows: &BTreeMap<String, Row>) {
    let head = ["mails", "refused", "copies", "text or files", "files declared", "files kept", "marked"];
    println!("{:<28}{}", "", head.map(|word| format!("{word:>15}")).concat());
    let line = |name: &str, row: &Row| {
        let figures = [row.mails, row.refused, row.copies, row.readable, row.declared, row.files, row.named];
        println!("{name:<28}{}", figures.map(|figure| format!("{figure:>15}")).concat());
    };
    let mut all = Row::default();
    for (name, row) in rows {
        line(name, row);
        all.mails += row.mails;
        all.refused += row.refused;
        all.copies += row.copies;
        all.readable += row.readable;
        all.declared += row.declared;
        all.files += row.files;
        all.named += row.named;
    }
    line("all", &all);
}

fn mails_in(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    for entry in entries {
        let path = entry.expect("reads").path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        match path.is_dir() {
            true => found.extend(mails_in(&path)),
            false if !hidden => found.push(path),
            false => {}
        }
    }
    found.sort();
    found
}

/// The same id and the same words: a mail that reached two of our addresses is one message.
fn is_copy(raw: &[u8], before: &[PathBuf]) -> bool {
    let same =
        |raw: &[u8]| (mime::read(raw, &mime::Limits::default()).message_id, inbound::read(raw).content_hash);
    let this = same(raw);
    before.iter().any(|file| same(&std::fs::read(file).expect("reads")) == this)
}

async fn kept(house: &House, message: &Message) -> Result<Kept, String> {
    let id = message.id;
    let files = house.world.system(move |cx| list_attachments(cx, &[id])).await.map_err(|e| e.to_string())?;
    for file in &files {
        let bytes = house.world.house.blobs.get(&file.blob).await.map_err(|e| e.to_string())?;
        if i64::try_from(bytes.len()) != Ok(file.size) {
            return Err(format!("{} is not whole", file.name));
        }
    }
    let quoted = message.quoted.as_ref().map_or(0, |quoted| quoted.trim().len());
    Ok(Kept {
        text: message.text.trim().len() + quoted,
        files: files.len(),
        marks: serde_json::from_value(message.marks.clone()).unwrap_or_default(),
    })
}

/// Parts that the mail itself declares as attachments, counted without our reader: before an attached mail begins, whose
/// own attachments stay inside it.
fn declared_files(raw: &[u8]) -> usize {
    let text = String::from_utf8_lossy(raw).to_lowercase();
    let outside = text.split("content-type: message/").next().unwrap_or_default();
    outside.matches("\ncontent-disposition: attachment").count()
}
