//! Checks attributes one by one: names, lengths, addresses.

use crate::{schema::Schema, style};

/// Longest value, but for pictures that are part of the mail.
const VALUE_BYTES: usize = 4 * 1024;
const LINK_BYTES: usize = 8 * 1024;
const PICTURE_BYTES: usize = 1024 * 1024;

/// The attributes that are kept, written out. Character references in values stay as they are.
pub(crate) fn write(element: &str, attributes: &[(&str, &str)], schema: &Schema) -> String {
    let mut out = String::new();
    let mut tight = element == "p" && !schema.own && is_outlook_paragraph(attributes);
    for (name, value) in attributes {
        let name = name.to_ascii_lowercase();
        // What marks a remote picture is ours to set.
        if name == "data-remote-src" || !schema.attributes.contains(&name.as_str()) {
            continue;
        }
        if let Some((name, value)) = checked(element, &name, value.trim(), schema) {
            let mut value = value;
            if name == "style" && std::mem::take(&mut tight) && !value.contains("margin") {
                value = format!("margin: 0; {value}").into();
            }
            let value = value.replace('"', "&quot;").replace('<', "&lt;").replace('\0', "");
            out.push_str(&format!(" {name}=\"{value}\""));
        }
    }
    if tight {
        out.push_str(" style=\"margin: 0\"");
    }
    out
}

/// Outlook says in a style sheet, which goes, that its paragraphs stand without a gap, and makes gaps of empty ones.
fn is_outlook_paragraph(attributes: &[(&str, &str)]) -> bool {
    let class = attributes.iter().find(|(name, _)| name.eq_ignore_ascii_case("class"));
    let class = class.map(|(_, value)| value.trim().trim_start_matches("x_")).unwrap_or_default();
    has_prefix(class, "mso") || has_prefix(class, "xmso")
}

fn checked<'v>(
    element: &str,
    name: &'v str,
    value: &'v str,
    schema: &Schema,
) -> Option<(&'v str, std::borrow::Cow<'v, str>)> {
    let kept = match (element, name) {
        ("img", "src") => return picture(value, schema).map(|name| (name, value.into())),
        ("a", "href") => value.len() <= LINK_BYTES && is_link(value),
        ("blockquote" | "q", "cite") => false,
        (_, "href" | "src" | "cite") => false,
        (_, "value") if element != "li" => false,
        (_, "style") => {
            let style = style::filter(value)?;
            return Some((name, style.into()));
        }
        ("span", "data-mention-id") => is_number(value) && value.len() <= 16,
        (_, "data-mention-id") => false,
        // A cell that spans a million columns costs every reader dearly.
        (_, "colspan" | "rowspan" | "start") | ("li", "value") => is_number(value) && value.len() <= 3,
        _ => value.len() <= VALUE_BYTES,
    };
    kept.then(|| (name, value.into()))
}

/// The attribute under which the address of a picture is kept; a remote one moves to where nothing loads it.
fn picture(value: &str, schema: &Schema) -> Option<&'static str> {
    if value.len() > PICTURE_BYTES {
        return None;
    }
    if schema.own {
        return is_own_picture(value).then_some("src");
    }
    if has_prefix(value, "cid:") || is_inline_picture(value) || schema.remote && is_web_picture(value) {
        return Some("src");
    }
    let remote = ["http://", "https://", "//"].iter().any(|prefix| has_prefix(value, prefix));
    (remote && value.len() <= LINK_BYTES).then_some("data-remote-src")
}

/// Pictures of the conversation: by Content-ID, or a file of ours without any way out of its folder.
pub(crate) fn is_own_picture(value: &str) -> bool {
    if value.len() > VALUE_BYTES {
        return false;
    }
    let path = value.strip_prefix("/api/files/");
    path.is_some_and(|path| !path.contains("..") && !path.contains(['\\', '?', '#', '&']))
        || has_prefix(value, "cid:")
}

/// A picture on a server whose name the mail may tell.
pub(crate) fn is_web_picture(value: &str) -> bool {
    value.len() <= LINK_BYTES && has_prefix(value, "https://")
}

/// Raster pictures inside the address itself; SVG could hold script.
pub(crate) fn is_inline_picture(value: &str) -> bool {
    let data = ["png", "jpeg", "jpg", "gif", "webp"].iter().find_map(|kind| {
        let prefix = format!("data:image/{kind};base64,");
        has_prefix(value, &prefix).then(|| &value[prefix.len()..])
    });
    data.is_some_and(|data| {
        data.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=\r\n ".contains(&byte))
    })
}

/// Schemes that open something a person expects.
pub(crate) fn is_link(value: &str) -> bool {
    ["http:", "https:", "mailto:", "tel:"].iter().any(|scheme| has_prefix(value, scheme))
}

fn has_prefix(value: &str, prefix: &str) -> bool {
    value.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

fn is_number(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit())
}
