//! Journeys through the whole house: the real program, driven from outside.

mod certificates;
mod commands;
mod crash;
mod crashes;
mod doctor;
mod driver;
mod guards;
mod keeping;
mod nodes;
mod notifying;
mod power;
mod sleeping;
mod tracing;
mod workspaces;

/// The program under test.
fn program() -> std::path::PathBuf {
    env!("CARGO_BIN_EXE_rapport").into()
}
