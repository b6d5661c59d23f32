//! The small listener at port 80: it answers the authority's questions and sends everybody else to HTTPS.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use base::Result;
use base::error::invalid;
use tokio::net::TcpListener;

/// What is to be answered, by the token that is asked for.
#[derive(Clone, Default)]
pub struct Answers(Arc<Mutex<HashMap<String, String>>>);

/// An answer that stands until this is dropped.
pub struct Given {
    answers: Answers,
    token: String,
}

impl Answers {
    pub fn give(&self, token: &str, answer: &str) -> Given {
        self.all().insert(token.to_owned(), answer.to_owned());
        Given { answers: self.clone(), token: token.to_owned() }
    }

    fn all(&self) -> MutexGuard<'_, HashMap<String, String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Given {
    fn drop(&mut self) {
        self.answers.all().remove(&self.token);
    }
}

/// Where everybody else is sent: the same page below `public_url`, or at the domain that was asked for.
#[derive(Clone)]
pub struct Elsewhere {
    pub public_url: String,
    pub domains: Vec<String>,
}

pub async fn bind(at: &str) -> Result<TcpListener> {
    TcpListener::bind(at).await.map_err(|e| {
        let sentence = format!(
            "{at} can't be used to prove the domains: {e}. Free it, or name another under [acme] http_listen \
             to which port 80 leads."
        );
        invalid("acme_listen", sentence)
    })
}

/// Where the authority looks (RFC 8555 section 8.3).
const QUESTIONS: &str = "/.well-known/acme-challenge/";

pub fn router(answers: Answers, elsewhere: Elsewhere) -> Router {
    Router::new().fallback(move |headers: HeaderMap, uri: Uri| async move {
        match uri.path().strip_prefix(QUESTIONS) {
            Some(token) => answer(&answers, token),
            None => redirect(&elsewhere, &headers, &uri),
        }
    })
}

fn answer(answers: &Answers, token: &str) -> Response {
    let answer = answers.all().get(token).cloned();
    match answer {
        Some(answer) => ([(header::CONTENT_TYPE, "application/octet-stream")], answer).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Only to names of our own: the Host may say anything.
fn redirect(elsewhere: &Elsewhere, headers: &HeaderMap, uri: &Uri) -> Response {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let public = base::config::host_of(&elsewhere.public_url);
    let base = match elsewhere.domains.contains(&host) && host != public {
        true => format!("https://{host}"),
        false => elsewhere.public_url.clone(),
    };
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    Redirect::permanent(&format!("{base}{path}")).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use tower::ServiceExt;

    fn ours(answers: &Answers) -> Router {
        let domains = vec!["help.example.com".to_owned(), "chat.example.com".to_owned()];
        let public_url = "https://help.example.com:8443".to_owned();
        router(answers.clone(), Elsewhere { public_url, domains })
    }

    async fn ask(answers: &Answers, host: &str, path: &str) -> (StatusCode, String, String) {
        let request = Request::get(path).header("Host", host).body(Body::empty()).expect("a request");
        let answer = ours(answers).oneshot(request).await.expect("an answer");
        let place = answer.headers().get("location").map(|at| at.to_str().expect("text").to_owned());
        let status = answer.status();
        let body = to_bytes(answer.into_body(), 1000).await.expect("a body");
        (status, place.unwrap_or_default(), String::from_utf8_lossy(&body).into_owned())
    }

    #[tokio::test]
    async fn a_question_is_answered_while_the_order_goes_on() {
        let answers = Answers::default();
        let given = answers.give("tok", "tok.print");
        let path = "/.well-known/acme-challenge/tok";
        assert_eq!(ask(&answers, "help.example.com", path).await.2, "tok.print");
        assert_eq!(ask(&answers, "help.example.com", "/.well-known/acme-challenge/x").await.0, 404);
        drop(given);
        assert_eq!(ask(&answers, "help.example.com", path).await.0, 404);
    }

    #[tokio::test]
    async fn everybody_else_is_sent_to_https_at_a_name_of_ours() {
        let answers = Answers::default();
        for (host, place) in [
            ("help.example.com", "https://help.example.com:8443/desk?a=b"),
            ("chat.example.com:80", "https://chat.example.com/desk?a=b"),
            ("evil.example", "https://help.example.com:8443/desk?a=b"),
        ] {
            let (status, to, _) = ask(&answers, host, "/desk?a=b").await;
            assert_eq!((status.as_u16(), to.as_str()), (308, place), "{host}");
        }
        let (_, to, _) = ask(&answers, "evil.example", "//evil.example/").await;
        assert!(to.starts_with("https://help.example.com:8443//"), "{to}");
    }
}
