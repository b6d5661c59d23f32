//! Certificates for the web and for mail: from files that are followed, or from an authority (RFC 8555).

pub mod account;
pub mod acme;
pub mod files;
pub mod held;
pub mod order;
pub mod pair;
pub mod questions;
pub mod shown;
