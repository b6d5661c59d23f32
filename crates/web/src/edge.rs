//! The outermost layer: request ids, the envelope of errors, the log line, safe headers, panics.

use std::panic::AssertUnwindSafe;
use std::time::Instant;

use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, RETRY_AFTER,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base::error::internal;
use base::{Error, Kind};
use futures_util::FutureExt;
use http_body_util::BodyExt;

use crate::client::Client;
use crate::failure::{Carried, Envelope, Failure, of_status};
use crate::house::House;

pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// For everything of ours. Messages and files of strangers carry a stricter one of their own.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
     frame-src 'self' blob: data:; connect-src 'self'; object-src 'none'; base-uri 'none'; \
     frame-ancestors 'none'; form-action 'self'; require-trusted-types-for 'script'";

/// What the log line tells; never the query, which may hold names.
struct Seen {
    request_id: String,
    route: String,
    method: String,
    https: bool,
    api: bool,
    started: Instant,
}

pub(crate) async fn edge(State(house): State<House>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let client = Client::of(&parts, house.proxies(), house.public_url());
    let route = parts.extensions.get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
    let seen = Seen {
        request_id: base::secrets::new_token()[..16].to_owned(),
        route,
        method: parts.method.to_string(),
        https: client.https,
        api: parts.uri.path().starts_with("/api"),
        started: Instant::now(),
    };
    parts.extensions.insert(client);
    let answer = AssertUnwindSafe(next.run(Request::from_parts(parts, body))).catch_unwind().await;
    let answer = answer.unwrap_or_else(|panic| Failure(panicked(&*panic)).into_response());
    let mut response = with_envelope(answer, &seen).await;
    secure(response.headers_mut(), &seen);
    measure(&seen, response.status());
    response
}

fn panicked(panic: &(dyn std::any::Any + Send)) -> Error {
    let text = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    internal(format!("panic: {}", text.unwrap_or_default()))
}

/// Writes the envelope of an error of ours, and of what axum refused by itself.
async fn with_envelope(mut response: Response, seen: &Seen) -> Response {
    let carried = response.extensions_mut().remove::<Carried>();
    let status = response.status();
    let error = match carried {
        Some(Carried(error)) => error,
        None if is_bare(&response) => {
            let body = std::mem::take(response.body_mut()).collect().await;
            let said = body.map(|b| String::from_utf8_lossy(&b.to_bytes()).into_owned()).unwrap_or_default();
            std::sync::Arc::new(of_status(status, &said))
        }
        None => return response,
    };
    log(&error, seen);
    let text = serde_json::to_string(&Envelope::of(&error, &seen.request_id)).unwrap_or_default();
    *response.body_mut() = Body::from(text);
    let headers = response.headers_mut();
    headers.remove(CONTENT_LENGTH);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if error.kind == Kind::TooMany {
        headers.insert(RETRY_AFTER, HeaderValue::from_static("10"));
    }
    response
}

/// An error without a body that somebody wrote on purpose.
fn is_bare(response: &Response) -> bool {
    let status = response.status();
    let kind = response.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok());
    (status.is_client_error() || status.is_server_error())
        && kind.is_none_or(|kind| kind.starts_with("text/plain"))
}

fn log(error: &Error, seen: &Seen) {
    let (id, route, method) = (&seen.request_id, &seen.route, &seen.method);
    match error.kind {
        Kind::Internal => tracing::error!(request.id = %id, %route, %method, ?error, "a request failed"),
        Kind::Unavailable => tracing::warn!(request.id = %id, %route, %method, ?error, "a request failed"),
        kind => {
            let (kind, code) = (kind.as_str(), error.code);
            tracing::info!(request.id = %id, %route, %method, kind, code, "a request was refused");
        }
    }
}

fn secure(headers: &mut HeaderMap, seen: &Seen) {
    if let Ok(id) = HeaderValue::try_from(&seen.request_id) {
        headers.insert(REQUEST_ID, id);
    }
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(POLICY));
    if seen.api {
        headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    if seen.https {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
}

fn measure(seen: &Seen, status: StatusCode) {
    let labels = [("route", seen.route.clone()), ("method", seen.method.clone())];
    metrics::histogram!("rapport_http_seconds", &labels).record(seen.started.elapsed().as_secs_f64());
    let class = format!("{}xx", status.as_u16() / 100);
    metrics::counter!("rapport_http_requests_total", "route" => seen.route.clone(), "status" => class)
        .increment(1);
}
