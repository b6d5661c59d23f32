//! Tests of policies.

mod suite;
mod walking;
