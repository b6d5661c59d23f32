//! Undo: a reversible action keeps its inverse; undoing runs it under the same rules.

use base::Result;
use base::error::{conflict, not_found};

use crate::cx::{Cx, Step};
use crate::store::records as rows;

/// Runs the steps of an undo record backwards. Each step refuses by itself, with its reason, when the
/// state has moved on. Only the one who acted can undo.
pub(crate) fn undo(cx: &mut Cx<'_, '_>, id: i64) -> Result<()> {
    let record = rows::find_undo(cx, id)?.ok_or_else(|| not_found("undo_not_found"))?;
    if record.caller != cx.caller().kind() || record.caller_id != cx.caller().id() {
        return Err(not_found("undo_not_found"));
    }
    if record.undone_at.is_some() {
        return Err(conflict("already_undone", "This was undone already."));
    }
    let steps: Vec<Step> = serde_json::from_value(record.steps)?;
    for step in steps.iter().rev() {
        cx.call_by_name(&step.action, &step.input)?;
    }
    rows::set_undone(cx, id)
}
