//! Pictures that a mail takes from other servers, for agents who ask for them.

use axum::body::Body;
use axum::http::Response;
use base::error::not_found;
use conversations::model::MessageId;
use conversations::store::message::find_message;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Envelope, House, Path, Query, Result};

use crate::model::NAME;
use crate::outward::pictures;

const LONGEST_ADDRESS: usize = 8 * 1024;

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(picture))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Which {
    #[serde(default)]
    address: String,
}

/// A picture that stands in the mail of a message; nothing else is fetched.
#[utoipa::path(get, path = "/api/messages/{id}/picture", params(("id" = i64, Path), ("address" = String, Query)),
    responses((status = 200), (status = 400, body = Envelope), (status = 404, body = Envelope)))]
async fn picture(at: At, Path(id): Path<MessageId>, Query(which): Query<Which>) -> Result<Response<Body>> {
    let address = which.address;
    let wanted = address.clone();
    let stands = at
        .read(move |cx| {
            let scope = people::scope(cx)?;
            let message = find_message(cx, &scope, id)?.filter(|m| m.channel == NAME);
            Ok(message.is_some_and(|m| {
                stands_in(&m.html, &wanted)
                    || m.quoted.as_deref().is_some_and(|html| stands_in(html, &wanted))
            }))
        })
        .await?;
    if !stands || address.len() > LONGEST_ADDRESS {
        return Err(not_found("picture_not_in_mail").into());
    }
    let full = if address.starts_with("//") { format!("https:{address}") } else { address };
    let picture = pictures::picture(&at.house, &full).await?;
    Ok(web::foreign::file("picture", picture.content_type, Body::from(picture.bytes)))
}

/// Under the attribute that loads nothing, with its characters as they stand in HTML.
fn stands_in(html: &str, address: &str) -> bool {
    let whole = |text: &str| html.contains(&format!("data-remote-src=\"{text}\""));
    !address.contains('"') && (whole(address) || whole(&address.replace('&', "&amp;")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pictures_of_the_mail_are_fetched() {
        let html = r#"<img data-remote-src="https://a.example/x?a=1&amp;b=2" alt="">"#;
        assert!(stands_in(html, "https://a.example/x?a=1&b=2"));
        for other in ["https://a.example/x", "https://a.example/", "", "x\" alt=\""] {
            assert!(!stands_in(html, other), "{other}");
        }
    }
}
