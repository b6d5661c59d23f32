//! Rule: nothing of the machine on which a file was written may remain in it.

use std::path::Path;

use crate::files::Text;
use crate::finding::Finding;

/// Places where a person's own files lie, on any machine.
const PRIVATE: [&str; 5] = [
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/Us", "ers/"),
    concat!("/wo", "rk/"),
    concat!("C:\\Us", "ers\\"),
];

/// The paths of this machine that must not be named: where this checkout lies.
pub fn places_of(root: &Path) -> Vec<String> {
    let path = root.display().to_string();
    // A checkout directly under `/` has a name that may well mean something else.
    if path.matches('/').count() > 1 { vec![path] } else { Vec::new() }
}

pub fn check(texts: &[Text], machine: &[String]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for text in texts.iter().filter(|text| text.path != "Cargo.lock") {
        for (index, line) in text.text.lines().enumerate() {
            let places = PRIVATE.into_iter().chain(machine.iter().map(String::as_str));
            if let Some(place) = places.into_iter().find(|place| names_place(line, place)) {
                let sentence = format!("name no path of one machine: `{place}` does not exist on others");
                findings.push(Finding::new(&text.path, index + 1, sentence));
            }
            if names_registry(&text.path, line) {
                let sentence = "name no package registry: each machine knows its own (`omit-lockfile-registry-resolved=true` in .npmrc)";
                findings.push(Finding::new(&text.path, index + 1, sentence));
            }
        }
    }
    findings
}

/// A path from the root begins at the start of a word; elsewhere the same letters belong to a path of ours.
fn names_place(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|letter| {
            !letter.is_alphanumeric() && !matches!(letter, '.' | '/' | '-' | '_' | '}' | '*' | ')')
        })
    })
}

/// Lock files and settings of package clients may carry the address that one machine fetches from.
fn names_registry(path: &str, line: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let line = line.trim();
    match name {
        "package-lock.json" => line.starts_with("\"resolved\": \"http"),
        ".npmrc" | "config.toml" | "pip.conf" => {
            let key = line.split('=').next().unwrap_or_default().trim();
            key.ends_with("registry") && line.contains('=')
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        check(&[Text::new(path, text)], &["/srv/checkouts/rapport".to_owned()]).len()
    }

    #[test]
    fn paths_of_a_machine_are_found() {
        assert_eq!(found("README.md", concat!("see /ho", "me/ann/rapport")), 1);
        assert_eq!(found("a.rs", "const A: &str = \"/srv/checkouts/rapport/x\";"), 1);
        assert_eq!(found("a.ts", concat!("import '../ro", "ot/b'; GET /api/ho", "me/x")), 0);
        assert_eq!(found("Cargo.lock", concat!("/ho", "me/ann")), 0);
    }

    #[test]
    fn addresses_of_registries_are_found() {
        assert_eq!(found("web/package-lock.json", "  \"resolved\": \"https://packages.example/a.tgz\","), 1);
        assert_eq!(found("web/package-lock.json", "  \"version\": \"1.0.0\","), 0);
        assert_eq!(found("web/.npmrc", "registry = https://packages.example\n"), 1);
        assert_eq!(found("web/.npmrc", "omit-lockfile-registry-resolved=true\n"), 0);
    }
}
