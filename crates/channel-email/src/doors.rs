//! The signed addresses of a notice: by one an agent answers the customer, by the other writes a note.

use base::Secrets;
use conversations::notices::{Door, Doors};
use journal::Workspace;
use mime::Mail;
use mime::reply_address::{self, Purpose};

use crate::model::{Raw, base_address};

/// Each door has a key of its own: whoever knows the one address can't make the other of it.
fn key(secrets: &Secrets, workspace: &str, door: Door) -> [u8; 32] {
    let purpose = match door {
        Door::Answer => "notice-answer-address",
        Door::Note => "notice-note-address",
    };
    secrets.mac(purpose, workspace.as_bytes())
}

fn purpose(door: Door) -> Purpose {
    match door {
        Door::Answer => Purpose::Answer,
        Door::Note => Purpose::Note,
    }
}

/// `None` when the mailbox's address is too long to take a token.
pub fn of(secrets: &Secrets, workspace: &str, mailbox: &str, notice: i64) -> Option<Doors> {
    let door = |door| {
        let token = reply_address::token(notice, &key(secrets, workspace, door));
        reply_address::compose_for(purpose(door), mailbox, &token)
    };
    Some(Doors { answer: door(Door::Answer)?, note: door(Door::Note)? })
}

/// To which door a mail came. Mail that was fetched has no envelope, so whom it names stands in for that.
pub fn of_mail(house: &Workspace, raw: &Raw, mail: &Mail) -> Option<Knock> {
    let recipients = raw.recipients();
    let own = |address: &&String| recipients.iter().any(|ours| base_address(ours) == base_address(address));
    let named = mail.to.iter().chain(&mail.cc).map(|each| &each.email).filter(own);
    knocked(&house.secrets, &house.name, recipients.iter().chain(named))
}

/// A notice that somebody has written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Knock {
    pub notice: i64,
    pub door: Door,
    /// The mailbox that it came to.
    pub account: String,
}

/// Whoever writes to both writes a note: what stays inside harms nobody.
fn knocked<'a>(
    secrets: &Secrets,
    workspace: &str,
    addresses: impl Iterator<Item = &'a String>,
) -> Option<Knock> {
    let mut found: Option<Knock> = None;
    for address in addresses {
        let Some((named, base, token)) = reply_address::purpose(address) else { continue };
        let door = match named {
            Purpose::Answer => Door::Answer,
            Purpose::Note => Door::Note,
            Purpose::Reply => continue,
        };
        let Some(notice) = reply_address::check(&token, &key(secrets, workspace, door)) else { continue };
        if found.as_ref().is_none_or(|_| door == Door::Note) {
            found = Some(Knock { notice, door, account: base_address(&base) });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets() -> Secrets {
        Secrets::from_bytes([7; 32])
    }

    fn check(addresses: &[&str], wanted: Option<(i64, Door)>) {
        let addresses: Vec<String> = addresses.iter().map(|one| (*one).to_owned()).collect();
        let found = knocked(&secrets(), "shop", addresses.iter());
        assert_eq!(found.map(|knock| (knock.notice, knock.door)), wanted, "{addresses:?}");
    }

    #[test]
    fn each_door_opens_by_its_own_address_alone() {
        let doors = of(&secrets(), "shop", "support@shop.example", 7).expect("fits");
        let other = of(&secrets(), "other", "support@shop.example", 7).expect("fits");
        let swapped = doors.note.replace("+n.", "+a.");
        let reply = doors.answer.replace("+a.", "+r.");
        check(&[&doors.answer], Some((7, Door::Answer)));
        check(&[&doors.note.to_uppercase()], Some((7, Door::Note)));
        check(&["x@y.example", &doors.answer, &doors.note], Some((7, Door::Note)));
        check(&[&doors.note, &doors.answer], Some((7, Door::Note)));
        for address in [swapped.as_str(), &reply, &other.answer, "support@shop.example", ""] {
            check(&[address], None);
        }
    }
}
