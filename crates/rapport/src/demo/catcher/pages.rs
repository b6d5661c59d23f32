//! The pages of the mail catcher: plain HTML without scripts.

use std::fmt::Write;

use axum::body::Body;
use axum::extract::{Form, Path, Request, State};
use axum::http::header::{self, HeaderValue};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::{Value, json};

use super::mails::{Catcher, Caught};
use super::writing::Written;
use crate::demo::cast::MAILBOXES;

const STYLE: &str = include_str!("../../../demo/catcher.css");

/// Nothing but our own style and our own frames; forms lead back here.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; \
                           base-uri 'none'; frame-ancestors 'none'";
/// Foreign HTML: an origin of its own, no scripts, nothing from the network.
const MAIL_POLICY: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
                           form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

pub fn router(catcher: Catcher) -> Router {
    Router::new()
        .route("/", get(list))
        .route("/style.css", get(style))
        .route("/mails.json", get(list_json))
        .route("/new", get(new_form).post(new_mail))
        .route("/mails/{id}", get(mail).post(answer))
        .route("/mails/{id}/html", get(mail_html))
        .route("/mails/{id}/raw", get(mail_raw))
        .layer(from_fn(guard))
        .with_state(catcher)
}

/// The page is for browsers of this machine: other sites can neither read it nor send through it, also
/// not by a name of theirs that leads here.
async fn guard(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let host = text(header::HOST).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let own_host = matches!(name, "127.0.0.1" | "localhost" | "[::1]");
    let own_origin = text(header::ORIGIN).is_none_or(|origin| origin == format!("http://{host}"));
    if !own_host || (request.method() != Method::GET && !own_origin) {
        return (StatusCode::FORBIDDEN, "This page is for this machine alone.\n").into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let set = |headers: &mut HeaderMap, name, value| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(headers, header::CONTENT_SECURITY_POLICY, PAGE_POLICY);
    set(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(headers, header::REFERRER_POLICY, "same-origin");
    set(headers, header::CACHE_CONTROL, "no-store");
    response
}

async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE).into_response()
}

async fn list(State(catcher): State<Catcher>) -> Response {
    let mails = catcher.mails();
    let mut rows = String::new();
    for caught in &mails {
        let mail = &caught.mail;
        let text = base::text::cut(&plain(caught), 120).replace('\n', " ");
        let _ = write!(
            rows,
            "<li><a href=\"/mails/{}\"><bdi class=\"to\">{}</bdi><span class=\"what\"><b><bdi>{}</bdi></b> \
             <bdi class=\"dim\">{}</bdi></span><time>{}</time></a></li>",
            caught.id,
            escape(&mail.to.first().map(named).unwrap_or_default()),
            escape(&mail.subject),
            escape(&text),
            escape(&moment(caught)),
        );
    }
    if mails.is_empty() {
        rows.push_str("<li class=\"empty\">No mail yet. Answer a conversation, and it appears here.</li>");
    }
    let body = format!(
        "<header><h1>Mail catcher</h1><p>Everything that the demo sends ends here; nothing leaves this machine.</p>\
         <nav><a class=\"button\" href=\"/new\">Write as a customer</a><a href=\"/\">Look again</a></nav></header>\
         <ol class=\"mails\">{rows}</ol>"
    );
    page("Mail catcher", &body).into_response()
}

async fn list_json(State(catcher): State<Catcher>) -> Json<Value> {
    let mails: Vec<Value> = catcher.mails().iter().map(|caught| described(caught)).collect();
    Json(json!({ "mails": mails }))
}

fn described(caught: &Caught) -> Value {
    let mail = &caught.mail;
    let emails = |list: &[mime::Address]| list.iter().map(|each| each.email.clone()).collect::<Vec<_>>();
    json!({
        "id": caught.id,
        "at": caught.at,
        "envelope": { "from": caught.envelope.from, "to": caught.envelope.to },
        "from": emails(&mail.from),
        "to": emails(&mail.to),
        "cc": emails(&mail.cc),
        "reply_to": emails(&mail.reply_to),
        "subject": mail.subject,
        "message_id": mail.message_id,
        "in_reply_to": mail.in_reply_to,
        "references": mail.references,
        "text": plain(caught),
        "attachments": mail.parts.iter().map(|part| json!({"name": part.name, "size": part.bytes.len()}))
            .collect::<Vec<_>>(),
    })
}

