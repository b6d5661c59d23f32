//! The staff through its public doors, on both databases.
