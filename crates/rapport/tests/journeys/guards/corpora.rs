//! Strings of a corpus through every text field of a running server, and by mail; begun by `cargo xtask corpora`.

use std::path::Path;

use super::mails::try_mailed;
use super::stage::Stage;
use super::texts::{Came, fields, try_writing};

#[test]
#[ignore = "takes minutes and a folder: cargo xtask corpora FOLDER"]
fn every_string_of_the_corpus_goes_through_every_field() {
    let folder = std::env::var("RAPPORT_CORPORA").expect("RAPPORT_CORPORA names a folder");
    let file = Path::new(&folder).join("naughty-strings/blns.json");
    let text = std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let strings: Vec<String> = serde_json::from_str(&text).expect("a list of strings");
    let stage = Stage::set();
    let mut admin = stage.admin();
    let mut wrong = Vec::new();
    for field in fields(&stage) {
        let (mut kept, mut refused) = (0, 0);
        for text in &strings {
            match field.try_text(&mut admin, text) {
                Ok(Came::Kept) => kept += 1,
                Ok(Came::Refused) => refused += 1,
                Err(e) => wrong.push(format!("{}: {e}", field.name)),
            }
        }
        println!("{:<20} kept {kept:>4}  refused {refused:>4}  of {}", field.name, strings.len());
    }
    let before = wrong.len();
    wrong.extend(strings.iter().filter_map(|text| try_writing(&stage, &mut admin, text).err()));
    println!(
        "{:<20} kept {:>4}  of {}",
        "files, drafts, notes",
        strings.len() + before - wrong.len(),
        strings.len()
    );
    let before = wrong.len();
    wrong.extend(try_mailed(&stage, &strings));
    println!("{:<20} kept {:>4}  of {}", "mail", strings.len() + before - wrong.len(), strings.len());
    assert!(wrong.is_empty(), "{} wrong: {wrong:#?}", wrong.len());
}
