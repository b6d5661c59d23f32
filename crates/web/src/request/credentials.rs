//! Credentials of a request, and the cookie that carries a session.

use axum::http::{HeaderMap, HeaderValue, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::sockets::Credentials;

pub const COOKIE: &str = "rapport_session";

/// A header counts before the cookie: whoever sends one doesn't want to be the browser's session, and
/// no foreign page can make a browser send one unasked.
pub(crate) fn credentials(headers: &HeaderMap) -> Option<Credentials> {
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        let (scheme, rest) = value.to_str().ok()?.split_once(' ')?;
        return match scheme.to_ascii_lowercase().as_str() {
            "bearer" => Some(Credentials::Bearer(rest.trim().to_owned())),
            "basic" => basic(rest),
            _ => None,
        };
    }
    Some(Credentials::Cookie(cookie(headers, COOKIE)?.to_owned()))
}

/// What a cookie of this name holds.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(each, _)| *each == name).map(|(_, value)| value)
}

/// RFC 7617.
fn basic(encoded: &str) -> Option<Credentials> {
    let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (user, password) = text.split_once(':')?;
    Some(Credentials::Basic { user: user.to_owned(), password: password.to_owned() })
}

/// The `Set-Cookie` of a new session (RFC 6265).
pub fn session_cookie(token: &str, seconds: i64, https: bool) -> HeaderValue {
    set_cookie(COOKIE, token, "/", seconds, https)
}

/// A `Set-Cookie` that no script can read. `value` is made of letters, digits, `-`, `_` and `.`.
pub fn set_cookie(name: &str, value: &str, path: &str, seconds: i64, https: bool) -> HeaderValue {
    let secure = if https { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::try_from(text).expect("values are made of letters that a header may hold")
}

/// The `Set-Cookie` that takes the session away.
pub fn cleared_cookie(https: bool) -> HeaderValue {
    session_cookie("", 0, https)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: header::HeaderName, value: &str) -> Option<Credentials> {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static("a=b; rapport_session=from-cookie"));
        headers.insert(name, HeaderValue::from_str(value).expect("a header"));
        credentials(&headers)
    }

    #[test]
    fn an_authorization_header_counts_before_the_cookie() {
        assert!(matches!(of(header::ACCEPT, "x"), Some(Credentials::Cookie(t)) if t == "from-cookie"));
        assert!(
            matches!(of(header::AUTHORIZATION, "Bearer abc"), Some(Credentials::Bearer(t)) if t == "abc")
        );
        let basic = of(header::AUTHORIZATION, "Basic YTpiOmM=");
        assert!(
            matches!(basic, Some(Credentials::Basic { user, password }) if user == "a" && password == "b:c")
        );
        assert!(of(header::AUTHORIZATION, "Basic ?").is_none(), "broken ones don't fall back to the cookie");
    }
}
