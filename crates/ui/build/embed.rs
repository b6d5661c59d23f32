//! Copies the built files into the output folder and writes the table that includes them.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::digest::{self, Digest};

const PLACEHOLDER: &str = "<!doctype html><meta charset=\"utf-8\"><title>Rapport</title><p>This build of Rapport comes without the desk.</p>\n";

/// A page that says what is missing, for builds that skip the browser side.
pub fn placeholder(out: &Path) -> Result<(), String> {
    let folder = out.join("placeholder");
    fs::create_dir_all(&folder)
        .and_then(|()| fs::write(folder.join("index.html"), PLACEHOLDER))
        .map_err(said)?;
    write(&folder, out)
}

/// Copies `dist` and writes `assets.rs` beside the copy, which stays whole when `dist` goes.
pub fn write(dist: &Path, out: &Path) -> Result<(), String> {
    let copy = out.join("desk");
    if copy.exists() {
        fs::remove_dir_all(&copy).map_err(said)?;
    }
    let mut table = String::from("static ASSETS: &[Asset] = &[\n");
    for file in digest::files(dist).map_err(said)? {
        let path = file.strip_prefix(dist).map_err(|e| e.to_string())?.to_string_lossy().replace('\\', "/");
        let target = copy.join(&path);
        if path.starts_with('.') {
            continue;
        }
        let bytes = fs::read(&file).map_err(said)?;
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).map_err(said)?;
        }
        fs::write(&target, &bytes).map_err(said)?;
        if !path.ends_with(".br") {
            row(&mut table, &path, &target, &bytes, dist.join(format!("{path}.br")).is_file());
        }
    }
    table.push_str("];\n");
    fs::write(out.join("assets.rs"), table).map_err(said)
}

fn row(table: &mut String, path: &str, target: &Path, bytes: &[u8], brotli: bool) {
    let mut digest = Digest::new();
    digest.add(bytes);
    let place = target.display().to_string();
    let packed =
        if brotli { format!("Some(include_bytes!({:?}))", format!("{place}.br")) } else { "None".to_owned() };
    writeln!(
        table,
        "    Asset {{ path: {path:?}, bytes: include_bytes!({place:?}), etag: {:?}, content_type: {:?}, brotli: {packed}, immutable: {} }},",
        &digest.hex()[..16],
        content_type(path),
        path.starts_with("assets/"),
    )
    .expect("writing to a String never fails");
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "json" | "webmanifest" => "application/json",
        "woff2" => "font/woff2",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn said(error: std::io::Error) -> String {
    format!("The built desk can't be embedded: {error}")
}
