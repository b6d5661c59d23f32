//! Answers: JSON with the undo record and the version where there are some.

use axum::Json;
use axum::http::header::ETAG;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use journal::Acted;
use serde::Serialize;

/// Names the undo record of what was just done.
pub const UNDO: HeaderName = HeaderName::from_static("rapport-undo");

/// 200 with the row as it is now.
#[derive(Debug)]
pub struct Done<T> {
    pub body: T,
    pub undo: Option<i64>,
    pub version: Option<i64>,
}

impl<T> Done<T> {
    pub fn new(body: T) -> Done<T> {
        Done { body, undo: None, version: None }
    }

    pub fn undo(self, undo: Option<i64>) -> Done<T> {
        Done { undo, ..self }
    }

    /// Sends the row's version as `ETag`, which `If-Match` takes.
    pub fn version(self, version: i64) -> Done<T> {
        Done { version: Some(version), ..self }
    }

    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Done<U> {
        Done { body: change(self.body), undo: self.undo, version: self.version }
    }

    pub fn created(self) -> Created<T> {
        Created(self)
    }
}

impl<T> From<Acted<T>> for Done<T> {
    fn from(acted: Acted<T>) -> Done<T> {
        Done { body: acted.output, undo: acted.undo, version: None }
    }
}

impl<T: Serialize> IntoResponse for Done<T> {
    fn into_response(self) -> Response {
        let mut response = Json(self.body).into_response();
        put_undo(&mut response, self.undo);
        if let Some(version) = self.version
            && let Ok(value) = HeaderValue::try_from(format!("\"{version}\""))
        {
            response.headers_mut().insert(ETAG, value);
        }
        response
    }
}

/// 201 with what was made.
#[derive(Debug)]
pub struct Created<T>(pub Done<T>);

impl<T> From<Acted<T>> for Created<T> {
    fn from(acted: Acted<T>) -> Created<T> {
        Created(acted.into())
    }
}

impl<T: Serialize> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        (StatusCode::CREATED, self.0).into_response()
    }
}

/// 204, for what answers nothing.
#[derive(Debug, Default)]
pub struct Nothing {
    pub undo: Option<i64>,
}

impl From<Acted<()>> for Nothing {
    fn from(acted: Acted<()>) -> Nothing {
        Nothing { undo: acted.undo }
    }
}

impl IntoResponse for Nothing {
    fn into_response(self) -> Response {
        let mut response = StatusCode::NO_CONTENT.into_response();
        put_undo(&mut response, self.undo);
        response
    }
}

fn put_undo(response: &mut Response, undo: Option<i64>) {
    if let Some(undo) = undo {
        response.headers_mut().insert(UNDO, HeaderValue::from(undo));
    }
}
