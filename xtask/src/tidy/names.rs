//! Rule: the names that are written down outside the code (actions, jobs, reactions, settings) are unique and well formed.

use std::collections::BTreeMap;

use crate::finding::Finding;
use crate::house::survey::{File, House};

pub fn check(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut seen: BTreeMap<(String, String), String> = BTreeMap::new();
    for file in house.files.iter().filter(|file| file.in_tree && !file.is_test) {
        for (line, kind, name) in names_in(file) {
            if !is_well_formed(&name) {
                let sentence = format!(
                    "write `{name}` in small letters, as `noun.verb`: other systems keep it for good"
                );
                findings.push(Finding::new(&file.path, line, sentence));
            }
            let place = format!("{}:{line}", file.path);
            if let Some(first) = seen.insert((kind.clone(), name.clone()), place) {
                let sentence = format!("name this {kind} otherwise: `{name}` is taken by {first}");
                findings.push(Finding::new(&file.path, line, sentence));
            }
        }
    }
    findings
}

/// Each `const NAME … = "…"` inside an `impl KIND for …`.
fn names_in(file: &File) -> Vec<(usize, String, String)> {
    let mut found = Vec::new();
    let mut kind = String::new();
    for (index, code) in file.source.code.lines().enumerate() {
        let line = index + 1;
        if file.source.is_test_line(line) {
            continue;
        }
        if let Some(head) = code.trim_start().strip_prefix("impl") {
            // `impl<T> journal::Action for Assign`: the last name before `for`, without its parameters.
            let head = head.split(" for ").next().unwrap_or_default();
            let head = head.split('<').next().filter(|head| !head.trim().is_empty()).unwrap_or(head);
            kind = head.rsplit([':', ' ', '>']).next().unwrap_or_default().to_lowercase();
        }
        if code.trim_start().starts_with("const NAME:") && code.contains('=') {
            let literal = file.source.literals.iter().find(|literal| literal.line == line);
            found.extend(literal.map(|literal| (line, kind.clone(), literal.text.clone())));
        }
    }
    found
}

fn is_well_formed(name: &str) -> bool {
    let part_is_fine = |part: &str| {
        part.starts_with(|letter: char| letter.is_ascii_lowercase())
            && part
                .chars()
                .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "_-".contains(letter))
    };
    name.split('.').all(part_is_fine)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::small_house;

    fn action(name: &str) -> String {
        format!("//! x\nimpl journal::Action for A {{\n    const NAME: &'static str = \"{name}\";\n}}\n")
    }

    fn found(first: &str, second: &str) -> Vec<String> {
        let house = small_house(&[
            ("crates/people/src/actions/invite.rs", &action(first)),
            ("crates/routing/src/actions/route.rs", second),
        ]);
        check(&house).iter().map(Finding::to_string).collect()
    }

    #[test]
    fn a_name_is_taken_once_per_kind() {
        let findings = found("agent.invite", &action("agent.invite"));
        assert_eq!(findings.len(), 1);
        assert!(findings[0].contains(
            "name this action otherwise: `agent.invite` is taken by crates/people/src/actions/invite.rs:3"
        ));
        let job = action("agent.invite").replace("Action", "Job");
        assert!(found("agent.invite", &job).is_empty());
    }

    #[test]
    fn a_name_has_small_letters() {
        assert_eq!(found("agent.invite", &action("Agent.Invite")).len(), 1);
        assert_eq!(found("agent.invite", &action("agent..invite")).len(), 1);
    }
}
