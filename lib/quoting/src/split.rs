//! A text or page parted into what is shown and what is folded.

/// What the folded part begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Folds {
    /// Everything is shown.
    Nothing,
    /// Earlier messages.
    History,
    /// The sender's signature, or what a program wrote in its place; history may follow.
    Signature,
}

/// Put together, both parts are what was given, byte for byte: nothing is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split<'t> {
    /// What somebody wrote now. Empty only when nothing was given.
    pub shown: &'t str,
    /// What is folded on the screen.
    pub folded: &'t str,
    /// What the folded part begins with.
    pub folds: Folds,
}

impl<'t> Split<'t> {
    pub(crate) fn whole(text: &'t str) -> Split<'t> {
        Split { shown: text, folded: "", folds: Folds::Nothing }
    }

    pub(crate) fn at(text: &'t str, at: usize, folds: Folds) -> Split<'t> {
        let (shown, folded) = text.split_at(at);
        Split { shown, folded, folds }
    }
}
