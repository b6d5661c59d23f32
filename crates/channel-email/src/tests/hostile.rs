//! Mail that wants to hurt, taken in as from a mail server: always a message, or parked with its cause.

use super::house::{House, capabilities};
use super::taking::{mailbox, messages_by_mailbox, parked, take_in};
use crate::inbound;

/// Large enough for every limit but those of size, small enough for an unoptimised build.
const SIZE: usize = 64 * 1024;

testkit::both! { with capabilities();
    async fn every_hostile_mail_becomes_a_message_or_is_parked_with_its_cause(w: World) {
        let house = House::open(w).await;
        for (number, kind) in hostile::KINDS.iter().enumerate() {
            let taken = take_in(&house, number, (kind.make)(SIZE)).await;
            assert!(taken.is_ok(), "{}: {taken:?}", kind.name);
        }
        let messages = messages_by_mailbox(&house).await;
        let parked = parked(&house).await;
        let lost: Vec<&str> = hostile::KINDS.iter().enumerate()
            .filter(|(number, _)| !messages.contains_key(&mailbox(*number)))
            .map(|(_, kind)| kind.name)
            .collect();
        assert_eq!(lost.len(), parked.len(), "{lost:?}: {parked:?}");
        assert_eq!(lost, [] as [&str; 0], "none of them needs parking: {parked:?}");
    }
}

#[test]
fn every_charset_becomes_words() {
    for (label, raw) in hostile::charsets() {
        let reading = inbound::read(&raw);
        assert!(!reading.text.trim().is_empty() && !reading.html.contains('\0'), "{label}");
    }
}
