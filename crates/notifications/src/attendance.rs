//! Notes which agents have a desk open.

use base::Result;
use journal::Cx;
use people::AgentId;
use web::Attend;

use crate::store::seen::set_seen;

/// Whoever has a desk open needs no letters.
pub struct Attendants;

impl Attend for Attendants {
    fn here(&self, cx: &mut Cx<'_, '_>, agent: i64) -> Result<()> {
        set_seen(cx, AgentId(agent))
    }
}