async fn mail(State(catcher): State<Catcher>, Path(id): Path<u64>) -> Response {
    match catcher.mail(id) {
        Some(caught) => mail_page(&caught, None, "").into_response(),
        None => gone(),
    }
}

fn mail_page(caught: &Caught, error: Option<&str>, kept: &str) -> Response {
    let mail = &caught.mail;
    let mut head = String::new();
    let all = |list: &[mime::Address]| list.iter().map(full).collect::<Vec<_>>().join(", ");
    let fields = [
        ("From", all(&mail.from)),
        ("To", all(&mail.to)),
        ("Cc", all(&mail.cc)),
        ("Reply-To", all(&mail.reply_to)),
        ("Date", moment(caught)),
        ("Message-ID", mail.message_id.clone().unwrap_or_default()),
        ("In-Reply-To", mail.in_reply_to.join(" ")),
        ("References", mail.references.join(" ")),
        ("Files", mail.parts.iter().map(|part| part.name.clone()).collect::<Vec<_>>().join(", ")),
    ];
    for (name, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
        let _ = write!(head, "<dt>{name}</dt><dd dir=\"auto\">{}</dd>", escape(value));
    }
    let shown = match &mail.html {
        Some(_) => format!(
            "<iframe sandbox title=\"The mail\" src=\"/mails/{0}/html\"></iframe>\
             <details><summary>Plain text</summary><pre dir=\"auto\">{1}</pre></details>",
            caught.id,
            escape(&plain(caught))
        ),
        None => format!("<pre dir=\"auto\">{}</pre>", escape(&plain(caught))),
    };
    let mut writers = String::new();
    for each in mail.to.iter().chain(&mail.cc) {
        let _ = write!(writers, "<option value=\"{}\">{}</option>", escape(&each.email), escape(&full(each)));
    }
    let body = format!(
        "<header><nav><a href=\"/\">← All mails</a><a href=\"/mails/{0}/raw\">Source</a></nav>\
         <h1 dir=\"auto\">{1}</h1></header><dl>{head}</dl>{shown}\
         <form method=\"post\" action=\"/mails/{0}\"><h2>Reply as the customer</h2>{2}\
         <p class=\"dim\">Goes by SMTP to Rapport, as from a mail program.</p>\
         <label>From<select name=\"from\">{writers}</select></label>\
         <label>Text<textarea name=\"text\" rows=\"6\" required dir=\"auto\">{3}</textarea></label>\
         <button>Send reply</button></form>",
        caught.id,
        escape(&mail.subject),
        alert(error),
        escape(kept),
    );
    page(&mail.subject, &body)
}

async fn mail_html(State(catcher): State<Catcher>, Path(id): Path<u64>) -> Response {
    let Some(caught) = catcher.mail(id) else { return gone() };
    let mut html = caught.mail.html.clone().unwrap_or_default();
    for part in &caught.mail.parts {
        if let Some(content_id) = &part.content_id {
            let data = format!("data:{};base64,{}", part.content_type, STANDARD.encode(&part.bytes));
            html = html.replace(&format!("cid:{content_id}"), &data);
        }
    }
    let headers =
        [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CONTENT_SECURITY_POLICY, MAIL_POLICY)];
    // Mails expect a white page and black letters, whatever the theme around them is.
    let framed = format!("<style>html{{background:#fff;color:#111;font:15px/1.5 system-ui}}</style>{html}");
    (headers, framed).into_response()
}

async fn mail_raw(State(catcher): State<Catcher>, Path(id): Path<u64>) -> Response {
    let Some(caught) = catcher.mail(id) else { return gone() };
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], Body::from(caught.raw.clone())).into_response()
}

#[derive(Deserialize)]
struct AnswerForm {
    from: String,
    text: String,
}

