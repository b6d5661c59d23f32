//! Rule: the API document tells the truth: no route beside it, no two types under one name.

use std::collections::BTreeMap;

use crate::finding::Finding;
use crate::house::survey::{File, House};

/// Where routes stand that are no part of the API: the document itself, the live socket, health, the desk,
/// and the pages of the demo's mail catcher and shop.
const BESIDE: [&str; 4] = [
    "crates/web/src/router.rs",
    "crates/web/src/routes.rs",
    "crates/rapport/src/demo/catcher/pages.rs",
    "crates/rapport/src/demo/shop.rs",
];

pub fn check(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut named: BTreeMap<String, &str> = BTreeMap::new();
    for file in house.files.iter().filter(|file| !file.is_test && file.in_tree) {
        find_routes(file, &mut findings);
        for (line, name) in schemas(file) {
            if let Some(other) = named.insert(name.clone(), &file.path) {
                let sentence = format!(
                    "name it otherwise in the API document, as in `#[schema(as = …)]`: {other} has a `{name}` too"
                );
                findings.push(Finding::new(&file.path, line, sentence));
            }
        }
    }
    findings
}

fn find_routes(file: &File, findings: &mut Vec<Finding>) {
    if BESIDE.contains(&file.path.as_str()) {
        return;
    }
    for (index, line) in file.source.code.lines().enumerate() {
        if line.contains(".route(") && !file.source.is_test_line(index + 1) {
            let sentence = "use `.routes(routes!(…))`: a bare route is missing in the API document";
            findings.push(Finding::new(&file.path, index + 1, sentence));
        }
    }
}

/// The types that derive a schema, under the names that the document has for them.
fn schemas(file: &File) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut pending: Option<Option<String>> = None;
    for (index, line) in file.source.code.lines().enumerate().map(|(index, line)| (index + 1, line.trim())) {
        if line.ends_with("words! {") {
            // The macro derives the schema.
            pending = Some(None);
        } else if line.starts_with("#[derive(") {
            pending = line.contains("ToSchema").then_some(None);
        } else if let Some(rest) = line.strip_prefix("#[schema(as = ") {
            pending = pending.map(|_| rest.split(')').next().map(str::to_owned));
        } else if let Some(name) = declared(line)
            && let Some(given) = pending.take()
        {
            found.push((index, given.unwrap_or(name)));
        }
    }
    found
}

fn declared(line: &str) -> Option<String> {
    let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    words.find(|word| matches!(*word, "struct" | "enum"))?;
    words.next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use crate::tidy::small_house;

    fn found(files: &[(&str, &str)]) -> usize {
        super::check(&small_house(files)).len()
    }

    #[test]
    fn two_types_of_one_name_are_found() {
        let plain = "//! X.\n#[derive(ToSchema)]\npub struct Input {\n}\n";
        let (one, two) = ("crates/people/src/a.rs", "crates/people/src/b.rs");
        let lib = ("crates/people/src/lib.rs", "mod a;\nmod b;\n");
        assert_eq!(found(&[lib, (one, plain), (two, plain)]), 1);
        let other = plain.replace("pub struct", "#[schema(as = OtherInput)]\npub struct");
        assert_eq!(found(&[lib, (one, plain), (two, &other)]), 0);
        assert_eq!(found(&[lib, (one, plain), (two, &plain.replace("ToSchema", "Debug"))]), 0);
        let words = "//! X.\nbase::words! {\n    pub enum Input { One = \"one\" }\n}\n";
        assert_eq!(found(&[lib, (one, plain), (two, words)]), 1);
    }

    #[test]
    fn a_bare_route_is_found() {
        let text = "fn a() { Router::new().route(x, get(y)); }\n";
        let lib = ("crates/people/src/lib.rs", "mod api;\n");
        assert_eq!(found(&[lib, ("crates/people/src/api.rs", text)]), 1);
        assert_eq!(found(&[lib, ("crates/people/src/api.rs", &text.replace("route(", "routes("))]), 0);
    }
}
