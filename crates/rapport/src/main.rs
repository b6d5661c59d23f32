//! The program: one binary that serves, and that is told by its command line what to do.

mod archive;
mod asked;
mod assembly;
mod assets;
mod backup;
mod certificates;
mod cli;
mod command;
mod control;
mod demo;
mod doctor;
mod front;
mod import;
mod incoming;
mod installation;
mod keeping;
mod logs;
mod moving;
mod restore;
mod serve;
mod space;
mod tell;
mod upgrade;
mod verbs;
mod waking;
mod within;
mod workspaces;

use std::process::ExitCode;

fn main() -> ExitCode {
    // Two providers may be linked; rustls panics at the first handshake unless one is chosen.
    let chosen = rustls::crypto::aws_lc_rs::default_provider().install_default();
    debug_assert!(chosen.is_ok(), "nobody installs a provider before main");
    match cli::run() {
        Ok(code) => code,
        Err(e) => {
            eprintln!("rapport: {}", e.message);
            for (field, sentence) in e.fields.iter().filter(|(_, s)| *s != e.message) {
                eprintln!("  {field}: {sentence}");
            }
            if let Some(cause) = &e.cause {
                eprintln!("  ({cause})");
            }
            ExitCode::from(status(e.kind))
        }
    }
}

/// As sysexits.h has them, so that a mail server's pipe knows whether to keep the mail: 65 wrong data,
/// 67 nobody here, 75 try again, 77 not permitted.
fn status(kind: base::Kind) -> u8 {
    match kind {
        base::Kind::Invalid | base::Kind::Conflict => 65,
        base::Kind::NotFound => 67,
        base::Kind::Forbidden | base::Kind::Unauthenticated => 77,
        base::Kind::TooMany | base::Kind::Unavailable | base::Kind::Internal => 75,
    }
}
