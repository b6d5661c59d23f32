//! Access that a provider has granted to a mailbox, ready to be shown to its server.

use std::sync::{Arc, Weak};

use base::Result;
use base::error::{internal, invalid, not_found};
use journal::{Caller, Workspace};

use crate::grants::{self, Providers};
use crate::model::GrantId;
use crate::store_grants::{Grant, find_grant};

/// Whoever waits at a mailbox holds this, and must not keep a closed workspace alive: hence the weak handle.
#[derive(Clone)]
pub struct Access {
    house: Weak<Workspace>,
    grant: GrantId,
    pub user: String,
    pub token: String,
}

impl Access {
    /// A token that is good for a while. Somebody else's mailbox may be meant (a shared one), so the user is named.
    pub async fn open(house: &Arc<Workspace>, grant: GrantId, user: &str) -> Result<Access> {
        let (_, token) = grants::access(house, grant, false).await?;
        Ok(Access { house: Arc::downgrade(house), grant, user: user.to_owned(), token })
    }

    /// The last token was refused, so a fresh one is asked for.
    pub async fn anew(&self) -> Result<Access> {
        let house = self.house.upgrade().ok_or_else(|| internal("the workspace was closed"))?;
        let (_, token) = grants::access(&house, self.grant, true).await?;
        Ok(Access { token, ..self.clone() })
    }
}

/// The grant that opens a mailbox. Its token is shown to servers of the provider alone: whoever may name a server
/// must not learn what opens somebody's mailbox.
pub async fn find(house: &Arc<Workspace>, id: GrantId, host: &str) -> Result<Grant> {
    let found = house.read(Caller::system(), move |cx| find_grant(cx, id)).await?;
    let grant = found.ok_or_else(|| not_found("grant_not_found"))?;
    let registry = house.registry();
    let played = registry.socket::<Providers>().is_some_and(Providers::is_played);
    if !played && !grant.provider.owns(host) {
        let sentence = format!("{host} is not a server of this provider, which alone may see its access.");
        return Err(invalid("source_grant_host", sentence).field("host"));
    }
    Ok(grant)
}
