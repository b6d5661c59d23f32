//! Who is asked beside a conversation: neither one of us nor anybody on the customer's side.

use std::sync::Arc;

use base::Result;
use base::error::invalid;
use customers::IdentityKind;
use journal::Cx;

use crate::channel::{Channel, Channels, channels};
use crate::model::Party;
use crate::store::conversation::Conversation;
use crate::store::people::list_participants;

/// The first channel that can write to a mail address.
fn usual(all: &Channels, address: &str) -> Result<Arc<dyn Channel>> {
    let mut by_mail = all.all().filter(|channel| channel.identity_kind() == IdentityKind::Email);
    let found = by_mail.clone().find(|channel| channel.check_address(address.trim()).is_ok());
    let unknown = || invalid("channel_unknown", "There is no such channel.").field("channel");
    found.or_else(|| by_mail.next()).cloned().ok_or_else(unknown)
}

/// Whoever is asked is neither one of us nor on the customer's side.
pub(super) fn find(
    cx: &mut Cx,
    c: &Conversation,
    channel: Option<&str>,
    to: &Party,
) -> Result<(String, Party)> {
    let all = channels(&cx.registry());
    let channel = match channel {
        Some(name) => all.named(name)?,
        None => usual(&all, &to.address)?,
    };
    let address = to.address.trim();
    channel.check_address(address).map_err(|s| invalid("recipient_invalid", s).field("to"))?;
    if channel.is_own(cx, address)? {
        return Err(invalid("recipient_own", "This is one of our own addresses.").field("to"));
    }
    let folded = base::text::fold(address);
    let owner = customers::find_by(cx, channel.identity_kind(), address)?.map(|known| known.customer);
    let requester = customers::resolve(cx, c.requester_id)?;
    let takes_part = list_participants(cx, c.id)?
        .iter()
        .any(|one| Some(one.customer_id) == owner || base::text::fold(&one.address) == folded);
    if owner == Some(requester) || takes_part {
        let sentence = "This address belongs to the customer. Answer instead of forwarding.";
        return Err(invalid("side_to_customer", sentence).field("to"));
    }
    let name = base::text::cut(&base::text::without_nul(to.name.trim()), 200).to_owned();
    Ok((channel.name().to_owned(), Party { name, address: address.to_owned() }))
}
