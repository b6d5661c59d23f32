//! A widget: how it looks, where it may stand, what it asks.

use base::error::invalid;
use base::{Result, Time};
use people::{BrandId, TeamId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::form::Form;
use super::kinds::WidgetId;

base::words! {
    pub enum Position { Right = "right", Left = "left" }
}

/// What an administrator sets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = ChatWidgetInput)]
pub struct WidgetSettings {
    /// What visitors read: the company or the brand.
    pub name: String,
    pub brand_id: Option<BrandId>,
    /// Whose desks ring; all desks when absent.
    pub team_id: Option<TeamId>,
    pub active: bool,
    /// Where the widget may be embedded, as in `https://shop.example`; empty for everywhere.
    pub origins: Vec<String>,
    pub color: String,
    pub position: Position,
    /// Words on the button.
    pub launcher: String,
    pub greeting: String,
    /// What is said when nobody is there.
    pub offline_text: String,
    pub privacy_url: Option<String>,
    pub form: Form,
    /// Whether visitors may send files.
    pub attachments: bool,
    /// Whether agents see which pages a visitor looks at.
    pub trail: bool,
    /// Whether queries stay in the addresses of these pages.
    pub keep_query: bool,
}

impl Default for WidgetSettings {
    fn default() -> WidgetSettings {
        WidgetSettings {
            name: String::new(),
            brand_id: None,
            team_id: None,
            active: true,
            origins: Vec::new(),
            color: "#1f5fbf".to_owned(),
            position: Position::Right,
            launcher: String::new(),
            greeting: String::new(),
            offline_text: String::new(),
            privacy_url: None,
            form: Form::default(),
            attachments: true,
            trail: true,
            keep_query: false,
        }
    }
}

const MOST_ORIGINS: usize = 50;
const LONGEST_WORDS: usize = 1_000;

impl WidgetSettings {
    /// Cleaned, or refused with the field that is wrong.
    pub fn checked(&self) -> Result<WidgetSettings> {
        let name = people::clean_name(&self.name, "name")?;
        if self.origins.len() > MOST_ORIGINS {
            return Err(invalid("origin_invalid", "At most 50 origins.").field("origins"));
        }
        let origins = self.origins.iter().map(|origin| checked_origin(origin)).collect::<Result<Vec<_>>>()?;
        self.form.check()?;
        let privacy_url = match self.privacy_url.as_deref().map(str::trim).filter(|url| !url.is_empty()) {
            Some(url) => Some(checked_link(url)?),
            None => None,
        };
        Ok(WidgetSettings {
            name,
            origins,
            privacy_url,
            color: checked_color(&self.color)?,
            launcher: checked_words(&self.launcher, "launcher", 60)?,
            greeting: checked_words(&self.greeting, "greeting", LONGEST_WORDS)?,
            offline_text: checked_words(&self.offline_text, "offline_text", LONGEST_WORDS)?,
            ..self.clone()
        })
    }
}

fn checked_words(words: &str, field: &'static str, most: usize) -> Result<String> {
    let words = base::text::without_nul(words).trim().to_owned();
    match words.chars().count() > most {
        true => Err(invalid("text_too_long", format!("At most {most} characters.")).field(field)),
        false => Ok(words),
    }
}

/// An origin (RFC 6454) as a policy names it: scheme, host and port, perhaps `*.` before the host.
fn checked_origin(origin: &str) -> Result<String> {
    let refuse =
        || invalid("origin_invalid", "An origin is written as in https://shop.example.").field("origins");
    let origin = origin.trim().trim_end_matches('/').to_ascii_lowercase();
    let (scheme, rest) = origin.split_once("://").ok_or_else(refuse)?;
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (rest, None),
    };
    let host = host.strip_prefix("*.").unwrap_or(host);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '[' | ']' | ':');
    let fits = matches!(scheme, "http" | "https")
        && (1..=253).contains(&host.len())
        && host.chars().all(plain)
        && !host.starts_with('.')
        && port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
    fits.then_some(origin.clone()).ok_or_else(refuse)
}

fn checked_link(url: &str) -> Result<String> {
    let plain = |c: char| !c.is_control() && !c.is_whitespace() && !"<>\"'`".contains(c);
    let fits = (url.starts_with("https://") || url.starts_with("http://"))
        && url.len() <= 500
        && url.chars().all(plain);
    match fits {
        true => Ok(url.to_owned()),
        false => Err(invalid("privacy_url_invalid", "A link begins with https://.").field("privacy_url")),
    }
}

fn checked_color(color: &str) -> Result<String> {
    let color = color.trim().to_ascii_lowercase();
    let digits = color.strip_prefix('#').unwrap_or_default();
    match digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        true => Ok(color),
        false => Err(invalid("color_invalid", "A colour is written as in #1f5fbf.").field("color")),
    }
}

/// The ink that is best read on a colour: relative luminance and contrast by WCAG 2.2, section 1.4.3.
pub fn ink(color: &str) -> &'static str {
    let channel = |at: usize| {
        let value = color.get(at..at + 2).and_then(|two| u8::from_str_radix(two, 16).ok()).unwrap_or(0);
        let share = f64::from(value) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    let luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
    let on_white = 1.05 / (luminance + 0.05);
    let on_black = (luminance + 0.05) / 0.05;
    if on_white >= on_black { "#ffffff" } else { "#000000" }
}

/// A widget as it is stored.
#[derive(Clone, Debug)]
pub struct Widget {
    pub id: WidgetId,
    pub key: String,
    pub settings: WidgetSettings,
    /// The sealed secret under which the company signs who somebody is.
    pub secret: Option<Vec<u8>>,
    pub version: i64,
    pub created_at: Time,
    pub removed_at: Option<Time>,
}

impl Widget {
    /// Whether visitors are served.
    pub fn is_on(&self) -> bool {
        self.settings.active && self.removed_at.is_none()
    }
}

/// A widget as administrators see it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = ChatWidget)]
pub struct WidgetView {
    pub id: WidgetId,
    pub key: String,
    #[serde(flatten)]
    pub settings: WidgetSettings,
    pub has_secret: bool,
    /// What is put into the pages of a site.
    pub snippet: String,
    pub preview_url: String,
    pub version: i64,
    pub created_at: Time,
}

impl Widget {
    pub fn view(self, public_url: &str) -> WidgetView {
        let key = &self.key;
        WidgetView {
            id: self.id,
            snippet: format!("<script async src=\"{public_url}/widget.js?key={key}\"></script>"),
            preview_url: format!("/chat/{key}?preview=1"),
            has_secret: self.secret.is_some(),
            key: self.key,
            settings: self.settings,
            version: self.version,
            created_at: self.created_at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_what_a_policy_can_name() {
        for good in
            ["https://shop.example", "http://127.0.0.1:8080/", "https://*.shop.example", "HTTPS://A.example"]
        {
            assert!(checked_origin(good).is_ok(), "{good}");
        }
        for bad in [
            "shop.example",
            "https://",
            "https://a.example/path",
            "https://a b",
            "javascript://x",
            "https://a;b",
            "*",
        ] {
            assert!(checked_origin(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn ink_is_readable_on_any_colour() {
        assert_eq!((ink("#000000"), ink("#ffffff"), ink("#1f5fbf")), ("#ffffff", "#000000", "#ffffff"));
        assert_eq!(ink("#ffe800"), "#000000");
    }
}
