//! The bounds that reading keeps, whatever the mail contains.

/// How much of a mail is looked at. What lies beyond is kept in the raw mail and named in `Mail::problems`.
///
/// With these, reading takes time linear in the length of the mail, and at most eight times that length and 16 MiB of
/// memory, cleaning its HTML included: `cargo xtask reading` measures both on every kind of hostile mail.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Multiparts inside each other; a deeper one becomes one attachment with its source.
    pub depth: usize,
    /// Leaf parts of one mail.
    pub parts: usize,
    /// Fields of one header block.
    pub fields: usize,
    /// Bytes of one field that are read.
    pub field_bytes: usize,
    /// Addresses kept of each of From, To, Cc and Reply-To.
    pub addresses: usize,
    /// Message-IDs kept of References: the first, and the last ones.
    pub references: usize,
    /// Bytes of body text and of body HTML, each.
    pub text_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 40,
            parts: 1_000,
            fields: 1_000,
            field_bytes: 128 * 1024,
            addresses: 500,
            references: 100,
            text_bytes: 5 * 1024 * 1024,
        }
    }
}
