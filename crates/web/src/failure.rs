//! The one place where an error becomes an HTTP answer.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::{Error, Kind};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

pub type Result<T, E = Failure> = std::result::Result<T, E>;

/// An [`Error`] on its way out. It travels as an extension of the response; the outermost layer,
/// which knows the request's id, writes the envelope and the log line.
#[derive(Debug)]
pub struct Failure(pub Error);

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure(error)
    }
}

impl From<serde_json::Error> for Failure {
    #[track_caller]
    fn from(error: serde_json::Error) -> Failure {
        Failure(error.into())
    }
}

/// Extensions must be `Clone`, an error is not.
#[derive(Clone)]
pub(crate) struct Carried(pub std::sync::Arc<Error>);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = status_of(self.0.kind).into_response();
        response.extensions_mut().insert(Carried(std::sync::Arc::new(self.0)));
        response
    }
}

pub(crate) fn status_of(kind: Kind) -> StatusCode {
    match kind {
        Kind::Invalid => StatusCode::BAD_REQUEST,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::Forbidden => StatusCode::FORBIDDEN,
        Kind::Unauthenticated => StatusCode::UNAUTHORIZED,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Kind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The body of every answer that is an error.
#[derive(Serialize, ToSchema)]
pub struct Envelope {
    pub error: Told,
}

#[derive(Serialize, ToSchema)]
pub struct Told {
    /// `invalid`, `not_found`, `forbidden`, `unauthenticated`, `conflict`, `too_many`, `unavailable`
    /// or `internal`.
    pub kind: &'static str,
    /// Stable; what a client may branch on.
    pub code: String,
    /// A sentence for a person.
    pub message: String,
    /// Sentences by the name of the input field.
    #[schema(value_type = Object)]
    pub fields: serde_json::Map<String, Value>,
    /// The present state of the row that was in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub present: Option<Value>,
    /// The log line carries it as well.
    pub request_id: String,
}

impl Envelope {
    pub(crate) fn of(error: &Error, request_id: &str) -> Envelope {
        let fields = error.fields.iter().map(|(name, text)| (name.clone(), Value::from(text.as_str())));
        Envelope {
            error: Told {
                kind: error.kind.as_str(),
                code: error.code.to_owned(),
                message: error.message.to_string(),
                fields: fields.collect(),
                present: error.present.clone(),
                request_id: request_id.to_owned(),
            },
        }
    }
}

/// The same error for what axum itself refuses: unknown paths, methods, lengths and forms.
pub(crate) fn of_status(status: StatusCode, said: &str) -> Error {
    let (kind, code, message) = match status {
        StatusCode::NOT_FOUND => (Kind::NotFound, "unknown_path", "There is nothing at this address."),
        StatusCode::METHOD_NOT_ALLOWED => {
            (Kind::Invalid, "method_not_allowed", "This address does not take this method.")
        }
        StatusCode::PAYLOAD_TOO_LARGE => {
            (Kind::Invalid, "too_large", "This is more than may be sent at once.")
        }
        StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            (Kind::Invalid, "media_type", "Send JSON, with Content-Type: application/json.")
        }
        StatusCode::REQUEST_TIMEOUT => (Kind::Invalid, "too_slow", "The request did not arrive in time."),
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
            (Kind::Unavailable, "timed_out", "This took too long. Try again soon.")
        }
        status if status.is_server_error() => return base::error::internal(said),
        _ => (Kind::Invalid, "bad_request", "The request can't be understood."),
    };
    Error::new(kind, code, message).because(said)
}
