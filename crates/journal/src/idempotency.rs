//! Idempotency keys: a creating request sent again answers as the first one did.

use base::Result;
use base::error::conflict;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::cx::{Cx, Key};
use crate::store::records as rows;
use crate::workspace::Acted;

#[derive(Serialize, serde::Deserialize)]
struct Kept<T> {
    output: T,
    undo: Option<i64>,
}

/// What the same caller got for the same key; a Conflict when the body was another one.
pub(crate) fn find<T: DeserializeOwned>(cx: &mut Cx<'_, '_>, key: &Key) -> Result<Option<Acted<T>>> {
    let caller = cx.caller().key();
    let Some((hash, result)) = rows::find_key(cx, &caller, &key.key)? else { return Ok(None) };
    if hash != key.body_hash {
        return Err(conflict("key_reused", "This Idempotency-Key was used with another request."));
    }
    let kept: Kept<T> = serde_json::from_value(result)?;
    Ok(Some(Acted { output: kept.output, undo: kept.undo }))
}

pub(crate) fn keep<T: Serialize>(cx: &mut Cx<'_, '_>, key: &Key, acted: &Acted<T>) -> Result<()> {
    let caller = cx.caller().key();
    let result = serde_json::to_value(Kept { output: &acted.output, undo: acted.undo })?;
    rows::insert_key(cx, &caller, key, &result)
}
