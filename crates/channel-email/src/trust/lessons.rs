//! What a mail can teach: its tokens, as they are kept with it.

base::words! {
    /// What a mail was learned as.
    pub enum Lesson { Spam = "spam", Ham = "ham" }
}

base::words! {
    /// What the virus scanner said.
    pub enum Scan { Clean = "clean", Infected = "infected", Failed = "failed" }
}

impl Lesson {
    pub fn kind(self) -> spam::Kind {
        match self {
            Lesson::Spam => spam::Kind::Spam,
            Lesson::Ham => spam::Kind::Ham,
        }
    }
}

/// Three bytes each: buckets have eighteen bits.
pub fn packed(tokens: &[u32]) -> Vec<u8> {
    tokens.iter().flat_map(|token| token.to_be_bytes()[1..].to_vec()).collect()
}

pub fn unpacked(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(3).map(|three| u32::from_be_bytes([0, three[0], three[1], three[2]])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_come_back_as_they_were() {
        let tokens = [0, 1, 255, 256, 65_535, spam::BUCKETS - 1];
        assert_eq!(unpacked(&packed(&tokens)), tokens);
    }
}
