//! Who is looking where. It travels as whispers, is kept in memory, and ends by itself.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

/// Sockets say again where they are well before this.
const FORGOTTEN_AFTER: Duration = Duration::from_secs(45);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Doing {
    Viewing,
    Typing,
}

/// What one socket tells all nodes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Whisper {
    pub socket: String,
    pub agent: i64,
    /// `None` when the socket has left.
    pub conversation: Option<i64>,
    pub doing: Doing,
}

struct Place {
    agent: i64,
    conversation: i64,
    doing: Doing,
    heard: Instant,
}

#[derive(Default)]
pub struct Presence(BTreeMap<String, Place>);

impl Presence {
    /// Answers the conversations for which something changed.
    pub fn hear(&mut self, whisper: Whisper) -> Vec<i64> {
        let before = self.0.remove(&whisper.socket);
        if let Some(conversation) = whisper.conversation {
            let (agent, doing) = (whisper.agent, whisper.doing);
            let place = Place { agent, conversation, doing, heard: Instant::now() };
            self.0.insert(whisper.socket, place);
        }
        let same = |p: &Place| whisper.conversation == Some(p.conversation) && p.doing == whisper.doing;
        if before.as_ref().is_some_and(same) {
            return Vec::new();
        }
        let mut changed: Vec<i64> =
            before.map(|p| p.conversation).into_iter().chain(whisper.conversation).collect();
        changed.dedup();
        changed
    }

    /// Forgets sockets that were not heard of for long; answers the conversations they were at.
    pub fn forget(&mut self) -> Vec<i64> {
        let mut changed = Vec::new();
        self.0.retain(|_, place| {
            let fresh = place.heard.elapsed() < FORGOTTEN_AFTER;
            if !fresh {
                changed.push(place.conversation);
            }
            fresh
        });
        changed
    }

    /// Each agent once, with the most that it does anywhere.
    pub fn at(&self, conversation: i64) -> Vec<(i64, Doing)> {
        let mut agents = BTreeMap::new();
        for place in self.0.values().filter(|p| p.conversation == conversation) {
            let doing = agents.entry(place.agent).or_insert(place.doing);
            *doing = place.doing.max(*doing);
        }
        agents.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whisper(socket: &str, agent: i64, conversation: Option<i64>, doing: Doing) -> Whisper {
        Whisper { socket: socket.to_owned(), agent, conversation, doing }
    }

    #[test]
    fn an_agent_with_two_windows_is_there_once() {
        let mut presence = Presence::default();
        assert_eq!(presence.hear(whisper("a", 1, Some(7), Doing::Typing)), [7]);
        assert_eq!(presence.hear(whisper("b", 1, Some(7), Doing::Viewing)), [7]);
        assert_eq!(presence.at(7), [(1, Doing::Typing)]);
        assert!(presence.hear(whisper("b", 1, Some(7), Doing::Viewing)).is_empty(), "nothing new");
        assert_eq!(presence.hear(whisper("a", 1, Some(8), Doing::Viewing)), [7, 8]);
        assert_eq!(presence.hear(whisper("b", 1, None, Doing::Viewing)), [7]);
        assert!(presence.at(7).is_empty());
    }
}
