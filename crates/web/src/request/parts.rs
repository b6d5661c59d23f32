//! Paths, queries and the expected version.

use axum::extract::FromRequestParts;
use axum::http::header::IF_MATCH;
use axum::http::request::Parts;
use base::error::invalid;
use serde::de::DeserializeOwned;

use crate::failure::{Failure, Result};

/// The version that the caller saw: `If-Match: "12"` (RFC 9110, 13.1.1). `None` when it was not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IfMatch(pub Option<i64>);

impl<S: Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<IfMatch> {
        let Some(value) = parts.headers.get(IF_MATCH) else { return Ok(IfMatch(None)) };
        let text = value.to_str().unwrap_or_default().trim();
        if text == "*" {
            return Ok(IfMatch(None));
        }
        let version = text.trim_start_matches("W/").trim_matches('"').parse();
        let refuse = |_| invalid("if_match", "If-Match takes the version of the row, as in \"12\".");
        Ok(IfMatch(Some(version.map_err(refuse)?)))
    }
}

/// The query of the address, as a struct.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Query<T>> {
        match axum::extract::Query::from_request_parts(parts, state).await {
            Ok(axum::extract::Query(value)) => Ok(Query(value)),
            Err(e) => Err(invalid("query", "The query of this address can't be read.")
                .because(e.body_text())
                .into()),
        }
    }
}

/// The variable parts of the path. What is no id leads nowhere.
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Path<T>> {
        let read = <axum::extract::Path<T> as FromRequestParts<S>>::from_request_parts(parts, state).await;
        match read {
            Ok(axum::extract::Path(value)) => Ok(Path(value)),
            Err(e) => Err(base::error::not_found("unknown_path").because(e.body_text()).into()),
        }
    }
}
