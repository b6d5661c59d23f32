//! Builds the browser side when its sources changed, and writes the table of files that the crate embeds.

#[path = "build/digest.rs"]
mod digest;
#[path = "build/embed.rs"]
mod embed;
#[path = "build/npm.rs"]
mod npm;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Everything that the browser side is made of. Never `dist` or `node_modules`: what a build
/// writes is newer than cargo's clock for it and would start the next build for ever.
const SOURCES: [&str; 12] = [
    "web/src",
    "web/public",
    "web/build",
    "web/index.html",
    "web/frame.html",
    "web/package.json",
    "web/package-lock.json",
    "web/vite.config.ts",
    "web/vite.frame.ts",
    "web/vite.widget.ts",
    "web/svelte.config.js",
    "locales",
];

fn main() -> ExitCode {
    let Err(sentence) = run() else { return ExitCode::SUCCESS };
    for line in sentence.lines() {
        println!("cargo::error={line}");
    }
    ExitCode::FAILURE
}

fn run() -> Result<(), String> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(|e| e.to_string())?).join("../..");
    let out = PathBuf::from(env::var("OUT_DIR").map_err(|e| e.to_string())?);
    println!("cargo::rerun-if-env-changed=RAPPORT_UI");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    match env::var("RAPPORT_UI").ok().filter(|v| !v.is_empty()) {
        Some(word) if word == "skip" => embed::placeholder(&out),
        Some(folder) => prebuilt(Path::new(&folder), &out),
        None => build(&root, &out),
    }
}

fn prebuilt(folder: &Path, out: &Path) -> Result<(), String> {
    if !folder.join("index.html").is_file() {
        return Err(format!(
            "RAPPORT_UI names the folder {}, but there is no index.html in it.\nName a folder with a built desk, or unset RAPPORT_UI to build it here.",
            folder.display()
        ));
    }
    println!("cargo::rerun-if-changed={}", folder.display());
    embed::write(folder, out)
}

/// Builds under a lock, since an editor's second cargo may be at the same work.
fn build(root: &Path, out: &Path) -> Result<(), String> {
    for source in SOURCES {
        println!("cargo::rerun-if-changed={}", root.join(source).display());
    }
    let web = root.join("web");
    let lock = fs::File::create(out_lock(root)?).map_err(|e| format!("The build lock can't be made: {e}"))?;
    lock.lock().map_err(|e| format!("The build lock can't be taken: {e}"))?;
    let stamp =
        digest::of(root, &SOURCES).map_err(|e| format!("The sources of the desk can't be read: {e}"))?;
    let dist = web.join("dist");
    let kept = fs::read_to_string(dist.join(".stamp")).unwrap_or_default();
    if kept != stamp {
        npm::build(&web)?;
        fs::write(dist.join(".stamp"), &stamp).map_err(|e| format!("web/dist can't be written: {e}"))?;
    }
    embed::write(&dist, out)
}

/// The lock lies in the target folder, which debug and release share.
fn out_lock(root: &Path) -> Result<PathBuf, String> {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    fs::create_dir_all(&target).map_err(|e| format!("{} can't be made: {e}", target.display()))?;
    Ok(target.join(".ui.lock"))
}
