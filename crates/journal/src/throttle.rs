//! Buckets in the database: how often strangers may do something, counted over all nodes.
//!
//! A bucket is one time, that at which it has recovered (the generic cell rate algorithm of ITU-T I.371).
//! Whoever is refused writes nothing; agents at their work never come here.

use base::Result;
use base::error::too_many;
use base::secrets::hex;

use crate::caller::Caller;
use crate::store::throttles as rows;
use crate::workspace::Workspace;

/// `burst` at once, refilled with `per_minute`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    pub burst: u32,
    pub per_minute: u32,
}

impl Workspace {
    /// Takes one from the bucket, or refuses with TooMany. `key` is a network address or an account; the
    /// table holds only what can't be turned back into it.
    pub async fn throttle(&self, bucket: &str, key: &str, quota: Quota) -> Result<()> {
        let each = 60_000 / i64::from(quota.per_minute.max(1));
        if each == 0 {
            return Ok(());
        }
        let key = hex(&self.secrets.mac("throttles", format!("{bucket}\n{key}").as_bytes()));
        let room = each * (i64::from(quota.burst.max(1)) - 1);
        let taken = self.write(Caller::system(), move |cx| {
            let now = cx.now();
            rows::take(cx, &key, now, each, room)
        });
        match taken.await? {
            true => Ok(()),
            false => Err(too_many("too_many_requests", "That was too much at once. Wait a little.")),
        }
    }
}
