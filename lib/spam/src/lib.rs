//! Tells unwanted mail from wanted: tokens, a filter that learns, signs that speak for themselves, names that deceive.
//!
//! **What.** `tokens` turns a mail into a bounded set of numbers, `probability` weighs them by what was learned,
//! `signs` names what is suspicious by itself, `score` adds it all up with its reasons, `deceives` finds names and
//! domains that look like others.
//!
//! **Invariant:** no IO and no words are kept: a token is a number, from which no text can be read back.
//! **Invariant:** learning and unlearning the same tokens are inverse.

mod bayes;
mod deceit;
mod files;
mod links;
mod score;
mod signs;
mod tokens;

pub use bayes::{Counts, Kind, LEARNED_ENOUGH, probability};
pub use deceit::{Deceit, deceives, looks_like, skeleton};
pub use files::is_risky_file;
pub use links::{Link, Misleading, host_of, links, misleads};
pub use score::{Reason, Standing, score};
pub use signs::{Sample, signs};
pub use tokens::{BUCKETS, MOST_TOKENS, tokens};

#[cfg(test)]
mod tests;
