//! Tests of the public doors.

mod corpus;
mod hostile;
mod pages;
mod programs;
mod replies;
