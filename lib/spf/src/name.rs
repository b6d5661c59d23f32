//! Domain names as they may be asked for.

/// Whether DNS can be asked for this name at all (RFC 1035 section 2.3.4).
pub(crate) fn can_be_asked(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    !name.is_empty() && name.len() <= 253 && name.split('.').all(|label| (1..=63).contains(&label.len()))
}

/// Whether a policy can be looked for there (RFC 7208 section 4.3): more than one label.
pub(crate) fn can_have_policy(name: &str) -> bool {
    can_be_asked(name) && name.trim_end_matches('.').contains('.') && !name.contains(['[', ']', ':', ' '])
}

/// As names are compared.
pub(crate) fn folded(name: &str) -> String {
    name.trim_end_matches('.').to_ascii_lowercase()
}

/// Drops labels from the left until the name fits (RFC 7208 section 7.3).
pub(crate) fn fitting(name: String) -> String {
    let mut rest = name.as_str();
    while rest.len() > 253 {
        match rest.split_once('.') {
            Some((_, right)) => rest = right,
            None => return String::new(),
        }
    }
    rest.to_owned()
}

/// Whether a name is the domain or lies below it.
pub(crate) fn is_within(name: &str, domain: &str) -> bool {
    let (name, domain) = (folded(name), folded(domain));
    name == domain || name.strip_suffix(domain.as_str()).is_some_and(|left| left.ends_with('.'))
}
