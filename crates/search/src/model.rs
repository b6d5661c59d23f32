//! What is put in, what is asked and what is found.

pub(crate) mod chapter;
pub(crate) mod query;
pub(crate) mod snippet;
pub(crate) mod tokens;

use base::Time;

pub use snippet::Part;

/// One thing that can be found. Its id is unique over all kinds, as all ids of a workspace are.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub id: i64,
    pub at: Time,
    pub title: String,
    pub text: String,
    /// What a hit leads to: the conversation of a message, a customer itself.
    pub parent: i64,
}

/// What somebody looks for: words that must all be there, "phrases", -exclusions; the last word may
/// be unfinished.
#[derive(Clone, Debug)]
pub struct Query {
    pub text: String,
    /// Only this kind.
    pub kind: Option<&'static str>,
    /// Only entries with a smaller id: the `next` of an earlier answer.
    pub before: Option<i64>,
    pub most: usize,
}

/// An entry that matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    pub kind: String,
    pub id: i64,
    pub parent: i64,
    pub at: Time,
    pub snippet: Vec<Part>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Newest first, the newest one of each parent.
    pub hits: Vec<Hit>,
    /// Where to go on; none when everything was looked at.
    pub next: Option<i64>,
    /// The time was up before enough was found: going on may find more.
    pub partial: bool,
}
