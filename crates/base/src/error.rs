//! The one error type: what the caller may branch on, what a person reads, what the log keeps.

use std::borrow::Cow;
use std::fmt;
use std::panic::Location;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The closed list that decides the HTTP status and a job's fate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Invalid,
    NotFound,
    Forbidden,
    Unauthenticated,
    Conflict,
    TooMany,
    Unavailable,
    Internal,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Invalid => "invalid",
            Kind::NotFound => "not_found",
            Kind::Forbidden => "forbidden",
            Kind::Unauthenticated => "unauthenticated",
            Kind::Conflict => "conflict",
            Kind::TooMany => "too_many",
            Kind::Unavailable => "unavailable",
            Kind::Internal => "internal",
        }
    }

    /// Whether the same work may succeed later without anybody changing anything.
    pub fn passes(self) -> bool {
        matches!(self, Kind::TooMany | Kind::Unavailable)
    }
}

/// The parts of an error. `cause` and `born` are for the log and never leave the program.
pub struct Parts {
    pub kind: Kind,
    /// Stable snake_case, listed in the catalogue of messages.
    pub code: &'static str,
    /// A sentence for the person; translated by `code`.
    pub message: Cow<'static, str>,
    /// Sentences by input field.
    pub fields: Vec<(String, String)>,
    /// The present state of the row, for a Conflict.
    pub present: Option<serde_json::Value>,
    pub cause: Option<String>,
    pub born: &'static Location<'static>,
}

/// See [`Parts`]; boxed, so that a `Result` stays one word wide.
pub struct Error(Box<Parts>);

impl std::ops::Deref for Error {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl Error {
    #[track_caller]
    pub fn new(kind: Kind, code: &'static str, message: impl Into<Cow<'static, str>>) -> Error {
        Error(Box::new(Parts {
            kind,
            code,
            message: message.into(),
            fields: Vec::new(),
            present: None,
            cause: None,
            born: Location::caller(),
        }))
    }

    /// Names the input field that the sentence is about.
    pub fn field(mut self, name: impl Into<String>) -> Error {
        let sentence = self.0.message.to_string();
        self.0.fields.push((name.into(), sentence));
        self
    }

    /// Keeps what really happened, for the log only.
    pub fn because(mut self, cause: impl fmt::Display) -> Error {
        self.0.cause = Some(cause.to_string());
        self
    }

    /// Tells the caller the present state of the row that was in the way.
    pub fn with_present(mut self, present: serde_json::Value) -> Error {
        self.0.present = Some(present);
        self
    }

    /// A copy for several waiting callers of one failed group; a present row is not repeated.
    pub fn again(&self) -> Error {
        Error(Box::new(Parts {
            kind: self.kind,
            code: self.code,
            message: self.message.clone(),
            fields: self.fields.clone(),
            present: None,
            cause: self.cause.clone(),
            born: self.born,
        }))
    }
}

#[track_caller]
pub fn invalid(code: &'static str, message: impl Into<Cow<'static, str>>) -> Error {
    Error::new(Kind::Invalid, code, message)
}

#[track_caller]
pub fn not_found(code: &'static str) -> Error {
    Error::new(Kind::NotFound, code, "This does not exist, or you may not see it.")
}

#[track_caller]
pub fn forbidden(code: &'static str, message: impl Into<Cow<'static, str>>) -> Error {
    Error::new(Kind::Forbidden, code, message)
}

#[track_caller]
pub fn unauthenticated(code: &'static str) -> Error {
    Error::new(Kind::Unauthenticated, code, "Please sign in.")
}

#[track_caller]
pub fn conflict(code: &'static str, message: impl Into<Cow<'static, str>>) -> Error {
    Error::new(Kind::Conflict, code, message)
}

#[track_caller]
pub fn too_many(code: &'static str, message: impl Into<Cow<'static, str>>) -> Error {
    Error::new(Kind::TooMany, code, message)
}

#[track_caller]
pub fn unavailable(code: &'static str, message: impl Into<Cow<'static, str>>) -> Error {
    Error::new(Kind::Unavailable, code, message)
}

/// Something that must not happen: the person gets one plain sentence, the log gets `cause`.
#[track_caller]
pub fn internal(cause: impl fmt::Display) -> Error {
    Error::new(Kind::Internal, "internal", "Something went wrong on our side.").because(cause)
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.message, self.code)?;
        match &self.cause {
            Some(cause) => write!(f, ": {cause}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {self} at {}", self.kind.as_str(), self.born)
    }
}

impl std::error::Error for Error {}

impl From<std::io::Error> for Error {
    #[track_caller]
    fn from(e: std::io::Error) -> Error {
        internal(e)
    }
}

impl From<serde_json::Error> for Error {
    #[track_caller]
    fn from(e: serde_json::Error) -> Error {
        internal(e)
    }
}
