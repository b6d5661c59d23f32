//! Tests of the public doors: reading, judging, folding and writing mail.

mod automatic;
mod hostile;
mod reading;
mod wild;
mod writing;
