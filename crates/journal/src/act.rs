//! Running an action as a request does, and taking it back.

use std::sync::Arc;

use base::Result;

use crate::action::Action;
use crate::caller::Caller;
use crate::cx::Key;
use crate::store::records;
use crate::workspace::{Acted, Workspace};
use crate::{idempotency, undo};

impl Workspace {
    /// Runs an action: permission, preparation, then one transaction with its events, its undo record
    /// and its idempotency key.
    pub async fn act<A: Action>(
        self: &Arc<Self>,
        caller: Caller,
        key: Option<Key>,
        mut input: A::Input,
    ) -> Result<Acted<A::Output>> {
        caller.must(A::GRANT)?;
        A::prepare(self, &mut input).await?;
        self.write(caller, move |cx| {
            if let Some(key) = &key
                && let Some(earlier) = idempotency::find(cx, key)?
            {
                return Ok(earlier);
            }
            let output = cx.call::<A>(&input)?;
            let steps = cx.take_undo();
            let undo = match steps.is_empty() {
                true => None,
                false => Some(records::insert_undo(cx, A::NAME, &steps)?),
            };
            let acted = Acted { output, undo };
            if let Some(key) = &key {
                idempotency::keep(cx, key, &acted)?;
            }
            Ok(acted)
        })
        .await
    }

    /// Takes back what an action did, as the one who did it.
    pub async fn undo(&self, caller: Caller, id: i64) -> Result<()> {
        self.write(caller, move |cx| undo::undo(cx, id)).await
    }
}
