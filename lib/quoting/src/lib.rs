//! Tells what somebody wrote from what stands around it: the signature, history that mail programs quote, mail that
//! was forwarded.
//!
//! **What.** [`split_text`] and [`split_html`] part a mail into what is shown and what is folded; [`forwarded`] finds
//! somebody else's mail inside of one.
//!
//! **Invariant:** nothing is deleted: both parts together are what was given, byte for byte.
//! **Invariant:** nobody's mail is hidden whole: where nothing would be left to see, all is shown.

mod forward;
mod forward_html;
mod html;
mod line;
mod signature;
mod split;
mod text;

pub use forward::{Forwarded, forwarded, is_forward_subject};
pub use forward_html::forwarded_html;
pub use html::split_html;
pub use split::{Folds, Split};
pub use text::split_text;

#[cfg(test)]
mod tests;
