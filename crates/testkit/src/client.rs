//! A browser without a screen: it keeps the cookie and says that it is of the same origin.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;

/// Sends requests to a router in this process.
#[derive(Clone)]
pub struct Client {
    pub router: Router,
    /// The session's.
    pub cookie: Option<String>,
    /// What other cookies the browser keeps, by name.
    pub others: BTreeMap<String, String>,
    pub headers: HeaderMap,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Client {
    pub fn new(router: Router) -> Client {
        Client { router, cookie: None, others: BTreeMap::new(), headers: HeaderMap::new() }
    }

    /// As another browser, without cookies.
    pub fn stranger(&self) -> Client {
        Client { cookie: None, others: BTreeMap::new(), ..self.clone() }
    }

    /// With one more header in every request.
    pub fn with(mut self, name: &'static str, value: &str) -> Client {
        self.headers.insert(name, value.parse().expect("a header"));
        self
    }

    pub async fn get(&mut self, path: &str) -> Reply {
        self.send(Method::GET, path, None).await
    }

    pub async fn post(&mut self, path: &str, body: Value) -> Reply {
        self.send(Method::POST, path, Some(body)).await
    }

    pub async fn put(&mut self, path: &str, body: Value) -> Reply {
        self.send(Method::PUT, path, Some(body)).await
    }

    pub async fn patch(&mut self, path: &str, body: Value) -> Reply {
        self.send(Method::PATCH, path, Some(body)).await
    }

    pub async fn delete(&mut self, path: &str) -> Reply {
        self.send(Method::DELETE, path, None).await
    }

    pub async fn send(&mut self, method: Method, path: &str, body: Option<Value>) -> Reply {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "desk.example");
        request = request.header("sec-fetch-site", "same-origin");
        let others = self.others.iter().map(|(name, value)| format!("{name}={value}"));
        let cookies: Vec<String> = self.cookie.iter().cloned().chain(others).collect();
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        let body = match body {
            Some(json) => {
                request = request.header(header::CONTENT_TYPE, "application/json");
                Body::from(json.to_string())
            }
            None => Body::empty(),
        };
        let mut request = request.body(body).expect("a request");
        for (name, value) in &self.headers {
            request.headers_mut().insert(name, value.clone());
        }
        self.pass(request).await
    }

    /// Sends a request as it is, and keeps the cookie that comes back.
    pub async fn pass(&mut self, request: Request<Body>) -> Reply {
        let answer = self.router.clone().oneshot(request).await.expect("the router never fails");
        let (parts, body) = answer.into_parts();
        for set in parts.headers.get_all(header::SET_COOKIE) {
            let text = set.to_str().expect("ASCII").split(';').next().unwrap_or_default();
            match text.split_once('=') {
                Some((name, value)) if name != web::request::COOKIE => {
                    self.others.insert(name.to_owned(), value.to_owned());
                }
                _ => self.cookie = Some(text.to_owned()).filter(|pair| !pair.ends_with('=')),
            }
        }
        let bytes = body.collect().await.expect("a whole body").to_bytes().to_vec();
        Reply { status: parts.status, headers: parts.headers, bytes }
    }
}

impl Reply {
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|e| panic!("{e} in {}: {}", self.status, String::from_utf8_lossy(&self.bytes)))
    }

    /// The JSON of an answer with this status; another status fails with what was said.
    #[track_caller]
    pub fn expect(&self, status: u16) -> Value {
        let said = String::from_utf8_lossy(&self.bytes);
        assert_eq!(self.status.as_u16(), status, "{said}");
        if self.bytes.is_empty() { Value::Null } else { self.json() }
    }

    /// An answer of plain text.
    #[track_caller]
    pub fn expect_text(&self, wanted: &str) {
        assert_eq!((self.status.as_u16(), &*String::from_utf8_lossy(&self.bytes)), (200, wanted));
    }

    /// The code of an error with this status.
    #[track_caller]
    pub fn code(&self, status: u16) -> String {
        self.expect(status)["error"]["code"].as_str().expect("an envelope").to_owned()
    }
}
