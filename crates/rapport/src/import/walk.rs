//! The mails of an archive: of a file in the form mbox, of a folder of mails (Maildir), or of both in folders.

use std::fs::{self, File};
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use base::error::invalid;
use base::{Result, Time};

use super::mbox::{spans, unescaped};

/// Headers are looked at so far for their date.
const MOST_HEADER: u64 = 128 * 1024;
const DEEPEST: usize = 20;

/// Where a mail lies, and when it says that it was written.
pub struct Piece {
    path: PathBuf,
    start: u64,
    pub length: u64,
    archived: bool,
    pub written: Time,
}

impl Piece {
    /// The mail; of a longer one, as much as is asked for.
    pub fn read(&self, most: u64) -> Result<Vec<u8>> {
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(self.start))?;
        let mut raw = Vec::new();
        file.take(self.length.min(most)).read_to_end(&mut raw)?;
        Ok(if self.archived { unescaped(&raw) } else { raw })
    }

    fn dated(mut self) -> Result<Piece> {
        let head = self.read(MOST_HEADER)?;
        if let Some(written) = channel_email::written(&head) {
            self.written = written;
        }
        Ok(self)
    }
}

/// Everything that is a mail in there.
pub fn pieces(from: &Path) -> Result<Vec<Piece>> {
    let mut found = Vec::new();
    gather(from, 0, &mut found)?;
    Ok(found)
}

fn gather(path: &Path, depth: usize, found: &mut Vec<Piece>) -> Result<()> {
    let about = fs::metadata(path)
        .map_err(|e| invalid("archive_missing", format!("{} can't be read: {e}", path.display())))?;
    if about.is_file() {
        return file(path, about.len(), found);
    }
    if depth == DEEPEST || !about.is_dir() {
        return Ok(());
    }
    let mut inside: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        // Whatever is being delivered just now is not whole (Maildir).
        if entry.file_name() != "tmp" && !entry.file_type()?.is_symlink() {
            inside.push(entry.path());
        }
    }
    inside.sort();
    inside.iter().try_for_each(|each| gather(each, depth + 1, found))
}

fn file(path: &Path, length: u64, found: &mut Vec<Piece>) -> Result<()> {
    let mut first = [0; 5];
    let begun = File::open(path)?.read(&mut first)?;
    let piece =
        |start, length, archived| Piece { path: path.to_owned(), start, length, archived, written: Time(0) };
    if first[..begun] == *b"From " {
        for span in spans(BufReader::with_capacity(256 * 1024, File::open(path)?))? {
            found.push(piece(span.start, span.length, true).dated()?);
        }
        return Ok(());
    }
    let parent = path.parent().and_then(Path::file_name).is_some_and(|name| name == "cur" || name == "new");
    let mail = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("eml"));
    if parent || mail {
        found.push(piece(0, length, false).dated()?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mails_are_found_in_files_and_folders_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        for part in ["cur", "new", "tmp", ".Sent", ".Sent/cur"] {
            fs::create_dir(at(part)).expect("made");
        }
        let mail = "Date: Mon, 2 Mar 2026 08:00:00 +0000\nSubject: x\n\nHi\n";
        for name in ["cur/1:2,S", "new/2", "tmp/3", ".Sent/cur/4", "dovecot.index", "one.eml"] {
            fs::write(at(name), mail).expect("written");
        }
        fs::write(at("old.mbox"), format!("From a Mon Mar  2 08:00:00 2026\n{mail}")).expect("written");
        let found = pieces(folder.path()).expect("reads");
        assert_eq!(found.len(), 5);
        assert!(found.iter().all(|piece| piece.written.0 > 0));
        assert!(found.iter().all(|piece| piece.read(1_000).expect("reads") == mail.as_bytes()));
        assert_eq!(pieces(&at("nowhere")).err().expect("refused").code, "archive_missing");
    }
}
