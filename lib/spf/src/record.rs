//! A policy as a domain publishes it (RFC 7208 sections 3 and 4.6).

use crate::macros::Text;
use crate::mechanism::{Mechanism, verdict};
use crate::model::Verdict;

/// The terms of a policy in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    pub terms: Vec<(Verdict, Mechanism)>,
    pub redirect: Option<Text>,
}

/// Whether a text is a policy at all: its version is followed by a space or by nothing (section 4.5).
pub(crate) fn is_policy(text: &[u8]) -> bool {
    let Some((version, rest)) = text.split_at_checked(6) else { return false };
    version.eq_ignore_ascii_case(b"v=spf1") && rest.first().is_none_or(|byte| *byte == b' ')
}

impl Record {
    /// `None` when the syntax is wrong anywhere (section 4.6).
    pub fn read(text: &[u8]) -> Option<Record> {
        let text = std::str::from_utf8(text).ok().filter(|text| text.is_ascii())?;
        let mut record = Record { terms: Vec::new(), redirect: None };
        let mut explained = false;
        for term in text[6..].split(' ').filter(|term| !term.is_empty()) {
            let Some((name, value)) = modifier(term) else {
                let (verdict, term) = verdict(term);
                record.terms.push((verdict, Mechanism::read(term)?));
                continue;
            };
            match name.to_ascii_lowercase().as_str() {
                "redirect" if record.redirect.is_none() => record.redirect = Some(Text::read_domain(value)?),
                "exp" if !explained => {
                    Text::read_domain(value)?;
                    explained = true;
                }
                "redirect" | "exp" => return None,
                _ => drop(Text::read(value)?),
            }
        }
        Some(record)
    }
}

/// `name=value`, when the name is one.
fn modifier(term: &str) -> Option<(&str, &str)> {
    let (name, value) = term.split_once('=')?;
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    (plain && name.starts_with(|first: char| first.is_ascii_alphabetic())).then_some((name, value))
}
