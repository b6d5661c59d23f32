//! The connection under a transaction, whichever engine it leads to.

use crate::pg::PgLink;

pub(crate) enum Link<'a> {
    Lite(&'a rusqlite::Connection),
    Pg(&'a mut PgLink),
}
