//! Lists: paged by key, never by number of rows, so that the hundredth page costs as the first.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::{Result, invalid};

const USUAL: i64 = 50;
const MOST: i64 = 100;

/// A part of a list; `next` is handed back to get the following part.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub next: Option<String>,
}

/// What a client asks of a list.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Ask {
    pub cursor: Option<String>,
    pub limit: Option<i64>,
}

impl Ask {
    pub fn limit(&self) -> i64 {
        self.limit.unwrap_or(USUAL).clamp(1, MOST)
    }

    /// One more than the page holds: whether it is there tells whether there is a next page.
    pub fn fetch(&self) -> i64 {
        self.limit() + 1
    }

    /// The key after which the page begins. `list` names the list with its filter and order: a cursor
    /// of another list is refused.
    pub fn after<K: DeserializeOwned>(&self, list: &str) -> Result<Option<K>> {
        let Some(cursor) = &self.cursor else { return Ok(None) };
        let refuse =
            || invalid("cursor_invalid", "This page marker belongs to another list.").field("cursor");
        let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| refuse())?;
        let (mark, key): (String, K) = serde_json::from_slice(&bytes).map_err(|_| refuse())?;
        if mark == mark_of(list) { Ok(Some(key)) } else { Err(refuse()) }
    }

    /// Cuts what was fetched to the page and writes its cursor.
    pub fn page<T, K: Serialize>(&self, list: &str, mut items: Vec<T>, key: impl Fn(&T) -> K) -> Page<T> {
        let limit = usize::try_from(self.limit()).unwrap_or(1);
        let more = items.len() > limit;
        items.truncate(limit);
        let next = items.last().filter(|_| more).map(|last| {
            let written = serde_json::to_vec(&(mark_of(list), key(last))).unwrap_or_default();
            URL_SAFE_NO_PAD.encode(written)
        });
        Page { items, next }
    }
}

fn mark_of(list: &str) -> String {
    crate::secrets::hex(&crate::secrets::sha256(list.as_bytes())[..6])
}

impl<T> Page<T> {
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(change).collect(), next: self.next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_on_in_its_own_list_only() {
        let first = Ask { cursor: None, limit: Some(2) };
        let page = first.page("a", vec![5i64, 4, 3], |n| *n);
        assert_eq!(page.items, [5, 4]);
        let second = Ask { cursor: page.next, limit: Some(2) };
        assert_eq!(second.after::<i64>("a").expect("its own list"), Some(4));
        assert_eq!(second.after::<i64>("b").expect_err("another list").code, "cursor_invalid");
        assert_eq!(second.page("a", vec![3i64], |n| *n).next, None);
    }
}
