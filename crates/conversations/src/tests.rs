//! The crate through its public doors, on both databases.
