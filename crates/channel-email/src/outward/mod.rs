//! What is asked of other servers about a mail: DNS, filters, scanners.

pub mod authenticate;
pub mod clamd;
mod keys;
pub mod names;
pub mod pictures;
pub mod rests;
pub mod rspamd;
