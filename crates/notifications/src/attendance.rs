//! Notes which agents have a desk before them.

use base::Result;
use journal::Cx;
use people::AgentId;
use web::{Attend, Desk};

use crate::store::seen::set_seen;

/// Whoever looks at a desk needs no letters. Behind other tabs it may stand open over night.
pub struct Attendants;

impl Attend for Attendants {
    fn here(&self, cx: &mut Cx<'_, '_>, agent: i64, desk: Desk) -> Result<()> {
        match desk {
            Desk::Shown => set_seen(cx, AgentId(agent)),
            Desk::Hidden => Ok(()),
        }
    }
}
