//! The program is killed again and again while it works: nothing is lost and nothing is doubled.

use crate::crash::{Plan, run};
use crate::driver::Engine;

fn rounds(engine: Engine) {
    let figures = run(Plan { engine, rounds: 10, writers: 3, answerers: 3, round: (150, 1200) });
    println!("{figures}");
    assert!(figures.mails > 20 && figures.answers > 5, "too little was going on: {figures}");
}

mod nothing_acknowledged_is_lost_or_doubled_by_kills {
    use super::*;

    #[test]
    fn on_sqlite() {
        rounds(Engine::Sqlite);
    }

    #[test]
    fn on_postgres() {
        rounds(Engine::Postgres);
    }
}
