//! Search through its public door.
