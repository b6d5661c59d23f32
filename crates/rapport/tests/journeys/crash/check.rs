//! Holds what was acknowledged against what is there and against what arrived outside.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use super::{Crowd, Figures, Seen, Word, try_read_all};
use crate::driver::sink::Arrived;
use crate::driver::{Server, pause};

/// Everything that the server has acknowledged.
pub struct Book {
    pub mails: Vec<Word>,
    pub answers: Vec<Word>,
    again: (usize, usize),
}

/// Reads until nothing is on its way any more. What was put off is tried again at once, as an agent would.
#[track_caller]
pub fn settle(server: &Server, token: &str, within: Duration) -> Seen {
    let deadline = Instant::now() + within;
    let mut last = usize::MAX;
    loop {
        let mut http = server.client(token);
        let seen = try_read_all(&mut http).expect("the API answers");
        for id in &seen.put_off {
            // One that has just gone out is refused.
            let _ = http.send("POST", &format!("/api/messages/{id}/resend"), &[], b"{}");
        }
        let mails = seen.mails.values().sum();
        if !seen.is_moving() && mails == last {
            return seen;
        }
        last = mails;
        assert!(Instant::now() < deadline, "the house does not come to rest: {}", server.log());
        pause(Duration::from_millis(300));
    }
}

impl Book {
    pub fn of(crowd: &Crowd) -> Book {
        Book {
            mails: crowd.writers.iter().flat_map(|w| w.acknowledged.clone()).collect(),
            answers: crowd.answerers.iter().flat_map(|a| a.acknowledged.clone()).collect(),
            again: (
                crowd.writers.iter().map(|w| w.again).sum(),
                crowd.answerers.iter().map(|a| a.again).sum(),
            ),
        }
    }

    /// What is not there although it was acknowledged.
    pub fn lost(&self, seen: &Seen) -> Vec<String> {
        let mails = self.mails.iter().filter(|word| !seen.mails.contains_key(&word.text));
        let answers = self.answers.iter().filter(|word| !seen.answers.contains_key(&word.text));
        mails.chain(answers).map(|word| word.text.clone()).collect()
    }

    /// What was acknowledged while the clock did not yet stand behind `at`.
    pub fn until(&self, at: u64) -> Book {
        let before = |words: &[Word]| words.iter().filter(|word| word.at <= at).cloned().collect();
        Book { mails: before(&self.mails), answers: before(&self.answers), again: self.again }
    }

    #[track_caller]
    pub fn check(&self, seen: &Seen, arrived: &[Arrived]) -> Figures {
        assert_eq!(self.lost(seen), Vec::<String>::new(), "acknowledged, and lost");
        let twice = |(word, n): (&String, usize)| (n > 1).then(|| word.clone());
        let mails: Vec<_> = seen.mails.iter().filter_map(|(w, n)| twice((w, *n))).collect();
        assert_eq!(mails, Vec::<String>::new(), "mails that are there twice");
        let answers: Vec<_> = seen.answers.iter().filter_map(|(w, a)| twice((w, a.len()))).collect();
        assert_eq!(answers, Vec::<String>::new(), "answers that are there twice");
        check_arrivals(arrived);
        self.fates(seen, arrived)
    }

    #[track_caller]
    fn fates(&self, seen: &Seen, arrived: &[Arrived]) -> Figures {
        let words: HashSet<&str> = arrived
            .iter()
            .flat_map(|mail| mail.content.split(|c: char| !c.is_ascii_alphanumeric()))
            .collect();
        let mut figures = Figures {
            mails: self.mails.len(),
            answers: self.answers.len(),
            mails_again: self.again.0,
            answers_again: self.again.1,
            ..Figures::default()
        };
        for (word, answer) in seen.answers.iter().flat_map(|(w, all)| all.iter().map(move |a| (w, a))) {
            let out = words.contains(word.as_str());
            match answer.state.as_str() {
                "delivered" => {
                    assert!(out, "{word} is shown as delivered and never arrived");
                    figures.delivered += 1;
                }
                "unknown" => {
                    assert!(answer.marked, "{word} is unknown, and nothing says why");
                    figures.unknown += 1;
                    figures.unknown_but_arrived += usize::from(out);
                }
                other => panic!("{word} came to rest as {other}"),
            }
        }
        figures
    }
}

#[track_caller]
fn check_arrivals(arrived: &[Arrived]) {
    let mut ids: HashMap<&str, usize> = HashMap::new();
    for mail in arrived {
        *ids.entry(mail.id.as_str()).or_default() += 1;
    }
    let twice: Vec<_> = ids.iter().filter(|(_, n)| **n > 1).collect();
    assert!(twice.is_empty(), "arrived twice: {twice:?}");
    assert!(!ids.contains_key(""), "a mail without a Message-ID went out");
}
