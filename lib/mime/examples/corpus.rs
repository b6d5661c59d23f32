//! Reads every mail below a folder and prints what was understood: `cargo run -p mime --example corpus -- FOLDER`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use mime::{Limits, automatic, content_hash, read};

fn main() -> ExitCode {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("Name a folder with .eml files.");
        return ExitCode::FAILURE;
    };
    let mut files = Vec::new();
    collect(Path::new(&folder), &mut files);
    files.sort();
    let (mut bytes, mut bare, mut without_sender, mut machines) = (0, 0, 0, 0);
    let begun = Instant::now();
    for file in &files {
        let Ok(raw) = std::fs::read(file) else { continue };
        bytes += raw.len();
        let mail = read(&raw, &Limits::default());
        let _ = content_hash(&raw);
        let automatic = automatic(&mail);
        machines += usize::from(automatic.is_some());
        let empty = mail.text.is_none() && mail.html.is_none() && mail.parts.is_empty();
        bare += usize::from(empty);
        without_sender += usize::from(mail.from.is_empty());
        println!(
            "{}: {:?} text {} html {} parts {:?} {:?} {:?}",
            file.file_name().unwrap_or_default().to_string_lossy(),
            mail.subject,
            mail.text.as_ref().map_or(0, String::len),
            mail.html.as_ref().map_or(0, String::len),
            mail.parts.iter().map(|part| (&part.name, part.bytes.len())).collect::<Vec<_>>(),
            automatic,
            mail.problems,
        );
    }
    println!(
        "{} mails, {} kB in {:?}; {bare} without any content, {without_sender} without a sender, {machines} by machines",
        files.len(),
        bytes / 1024,
        begun.elapsed(),
    );
    ExitCode::SUCCESS
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "eml") {
            files.push(path);
        }
    }
}
