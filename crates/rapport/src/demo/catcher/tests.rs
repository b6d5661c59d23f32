//! The catcher between two mail servers: it takes mail, shows it, and answers as the customer.

use std::sync::{Arc, Mutex};

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use base::{Clock, Result};
use channel_email::channel::{Envelope, Later, Mailroom, Refusal};
use channel_email::smtp::client::{self, Addressed, Fate, Patience, Security, Server};
use channel_email::smtp::listener::{self, Listening, Manners};

use super::mails::{Catcher, MOST_MAILS};
use super::pages;

/// Stands for Rapport: keeps what customers write.
#[derive(Default)]
struct Desk(Mutex<Vec<(Envelope, Vec<u8>)>>);

impl Mailroom for Desk {
    fn knows<'a>(&'a self, address: &'a str) -> Later<'a, Result<bool>> {
        Box::pin(async move { Ok(address.ends_with("@linden-lark.example")) })
    }

    fn accept(&self, envelope: Envelope, raw: Vec<u8>) -> Later<'_, Result<(), Refusal>> {
        self.0.lock().expect("whole").push((envelope, raw));
        Box::pin(async { Ok(()) })
    }
}

struct Stage {
    catcher: Catcher,
    server: Listening,
    desk: Arc<Desk>,
    _rapport: Listening,
}

async fn stage() -> Stage {
    let catcher = Catcher::new(Clock::system());
    let server = catcher.catch().await.expect("listens");
    let desk = Arc::new(Desk::default());
    let manners = Manners::new("desk.example", Clock::system());
    let rapport = listener::listen("127.0.0.1:0", manners, desk.clone()).await.expect("listens");
    catcher.writes_to(rapport.address);
    Stage { catcher, server, desk, _rapport: rapport }
}

const ANSWER: &str = "From: Linden & Lark <support@linden-lark.example>\r\nTo: Mara Quist <mara@example.org>\r\n\
    Reply-To: <support+signed@linden-lark.example>\r\nMessage-ID: <2@linden-lark.example>\r\n\
    In-Reply-To: <1@example.org>\r\nReferences: <1@example.org>\r\nSubject: Re: Steam\r\n\
    Content-Type: text/html; charset=utf-8\r\n\r\n<p>Try <b>this</b></p><script>alert(1)</script>\r\n";

async fn deliver(stage: &Stage, to: &str) -> Fate {
    let server = Server {
        host: stage.server.address.ip().to_string(),
        port: stage.server.address.port(),
        security: Security::None,
        login: None,
        trusted: None,
        hello: "test.example".to_owned(),
        patience: Patience::default(),
    };
    let addressed = Addressed { from: "support@linden-lark.example".to_owned(), to: vec![to.to_owned()] };
    client::send(&server, &addressed, ANSWER.as_bytes()).await
}

async fn ask(stage: &Stage, request: Request<Body>) -> (StatusCode, String, String) {
    let response =
        tower::ServiceExt::oneshot(pages::router(stage.catcher.clone()), request).await.expect("answers");
    let policy = response.headers().get(header::CONTENT_SECURITY_POLICY);
    let policy = policy.and_then(|p| p.to_str().ok()).unwrap_or_default().to_owned();
    let status = response.status();
    let body = to_bytes(response.into_body(), 1_000_000).await.expect("a body");
    (status, policy, String::from_utf8(body.to_vec()).expect("text"))
}

fn get(path: &str) -> Request<Body> {
    Request::get(path).header(header::HOST, "127.0.0.1:1").body(Body::empty()).expect("a request")
}

fn post(path: &str, form: &'static str) -> Request<Body> {
    let request = Request::post(path)
        .header(header::HOST, "127.0.0.1:1")
        .header(header::ORIGIN, "http://127.0.0.1:1")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    request.body(Body::from(form)).expect("a request")
}

