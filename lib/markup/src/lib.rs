//! Turns foreign HTML into safe HTML, HTML into text, and text into HTML.
//!
//! **What.** `sanitise` keeps the meaning of mail HTML and takes its teeth out, `sanitise_own` keeps the few elements
//! that agents write, `sanitise_letter` and `inline` make mail of ours, `html_to_text` and `text_to_html` go between the forms, `preview` shortens.
//!
//! **Invariant:** nothing that leaves here loads anything from elsewhere, runs script, or leaves its own box.
//! **Invariant:** time and memory are bounded: at most [`HTML_BYTES`] of HTML are read, nested at most [`DEPTH`] deep,
//! with at most [`ATTRIBUTES`] attributes an element. What lies beyond becomes plain text or is cut.
//! **Invariant:** no IO, and the same input gives the same output.

mod attribute;
mod calm;
mod inline;
mod pixel;
mod plain;
mod sanitise;
mod scan;
mod schema;
mod stack;
mod style;
mod text;
mod veil;

pub use calm::{DEPTH, HTML_BYTES};
pub use inline::{CSS_BYTES, inline};
pub use plain::{TEXT_BYTES, preview, text_to_html};
pub use sanitise::{sanitise, sanitise_letter, sanitise_own};
pub use scan::ATTRIBUTES;
pub use text::html_to_text;

#[cfg(test)]
mod tests;
