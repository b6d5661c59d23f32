//! The text files of the repository, read once, so that every check can also run on a small invented one.

use std::fs;
use std::path::Path;

/// A file by its path from the root, with forward slashes.
#[derive(Debug, Clone)]
pub struct Text {
    pub path: String,
    pub text: String,
}

impl Text {
    /// A file that exists only here.
    pub fn new(path: &str, text: &str) -> Text {
        Text { path: path.to_owned(), text: text.to_owned() }
    }
}

/// What is built, fetched or private, and therefore not ours to judge.
const SKIPPED: [&str; 7] =
    ["target", "node_modules", ".git", "dist", "data", "test-results", "playwright-report"];

/// No text that a person wrote is longer; generated material and pictures are left out.
const LONGEST: u64 = 2 << 20;

/// Reads every text file below the root.
pub fn load(root: &Path) -> Result<Vec<Text>, String> {
    let mut found = Vec::new();
    walk(root, root, &mut found)?;
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<Text>) -> Result<(), String> {
    let say = |e: std::io::Error| format!("cannot read {}: {e}", folder.display());
    for entry in fs::read_dir(folder).map_err(say)? {
        let entry = entry.map_err(say)?;
        let kind = entry.file_type().map_err(say)?;
        let path = entry.path();
        if kind.is_dir() {
            // Only the root's `data` holds what a server wrote; elsewhere the name is free.
            let name = entry.file_name();
            let skip =
                SKIPPED.iter().any(|skipped| name == *skipped && (*skipped != "data" || folder == root));
            if !skip {
                walk(root, &path, found)?;
            }
        } else if kind.is_file() && entry.metadata().is_ok_and(|data| data.len() <= LONGEST) {
            // Another process may have removed it, and what is not UTF-8 is no text.
            if let Ok(text) = fs::read_to_string(&path) {
                let path = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                found.push(Text { path, text });
            }
        }
    }
    Ok(())
}
