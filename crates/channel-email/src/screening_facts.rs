//! What the house knows that bears on a mail that has come.

use std::sync::Arc;

use base::Result;
use journal::{Caller, Cx, Workspace, settings};
use spam::Counts;

use crate::model::{Mailbox, Raw};
use crate::outward::authenticate::Peer;
use crate::store_trust::{find_peer, list_allowed_among, list_counts};
use crate::trust::allowed::{Allowed, forms};
use crate::trust::settings::Trust;

/// What the house knows that bears on a mail.
pub struct Known {
    pub trust: Trust,
    pub peer: Peer,
    pub allowed: Vec<Allowed>,
    pub all: Counts,
    pub counts: Vec<Counts>,
    pub names: Vec<String>,
}

impl Known {
    /// How likely it is unwanted, by what people here have taught.
    pub fn probability(&self) -> Option<f64> {
        if self.trust.learn { spam::probability(self.all, &self.counts) } else { None }
    }
}

pub async fn know(
    house: &Arc<Workspace>,
    raw: &Raw,
    from: &str,
    tokens: &[u32],
    mailboxes: &[Mailbox],
) -> Result<Known> {
    let (id, sender, forms, tokens) = (raw.id, raw.sender.clone(), forms(from), tokens.to_vec());
    let mut named: Vec<String> = mailboxes.iter().map(|mailbox| mailbox.name.clone()).collect();
    let mut known = house
        .read(Caller::system(), move |cx: &mut Cx| {
            let (ip, helo) = find_peer(cx, id)?.unwrap_or_default();
            let peer = Peer {
                ip: ip.and_then(|ip| ip.parse().ok()),
                helo: helo.unwrap_or_default(),
                sender: sender.clone(),
            };
            let (all, counts) = list_counts(cx, &tokens)?;
            let mut names = people::agent_names(cx)?;
            names.extend(people::brands(cx)?.into_iter().map(|brand| brand.name));
            let allowed = list_allowed_among(cx, &forms)?;
            Ok(Known { trust: settings::get(cx)?, peer, allowed, all, counts, names })
        })
        .await?;
    known.names.append(&mut named);
    Ok(known)
}
