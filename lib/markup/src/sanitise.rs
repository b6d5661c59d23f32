//! Makes HTML safe to show: a calm first pass for bounds, then a real parser and an allow-list for safety.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use ammonia::{Builder, UrlRelative};

use crate::{
    attribute::{is_inline_picture, is_link, is_own_picture, is_web_picture},
    calm::calm,
    schema::{LETTER, MAIL, MAIL_ELEMENTS, OWN, Schema},
    style::PROPERTIES,
    veil::unveil,
};

/// Foreign HTML made safe, with its meaning: tables, quotes, colours and fonts stay; `cid:` pictures keep their address;
/// remote pictures lose theirs to `data-remote-src`, so that nothing is loaded; links are http, https, mailto or tel.
#[must_use]
pub fn sanitise(html: &str) -> String {
    unveil(&FOREIGN.clean(&calm(html, &MAIL)).to_string())
}

/// What agents write, reduced to paragraphs, emphasis, lists, quotes, code, links, pictures and mentions.
#[must_use]
pub fn sanitise_own(html: &str) -> String {
    unveil(&WRITTEN.clean(&calm(html, &OWN)).to_string())
}

/// What administrators write for mail of ours: as foreign HTML, but its pictures may lie on servers of the web, and
/// names that a style sheet finds stay.
#[must_use]
pub fn sanitise_letter(html: &str) -> String {
    unveil(&LETTERS.clean(&calm(html, &LETTER)).to_string())
}

static LETTERS: LazyLock<Builder<'static>> = LazyLock::new(|| builder(&LETTER));
static FOREIGN: LazyLock<Builder<'static>> = LazyLock::new(|| builder(&MAIL));
static WRITTEN: LazyLock<Builder<'static>> = LazyLock::new(|| builder(&OWN));

/// The allow-list for the parser. It trusts nothing of the first pass and checks every address again, decoded.
fn builder(schema: &'static Schema) -> Builder<'static> {
    let mut tags: HashSet<&str> =
        MAIL_ELEMENTS.iter().filter_map(|(name, _)| (schema.element)(name)).map(|(name, _)| name).collect();
    if !schema.own {
        tags.insert("tbody");
    }
    let mut builder = Builder::default();
    builder
        .tags(tags)
        .tag_attributes(HashMap::new())
        .tag_attribute_values(HashMap::new())
        .set_tag_attribute_values(HashMap::from([("a", HashMap::from([("target", "_blank")]))]))
        .generic_attributes(schema.attributes.iter().copied().collect())
        .generic_attribute_prefixes(HashSet::new())
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel", "cid", "data"]))
        .url_relative(if schema.own { UrlRelative::PassThrough } else { UrlRelative::Deny })
        .link_rel(Some("noopener noreferrer nofollow"))
        .filter_style_properties(PROPERTIES.into_iter().collect())
        .attribute_filter(move |element, name, value| address(element, name, value, schema));
    builder
}

fn address<'v>(element: &str, name: &str, value: &'v str, schema: &Schema) -> Option<Cow<'v, str>> {
    let kept = match (element, name) {
        ("a", "href") => is_link(value),
        ("img", "src") if schema.own => is_own_picture(value),
        ("img", "src") if schema.remote && is_web_picture(value) => true,
        ("img", "src") => is_inline_picture(value) || value.to_ascii_lowercase().starts_with("cid:"),
        ("img", "data-remote-src") => !schema.own && !schema.remote,
        (_, "href" | "src" | "data-remote-src" | "cite") => false,
        ("span", "data-mention-id") => true,
        (_, "data-mention-id") => false,
        _ => true,
    };
    kept.then_some(Cow::Borrowed(value))
}