#[tokio::test]
async fn a_caught_mail_is_shown_and_foreign_html_is_locked_up() {
    let stage = stage().await;
    assert!(matches!(deliver(&stage, "mara@example.org").await, Fate::Taken(_)));
    let (status, policy, list) = ask(&stage, get("/")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("script"), "{policy}");
    assert!(list.contains("Mara Quist") && list.contains("Re: Steam"), "{list}");
    let (_, _, page) = ask(&stage, get("/mails/1")).await;
    assert!(
        page.contains("support+signed@linden-lark.example") && page.contains("<iframe sandbox "),
        "{page}"
    );
    assert!(!page.contains("<script"), "{page}");
    let (_, policy, html) = ask(&stage, get("/mails/1/html")).await;
    assert!(policy.starts_with("sandbox;") && html.contains("<b>this</b>"), "{policy}");
    let (_, _, json) = ask(&stage, get("/mails.json")).await;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["mails"][0]["message_id"], "2@linden-lark.example");
    assert_eq!(json["mails"][0]["reply_to"][0], "support+signed@linden-lark.example");
}

#[tokio::test]
async fn an_answer_of_the_customer_comes_to_the_signed_address_in_the_same_thread() {
    let stage = stage().await;
    deliver(&stage, "mara@example.org").await;
    let form = "from=mara%40example.org&text=It+works%21";
    let (status, _, page) = ask(&stage, post("/mails/1", form)).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    let (envelope, raw) = stage.desk.0.lock().expect("whole")[0].clone();
    assert_eq!(envelope.to, ["support+signed@linden-lark.example"]);
    let mail = mime::read(&raw, &mime::Limits::default());
    assert_eq!(mail.from[0].email, "mara@example.org");
    assert_eq!(
        (mail.subject.as_str(), mail.in_reply_to.as_slice()),
        ("Re: Steam", &["2@linden-lark.example".to_owned()][..])
    );
    assert_eq!(mail.references, ["1@example.org", "2@linden-lark.example"]);
    let text = mail.text.expect("a text");
    assert_eq!(quoting::split_text(&text).shown.trim(), "It works!");
}

#[tokio::test]
async fn a_new_mail_is_sent_and_a_refused_one_is_told() {
    let stage = stage().await;
    let good = "name=Mara&from=mara%40example.org&to=support%40linden-lark.example&subject=Hello&text=Hi";
    let (status, _, _) = ask(&stage, post("/new", good)).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(stage.desk.0.lock().expect("whole").len(), 1);
    let bad = "name=Mara&from=mara%40example.org&to=nobody%40elsewhere.example&subject=Hello&text=Kept";
    let (status, _, page) = ask(&stage, post("/new", bad)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("did not take this mail") && page.contains("Kept"), "{page}");
}

#[tokio::test]
async fn mail_for_the_domain_that_is_gone_is_refused() {
    let stage = stage().await;
    assert!(matches!(deliver(&stage, "walter@gone.example").await, Fate::Refused(_)));
    assert!(stage.catcher.mails().is_empty());
}

#[tokio::test]
async fn only_the_last_mails_are_kept() {
    let catcher = Catcher::new(Clock::system());
    for _ in 0..MOST_MAILS + 3 {
        catcher.keep(Envelope::default(), ANSWER.as_bytes().to_vec());
    }
    let mails = catcher.mails();
    assert_eq!((mails.len(), mails[0].id), (MOST_MAILS, MOST_MAILS as u64 + 3));
    assert!(catcher.mail(3).is_none() && catcher.mail(4).is_some());
}

#[tokio::test]
async fn other_sites_can_neither_read_the_page_nor_send_through_it() {
    let stage = stage().await;
    let foreign_host =
        Request::get("/").header(header::HOST, "evil.example").body(Body::empty()).expect("a request");
    assert_eq!(ask(&stage, foreign_host).await.0, StatusCode::FORBIDDEN);
    let form = "name=&from=a%40b.example&to=support%40linden-lark.example&subject=x&text=y";
    let foreign = Request::post("/new")
        .header(header::HOST, "127.0.0.1:1")
        .header(header::ORIGIN, "https://evil.example")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form))
        .expect("a request");
    assert_eq!(ask(&stage, foreign).await.0, StatusCode::FORBIDDEN);
    assert!(stage.desk.0.lock().expect("whole").is_empty());
}
