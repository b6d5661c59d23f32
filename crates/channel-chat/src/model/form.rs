//! The form before a chat: which fields, and whether they must be filled.

use std::collections::BTreeMap;

use base::Result;
use base::error::invalid;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

base::words! {
    pub enum Before { Never = "never", Optional = "optional", Required = "required" }
}

base::words! {
    pub enum FieldKind { Text = "text", Email = "email", Select = "select" }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = ChatForm)]
pub struct Form {
    pub before: Before,
    pub fields: Vec<FormField>,
}

impl Default for Form {
    fn default() -> Form {
        Form { before: Before::Never, fields: Vec::new() }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChatFormField)]
pub struct FormField {
    /// `name` and `email` fill the visitor's name and address; others are kept under their own name.
    pub name: String,
    pub label: String,
    pub kind: FieldKind,
    #[serde(default)]
    pub required: bool,
    #[serde(default)]
    pub options: Vec<String>,
}

const MOST_FIELDS: usize = 10;
const MOST_OPTIONS: usize = 50;
const LONGEST_VALUE: usize = 500;

impl Form {
    /// Refuses what a visitor could not fill.
    pub fn check(&self) -> Result<()> {
        let refuse = |sentence: &'static str| Err(invalid("form_invalid", sentence).field("form"));
        if self.fields.len() > MOST_FIELDS {
            return refuse("A form has at most 10 fields.");
        }
        let mut names: Vec<&str> = self.fields.iter().map(|field| field.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        if names.len() != self.fields.len() {
            return refuse("Each field has a name of its own.");
        }
        let plain = |name: &str| {
            (1..=40).contains(&name.len())
                && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        };
        for field in &self.fields {
            let label = field.label.chars().count();
            if !plain(&field.name) {
                return refuse("A field is named with a-z, 0-9 and _.");
            }
            if !(1..=100).contains(&label) {
                return refuse("A label has 1 to 100 characters.");
            }
            let options = field.options.len();
            if field.kind == FieldKind::Select && !(1..=MOST_OPTIONS).contains(&options) {
                return refuse("A choice has 1 to 50 options.");
            }
            if field.options.iter().any(|option| option.chars().count() > 100) {
                return refuse("An option has at most 100 characters.");
            }
        }
        Ok(())
    }

    /// Whether what a visitor has filled in so far is enough to begin.
    pub fn must_be_filled(
        &self,
        filled: &BTreeMap<String, String>,
        name: &str,
        email: Option<&str>,
    ) -> Result<()> {
        if self.before != Before::Required {
            return Ok(());
        }
        for field in self.fields.iter().filter(|field| field.required) {
            let there = match field.name.as_str() {
                "name" => !name.is_empty(),
                "email" => email.is_some(),
                other => filled.get(other).is_some_and(|value| !value.is_empty()),
            };
            if !there {
                return Err(
                    invalid("form_missing", "Please fill in the form first.").field(field.name.clone())
                );
            }
        }
        Ok(())
    }
}

/// What a visitor filled in: short texts under the names of the form; others are left out.
pub fn checked_fields(form: &Form, given: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let known = form.fields.iter().filter(|field| !matches!(field.name.as_str(), "name" | "email"));
    known
        .filter_map(|field| {
            let value = base::text::without_nul(given.get(&field.name)?);
            let value = base::text::cut(value.trim(), LONGEST_VALUE).to_owned();
            let offered = field.kind != FieldKind::Select || field.options.contains(&value);
            (offered && !value.is_empty()).then(|| (field.name.clone(), value))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str, kind: FieldKind) -> FormField {
        FormField { name: name.to_owned(), label: name.to_owned(), kind, required: true, options: Vec::new() }
    }

    #[test]
    fn only_what_the_form_asks_for_is_kept() {
        let choice = FormField { options: vec!["lamp".to_owned()], ..field("what", FieldKind::Select) };
        let form = Form { before: Before::Required, fields: vec![field("order", FieldKind::Text), choice] };
        let given = [("order", " 12 "), ("what", "shade"), ("evil", "x")];
        let given = given.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let kept = checked_fields(&form, &given);
        assert_eq!(kept, [("order".to_owned(), "12".to_owned())].into());
        assert_eq!(
            form.must_be_filled(&kept, "", None).expect_err("a choice is missing").code,
            "form_missing"
        );
    }

    #[test]
    fn forms_that_nobody_can_fill_are_refused() {
        let twice = Form {
            before: Before::Never,
            fields: vec![field("a", FieldKind::Text), field("a", FieldKind::Text)],
        };
        let empty = Form { before: Before::Never, fields: vec![field("a", FieldKind::Select)] };
        assert!(twice.check().is_err() && empty.check().is_err() && Form::default().check().is_ok());
    }
}
