//! The layers around all routes, from the inside out.

use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Router, middleware};
use base::error::not_found;
use serde_json::Value;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};

use crate::edge;
use crate::failure::Result;
use crate::guard;
use crate::house::House;
use crate::sockets::Asset;

const USUAL_BODY: usize = 1_000_000;
/// A body that stands still for so long is given up.
const BODY_PAUSE: Duration = Duration::from_secs(20);
const LONGEST: Duration = Duration::from_secs(120);

pub(crate) fn finish(routes: Router<House>, document: Value, house: House) -> Router {
    let show = move || async move { axum::Json(document) };
    routes
        .route("/api/openapi.json", get(show))
        .fallback(assets)
        .layer(DefaultBodyLimit::max(USUAL_BODY))
        .layer(RequestBodyTimeoutLayer::new(BODY_PAUSE))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST))
        .layer(middleware::from_fn_with_state(house.clone(), guard::same_site))
        .layer(middleware::from_fn_with_state(house.clone(), edge::edge))
        .layer(CompressionLayer::new().gzip(true).br(true).compress_when(worth_it()))
        .layer(middleware::map_request(accept_plain))
        .with_state(house)
}

/// Whoever refuses every encoding gets the plain answer: 406 after something was changed would be a lie.
async fn accept_plain(mut request: Request) -> Request {
    let said = request.headers().get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok());
    let refuses = |entry: &str| {
        let (name, weight) = entry.split_once(';').unwrap_or((entry, ""));
        matches!(name.trim(), "*" | "identity") && weight.trim().starts_with("q=0")
    };
    if said.is_some_and(|list| list.split(',').any(refuses)) {
        request.headers_mut().remove(header::ACCEPT_ENCODING);
    }
    request
}

/// What is packed already gets no smaller.
fn worth_it() -> impl Predicate {
    DefaultPredicate::new()
        .and(NotForContentType::const_new("application/octet-stream"))
        .and(NotForContentType::const_new("application/zip"))
        .and(NotForContentType::const_new("audio/"))
        .and(NotForContentType::const_new("video/"))
        .and(NotForContentType::const_new("font/woff2"))
}

/// Everything that is no route: the browser side, or nothing.
async fn assets(State(house): State<House>, request: Request) -> Result<Response> {
    let path = request.uri().path();
    let reading = matches!(*request.method(), Method::GET | Method::HEAD);
    if !reading || path.starts_with("/api/") {
        return Err(not_found("unknown_path").into());
    }
    let accepted = request.headers().get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok());
    let accepts = |encoding: &str| accepted.is_some_and(|list| takes(list, encoding));
    let asset = house.assets().find(path, &accepts).ok_or_else(|| not_found("unknown_path"))?;
    Ok(shown(asset, request.headers()))
}

fn takes(list: &str, encoding: &str) -> bool {
    list.split(',').any(|entry| {
        let mut parts = entry.split(';').map(str::trim);
        parts.next() == Some(encoding) && !parts.any(|q| matches!(q, "q=0" | "q=0.0"))
    })
}

fn shown(asset: Asset, asked: &HeaderMap) -> Response {
    let etag = HeaderValue::try_from(format!("\"{}\"", asset.etag)).ok();
    let known = etag.is_some() && asked.get(IF_NONE_MATCH) == etag.as_ref();
    let mut response = match known {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => asset.body.into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    let kept = if asset.immutable { "public, max-age=31536000, immutable" } else { "no-cache" };
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(kept));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = asset.encoding {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    if let Some(etag) = etag {
        headers.insert(ETAG, etag);
    }
    response
}
