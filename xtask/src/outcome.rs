//! What a command comes to.

/// Nothing, or a sentence about what went wrong (empty when all has been said).
pub type Outcome<T = ()> = Result<T, String>;
