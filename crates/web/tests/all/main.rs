//! The web kit through its public doors, with a small capability of the tests' own.

mod edge;
mod live;
mod things;
mod tls;
