//! The rules of the house that a compiler does not keep. Each rule is one file here, with cases in which it fails.

pub mod circles;
pub mod documented;
pub mod imports;
pub mod names;
pub mod order;
pub mod places;
pub mod scopes;
pub mod sizes;
pub mod tables;
pub mod traces;
pub mod words;

use std::path::Path;

use crate::files::{Text, load};
use crate::finding::Finding;
use crate::house::survey::House;

/// Judges the repository below the root.
pub fn judge(root: &Path) -> Result<Vec<Finding>, String> {
    let texts = load(root)?;
    judge_texts(&texts, &traces::places_of(root))
}

/// Judges a repository given as texts; `machine` holds the paths that must not be named.
pub fn judge_texts(texts: &[Text], machine: &[String]) -> Result<Vec<Finding>, String> {
    let house = House::build(texts)?;
    let mut findings = Vec::new();
    findings.extend(imports::check(&house));
    findings.extend(order::check(&house));
    findings.extend(circles::check(&house));
    findings.extend(places::check(&house));
    findings.extend(sizes::check(&house));
    findings.extend(words::check(&house));
    findings.extend(names::check(&house));
    findings.extend(scopes::check(&house));
    findings.extend(documented::check(&house));
    findings.extend(tables::check(&house, texts));
    findings.extend(traces::check(texts, machine));
    findings.sort();
    findings.dedup();
    Ok(findings)
}

/// A small house for the cases of the rules: a crate per floor, and the given files.
#[cfg(test)]
pub(crate) fn small_house(files: &[(&str, &str)]) -> House {
    House::build(&small_texts(files)).expect("the manifests of the cases are valid")
}

#[cfg(test)]
pub(crate) fn small_texts(files: &[(&str, &str)]) -> Vec<Text> {
    let manifests = [
        "base",
        "store",
        "journal",
        "web",
        "people",
        "conversations",
        "channel-email",
        "routing",
        "rapport",
        "testkit",
    ];
    let mut texts: Vec<Text> = files.iter().map(|(path, text)| Text::new(path, text)).collect();
    for name in manifests {
        let path = format!("crates/{name}/Cargo.toml");
        if !texts.iter().any(|text| text.path == path) {
            texts.push(Text::new(&path, &format!("[package]\nname = \"{name}\"\n")));
        }
    }
    texts
}
