//! What agents write, made fit to be stored.

use base::Result;
use base::error::invalid;

pub const LARGEST_HTML: usize = 512 * 1024;
const LONGEST_KEY: usize = 255;

/// Html that may be stored and its plain form.
#[derive(Clone, Debug, Default)]
pub struct Clean {
    pub html: String,
    pub text: String,
}

/// Refuses what is empty or too long; sanitises the rest. Slow for long texts: done outside of
/// transactions.
pub(crate) fn clean(html: &str) -> Result<Clean> {
    if html.len() > LARGEST_HTML {
        return Err(invalid("text_too_long", "This text is too long.").field("html"));
    }
    let html = markup::sanitise_own(&base::text::without_nul(html));
    let text = markup::html_to_text(&html);
    if text.trim().is_empty() && !html.contains("<img") {
        return Err(invalid("text_empty", "Write something first.").field("html"));
    }
    Ok(Clean { html, text })
}

/// What another program calls something: short, and none when it is empty.
pub(super) fn checked_key(key: Option<&str>, field: &'static str) -> Result<Option<String>> {
    let key = key.map(base::text::without_nul).filter(|key| !key.is_empty());
    if key.as_ref().is_some_and(|key| key.chars().count() > LONGEST_KEY) {
        let sentence = format!("At most {LONGEST_KEY} characters can stand here.");
        return Err(invalid("too_long", sentence).field(field));
    }
    Ok(key)
}

/// Texts up to this length are cleaned faster than handed to another thread.
const SHORT: usize = 4 * 1024;

pub(crate) async fn clean_aside(html: &str) -> Result<Clean> {
    if html.len() <= SHORT {
        return clean(html);
    }
    let html = html.to_owned();
    tokio::task::spawn_blocking(move || clean(&html)).await.map_err(base::error::internal)?
}

/// As [`clean_aside`], where the text may be missing: something else is sent.
pub(super) async fn clean_or_empty(html: &str) -> Result<Clean> {
    match clean_aside(html).await {
        Err(e) if e.code == "text_empty" => Ok(Clean::default()),
        other => other,
    }
}
