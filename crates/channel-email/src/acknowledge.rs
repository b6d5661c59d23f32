//! Says by itself that a first mail has arrived, once, and never to a machine (RFC 3834); bounds what one sender sets
//! in motion.

use base::Result;
use base::text::fold;
use conversations::actions::acknowledge::acknowledge;
use conversations::actions::receive::Received;
use conversations::channel::Inbound;
use conversations::model::Party;
use journal::Cx;

use crate::model::{base_address, check_address};
use crate::store;
use crate::store_acknowledge::{claim_acknowledging, count_mail, find_acknowledgement};

/// Whoever writes more mails than this within an hour is kept, but nothing is set in motion: nothing is reopened and
/// nothing answered.
pub const MOST_AN_HOUR: i64 = 60;
/// Nobody is told twice within a day (RFC 3834 section 2), which also ends every loop whose headers were lost.
const AGAIN_AFTER_SECONDS: i64 = 24 * 3600;
const HOUR_MILLIS: i64 = 3_600_000;

/// What a mail's way says about whether it may be answered by itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Manner {
    /// A machine, a list, or somebody who asks for no such answers.
    pub silent: bool,
    /// One of our addresses stands in To or Cc (RFC 3834 section 2).
    pub named: bool,
}

/// Marks what comes in too great a number; answers whether the mail is one of those.
pub fn bound(cx: &mut Cx, inbound: &mut Inbound) -> Result<bool> {
    let hour = cx.now().0 / HOUR_MILLIS;
    let too_many = count_mail(cx, &fold(&inbound.from.address), hour)? > MOST_AN_HOUR;
    if too_many && !inbound.automatic {
        inbound.automatic = true;
        inbound.marks.push("rate_limited".to_owned());
    }
    Ok(too_many)
}

/// Tells the author of a first mail that it is here, when the mailbox does so.
pub fn tell(cx: &mut Cx, inbound: &Inbound, received: &Received, manner: Manner) -> Result<()> {
    let fresh = !received.repeated && !received.blocked;
    let may = fresh && manner.named && !manner.silent && !inbound.automatic && !inbound.released;
    if !may || check_address(&inbound.from.address).is_err() {
        return Ok(());
    }
    let Some(mailbox) = store::find_mailbox(cx, &base_address(&inbound.account))? else { return Ok(()) };
    let Some(words) = find_acknowledgement(cx, mailbox.id)?.filter(|words| words.on) else { return Ok(()) };
    let now = cx.now();
    let folded = fold(&inbound.from.address);
    if !claim_acknowledging(cx, &folded, now, now.plus_seconds(-AGAIN_AFTER_SECONDS))? {
        return Ok(());
    }
    let to = Party { name: inbound.from.name.clone(), address: inbound.from.address.clone() };
    let text = |number: i64| {
        let own = if words.text.trim().is_empty() { usual(&words.language) } else { &words.text };
        own.replace("{number}", &number.to_string())
    };
    acknowledge(cx, received.conversation_id, &to, text).map(drop)
}

/// What is said when nobody has written other words.
pub fn usual(language: &str) -> &'static str {
    match language {
        "de" => {
            "Guten Tag,\n\nvielen Dank für Ihre Nachricht. Sie ist unter der Nummer {number} bei uns eingegangen; \
             jemand aus unserem Team meldet sich bei Ihnen.\n\nDiese Bestätigung wurde automatisch verschickt."
        }
        "ar" => {
            "مرحبًا،\n\nشكرًا على رسالتك. لقد وصلتنا برقم {number}، وسيرد عليك أحد أفراد فريقنا.\n\nأُرسل هذا التأكيد تلقائيًا."
        }
        _ => {
            "Hello,\n\nthank you for your message. It has reached us under the number {number}; somebody of our team \
             will answer you.\n\nThis confirmation was sent automatically."
        }
    }
}
