//! What is read: a mail that was taken apart already.

/// A mail as the reader of MIME understood it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Given<'a> {
    /// Decoded subject.
    pub subject: &'a str,
    /// The text that people are shown, plain.
    pub text: &'a str,
    /// The header of the mail as it came.
    pub header: &'a str,
    /// Every other part, in its order.
    pub pieces: &'a [Piece<'a>],
}

/// A part beside the text.
#[derive(Debug, Clone, Copy)]
pub struct Piece<'a> {
    /// Lower-case `type/subtype`.
    pub kind: &'a str,
    /// Its decoded content; whatever is no UTF-8 may be replaced.
    pub text: &'a str,
}

impl<'a> Given<'a> {
    /// The first part of one of these types.
    pub(crate) fn piece(&self, kinds: &[&str]) -> Option<&'a str> {
        self.pieces.iter().find(|piece| kinds.contains(&piece.kind)).map(|piece| piece.text)
    }
}
