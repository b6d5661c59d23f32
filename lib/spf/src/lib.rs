//! Says whether a server may send mail for a domain: the Sender Policy Framework, RFC 7208.
//!
//! **What.** `check` walks the policy of a domain with the DNS answers that are at hand, and names the question
//! that it needs next. The caller asks, adds the answer and begins again: so there is no IO in here, and a test
//! needs no DNS.
//!
//! **Invariant:** at most ten lookups by terms, ten names of one MX or PTR, two empty answers (section 4.6.4).
//! **Invariant:** the text behind `exp=` is never fetched: it would be a stranger's words in our mouth.

mod evaluate;
mod macros;
mod mechanism;
mod model;
mod name;
mod record;

pub use evaluate::{Judged, check};
pub use model::{Answer, Answers, Kind, Query, Question, Verdict};

#[cfg(test)]
mod tests;
