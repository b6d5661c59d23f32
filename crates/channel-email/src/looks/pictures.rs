//! Pictures that stand inside of HTML as data become parts of the mail: many mail programs show no others.

use base::secrets::{hex, sha256};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mime::Attached;

const MARK: &str = "src=\"data:image/";

/// The HTML with its pictures named, and the pictures. The same HTML always gives the same names.
pub fn part(html: &str) -> (String, Vec<Attached>) {
    let mut parts: Vec<Attached> = Vec::new();
    let mut pieces = html.split(MARK);
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (data, rest) = piece.split_once('"').unwrap_or((piece, ""));
        let Some(picture) = picture(data) else {
            // What is no picture is named by nothing.
            out.push_str(rest);
            continue;
        };
        let id = picture.content_id.clone().unwrap_or_default();
        out.push_str(&format!("src=\"cid:{id}\""));
        out.push_str(rest);
        if !parts.iter().any(|known| known.content_id == picture.content_id) {
            parts.push(picture);
        }
    }
    (out, parts)
}

fn picture(data: &str) -> Option<Attached> {
    let (kind, encoded) = data.split_once(";base64,")?;
    let plain: String = encoded.chars().filter(|letter| !letter.is_ascii_whitespace()).collect();
    let bytes = STANDARD.decode(plain).ok()?;
    let hash = hex(&sha256(&bytes)[..10]);
    Some(Attached {
        name: format!("{}.{kind}", &hash[..6]),
        content_type: format!("image/{kind}"),
        content_id: Some(format!("{hash}.look")),
        bytes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_picture_becomes_one_part() {
        let html = r#"<img alt="a" src="data:image/png;base64,AAEC"><img src="data:image/png;base64,AAEC"><img src="data:image/gif;base64,!!"><img src="cid:x">"#;
        let (named, parts) = part(html);
        assert_eq!(parts.len(), 1);
        assert_eq!(
            (parts[0].content_type.as_str(), parts[0].bytes.as_slice()),
            ("image/png", &[0, 1, 2][..])
        );
        let id = parts[0].content_id.clone().expect("named");
        assert_eq!(named.matches(&format!("src=\"cid:{id}\"")).count(), 2);
        assert!(!named.contains("data:") && named.contains("cid:x"), "{named}");
        assert_eq!(part(html).0, named);
    }
}
