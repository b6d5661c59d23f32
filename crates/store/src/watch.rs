//! Watching statements: how the database would carry each one out, for tests that hold them to indexes.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use base::{Result, Val};

use crate::link::Link;
use crate::lite;
use crate::sql::Sql;

/// The plan of each statement that ran since watching began, line by line.
pub type Plans = BTreeMap<String, Vec<String>>;

/// Off until a test asks; then it costs each statement a look.
#[derive(Default)]
pub(crate) struct Watch {
    on: AtomicBool,
    plans: Mutex<Plans>,
}

/// Tables are small in tests. PostgreSQL then goes through the whole table unless this forbids it; where
/// it has no other way it still does.
const AS_IF_LARGE: &str =
    "SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off";

impl Watch {
    pub fn begin(&self) {
        self.on.store(true, Ordering::Relaxed);
    }

    pub fn plans(&self) -> Plans {
        self.plans.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn look(&self, link: &mut Link<'_>, sql: &Sql, params: &[Val<'_>]) -> Result<()> {
        if !self.on.load(Ordering::Relaxed) {
            return Ok(());
        }
        let (text, plan) = match link {
            Link::Lite(conn) => (sql.lite(), lite::plan(conn, sql.lite(), params)?),
            Link::Pg(_) if !may_be_explained(sql.pg()) => return Ok(()),
            Link::Pg(pg) => {
                pg.batch(AS_IF_LARGE)?;
                let rows: Vec<(String,)> = pg.rows(&format!("EXPLAIN {}", sql.pg()), params)?;
                (sql.pg(), rows.into_iter().map(|(line,)| line).collect())
            }
        };
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        plans.insert(text.to_owned(), plan);
        Ok(())
    }
}

fn may_be_explained(sql: &str) -> bool {
    ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"].iter().any(|verb| sql.trim_start().starts_with(verb))
}
