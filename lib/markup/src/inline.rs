//! Puts a style sheet into the elements that it is about: many mail programs take no other styles.

use css_inline::CSSInliner;

use crate::sanitise::sanitise_letter;

/// Longest style sheet that is read.
pub const CSS_BYTES: usize = 32 * 1024;

/// The fragment with the style of each element beside it, as safe as what [`sanitise_letter`] lets through: what of the
/// sheet loads, covers or leaves its box is left out, and so are rules about media and states, which no element bears.
/// A sheet that is too long counts for nothing.
#[must_use]
pub fn inline(html: &str, css: &str) -> String {
    if css.trim().is_empty() || css.len() > CSS_BYTES {
        return sanitise_letter(html);
    }
    let inliner = CSSInliner::options().load_remote_stylesheets(false).inline_style_tags(false).build();
    match inliner.inline_fragment(html, css) {
        Ok(styled) => sanitise_letter(&styled),
        Err(_) => sanitise_letter(html),
    }
}
