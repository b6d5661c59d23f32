//! Checks every dependency against `deny.toml`, without `cargo deny`, which takes long to build.
//!
//! `deny.toml` stays the one list: `cargo deny`, where it is installed, reads the same one.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::finding::Finding;

/// What `deny.toml` says.
struct Rules {
    allowed: BTreeSet<String>,
    /// A crate that says its licence badly, and what its licence is.
    clarified: Vec<(String, String)>,
    /// A licence that one crate alone may have.
    exceptions: Vec<(String, BTreeSet<String>)>,
    banned: BTreeSet<String>,
}

/// Judges all dependencies of the workspace for this platform.
pub fn judge(root: &Path) -> Result<Vec<Finding>, String> {
    let text = fs::read_to_string(root.join("deny.toml")).map_err(|e| format!("deny.toml: {e}"))?;
    let rules = read_rules(&text)?;
    let metadata = metadata(root)?;
    let packages =
        metadata.get("packages").and_then(Value::as_array).ok_or("cargo metadata lists no packages")?;
    let mut findings: Vec<Finding> =
        packages.iter().filter_map(|package| judge_package(&rules, package)).collect();
    if let Ok(text) = fs::read_to_string(root.join(LOCK)) {
        let lock: Value = serde_json::from_str(&text).map_err(|e| format!("{LOCK}: {e}"))?;
        findings.extend(judge_lock(&rules, &lock));
    }
    Ok(findings)
}

/// What the browser side is made of.
const LOCK: &str = "web/package-lock.json";

/// Judges what is sent to browsers; what only builds or tests it (`dev`) stays here.
fn judge_lock(rules: &Rules, lock: &Value) -> Vec<Finding> {
    let packages = lock.get("packages").and_then(Value::as_object).into_iter().flatten();
    let shipped = packages.filter(|(path, entry)| !path.is_empty() && entry.get("dev").is_none());
    let bad = shipped.filter_map(|(path, entry)| {
        let licence = entry.get("license").and_then(Value::as_str).unwrap_or_default();
        let allowed = |one: &str| rules.allowed.contains(one);
        let sentence =
            format!("take {path} out, or allow its licence: `{licence}` is not on the list of deny.toml");
        (!is_satisfied(licence, &allowed)).then(|| Finding::new(LOCK, 1, sentence))
    });
    bad.collect()
}

