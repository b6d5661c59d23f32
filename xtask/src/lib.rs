//! What developers and the build run. The checks are a library, so that an ordinary test runs them too.

pub mod commands;
pub mod corpora;
pub mod files;
pub mod finding;
pub mod house;
pub mod licences;
pub mod machine;
pub mod outcome;
pub mod paths;
pub mod postgres;
pub mod prerequisites;
pub mod source;
pub mod steps;
pub mod tally;
pub mod tidy;
