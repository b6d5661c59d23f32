//! What comes back to a letter: who wrote it, and whether it may go where it was sent.

use base::text::fold;
use base::{Error, Kind, Result};
use conversations::actions::write_back::{self, WriteBack};
use conversations::model::MessageKind;
use conversations::notices::{Door, Reader, WrittenBack};
use conversations::store::message::list_by_ids;
use journal::{Cx, Note};
use people::{Agent, Scope};

use crate::events;
use crate::model::{Letter, LetterId, Progress, mark};
use crate::store::letters::{find_letter, set_state};

/// Reads what is written back to letters.
pub struct Letters;

impl Reader for Letters {
    fn read(&self, cx: &mut Cx<'_, '_>, written: &WrittenBack) -> Result<()> {
        let letter = find_letter(cx, LetterId(written.notice))?;
        if written.automatic {
            return letter.map_or(Ok(()), |letter| drop_it(cx, &letter));
        }
        let letter = letter.ok_or_else(unknown)?;
        let agent = people::agent(cx, letter.agent_id)?;
        let proven = is_of(&agent, written);
        let parked = match proven {
            false => Some("not_proven".to_owned()),
            true => objection(cx, &letter, written)?,
        };
        let input = write_back::Input {
            conversation_id: letter.conversation_id,
            agent: proven.then_some(agent.id),
            from: written.from.clone(),
            answer: written.door == Door::Answer,
            parked,
            words: written.words.clone(),
        };
        cx.call::<WriteBack>(&input).map(drop)
    }
}

/// Our address vouches that there was such a letter: somebody's words wait where people look for them.
fn unknown() -> Error {
    let sentence =
        "It answers a notification that is older than what is kept here, or than the backup in use.";
    Error::new(Kind::NotFound, "letter_unknown", sentence)
}

/// Reports and absence notes say something of the letter, and nothing to anybody.
fn drop_it(cx: &mut Cx, letter: &Letter) -> Result<()> {
    if letter.state == Progress::Sent {
        set_state(cx, letter.id, Progress::Returned)?;
    }
    let note = Note::new(events::DROPPED, "conversation", letter.conversation_id.0);
    cx.record(note.with("letter", letter.id)).map(drop)
}

/// The address is known to the reader of the letter alone, and whoever writes to it has proven to be that one.
fn is_of(agent: &Agent, written: &WrittenBack) -> bool {
    written.proven && fold(&written.from.address) == fold(&agent.email)
}

/// Why something that is proven must not go where it was sent.
fn objection(cx: &mut Cx, letter: &Letter, written: &WrittenBack) -> Result<Option<String>> {
    if letter.expires_at < cx.now() {
        return Ok(Some("letter_expired".to_owned()));
    }
    if written.door == Door::Note {
        return Ok(None);
    }
    if let Some(why) = &written.unclear {
        return Ok(Some(why.clone()));
    }
    let mark = mark(cx.secrets(), letter.id);
    if written.words.text.contains(&mark)
        || written.words.html.contains(&mark)
        || quotes_inside(cx, letter, written)?
    {
        return Ok(Some("history_unclear".to_owned()));
    }
    Ok(None)
}

/// Shorter lines stand in any text.
const TELLING_CHARS: usize = 24;

/// Whether words from inside that the letter showed would go out, by whatever way they came into the answer.
fn quotes_inside(cx: &mut Cx, letter: &Letter, written: &WrittenBack) -> Result<bool> {
    let ids = letter.shown()?;
    if ids.is_empty() {
        return Ok(false);
    }
    let said = packed(&written.words.text);
    let notes = list_by_ids(cx, &Scope::All, &ids)?.into_iter().filter(|m| m.kind != MessageKind::Message);
    let mut lines = notes.flat_map(|note| note.text.lines().map(packed).collect::<Vec<_>>());
    Ok(lines.any(|line| line.chars().count() >= TELLING_CHARS && said.contains(&line)))
}

/// Without white space and marks of quotes, which mail programs put anywhere.
fn packed(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '>')
        .flat_map(char::to_lowercase)
        .collect()
}
