//! The live socket through a real connection.
