//! The pages that a visitor looks at, as far as the company's site tells.

use base::Time;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Pages of one visitor that are kept.
pub const MOST_PAGES: usize = 20;
const LONGEST_URL: usize = 500;
const LONGEST_TITLE: usize = 200;

/// As the browser tells it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChatPage)]
pub struct Page {
    pub url: String,
    #[serde(default)]
    pub title: String,
}

/// A page with the time at which it was opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChatVisit)]
pub struct Visit {
    pub url: String,
    #[serde(default)]
    pub title: String,
    pub at: Time,
}

/// Queries often carry what nobody but the site should know, so they are cut off unless it is wished
/// otherwise; what is no page is left out.
pub fn checked_page(page: &Page, keep_query: bool) -> Option<Page> {
    let url = base::text::without_nul(&page.url);
    let (scheme, rest) = url.split_once("://")?;
    if !matches!(scheme, "http" | "https") || rest.is_empty() || url.chars().any(char::is_control) {
        return None;
    }
    let (path, _) = url.split_once('#').unwrap_or((&url, ""));
    let kept = if keep_query { path } else { path.split('?').next().unwrap_or(path) };
    // A name and a password may stand before the host.
    let (scheme, rest) = kept.split_once("://")?;
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let url = base::text::cut(&format!("{scheme}://{host}{path}"), LONGEST_URL).to_owned();
    let title: String = base::text::without_nul(&page.title).chars().filter(|c| !c.is_control()).collect();
    Some(Page { url, title: base::text::cut(title.trim(), LONGEST_TITLE).to_owned() })
}

/// The newest first, each change of page once.
pub fn checked_trail(trail: Vec<Visit>, keep_query: bool, now: Time) -> Vec<Visit> {
    let mut kept: Vec<Visit> = Vec::new();
    let mut given = trail;
    given.sort_by_key(|visit| std::cmp::Reverse(visit.at));
    for visit in given {
        let Some(page) = checked_page(&Page { url: visit.url, title: visit.title }, keep_query) else {
            continue;
        };
        if kept.last().is_some_and(|last| last.url == page.url) {
            continue;
        }
        kept.push(Visit { url: page.url, title: page.title, at: visit.at.min(now) });
    }
    kept.truncate(MOST_PAGES);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(given: &str, keep_query: bool) -> Option<String> {
        let page = Page { url: given.to_owned(), title: String::new() };
        checked_page(&page, keep_query).map(|page| page.url)
    }

    #[test]
    fn secrets_of_an_address_are_cut_off() {
        assert_eq!(url("https://a.example/b?token=1#x", false).as_deref(), Some("https://a.example/b"));
        assert_eq!(url("https://a.example/b?q=1#x", true).as_deref(), Some("https://a.example/b?q=1"));
        assert_eq!(url("https://me:secret@a.example/b", false).as_deref(), Some("https://a.example/b"));
        for bad in ["javascript:alert(1)", "data:text/html,x", "https://", "/b", ""] {
            assert_eq!(url(bad, true), None, "{bad}");
        }
    }

    #[test]
    fn a_trail_is_bounded_and_newest_first() {
        let visit =
            |n: i64| Visit { url: format!("https://a.example/{n}"), title: String::new(), at: Time(n) };
        let trail = checked_trail((0..50).map(visit).collect(), false, Time(40));
        assert_eq!(
            (trail.len(), trail[0].url.as_str(), trail[0].at),
            (MOST_PAGES, "https://a.example/49", Time(40))
        );
    }
}
