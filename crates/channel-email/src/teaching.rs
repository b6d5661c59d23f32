//! What agents do teaches the filter: once for each mail, and taken back when they take it back.

use base::Result;
use journal::{Cx, Event, Reaction, Start, settings};
use spam::Counts;

use crate::jobs::{Origin, ReadMail};
use crate::model::RawId;
use crate::store_trust::{Seen, add_counts, delete_raw, find_seen, list_seen_of_conversation, set_learned};
use crate::trust::lessons::{Lesson, unpacked};
use crate::trust::settings::Trust;

/// Mails of one conversation from which something is learned.
const MOST: i64 = 20;

pub fn reactions() -> Vec<Reaction> {
    vec![
        Reaction {
            name: "email.learn_spam",
            hears: &[conversations::events::SPAM_CHANGED],
            start: Start::FromNow,
            ordered: true,
            react: marked,
        },
        Reaction {
            name: "email.learn_answered",
            hears: &[conversations::events::WRITTEN],
            start: Start::FromNow,
            ordered: false,
            react: answered,
        },
    ]
}

/// Marked as spam, or no longer.
fn marked(cx: &mut Cx, event: &Event) -> Result<()> {
    let spam = event.changed("spam").is_some_and(|change| change.after == true);
    for seen in list_seen_of_conversation(cx, event.subject_id, MOST)? {
        let lesson = if spam { Some(Lesson::Spam) } else { None };
        if spam || seen.learned == Some(Lesson::Spam) {
            learn(cx, &seen, lesson)?;
        }
    }
    Ok(())
}

/// Whom somebody answers has sent no spam.
fn answered(cx: &mut Cx, event: &Event) -> Result<()> {
    let newest = list_seen_of_conversation(cx, event.subject_id, 1)?.into_iter().next();
    match newest.filter(|seen| seen.learned.is_none()) {
        Some(seen) => learn(cx, &seen, Some(Lesson::Ham)),
        None => Ok(()),
    }
}

/// Somebody has let a mail in: it was wanted, and is read once more.
pub fn let_in(cx: &mut Cx, raw: RawId) -> Result<()> {
    teach(cx, raw, Lesson::Ham)?;
    cx.later(&ReadMail { raw, released: true, origin: Origin::default(), too_large: false })
}

/// Nobody let a mail in: it goes, and teaches when it was spam.
pub fn give_up(cx: &mut Cx, raw: RawId, spam: bool) -> Result<()> {
    if spam {
        teach(cx, raw, Lesson::Spam)?;
    }
    delete_raw(cx, raw)
}

fn teach(cx: &mut Cx, raw: RawId, lesson: Lesson) -> Result<()> {
    match find_seen(cx, raw)? {
        Some(seen) => learn(cx, &seen, Some(lesson)),
        None => Ok(()),
    }
}

/// Takes back what was learned of a mail before, and learns it anew.
fn learn(cx: &mut Cx, seen: &Seen, lesson: Option<Lesson>) -> Result<()> {
    if seen.learned == lesson {
        return Ok(());
    }
    // What was learned can always be taken back; nothing is added where the filter is switched off.
    if lesson.is_some() && !settings::get::<Trust>(cx)?.learn {
        return Ok(());
    }
    let tokens = unpacked(seen.tokens.as_deref().unwrap_or_default());
    if tokens.is_empty() {
        return Ok(());
    }
    let mut change = Counts::default();
    if let Some(before) = seen.learned {
        change.count(before.kind(), -1);
    }
    if let Some(now) = lesson {
        change.count(now.kind(), 1);
    }
    add_counts(cx, &tokens, change)?;
    set_learned(cx, seen.raw_id, lesson)
}
