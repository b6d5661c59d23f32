//! What is read from standard input.

use std::io::IsTerminal;

use base::Result;
use base::error::invalid;

/// One line, so that it stands in no list of processes and in no history of a shell.
pub fn password() -> Result<String> {
    if std::io::stdin().is_terminal() {
        eprintln!("Type the password and press Enter:");
    }
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    let password = line.trim_end_matches(['\r', '\n']).to_owned();
    match password.is_empty() {
        true => Err(invalid("password_missing", "No password came on standard input.")),
        false => Ok(password),
    }
}
