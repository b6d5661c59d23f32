//! Takes many mails in, each at a mailbox of its own, and finds what became of them.

use std::collections::BTreeMap;

use conversations::store::message::Message;

use super::house::{House, add_mailbox};
use crate::mailroom::pipe;
use crate::model::RawId;
use crate::store;

/// Each mail has a mailbox of its own, so that two of the same content are two.
pub fn mailbox(number: usize) -> String {
    format!("mail{number}@shop.example")
}

pub async fn take_in(house: &House, number: usize, raw: Vec<u8>) -> base::Result<()> {
    let address = mailbox(number);
    add_mailbox(&house.world.house, house.owner, &address).await?;
    pipe(&house.installation, Some("ann@a.example"), Some(&address), raw).await?;
    house.rest().await;
    Ok(())
}

/// Why mails wait instead of being messages.
pub async fn parked(house: &House) -> Vec<String> {
    let rows = house.world.system(|cx| store::list_parked(cx, i64::MAX, 200)).await.expect("reads");
    rows.into_iter().map(|row| format!("parked {}: {}", row.args, row.error.unwrap_or_default())).collect()
}

/// Some of the mails answer each other, so a conversation may hold several.
pub async fn messages_by_mailbox(house: &House) -> BTreeMap<String, Message> {
    let mut found = BTreeMap::new();
    for number in 1.. {
        let Some((_, messages)) = house.thread(number).await else { break };
        for message in messages {
            let Some(id) = message.raw_id.map(RawId) else { continue };
            let raw = house.world.system(move |cx| store::find_raw(cx, id)).await.expect("reads");
            found.extend(raw.expect("kept").recipients().pop().map(|address| (address, message)));
        }
    }
    found
}