fn metadata(root: &Path) -> Result<Value, String> {
    let host = host()?;
    let output = Command::new("cargo")
        .current_dir(root)
        .args(["metadata", "--locked", "--format-version", "1", "--filter-platform", &host])
        .output()
        .map_err(|e| format!("cannot run cargo: {e}"))?;
    if !output.status.success() {
        return Err(format!("cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr).trim()));
    }
    serde_json::from_slice(&output.stdout).map_err(|e| format!("cargo metadata: {e}"))
}

fn host() -> Result<String, String> {
    let output = Command::new("rustc").arg("-vV").output().map_err(|e| format!("cannot run rustc: {e}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or("rustc does not say its host".to_owned())
}

fn read_rules(text: &str) -> Result<Rules, String> {
    let file: toml::Table = text.parse().map_err(|e| format!("deny.toml: {e}"))?;
    let list = |section: &str, key: &str| -> Vec<toml::Value> {
        let found = file.get(section).and_then(|table| table.get(key)).and_then(toml::Value::as_array);
        found.cloned().unwrap_or_default()
    };
    let crate_of = |value: &toml::Value| {
        let name = value.get("crate").or(value.get("name")).unwrap_or(value);
        name.as_str().unwrap_or_default().to_owned()
    };
    let names = |value: Option<&toml::Value>| -> BTreeSet<String> {
        let values = value.and_then(toml::Value::as_array).into_iter().flatten();
        values.filter_map(toml::Value::as_str).map(str::to_owned).collect()
    };
    let expression = |value: &toml::Value| {
        value.get("expression").and_then(toml::Value::as_str).unwrap_or_default().to_owned()
    };
    Ok(Rules {
        allowed: list("licenses", "allow")
            .iter()
            .filter_map(toml::Value::as_str)
            .map(str::to_owned)
            .collect(),
        clarified: list("licenses", "clarify")
            .iter()
            .map(|entry| (crate_of(entry), expression(entry)))
            .collect(),
        exceptions: list("licenses", "exceptions")
            .iter()
            .map(|entry| (crate_of(entry), names(entry.get("allow"))))
            .collect(),
        banned: list("bans", "deny").iter().map(crate_of).collect(),
    })
}

fn judge_package(rules: &Rules, package: &Value) -> Option<Finding> {
    let said = |key: &str| package.get(key).and_then(Value::as_str).unwrap_or_default();
    let (name, version) = (said("name"), said("version"));
    let found = |line: &str| Some(Finding::new("deny.toml", 1, format!("{name} {version}: {line}")));
    if rules.banned.contains(name) {
        return found("take it out: it is banned");
    }
    let source = said("source");
    if !source.is_empty() && !source.starts_with("registry+") {
        return found("take it from the package registry: other sources are not allowed");
    }
    let clarified = rules.clarified.iter().find(|(clarified, _)| clarified == name);
    let licence = clarified.map_or(said("license"), |(_, expression)| expression);
    if licence.is_empty() {
        return found("name its licence under [[licenses.clarify]]: its manifest does not");
    }
    let special = rules.exceptions.iter().find(|(exception, _)| exception == name);
    let allowed =
        |one: &str| rules.allowed.contains(one) || special.is_some_and(|(_, list)| list.contains(one));
    if is_satisfied(licence, &allowed) {
        return None;
    }
    found(&format!("take it out, or allow its licence: `{licence}` is not on the list"))
}

/// Reads a licence expression (SPDX specification, annex D): OR binds loosest, `/` is its old spelling.
fn is_satisfied(expression: &str, allowed: &dyn Fn(&str) -> bool) -> bool {
    let spread = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut words = spread.split_whitespace().peekable();
    any_of(&mut words, allowed) && words.next().is_none()
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any_of(words: &mut Words<'_>, allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut held = all_of(words, allowed);
    while words.next_if_eq(&"OR").is_some() {
        held |= all_of(words, allowed);
    }
    held
}

fn all_of(words: &mut Words<'_>, allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut held = one(words, allowed);
    while words.next_if_eq(&"AND").is_some() {
        held &= one(words, allowed);
    }
    held
}

fn one(words: &mut Words<'_>, allowed: &dyn Fn(&str) -> bool) -> bool {
    match words.next() {
        Some("(") => {
            let held = any_of(words, allowed);
            words.next_if_eq(&")").is_some() && held
        }
        Some(name) => match words.next_if_eq(&"WITH").and_then(|_| words.next()) {
            // An exception only adds permissions, so the plain licence is enough.
            Some(exception) => allowed(&format!("{name} WITH {exception}")) || allowed(name),
            None => allowed(name),
        },
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = r#"
        [licenses]
        allow = ["MIT", "Apache-2.0"]
        exceptions = [{ crate = "special", allow = ["MPL-2.0"] }]
        [[licenses.clarify]]
        crate = "silent"
        expression = "MIT"
        [bans]
        deny = [{ crate = "openssl-sys" }]
    "#;

    fn judged(name: &str, licence: &str, source: &str) -> Option<String> {
        let rules = read_rules(RULES).expect("valid rules");
        let package =
            serde_json::json!({ "name": name, "version": "1.0.0", "license": licence, "source": source });
        judge_package(&rules, &package).map(|finding| finding.sentence)
    }

    #[test]
    fn expressions_are_read() {
        let allowed = |name: &str| matches!(name, "MIT" | "Apache-2.0");
        for (expression, held) in [
            ("MIT", true),
            ("GPL-3.0-only", false),
            ("MIT OR GPL-3.0-only", true),
            ("MIT AND GPL-3.0-only", false),
            ("(MIT OR GPL-3.0-only) AND Apache-2.0", true),
            ("GPL-3.0-only AND MIT OR Apache-2.0", true),
            ("MIT/GPL-3.0", true),
            ("Apache-2.0 WITH LLVM-exception", true),
            ("(MIT", false),
            ("", false),
        ] {
            assert_eq!(is_satisfied(expression, &allowed), held, "{expression}");
        }
    }

    #[test]
    fn what_is_sent_to_browsers_is_judged_too() {
        let rules = read_rules(RULES).expect("valid rules");
        let lock = serde_json::json!({ "packages": {
            "": { "license": "Apache-2.0" },
            "node_modules/good": { "license": "MIT" },
            "node_modules/bad": { "license": "GPL-3.0" },
            "node_modules/mute": {},
            "node_modules/tool": { "license": "GPL-3.0", "dev": true },
        }});
        let findings = judge_lock(&rules, &lock);
        assert_eq!(findings.len(), 2, "{findings:?}");
    }

    #[test]
    fn each_rule_can_fail() {
        assert_eq!(judged("good", "MIT", "registry+somewhere"), None);
        assert!(
            judged("bad", "AGPL-3.0-only", "registry+somewhere")
                .is_some_and(|s| s.contains("is not on the list"))
        );
        assert!(judged("openssl-sys", "MIT", "registry+somewhere").is_some_and(|s| s.contains("banned")));
        assert!(judged("forked", "MIT", "git+somewhere").is_some_and(|s| s.contains("registry")));
        assert!(judged("mute", "", "registry+somewhere").is_some_and(|s| s.contains("clarify")));
        assert_eq!(judged("silent", "", "registry+somewhere"), None);
        assert_eq!(judged("special", "MPL-2.0", "registry+somewhere"), None);
        assert!(judged("other", "MPL-2.0", "registry+somewhere").is_some());
    }
}
