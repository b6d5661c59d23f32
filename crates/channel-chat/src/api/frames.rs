//! What stands on the company's pages: the loader and the frame.

use axum::body::Body;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use journal::{Caller, settings};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Anyone, Envelope, House, Path, Query, Result};

use super::guest::Front;
use crate::model::{LARGEST_FILE, LONGEST_TEXT, Widget, ink};

const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
/// Stands in the built frame where its settings go.
const PLACE: &str = "<!--rapport-config-->";
/// Where the program was built without the browser side.
const STAND_IN: &str = "<!doctype html><html><head><meta charset=\"utf-8\"><title>Chat</title><!--rapport-config--></head><body></body></html>";

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(loader)).routes(routes!(frame))
}

#[derive(Deserialize)]
struct LoaderQuery {
    #[serde(default)]
    key: Option<String>,
}

/// The script of a company's pages, with the settings of its widget.
#[utoipa::path(get, path = "/widget.js", params(("key" = Option<String>, Query)), responses((status = 200)))]
async fn loader(at: Anyone, Query(query): Query<LoaderQuery>, headers: HeaderMap) -> Result<Response<Body>> {
    let front = match &query.key {
        Some(key) => Front::find(&at.web, at.client.clone(), key, &headers).await.ok(),
        None => None,
    };
    let mut text = front.map(|front| settings_line(&front)).unwrap_or_default();
    text.push_str(&built(&at.web, "/widget.js").unwrap_or_default());
    Ok(script(text, &headers))
}

fn built(web: &House, path: &str) -> Option<String> {
    let asset = web.assets().find(path, &|_| false)?;
    String::from_utf8(asset.body.to_vec()).ok()
}

fn settings_line(front: &Front) -> String {
    let (widget, url) = (&front.widget, &front.house.public_url);
    let (key, set) = (&widget.key, &widget.settings);
    let settings = json!({
        "key": key,
        "name": set.name,
        "color": set.color,
        "ink": ink(&set.color),
        "position": set.position,
        "launcher": set.launcher,
        "frame": format!("{url}/chat/{key}"),
        "trail": set.trail,
        "version": 1,
    });
    format!("(self.rapportWidgets=self.rapportWidgets||{{}})[{}]={settings};\n", json!(key))
}

fn script(text: String, asked: &HeaderMap) -> Response<Body> {
    let hash = base::secrets::hex(&base::secrets::sha256(text.as_bytes())[..8]);
    let etag = HeaderValue::try_from(format!("\"{hash}\"")).ok();
    let known = etag.is_some() && asked.get(IF_NONE_MATCH) == etag.as_ref();
    let mut response = Response::new(if known { Body::empty() } else { Body::from(text) });
    if known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    // It is made for the pages of others.
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    if let Some(etag) = etag {
        headers.insert(ETAG, etag);
    }
    response
}

#[derive(Deserialize)]
struct FrameQuery {
    #[serde(default)]
    preview: Option<String>,
}

/// The page inside of the widget.
#[utoipa::path(get, path = "/chat/{key}", params(("key" = String, Path), ("preview" = Option<String>, Query)),
    responses((status = 200), (status = 404, body = Envelope)))]
async fn frame(
    at: Anyone,
    Path(key): Path<String>,
    Query(query): Query<FrameQuery>,
    headers: HeaderMap,
) -> Result<Response<Body>> {
    let front = Front::find(&at.web, at.client.clone(), &key, &headers).await?;
    let profile: people::Profile = front.house.read(Caller::system(), settings::get).await?;
    let config = frame_settings(&front.widget, &profile.locale, query.preview.is_some());
    // No tag can end inside of it.
    let written = config.to_string().replace('<', "\\u003c");
    let block = format!("<script type=\"application/json\" id=\"config\">{written}</script>");
    let page = built(&at.web, "/frame.html").unwrap_or_else(|| STAND_IN.to_owned());
    let mut response = Response::new(Body::from(page.replacen(PLACE, &block, 1)));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    if let Ok(policy) = HeaderValue::try_from(policy(&front.widget, &front.client.authority)) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    Ok(response)
}

fn frame_settings(widget: &Widget, locale: &str, preview: bool) -> Value {
    let (key, set) = (&widget.key, &widget.settings);
    json!({
        "key": key,
        "name": set.name,
        "color": set.color,
        "ink": ink(&set.color),
        "position": set.position,
        "greeting": set.greeting,
        "offline_text": set.offline_text,
        "privacy_url": set.privacy_url,
        "form": set.form,
        "attachments": set.attachments,
        "largest_file": LARGEST_FILE,
        "longest_text": LONGEST_TEXT,
        "trail": set.trail,
        "api": format!("/api/chat/{key}"),
        "locale": locale,
        "preview": preview,
    })
}

/// Only the pages that the settings name may embed it, and our own for the preview.
fn policy(widget: &Widget, authority: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    let host = if authority.chars().all(plain) { authority } else { "" };
    let sockets = if host.is_empty() { String::new() } else { format!(" ws://{host} wss://{host}") };
    let origins = &widget.settings.origins;
    let ancestors = if origins.is_empty() { "*".to_owned() } else { format!("'self' {}", origins.join(" ")) };
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
         media-src 'self' blob:; font-src 'self'; connect-src 'self'{sockets}; form-action 'none'; \
         base-uri 'none'; require-trusted-types-for 'script'; frame-ancestors {ancestors}"
    )
}
