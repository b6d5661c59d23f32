//! Tests of spam and deceit.

mod deceit;
mod learning;
mod suspicion;
