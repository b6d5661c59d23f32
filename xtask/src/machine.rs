//! What this machine has: programs, users, versions.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of the repository.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// A user of this machine, by number.
pub struct User {
    pub uid: u32,
    pub gid: u32,
}

/// Are we root? Asked of the kernel's own entry for this process.
pub fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|entry| entry.uid() == 0)
}

/// The user to whom root hands a program that must not run as root.
pub fn unprivileged_user() -> Option<User> {
    let users = fs::read_to_string("/etc/passwd").ok()?;
    ["postgres", "nobody"].iter().find_map(|name| find_user(&users, name))
}

fn find_user(users: &str, name: &str) -> Option<User> {
    users.lines().find_map(|line| {
        let fields: Vec<&str> = line.split(':').collect();
        (fields.len() > 3 && fields[0] == name).then_some(())?;
        Some(User { uid: fields[2].parse().ok()?, gid: fields[3].parse().ok()? })
    })
}

/// Looks for a program in PATH and in the folders of system programs, which PATH often lacks.
pub fn find_program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(["/usr/local/bin", "/usr/local/sbin", "/usr/sbin", "/sbin"].map(PathBuf::from))
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

/// The folder that holds `initdb` and `postgres`; Debian keeps one per version, the newest wins.
pub fn postgres_programs() -> Option<PathBuf> {
    let mut folders: Vec<(u32, PathBuf)> = Vec::new();
    for entry in fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten() {
        let version = entry.file_name().to_string_lossy().parse().unwrap_or(0);
        folders.push((version, entry.path().join("bin")));
    }
    folders.sort();
    let installed = folders.into_iter().rev().map(|(_, folder)| folder);
    let in_path = find_program("initdb")
        .and_then(|link| fs::canonicalize(link).ok())
        .and_then(|file| file.parent().map(Path::to_path_buf));
    installed
        .chain(in_path)
        .find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
}

/// The browser for the tests; Debian calls it `chromium`.
pub fn chromium() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| find_program(name))
}

/// What a program prints when asked for its version: the first line, or nothing.
pub fn version_of(program: &str, argument: &str) -> Option<String> {
    let output = Command::new(program).arg(argument).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    Some(text.lines().next()?.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_found_by_its_whole_name() {
        let users = "postgresql:x:7:8::/:/bin/sh\npostgres:x:101:104::/:/bin/sh\nbroken\n";
        let user = find_user(users, "postgres").expect("listed");
        assert_eq!((user.uid, user.gid), (101, 104));
        assert!(find_user(users, "broken").is_none());
    }

    #[test]
    fn a_program_is_found_and_a_missing_one_is_not() {
        assert!(find_program("sh").is_some());
        assert!(find_program("no-such-program-anywhere").is_none());
    }
}