async fn answer(
    State(catcher): State<Catcher>,
    Path(id): Path<u64>,
    Form(form): Form<AnswerForm>,
) -> Response {
    let Some(caught) = catcher.mail(id) else { return gone() };
    match catcher.answer(&caught, &form.from, &form.text).await {
        Ok(()) => sent(&form.from),
        Err(e) => (StatusCode::UNPROCESSABLE_ENTITY, mail_page(&caught, Some(&e.message), &form.text))
            .into_response(),
    }
}

#[derive(Default, Deserialize)]
struct NewForm {
    name: String,
    from: String,
    to: String,
    subject: String,
    text: String,
}

async fn new_form() -> Response {
    new_page(&NewForm::default(), None).into_response()
}

fn new_page(form: &NewForm, error: Option<&str>) -> Response {
    let mut mailboxes = String::new();
    for mailbox in &MAILBOXES {
        let chosen = if mailbox.address == form.to { " selected" } else { "" };
        let _ = write!(mailboxes, "<option{chosen}>{}</option>", escape(mailbox.address));
    }
    let body = format!(
        "<header><nav><a href=\"/\">← All mails</a></nav><h1>Write as a customer</h1></header>\
         <form method=\"post\" action=\"/new\">{}\
         <label>Name<input name=\"name\" value=\"{}\" placeholder=\"Mara Quist\"></label>\
         <label>Address<input name=\"from\" type=\"email\" required value=\"{}\" placeholder=\"mara@example.org\"></label>\
         <label>To<select name=\"to\">{mailboxes}</select></label>\
         <label>Subject<input name=\"subject\" required dir=\"auto\" value=\"{}\"></label>\
         <label>Text<textarea name=\"text\" rows=\"9\" required dir=\"auto\">{}</textarea></label>\
         <button>Send</button></form>",
        alert(error),
        escape(&form.name),
        escape(&form.from),
        escape(&form.subject),
        escape(&form.text),
    );
    page("Write as a customer", &body)
}

async fn new_mail(State(catcher): State<Catcher>, Form(form): Form<NewForm>) -> Response {
    let written = Written {
        name: form.name.clone(),
        from: form.from.clone(),
        to: form.to.clone(),
        subject: form.subject.clone(),
        text: form.text.clone(),
    };
    match catcher.write(written).await {
        Ok(()) => sent(&form.from),
        Err(e) => (StatusCode::UNPROCESSABLE_ENTITY, new_page(&form, Some(&e.message))).into_response(),
    }
}

fn sent(from: &str) -> Response {
    let body = format!(
        "<header><h1>Sent</h1><p role=\"status\">Rapport has taken the mail of {}. Look at the desk.</p>\
         <nav><a class=\"button\" href=\"/\">All mails</a></nav></header>",
        escape(from)
    );
    page("Sent", &body)
}

fn gone() -> Response {
    let body = "<header><h1>This mail is not here</h1><p>Only the last ones are kept.</p>\
                <nav><a class=\"button\" href=\"/\">All mails</a></nav></header>";
    (StatusCode::NOT_FOUND, page("Not here", body)).into_response()
}

fn alert(error: Option<&str>) -> String {
    error.map(|text| format!("<p class=\"alert\" role=\"alert\">{}</p>", escape(text))).unwrap_or_default()
}

fn page(title: &str, body: &str) -> Response {
    let html = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">\
         <title>{}</title><link rel=\"stylesheet\" href=\"/style.css\"></head><body><main>{body}</main></body></html>",
        escape(title)
    );
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}

fn plain(caught: &Caught) -> String {
    match (&caught.mail.text, &caught.mail.html) {
        (Some(text), _) => text.trim().to_owned(),
        (None, Some(html)) => markup::html_to_text(&markup::sanitise(html)),
        (None, None) => String::new(),
    }
}

fn named(address: &mime::Address) -> String {
    address.name.clone().unwrap_or_else(|| address.email.clone())
}

fn full(address: &mime::Address) -> String {
    match &address.name {
        Some(name) => format!("{name} <{}>", address.email),
        None => address.email.clone(),
    }
}

fn moment(caught: &Caught) -> String {
    caught.at.stamp().to_zoned(TimeZone::system()).strftime("%-d %b, %H:%M").to_string()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
