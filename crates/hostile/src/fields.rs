//! Mails that hurt by their header fields.

/// Repeats a piece up to a size, between two texts.
pub(crate) fn filled(before: &str, piece: &str, after: &str, size: usize) -> Vec<u8> {
    let count = size.saturating_sub(before.len() + after.len()) / piece.len() + 1;
    format!("{before}{}{after}", piece.repeat(count)).into_bytes()
}

const START: &str = "From: a@x.example\r\n";
const END: &str = "\r\n\r\nHi\r\n";

pub(crate) fn recipients(size: usize) -> Vec<u8> {
    filled(&format!("{START}To: "), "Person Number <person.number@x.example>,\r\n ", END, size)
}

pub(crate) fn recipient_fields(size: usize) -> Vec<u8> {
    filled(START, "To: Person Number <person.number@x.example>\r\n", "\r\nHi\r\n", size)
}

pub(crate) fn long(size: usize) -> Vec<u8> {
    filled(&format!("{START}Subject: "), "a", END, size)
}

pub(crate) fn many(size: usize) -> Vec<u8> {
    filled(START, "X-Filler: x\r\n", "\r\nHi\r\n", size)
}

pub(crate) fn folds(size: usize) -> Vec<u8> {
    filled(&format!("{START}Subject: a\r\n"), " x\r\n", "\r\nHi\r\n", size)
}

pub(crate) fn strays(size: usize) -> Vec<u8> {
    filled(START, "no colon here\r\n", "\r\nHi\r\n", size)
}

pub(crate) fn encoded_words(size: usize) -> Vec<u8> {
    filled(&format!("{START}Subject: "), "=?utf-8?Q?=C3=A4?= =?iso-2022-jp?B?GyRCJDMbKEI=?= ", END, size)
}

pub(crate) fn broken_words(size: usize) -> Vec<u8> {
    let half = size / 2;
    let subject = filled(&format!("{START}Subject: "), "=?a?Q? ", "\r\n", half);
    [subject, filled("To: ", "=?aa?Q?", END, half)].concat()
}

pub(crate) fn open_quotes(size: usize) -> Vec<u8> {
    let part = size / 4;
    let fields = [("To: ", "\"(\\"), ("Cc: ", "(a(b"), ("Reply-To: ", "<a<\""), ("Sender: ", "a:b;c,")];
    let lines = fields.map(|(name, piece)| filled(name, piece, "\r\n", part));
    [START.as_bytes(), &lines.concat(), b"\r\nHi\r\n"].concat()
}

pub(crate) fn references(size: usize) -> Vec<u8> {
    filled(&format!("{START}References: "), "<a@b><<c> ", END, size)
}

pub(crate) fn parameters(size: usize) -> Vec<u8> {
    filled(&format!("{START}Content-Type: text/plain"), "; name*1*=%; name=\"=?utf-8?Q?", END, size)
}
