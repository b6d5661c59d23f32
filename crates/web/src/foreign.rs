//! Foreign HTML and files: answered so that nothing in them can act in our name.

use axum::body::Body;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
};
use axum::http::{HeaderValue, Response};
use futures_util::StreamExt;
use store::blobs::Outgoing;

use crate::transfer::Transfer;

/// A page of a stranger: no script, no form, an origin of its own; links open new windows.
const HTML_POLICY: &str = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; \
     style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'self'";
const FILE_POLICY: &str = "sandbox; default-src 'none'; frame-ancestors 'self'";

/// Pictures that browsers draw without running anything.
const RASTER: [&str; 6] = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp"];

/// Cleaned HTML of a message, for the frame that shows it.
pub fn html(text: String) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(HTML_POLICY));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, max-age=300"));
    response
}

/// A file: a raster image may be shown, everything else is only downloaded.
pub fn file(name: &str, content_type: &str, body: Body) -> Response<Body> {
    let shown = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let raster = RASTER.contains(&shown.as_str());
    let kind = if raster { shown } else { "application/octet-stream".to_owned() };
    let how = if raster { "inline" } else { "attachment" };
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::try_from(kind).expect("one of a plain list"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(FILE_POLICY));
    headers.insert(CONTENT_DISPOSITION, disposition(how, name));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, max-age=3600"));
    response
}

/// As [`file`], read as it is sent: never held whole. The room is kept until the last piece is gone.
pub fn stream(name: &str, content_type: &str, blob: Outgoing, room: Transfer) -> Response<Body> {
    let size = blob.size;
    let pieces = blob.pieces.map(move |piece| {
        let _room = &room;
        piece.map_err(std::io::Error::other)
    });
    let mut response = file(name, content_type, Body::from_stream(pieces));
    response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(size));
    response
}

/// As [`stream`], and always downloaded: nothing of it is shown in a browser.
pub fn download(name: &str, blob: Outgoing, room: Transfer) -> Response<Body> {
    stream(name, "application/octet-stream", blob, room)
}

/// RFC 6266: a plain name for old programs, the real one in UTF-8.
fn disposition(how: &str, name: &str) -> HeaderValue {
    let name: String = name.chars().filter(|c| !c.is_control() && !matches!(c, '/' | '\\')).collect();
    let plain: String =
        name.chars().map(|c| if c.is_ascii() && !matches!(c, '"' | '%' | ';') { c } else { '_' }).collect();
    let mut encoded = String::new();
    for byte in name.bytes() {
        match byte {
            b if b.is_ascii_alphanumeric() || b"-._~".contains(&b) => encoded.push(char::from(b)),
            b => encoded.push_str(&format!("%{b:02X}")),
        }
    }
    HeaderValue::try_from(format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{encoded}"))
        .expect("everything outside of ASCII is encoded")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_raster_images_are_shown() {
        let header = |kind: &str, name: &str| {
            let response = file(name, kind, Body::empty());
            let value = response.headers()[CONTENT_DISPOSITION].to_str().expect("ASCII").to_owned();
            (response.headers()[CONTENT_TYPE].to_str().expect("ASCII").to_owned(), value)
        };
        let (kind, how) = header("image/PNG; x=y", "Größe.png");
        assert_eq!(kind, "image/png");
        assert_eq!(how, "inline; filename=\"Gr__e.png\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.png");
        let (kind, how) = header("image/svg+xml", "../a\"\r\nb.svg");
        assert_eq!(kind, "application/octet-stream");
        assert_eq!(how, "attachment; filename=\"..a_b.svg\"; filename*=UTF-8''..a%22b.svg");
    }
}
