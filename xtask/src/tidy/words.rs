//! Rule: every file says its purpose, every signboard its five things, and nothing is left for later in a comment.

use crate::finding::Finding;
use crate::house::floors::Floor;
use crate::house::survey::{File, House};

const SIGNBOARD: [&str; 5] = ["What", "Owns", "Announces", "Hears", "Offers"];

pub fn check(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in &house.files {
        let first = file.source.text.lines().next().unwrap_or_default();
        if !first.starts_with("//! ") {
            findings.push(Finding::new(
                &file.path,
                1,
                "open the file with `//!` and one sentence of purpose",
            ));
        }
        let judged = matches!(house.owner(file).floor, Floor::Spine | Floor::Capability);
        if judged && file.path.ends_with("/src/lib.rs") {
            check_signboard(file, &mut findings);
        }
        check_leftovers(file, &mut findings);
    }
    findings
}

fn check_signboard(file: &File, findings: &mut Vec<Finding>) {
    let docs: Vec<&str> = file.source.text.lines().filter_map(|line| line.strip_prefix("//!")).collect();
    let said = |word: &str| {
        docs.iter().any(|line| line.trim_start_matches([' ', '*', '#', '-', '_']).starts_with(word))
    };
    let missing: Vec<&str> = SIGNBOARD.into_iter().filter(|word| !said(word)).collect();
    if !missing.is_empty() {
        let sentence = format!("say in the signboard, each at the start of a line: {}", missing.join(", "));
        findings.push(Finding::new(&file.path, 1, sentence));
    }
}

fn check_leftovers(file: &File, findings: &mut Vec<Finding>) {
    // Written in two parts, so that this file does not find itself.
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("X", "XX")];
    for (index, line) in file.source.text.lines().enumerate() {
        let comment = line.split_once("//").map_or("", |(_, comment)| comment);
        let words = comment.split(|letter: char| !letter.is_alphanumeric());
        if let Some(mark) = words.into_iter().find(|word| marks.contains(word)) {
            findings.push(Finding::new(
                &file.path,
                index + 1,
                format!("do it or take it out: `{mark}` is no place for work"),
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::small_house;

    fn found(path: &str, text: &str) -> Vec<String> {
        check(&small_house(&[(path, text)])).iter().map(Finding::to_string).collect()
    }

    #[test]
    fn the_first_line_says_the_purpose() {
        assert!(found("crates/base/src/clock.rs", "//! Time.\n").is_empty());
        assert_eq!(found("crates/base/src/clock.rs", "use a;\n//! Time.\n").len(), 1);
        assert_eq!(found("crates/base/tests/all.rs", "").len(), 1);
    }

    #[test]
    fn a_signboard_says_five_things() {
        let whole = "//! People.\n//!\n//! **What** a\n//! **Owns** b\n//! # Announces\n//! Hears d\n//! - Offers e\n";
        assert!(found("crates/people/src/lib.rs", whole).is_empty());
        let findings = found("crates/people/src/lib.rs", "//! **What** a\n//! **Owns** b\n");
        assert!(findings[0].ends_with("Announces, Hears, Offers"));
        assert!(found("crates/base/src/lib.rs", "//! Ground.\n").is_empty());
    }

    #[test]
    fn work_left_in_a_comment_is_found() {
        let text = concat!("//! Time.\nfn f() {} // TO", "DO: later\n");
        assert_eq!(found("crates/base/src/clock.rs", text).len(), 1);
    }
}
