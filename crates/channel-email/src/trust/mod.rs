//! Whether a mail comes from whom it says: SPF, DKIM, DMARC and ARC, and what follows from them.

pub mod allowed;
pub mod authentication;
pub mod canonical;
pub mod lessons;
pub mod reported;
pub mod settings;
