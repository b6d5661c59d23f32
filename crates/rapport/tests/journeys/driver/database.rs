//! Where an installation keeps its rows: in its own files, or in a PostgreSQL database made for it.

use std::fmt;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Engine::Sqlite => "SQLite",
            Engine::Postgres => "PostgreSQL",
        })
    }
}

/// A database on the server of the tests; dropping it removes the database.
pub struct Made {
    name: String,
    pub url: String,
}

fn server() -> String {
    std::env::var("RAPPORT_TEST_POSTGRES")
        .expect("PostgreSQL is missing: run `cargo xtask postgres -- cargo test`")
}

impl Made {
    pub fn new() -> Made {
        let (server, name) = (server(), super::fresh("journey_"));
        let mut client = connect(&server);
        client.batch_execute(&format!("CREATE DATABASE {name}")).expect("a new database");
        let (address, _) = server.rsplit_once('/').expect("a database in the address");
        Made { url: format!("{address}/{name}"), name }
    }
}

/// A connection beside the program's own.
pub fn connect(url: &str) -> postgres::Client {
    postgres::Client::connect(url, postgres::NoTls).expect("PostgreSQL answers")
}

impl Drop for Made {
    fn drop(&mut self) {
        // What is left behind goes with the server of the tests.
        if let Ok(mut client) = postgres::Client::connect(&server(), postgres::NoTls) {
            let _ = client.batch_execute(&format!("DROP DATABASE {} WITH (FORCE)", self.name));
        }
    }
}
