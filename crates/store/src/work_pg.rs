//! A closure on its way through PostgreSQL: a transaction of its own, again when it was not serialised.

use std::time::Duration;

use base::error::unavailable;

use crate::fault::AGAIN;
use crate::link::Link;
use crate::pg::PgLink;
use crate::tx::Tx;
use crate::watch::Watch;
use crate::work::{Item, Outcome};

/// How often a transaction that PostgreSQL refused to serialise is run again.
const MOST_RUNS: u32 = 12;

/// Each statement sees what was committed before it: whoever had to wait must not see what was there before that.
const BEGIN_UNLIMITED: &str =
    "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0;
     SET LOCAL idle_in_transaction_session_timeout = 0";

/// Runs one closure in a transaction of its own, again when the server could not serialise it.
pub(crate) fn run(link: &mut PgLink, mut item: Item, ring: &dyn Fn(), watch: &Watch) {
    for run in 0..MOST_RUNS {
        if let Err(e) = link.batch(if item.is_patient() { BEGIN_UNLIMITED } else { "BEGIN" }) {
            item.fail(e);
            return item.reply();
        }
        let outcome = item.run(&mut Tx::new(Link::Pg(link), watch));
        let again = match outcome {
            Outcome::Keep => match link.batch("COMMIT") {
                Ok(()) => false,
                Err(e) if e.code == AGAIN => true,
                Err(e) => {
                    item.fail(e);
                    false
                }
            },
            Outcome::Undo | Outcome::Again => {
                let _ = link.batch("ROLLBACK");
                outcome == Outcome::Again
            }
        };
        if !again {
            let rang = item.rang();
            item.reply();
            if rang {
                ring();
            }
            return;
        }
        pause(run);
    }
    item.fail(unavailable("database_contended", "Too many changes at once. Try again."));
    item.reply();
}

/// Waits a little longer after each run, unevenly, so that two rivals don't meet again.
#[expect(clippy::disallowed_methods, reason = "this thread owns nothing but its connection")]
fn pause(run: u32) {
    let spread = u64::from(std::process::id()) % 5 + u64::from(run) * 7 % 11;
    std::thread::sleep(Duration::from_millis(u64::from(2u32.pow(run.min(6))) + spread));
}
