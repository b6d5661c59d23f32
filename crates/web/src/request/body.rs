//! JSON that was sent, with errors that name the field.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header::{CONTENT_TYPE, HeaderMap};
use base::Error;
use base::error::invalid;
use journal::Key;
use serde::de::DeserializeOwned;

use crate::failure::{Failure, Result, of_status};
use crate::house::House;

const LONGEST_KEY: usize = 200;

/// A body of JSON, at most 1 MB unless the route says otherwise (`DefaultBodyLimit`). Answers with
/// the same type.
pub struct Json<T>(pub T);

/// As [`Json`], with the client's `Idempotency-Key` if it sent one: for creating requests.
pub struct Keyed<T>(pub T, pub Option<Key>);

impl<T: DeserializeOwned> FromRequest<House> for Json<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, house: &House) -> Result<Json<T>> {
        let json = is_json(request.headers());
        let bytes = whole(request, house).await?;
        if !json {
            return Err(of_status(axum::http::StatusCode::UNSUPPORTED_MEDIA_TYPE, "no JSON").into());
        }
        Ok(Json(parse(&bytes)?))
    }
}

impl<T: DeserializeOwned> FromRequest<House> for Keyed<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, house: &House) -> Result<Keyed<T>> {
        let key = request.headers().get("idempotency-key").cloned();
        let place = format!("{} {}\n", request.method(), request.uri().path());
        let json = is_json(request.headers());
        let bytes = whole(request, house).await?;
        if !json {
            return Err(of_status(axum::http::StatusCode::UNSUPPORTED_MEDIA_TYPE, "no JSON").into());
        }
        let input = parse(&bytes)?;
        let Some(key) = key else { return Ok(Keyed(input, None)) };
        let key = key.to_str().ok().filter(|k| (1..=LONGEST_KEY).contains(&k.len()));
        let key =
            key.ok_or_else(|| invalid("idempotency_key", "Idempotency-Key has 1 to 200 plain letters."))?;
        // The place belongs to what is compared: one key for two different requests is refused.
        let request = [place.as_bytes(), &bytes].concat();
        Ok(Keyed(input, Some(Key::new(key, &request))))
    }
}

impl<T: serde::Serialize> axum::response::IntoResponse for Json<T> {
    fn into_response(self) -> axum::response::Response {
        axum::Json(self.0).into_response()
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}

async fn whole(request: Request, house: &House) -> Result<Bytes> {
    Bytes::from_request(request, house).await.map_err(|refused| {
        let error = of_status(refused.status(), &refused.body_text());
        Failure(error)
    })
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    // Fields have names here; `serde` would take them by their order as well.
    if bytes.trim_ascii_start().first() == Some(&b'[') {
        return Err(invalid("json", "A JSON object is expected, not a list."));
    }
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|e| {
        let path = e.path().to_string();
        explain(&path, e.inner())
    })?;
    reader.end().map_err(|e| explain(".", &e))?;
    Ok(value)
}

/// `serde` names the field where it knows it; a missing or unknown one is quoted in its sentence.
fn explain(path: &str, e: &serde_json::Error) -> Error {
    let text = e.to_string();
    if e.is_syntax() || e.is_eof() {
        return invalid("json", format!("This is no JSON: {text}."));
    }
    let quoted = text.split('`').nth(1).filter(|_| text.contains(" field `")).unwrap_or_default();
    let said = text.split(" at line ").next().unwrap_or(&text);
    let said = if quoted.is_empty() { said } else { said.split(", expected").next().unwrap_or(said) };
    let field = match (path, quoted) {
        (".", quoted) => quoted.to_owned(),
        (path, "") => path.to_owned(),
        // For an unknown field the path ends with its name already.
        (path, quoted) if path == quoted || path.ends_with(&format!(".{quoted}")) => path.to_owned(),
        (path, quoted) => format!("{path}.{quoted}"),
    };
    let error = invalid("field_invalid", sentence(said));
    if field.is_empty() { error } else { error.field(field) }
}

fn sentence(said: &str) -> String {
    let mut letters = said.chars();
    let first = letters.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only the reading is of interest")]
    struct Outer {
        name: String,
        inner: Option<Inner>,
    }

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only the reading is of interest")]
    struct Inner {
        size: i64,
    }

    fn refused(text: &str) -> (String, String) {
        let error = parse::<Outer>(text.as_bytes()).expect_err("refused");
        error.fields.first().cloned().unwrap_or_else(|| (String::new(), error.message.to_string()))
    }

    #[test]
    fn what_is_wrong_is_named() {
        let sentence = "Invalid type: integer `1`, expected a string.";
        assert_eq!(refused(r#"{"name":1}"#), ("name".to_owned(), sentence.to_owned()));
        assert_eq!(refused("{}"), ("name".to_owned(), "Missing field `name`.".to_owned()));
        assert_eq!(refused(r#"{"name":"a","x":1}"#), ("x".to_owned(), "Unknown field `x`.".to_owned()));
        let (field, _) = refused(r#"{"name":"a","inner":{"size":"b"}}"#);
        assert_eq!(field, "inner.size");
        let (field, _) = refused(r#"{"name":"a","inner":{"y":2}}"#);
        assert_eq!(field, "inner.y");
        assert_eq!(refused("{").0, "");
        assert_eq!(refused(" [\"a\"]").1, "A JSON object is expected, not a list.");
        assert_eq!(parse::<Outer>(b"{\"name\":\"\xff\"}").expect_err("refused").code, "json");
    }
}
