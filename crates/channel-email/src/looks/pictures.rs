//! Pictures that stand inside of HTML as data become parts of the mail: many mail programs show no others.

use base::secrets::{hex, sha256};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mime::Attached;

const TAG: &str = "<img ";

/// The HTML with its pictures named, and the pictures. The same HTML always gives the same names.
///
/// Whatever writes our HTML escapes `<` wherever it stands for itself, and `"` in values; so a picture is told from
/// words about one, and an address from a quoted word.
pub fn part(html: &str) -> (String, Vec<Attached>) {
    let mut parts: Vec<Attached> = Vec::new();
    let mut pieces = html.split(TAG);
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        out.push_str(TAG);
        let Some((before, address, behind)) = address(piece) else {
            out.push_str(piece);
            continue;
        };
        // What can't be read is left to whoever shows it.
        let Some(picture) = picture(address) else {
            out.push_str(piece);
            continue;
        };
        let id = picture.content_id.clone().unwrap_or_default();
        out.push_str(&format!("{before}cid:{id}{behind}"));
        if !parts.iter().any(|known| known.content_id == picture.content_id) {
            parts.push(picture);
        }
    }
    (out, parts)
}

/// The address in what follows the beginning of a tag, with all before and behind it.
fn address(piece: &str) -> Option<(&str, &str, &str)> {
    let mut at = 0;
    loop {
        let (name, value) = piece[at..].split_once('"')?;
        if name.contains('>') {
            return None;
        }
        let from = at + name.len() + 1;
        let to = from + value.find('"')?;
        if name.trim_start() == "src=" {
            return Some((&piece[..from], &piece[from..to], &piece[to..]));
        }
        at = to + 1;
    }
}

fn picture(address: &str) -> Option<Attached> {
    let (kind, encoded) = address.strip_prefix("data:image/")?.split_once(";base64,")?;
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
        assert!(named.ends_with(r#"<img src="data:image/gif;base64,!!"><img src="cid:x">"#), "{named}");
        assert_eq!(part(html).0, named);
    }

    #[test]
    fn words_about_a_picture_stay_words() {
        for html in [
            r#"<p>&lt;img src="data:image/png;base64,AAEC"&gt;</p>"#,
            r#"<p>Write src="data:image/png;base64,AAEC here.</p><div class="rapport_footer">x</div>"#,
            r#"<img alt="x"> src="data:image/png;base64,AAEC" <b>"</b>"#,
            r#"<img alt="src=">"data:image/png;base64,AAEC""#,
            r#"<img title="&lt;img src=&quot;data:image/png;base64,AAEC&quot;&gt;" src="https://s.example/a.png">"#,
            r#"<img src="data:image/png;base64,AAEC"#,
            "<img ",
        ] {
            let (named, parts) = part(html);
            assert_eq!((named.as_str(), parts.len()), (html, 0));
        }
    }

    #[test]
    fn a_picture_is_found_whatever_else_its_tag_says() {
        let html = r#"<img alt="a &gt; > b" src="data:image/png;base64,AAEC" width="9">"#;
        let (named, parts) = part(html);
        assert_eq!(parts.len(), 1);
        assert!(
            named.starts_with(r#"<img alt="a &gt; > b" src="cid:"#) && named.ends_with(r#"" width="9">"#),
            "{named}"
        );
    }
}
