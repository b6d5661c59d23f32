//! The browser side, handed to the web kit.

use axum::body::Bytes;
use web::{Asset, Assets};

pub struct Desk;

impl Assets for Desk {
    /// Files by their path; every address under `/desk` is the desk's page.
    fn find(&self, path: &str, accepts: &dyn Fn(&str) -> bool) -> Option<Asset> {
        let page = path == "/" || path == "/desk" || path.starts_with("/desk/");
        let found = if page { Some(ui::desk_page()) } else { ui::asset(path) }?;
        let (body, encoding) = match found.brotli.filter(|_| accepts("br")) {
            Some(packed) => (packed, Some("br")),
            None => (found.bytes, None),
        };
        Some(Asset {
            content_type: found.content_type,
            body: Bytes::from_static(body),
            encoding,
            etag: found.etag.to_owned(),
            immutable: found.immutable,
        })
    }
}
