//! Many rows with one statement.

use std::borrow::Cow;

use base::{Result, Val};
use store::Tx;

/// What stands in one column of a row to be written.
pub enum Field {
    Null,
    Int(i64),
    Text(String),
}

impl From<i64> for Field {
    fn from(n: i64) -> Field {
        Field::Int(n)
    }
}

impl From<&str> for Field {
    fn from(text: &str) -> Field {
        Field::Text(text.to_owned())
    }
}

impl From<String> for Field {
    fn from(text: String) -> Field {
        Field::Text(text)
    }
}

impl<T: Into<Field>> From<Option<T>> for Field {
    fn from(value: Option<T>) -> Field {
        value.map_or(Field::Null, Into::into)
    }
}

impl Field {
    fn val(&self) -> Val<'_> {
        match self {
            Field::Null => Val::Null,
            Field::Int(n) => Val::Int(*n),
            Field::Text(text) => Val::Text(Cow::Borrowed(text)),
        }
    }
}

/// `fields![id, name]`
macro_rules! fields {
    ($($value:expr),* $(,)?) => { vec![$($crate::bench::insert::Field::from($value)),*] };
}
pub(super) use fields;

/// Rows for one table. In `pattern`, such as `(?, ?, 'email', ?)`, each `?` is a field.
pub struct Rows {
    head: &'static str,
    pattern: &'static str,
    rows: Vec<Vec<Field>>,
}

/// As many rows stand in one statement; the rest of a list goes row by row.
const TOGETHER: usize = 50;

impl Rows {
    pub fn new(head: &'static str, pattern: &'static str) -> Rows {
        Rows { head, pattern, rows: Vec::new() }
    }

    pub fn push(&mut self, row: Vec<Field>) {
        debug_assert_eq!(row.len(), self.pattern.matches('?').count(), "{}", self.head);
        self.rows.push(row);
    }

    /// In the order of their first field: an index over all text stores them as one run then.
    pub fn sort(&mut self) {
        self.rows.sort_by_key(|row| match row.first() {
            Some(Field::Int(n)) => *n,
            _ => 0,
        });
    }

    pub fn write(&self, tx: &mut Tx<'_>) -> Result<()> {
        let mut rest = self.rows.as_slice();
        while !rest.is_empty() {
            let count = if rest.len() >= TOGETHER { TOGETHER } else { 1 };
            let (now, later) = rest.split_at(count);
            let vals: Vec<Val<'_>> = now.iter().flatten().map(Field::val).collect();
            tx.exec(self.statement(count), &vals)?;
            rest = later;
        }
        Ok(())
    }

    fn statement(&self, count: usize) -> String {
        let mut sql = format!("INSERT INTO {} VALUES ", self.head);
        let mut at = 0;
        for n in 0..count {
            if n > 0 {
                sql.push_str(", ");
            }
            for piece in self.pattern.split_inclusive('?') {
                match piece.strip_suffix('?') {
                    Some(before) => {
                        at += 1;
                        sql.push_str(before);
                        sql.push_str(&format!("${at}"));
                    }
                    None => sql.push_str(piece),
                }
            }
        }
        sql
    }
}
