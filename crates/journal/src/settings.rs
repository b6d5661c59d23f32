//! Settings of a workspace: typed, one row each, written through an action and recorded as an event.

use base::Result;
use base::error::invalid;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::cx::Cx;
use crate::event::Note;
use crate::store::records as rows;

/// A group of settings that one capability owns.
pub trait Setting: Serialize + DeserializeOwned + Default {
    const NAME: &'static str;

    /// A sentence for the person when a value can't be used.
    fn check(&self) -> Result<(), String> {
        Ok(())
    }
}

/// The stored value, or the default where nobody has changed it.
pub fn get<S: Setting>(cx: &mut Cx<'_, '_>) -> Result<S> {
    match rows::find_setting(cx, S::NAME)? {
        Some(value) => Ok(serde_json::from_value(value)?),
        None => Ok(S::default()),
    }
}

/// With the version that the next change may expect; 0 where nobody has changed it.
pub fn versioned<S: Setting>(cx: &mut Cx<'_, '_>) -> Result<(S, i64)> {
    Ok((get(cx)?, rows::find_setting_version(cx, S::NAME)?))
}

pub fn set<S: Setting>(cx: &mut Cx<'_, '_>, setting: &S) -> Result<()> {
    setting.check().map_err(|sentence| invalid("setting_invalid", sentence))?;
    let value = serde_json::to_value(setting)?;
    rows::set_setting(cx, S::NAME, &value)?;
    // Which group changed is recorded; values may be personal and are read by reference.
    cx.record(Note::new("setting.changed", "setting", 0i64).with("setting", S::NAME)).map(drop)
}
