//! Tests of the public doors: what stays, what goes, and what it costs.

mod hostile;
mod safety;
mod words;
