//! Rule: a crate names only crates that lie below it, and the testkit only for tests.

use crate::finding::Finding;
use crate::house::floors::{Floor, may_import};
use crate::house::survey::{Crate, House};

pub fn check(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    for entry in &house.crates {
        for dependency in &entry.dependencies {
            let Some(other) = house.find_crate(&dependency.name).map(|index| &house.crates[index]) else {
                continue;
            };
            if !is_allowed(entry, other, dependency.for_tests) {
                let path = format!("{}/Cargo.toml", entry.folder);
                findings.push(Finding::new(&path, dependency.line, sentence(entry, other)));
            }
        }
    }
    findings
}

fn is_allowed(from: &Crate, to: &Crate, for_tests: bool) -> bool {
    let lean = may_import((&from.name, from.floor), (&to.name, to.floor));
    // The journeys of the roof go through the whole house.
    lean || (for_tests && (to.floor == Floor::Testkit || from.floor == Floor::Roof))
}

fn sentence(from: &Crate, to: &Crate) -> String {
    if to.floor == Floor::Testkit {
        return "name `testkit` under [dev-dependencies]: it is for tests only".to_owned();
    }
    format!(
        "take `{}` out: `{}` ({:?}) may import only what lies below it, and `{}` ({:?}) does not; \
         let an event, an action by name or a socket cross instead",
        to.name, from.name, from.floor, to.name, to.floor
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::small_house;

    fn found(name: &str, lines: &str) -> Vec<String> {
        let path = format!("crates/{name}/Cargo.toml");
        let manifest = format!("[package]\nname = \"{name}\"\n{lines}");
        check(&small_house(&[(&path, &manifest)])).iter().map(Finding::to_string).collect()
    }

    #[test]
    fn an_arrow_down_is_fine() {
        let lines =
            "[dependencies]\nconversations.workspace = true\n[dev-dependencies]\ntestkit.workspace = true\n";
        assert!(found("channel-email", lines).is_empty());
        assert!(found("rapport", "[dependencies]\nchannel-email.workspace = true\n").is_empty());
    }

    #[test]
    fn an_arrow_to_a_sibling_is_found_with_its_line() {
        let findings =
            found("channel-email", "[dependencies]\nbase.workspace = true\nrouting.workspace = true\n");
        assert_eq!(findings.len(), 1);
        assert!(findings[0].starts_with("crates/channel-email/Cargo.toml:5: take `routing` out"));
    }

    #[test]
    fn an_arrow_up_is_found() {
        assert_eq!(found("store", "[dependencies]\njournal = { workspace = true }\n").len(), 1);
        assert_eq!(found("people", "[dev-dependencies]\nconversations.workspace = true\n").len(), 1);
    }

    #[test]
    fn the_testkit_is_for_tests_only() {
        let findings = found("people", "[dependencies]\ntestkit.workspace = true\n");
        assert!(findings[0].contains("[dev-dependencies]"));
    }
}
