//! Servers that are asked about each mail: who was silent a moment ago is left alone, so that mail goes on.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, timeout};

/// For how long nobody is asked after a silence.
const REST: Duration = Duration::from_secs(30);
/// For the answer to a question that any server in health answers at once.
const CONTROL: Duration = Duration::from_secs(3);
/// A silence of so long ago is forgotten, also where nobody asks again.
const FORGOTTEN: Duration = Duration::from_secs(3_600);

/// Places that were silent, and until when they rest. Each node remembers by itself.
#[derive(Default)]
pub struct Rests(Mutex<HashMap<String, Instant>>);

enum Known {
    Fine,
    Rests,
    /// Its rest is over, and nobody has heard of it since.
    Doubted,
}

impl Rests {
    /// The answer of the server at a place; `None` when there is none in time. One question may be too hard for it,
    /// and a stranger may have written that: it rests only when the control, whether it lives at all, has no answer
    /// either.
    pub async fn ask<T, C: Future<Output = bool>>(
        &self,
        place: &str,
        within: Duration,
        question: impl Future<Output = T>,
        control: impl Fn() -> C,
    ) -> Option<T> {
        let lives = || async { timeout(CONTROL, control()).await.unwrap_or(false) };
        let able = match self.known(place) {
            Known::Fine => true,
            Known::Rests => return None,
            Known::Doubted => lives().await,
        };
        let answer = if able { timeout(within, question).await.ok() } else { None };
        match &answer {
            Some(_) => self.end(place),
            None if !able || !lives().await => self.begin(place),
            None => {}
        }
        answer
    }

    fn known(&self, place: &str) -> Known {
        match self.0.lock().unwrap_or_else(PoisonError::into_inner).get(place) {
            None => Known::Fine,
            Some(until) if Instant::now() < *until => Known::Rests,
            Some(_) => Known::Doubted,
        }
    }

    fn begin(&self, place: &str) {
        let now = Instant::now();
        let mut silent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        silent.retain(|_, until| now < *until + FORGOTTEN);
        silent.insert(place.to_owned(), now + REST);
    }

    fn end(&self, place: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WITHIN: Duration = Duration::from_secs(30);

    /// What came of a question to a server that answers or not, and how long it took.
    async fn ask(rests: &Rests, answers: bool, lives: bool) -> (bool, u64) {
        let begun = Instant::now();
        let when = |answers: bool| Duration::from_secs(if answers { 1 } else { 1_000 });
        let control = || async {
            tokio::time::sleep(when(lives)).await;
            lives
        };
        let question = async { tokio::time::sleep(when(answers)).await };
        let found = rests.ask("clamd", WITHIN, question, control).await;
        (found.is_some(), begun.elapsed().as_secs())
    }

    #[tokio::test(start_paused = true)]
    async fn only_a_server_that_answers_nothing_at_all_rests() {
        let rests = Rests::default();
        assert_eq!(ask(&rests, false, true).await, (false, 31), "one hard question");
        assert_eq!(ask(&rests, true, true).await, (true, 1), "holds up no other");
        assert_eq!(ask(&rests, false, false).await, (false, 33));
        assert_eq!(ask(&rests, true, true).await, (false, 0), "it rests");
        tokio::time::advance(REST).await;
        assert_eq!(ask(&rests, false, false).await, (false, 3), "then only the control is waited for");
        tokio::time::advance(REST).await;
        assert_eq!(ask(&rests, true, true).await, (true, 2));
        assert_eq!(ask(&rests, true, true).await, (true, 1), "as if nothing had been");
    }
}
