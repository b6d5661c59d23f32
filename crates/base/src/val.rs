//! What goes into a statement and what comes out of a row, in the types that both databases share.

use std::borrow::Cow;

use crate::error::{Result, internal};

/// A statement's parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum Val<'a> {
    Null,
    Int(i64),
    Real(f64),
    Text(Cow<'a, str>),
    Blob(Cow<'a, [u8]>),
}

/// A column of a row that was read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Got<'a> {
    Null,
    Int(i64),
    Real(f64),
    Text(&'a str),
    Blob(&'a [u8]),
}

pub trait ToVal {
    fn to_val(&self) -> Val<'_>;
}

pub trait FromVal: Sized {
    fn from_val(got: Got<'_>) -> Result<Self>;
}

#[track_caller]
pub fn mismatch<T>(wanted: &str, got: Got<'_>) -> Result<T> {
    let kind = match got {
        Got::Null => "null",
        Got::Int(_) => "an integer",
        Got::Real(_) => "a real",
        Got::Text(_) => "text",
        Got::Blob(_) => "bytes",
    };
    Err(internal(format!("column holds {kind}, {wanted} was expected")))
}

impl ToVal for Val<'_> {
    fn to_val(&self) -> Val<'_> {
        match self {
            Val::Null => Val::Null,
            Val::Int(n) => Val::Int(*n),
            Val::Real(x) => Val::Real(*x),
            Val::Text(s) => Val::Text(Cow::Borrowed(s)),
            Val::Blob(b) => Val::Blob(Cow::Borrowed(b)),
        }
    }
}

macro_rules! ints {
    ($($t:ty),*) => {$(
        impl ToVal for $t {
            fn to_val(&self) -> Val<'_> {
                Val::Int(i64::from(*self))
            }
        }
        impl FromVal for $t {
            fn from_val(got: Got<'_>) -> Result<Self> {
                match got {
                    Got::Int(n) => <$t>::try_from(n).map_err(internal),
                    other => mismatch("an integer", other),
                }
            }
        }
    )*};
}
ints!(i64, i32, u32, u16, u8);

impl ToVal for bool {
    fn to_val(&self) -> Val<'_> {
        Val::Int(i64::from(*self))
    }
}
impl FromVal for bool {
    fn from_val(got: Got<'_>) -> Result<Self> {
        match got {
            Got::Int(n) => Ok(n != 0),
            other => mismatch("a truth value", other),
        }
    }
}

impl ToVal for f64 {
    fn to_val(&self) -> Val<'_> {
        Val::Real(*self)
    }
}
impl FromVal for f64 {
    fn from_val(got: Got<'_>) -> Result<Self> {
        match got {
            Got::Real(x) => Ok(x),
            Got::Int(n) => Ok(n as f64),
            other => mismatch("a number", other),
        }
    }
}

impl ToVal for str {
    fn to_val(&self) -> Val<'_> {
        Val::Text(Cow::Borrowed(self))
    }
}
impl ToVal for String {
    fn to_val(&self) -> Val<'_> {
        Val::Text(Cow::Borrowed(self))
    }
}
impl FromVal for String {
    fn from_val(got: Got<'_>) -> Result<Self> {
        match got {
            Got::Text(s) => Ok(s.to_owned()),
            other => mismatch("text", other),
        }
    }
}

impl ToVal for [u8] {
    fn to_val(&self) -> Val<'_> {
        Val::Blob(Cow::Borrowed(self))
    }
}
impl ToVal for Vec<u8> {
    fn to_val(&self) -> Val<'_> {
        Val::Blob(Cow::Borrowed(self))
    }
}
impl FromVal for Vec<u8> {
    fn from_val(got: Got<'_>) -> Result<Self> {
        match got {
            Got::Blob(b) => Ok(b.to_owned()),
            other => mismatch("bytes", other),
        }
    }
}

/// JSON is text in the file and JSONB on the server; both arrive as text.
impl ToVal for serde_json::Value {
    fn to_val(&self) -> Val<'_> {
        Val::Text(Cow::Owned(self.to_string()))
    }
}
impl FromVal for serde_json::Value {
    fn from_val(got: Got<'_>) -> Result<Self> {
        match got {
            Got::Text(s) => serde_json::from_str(s).map_err(internal),
            other => mismatch("JSON text", other),
        }
    }
}

impl<T: ToVal> ToVal for Option<T> {
    fn to_val(&self) -> Val<'_> {
        self.as_ref().map_or(Val::Null, ToVal::to_val)
    }
}
impl<T: FromVal> FromVal for Option<T> {
    fn from_val(got: Got<'_>) -> Result<Self> {
        match got {
            Got::Null => Ok(None),
            other => T::from_val(other).map(Some),
        }
    }
}

impl<T: ToVal + ?Sized> ToVal for &T {
    fn to_val(&self) -> Val<'_> {
        (**self).to_val()
    }
}

/// A closed list that is kept as text: one word per case, the same in the database, in JSON and in
/// the API document.
#[macro_export]
macro_rules! words {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            pub fn parse(word: &str) -> Option<$name> {
                match word { $($word => Some($name::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::ToVal for $name {
            fn to_val(&self) -> $crate::Val<'_> {
                $crate::Val::Text(std::borrow::Cow::Borrowed(self.as_str()))
            }
        }

        impl $crate::FromVal for $name {
            fn from_val(got: $crate::Got<'_>) -> $crate::Result<Self> {
                match got {
                    $crate::Got::Text(word) => $name::parse(word).ok_or_else(|| {
                        $crate::error::internal(format!("unknown {} {word:?}", stringify!($name)))
                    }),
                    other => $crate::val::mismatch("a word", other),
                }
            }
        }

        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let word = <std::borrow::Cow<'de, str> as $crate::serde::Deserialize>::deserialize(d)?;
                $name::parse(&word).ok_or_else(|| {
                    <D::Error as $crate::serde::de::Error>::unknown_variant(&word, &[$($word),+])
                })
            }
        }

        impl $crate::utoipa::PartialSchema for $name {
            fn schema() -> $crate::utoipa::openapi::RefOr<$crate::utoipa::openapi::Schema> {
                $crate::utoipa::openapi::ObjectBuilder::new()
                    .schema_type($crate::utoipa::openapi::schema::Type::String)
                    .enum_values(Some([$($word),+]))
                    .into()
            }
        }
        impl $crate::utoipa::ToSchema for $name {}
    };
}
