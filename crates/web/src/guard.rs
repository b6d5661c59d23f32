//! Cross-site requests: what a foreign page makes a browser send is refused.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use base::error::forbidden;

use crate::client::Client;
use crate::failure::Result;
use crate::house::House;
use crate::request::COOKIE;

/// Lets unsafe methods pass only when the browser says that our own page sent them (Fetch Metadata,
/// or Origin by RFC 6454), or when no browser is at work: no cookie and neither header.
pub(crate) async fn same_site(State(house): State<House>, request: Request, next: Next) -> Result<Response> {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE);
    let client = request.extensions().get::<Client>();
    let fine = reads || client.is_some_and(|client| is_own(request.headers(), client, house.public_url()));
    match fine {
        true => Ok(next.run(request).await),
        false => Err(forbidden("cross_site", "This request came from another site.").into()),
    }
}

/// Whether a request that may change something, or open a socket, was sent by our own page.
pub fn is_own(headers: &HeaderMap, client: &Client, public_url: Option<&str>) -> bool {
    // A foreign page can't set this header without asking first (CORS), and we never say yes.
    if headers.contains_key(header::AUTHORIZATION) {
        return true;
    }
    let said = |name: &str| headers.get(name).map(|v| v.to_str().unwrap_or_default());
    match (said("sec-fetch-site"), said("origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => client.is_own_origin(origin, public_url),
        (None, None) => {
            let cookies = headers.get_all(header::COOKIE).iter();
            !cookies.filter_map(|v| v.to_str().ok()).any(|line| line.contains(COOKIE))
        }
    }
}
