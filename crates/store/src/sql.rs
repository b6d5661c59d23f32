//! Statements and typed rows.

use std::borrow::Cow;

use base::{FromVal, Got, Result};

/// One text for both engines, or a pair where they differ.
pub enum Sql {
    Both(Cow<'static, str>),
    Pair { lite: Cow<'static, str>, pg: Cow<'static, str> },
}

impl Sql {
    pub(crate) fn lite(&self) -> &str {
        match self {
            Sql::Both(text) | Sql::Pair { lite: text, .. } => text,
        }
    }

    pub(crate) fn pg(&self) -> &str {
        match self {
            Sql::Both(text) | Sql::Pair { pg: text, .. } => text,
        }
    }
}

impl From<&'static str> for Sql {
    fn from(text: &'static str) -> Sql {
        Sql::Both(Cow::Borrowed(text))
    }
}

impl From<String> for Sql {
    fn from(text: String) -> Sql {
        Sql::Both(Cow::Owned(text))
    }
}

impl From<(&'static str, &'static str)> for Sql {
    fn from((lite, pg): (&'static str, &'static str)) -> Sql {
        Sql::Pair { lite: Cow::Borrowed(lite), pg: Cow::Borrowed(pg) }
    }
}

impl From<(String, String)> for Sql {
    fn from((lite, pg): (String, String)) -> Sql {
        Sql::Pair { lite: Cow::Owned(lite), pg: Cow::Owned(pg) }
    }
}

/// SQLite reads `$2` as a *named* parameter numbered by first appearance, so `$n` becomes `?n`.
/// Only `$` before a digit counts: JSON paths contain `$` as well.
pub(crate) fn numbered(sql: &str) -> String {
    let mut pieces = sql.split('$');
    let mut out = String::with_capacity(sql.len());
    out.extend(pieces.next());
    for piece in pieces {
        out.push(if piece.as_bytes().first().is_some_and(u8::is_ascii_digit) { '?' } else { '$' });
        out.push_str(piece);
    }
    out
}

/// The columns of one row, read by position.
pub trait Columns {
    fn get(&self, at: usize) -> Result<Got<'_>>;
    fn count(&self) -> usize;
}

/// Something that can be read from a row; usually made by [`row!`](crate::row!).
pub trait Row: Sized {
    fn read(columns: &dyn Columns) -> Result<Self>;
}

/// One column read by position.
pub fn column<T: FromVal>(columns: &dyn Columns, at: usize) -> Result<T> {
    T::from_val(columns.get(at)?).map_err(|e| {
        let cause = format!("column {at}: {}", e.cause.as_deref().unwrap_or(&e.message));
        base::error::internal(cause)
    })
}

/// A single column as a row of its own: `tx.one::<(i64,)>(…)`.
macro_rules! tuples {
    ($(($($t:ident $n:tt),+))*) => {$(
        impl<$($t: FromVal),+> Row for ($($t,)+) {
            fn read(columns: &dyn Columns) -> Result<Self> {
                Ok(($(column::<$t>(columns, $n)?,)+))
            }
        }
    )*};
}
tuples! { (A 0) (A 0, B 1) (A 0, B 1, C 2) (A 0, B 1, C 2, D 3) (A 0, B 1, C 2, D 3, E 4) (A 0, B 1, C 2, D 3, E 4, F 5) }

/// Declares a struct whose fields are the columns of a statement, in their order.
#[macro_export]
macro_rules! row {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($(#[$fmeta:meta])* $fvis:vis $field:ident : $ty:ty),+ $(,)? }) => {
        $(#[$meta])*
        $vis struct $name { $($(#[$fmeta])* $fvis $field: $ty),+ }

        impl $crate::Row for $name {
            fn read(columns: &dyn $crate::Columns) -> $crate::base::Result<Self> {
                let mut at = 0..;
                Ok($name { $($field: $crate::column(columns, at.next().expect("endless"))?),+ })
            }
        }
    };
}

/// The parameters of a statement: `p![team, status, before.0]`.
#[macro_export]
macro_rules! p {
    ($($value:expr),* $(,)?) => { &[$($crate::base::ToVal::to_val(&$value)),*] };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_numbered_and_json_paths_left_alone() {
        assert_eq!(numbered("SELECT $2, $10, a->>'$.k'"), "SELECT ?2, ?10, a->>'$.k'");
    }
}
