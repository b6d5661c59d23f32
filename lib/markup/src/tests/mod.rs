//! Tests of the public doors: what stays, what goes, and what it costs.

mod hostile;
mod letters;
mod safety;
mod words;
