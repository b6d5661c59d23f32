//! What may stand in a customer's fields, with errors that name the field.

use base::error::{conflict, invalid};
use base::{Result, text};
use serde::Serialize;
use serde_json::{Map, Value};

use super::address::fold_domain;

const MOST_NAME: usize = 200;
const MOST_NOTE: usize = 20_000;
const MOST_TAGS: usize = 50;
const MOST_TAG: usize = 60;
const MOST_CODE: usize = 60;
const MOST_DOMAINS: usize = 50;
/// RFC 1035, section 2.3.4.
const MOST_DOMAIN: usize = 255;
const MOST_ATTRIBUTES_BYTES: usize = 16 * 1024;

pub(crate) fn checked_name(name: &str, field: &'static str) -> Result<String> {
    at_most(text::without_nul(name), MOST_NAME, field)
}

pub(crate) fn checked_note(note: &str) -> Result<String> {
    at_most(text::without_nul(note), MOST_NOTE, "note")
}

/// A language, a time zone or a channel: short and without anything odd. Empty means none.
pub(crate) fn checked_code(code: Option<&str>, field: &'static str) -> Result<Option<String>> {
    let Some(code) = code.map(str::trim).filter(|code| !code.is_empty()) else { return Ok(None) };
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_+/".contains(c);
    if code.len() > MOST_CODE || !code.chars().all(plain) {
        let sentence = "Up to 60 letters, digits, -, _, + and / can stand here.";
        return Err(invalid("code_invalid", sentence).field(field));
    }
    Ok(Some(code.to_owned()))
}

/// In lower case, each one once.
pub(crate) fn checked_tags(tags: &[String]) -> Result<Vec<String>> {
    let mut checked: Vec<String> = Vec::new();
    for tag in tags {
        let tag = at_most(text::fold(&text::without_nul(tag)), MOST_TAG, "tags")?;
        if !tag.is_empty() && !checked.contains(&tag) {
            checked.push(tag);
        }
        if checked.len() > MOST_TAGS {
            return Err(invalid("too_many_tags", format!("At most {MOST_TAGS} tags.")).field("tags"));
        }
    }
    Ok(checked)
}

/// Mail domains in the form of the name system, sorted, each one once.
pub(crate) fn checked_domains(domains: &[String]) -> Result<Vec<String>> {
    let mut checked: Vec<String> = Vec::new();
    for domain in domains {
        let folded = fold_domain(&text::without_nul(domain));
        let odd = |c: char| c.is_whitespace() || c.is_control() || "@/,<>".contains(c);
        if folded.is_empty() || folded.len() > MOST_DOMAIN || folded.contains(odd) {
            return Err(invalid("domain_invalid", "This is not a domain.").field("domains"));
        }
        checked.push(folded);
    }
    checked.sort();
    checked.dedup();
    if checked.len() > MOST_DOMAINS {
        return Err(invalid("too_many_domains", format!("At most {MOST_DOMAINS} domains.")).field("domains"));
    }
    Ok(checked)
}

pub(crate) fn checked_attributes(attributes: &Map<String, Value>) -> Result<Map<String, Value>> {
    let checked = object_without_nul(attributes);
    if serde_json::to_vec(&checked)?.len() > MOST_ATTRIBUTES_BYTES {
        let sentence = "All attributes together can't be longer than 16 kB.";
        return Err(invalid("attributes_too_long", sentence).field("attributes"));
    }
    Ok(checked)
}

fn object_without_nul(object: &Map<String, Value>) -> Map<String, Value> {
    object.iter().map(|(key, value)| (text::without_nul(key), json_without_nul(value))).collect()
}

fn json_without_nul(value: &Value) -> Value {
    match value {
        Value::String(inside) => Value::String(text::without_nul(inside)),
        Value::Array(items) => Value::Array(items.iter().map(json_without_nul).collect()),
        Value::Object(object) => Value::Object(object_without_nul(object)),
        other => other.clone(),
    }
}

fn at_most(text: String, most: usize, field: &'static str) -> Result<String> {
    if text.chars().count() > most {
        let sentence = format!("This is too long: at most {most} characters.");
        return Err(invalid("too_long", sentence).field(field));
    }
    Ok(text)
}

/// Refuses a change of something that has changed since the caller read it.
pub(crate) fn must_be(expected: Option<i64>, version: i64, present: &impl Serialize) -> Result<()> {
    if expected.is_none_or(|expected| expected == version) {
        return Ok(());
    }
    let present = serde_json::to_value(present)?;
    Err(conflict("version_conflict", "Somebody else has changed this meanwhile.").with_present(present))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_name_the_field() {
        let field = |e: base::Error| e.fields[0].0.clone();
        assert_eq!(field(checked_name(&"x".repeat(201), "name").expect_err("long")), "name");
        assert_eq!(field(checked_note(&"x".repeat(20_001)).expect_err("long")), "note");
        let tags: Vec<String> = (0..51).map(|n| n.to_string()).collect();
        assert_eq!(field(checked_tags(&tags).expect_err("many")), "tags");
        let attributes = Map::from_iter([("a".to_owned(), Value::String("x".repeat(16 * 1024)))]);
        assert_eq!(field(checked_attributes(&attributes).expect_err("long")), "attributes");
        assert_eq!(field(checked_code(Some("de; DROP"), "language").expect_err("odd")), "language");
    }

    #[test]
    fn tags_are_folded_and_stand_once() {
        let tags = ["VIP", " vip ", "", "Köln"].map(str::to_owned);
        assert_eq!(checked_tags(&tags).expect("fine"), ["vip", "köln"]);
    }

    #[test]
    fn nul_is_taken_out_of_names_and_attributes() {
        assert_eq!(checked_name("A\0nn", "name").expect("fine"), "Ann");
        let json = serde_json::json!({"a\0": ["b\0", {"c": "\0"}]});
        let object = json.as_object().expect("an object");
        assert_eq!(
            Value::Object(checked_attributes(object).expect("fine")).to_string(),
            r#"{"a":["b",{"c":""}]}"#
        );
    }
}
