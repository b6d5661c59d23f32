//! A small corpus of our own, and the rule that unlearning is the inverse of learning.

use std::collections::HashMap;

use proptest::prelude::*;

use crate::{BUCKETS, Counts, Kind, MOST_TOKENS, Sample, probability, tokens};

/// What was learned, as a database would keep it.
#[derive(Clone, Default, PartialEq, Debug)]
struct Memory {
    all: Counts,
    tokens: HashMap<u32, Counts>,
}

impl Memory {
    fn learn(&mut self, tokens: &[u32], kind: Kind, by: i64) {
        self.all.count(kind, by);
        for token in tokens {
            self.tokens.entry(*token).or_default().count(kind, by);
        }
        self.tokens.retain(|_, counts| *counts != Counts::default());
    }

    fn probability(&self, subject: &str, text: &str) -> Option<f64> {
        let known: Vec<Counts> =
            of(subject, text).iter().filter_map(|token| self.tokens.get(token)).copied().collect();
        probability(self.all, &known)
    }
}

fn of(subject: &str, text: &str) -> Vec<u32> {
    tokens(&Sample { subject, text, ..Sample::default() }, 7)
}

const SPAM: [&str; 12] = [
    "You have won the lottery, claim your prize money now with a small transfer fee",
    "Cheap pills without prescription, discreet shipping, order online today",
    "I am a prince with eleven million dollars and need your bank account for a transfer",
    "Double your bitcoin in one day, guaranteed profit, invest now",
    "Hot singles in your area are waiting for you, click now",
    "Your mailbox is full, verify your password now or lose your account",
    "Lose ten kilos in one week with this miracle pill, order now",
    "Get rich from home, earn money fast, no risk, guaranteed",
    "SEO service: first place in search results guaranteed, cheap offer",
    "Replica watches of all brands, cheap, worldwide shipping, order today",
    "Casino bonus: free spins waiting, claim your prize now",
    "Urgent transfer of inheritance funds, reply with your bank account",
];
const HAM: [&str; 12] = [
    "My lamp arrived with a broken switch, can I send it back for repair",
    "When will my order arrive, the tracking has not changed since Monday",
    "I would like to change the delivery address of my order before it leaves",
    "The invoice shows the wrong company name, please correct it",
    "Do you sell a longer cable for the desk lamp in oak",
    "Thank you for the quick answer, the new bulb works well",
    "The shade has a scratch, I attach two photos, how do we go on",
    "Can we get an offer for twenty floor lamps for our new office",
    "I can not log in to my customer account since yesterday",
    "Please cancel my order, I ordered the wrong colour by mistake",
    "Does the warranty cover the dimmer of the ceiling lamp",
    "The parcel service says the address is incomplete, please check",
];

#[test]
fn a_small_corpus_is_told_apart_with_the_others_learned() {
    let (mut right, mut all) = (0, 0);
    for (kind, texts) in [(Kind::Spam, SPAM), (Kind::Ham, HAM)] {
        for left_out in texts {
            let mut memory = Memory::default();
            for (kind, texts) in [(Kind::Spam, SPAM), (Kind::Ham, HAM)] {
                for text in texts.iter().filter(|text| **text != left_out) {
                    memory.learn(&of("", text), kind, 1);
                }
            }
            let p = memory.probability("", left_out).expect("enough was learned");
            all += 1;
            right += usize::from((p > 0.5) == (kind == Kind::Spam));
        }
    }
    println!("{right} of {all} told apart, each with all others learned");
    assert!(right * 100 >= all * 85, "{right} of {all}");
}

#[test]
fn nothing_is_said_before_enough_was_learned() {
    let mut memory = Memory::default();
    for text in SPAM {
        memory.learn(&of("", text), Kind::Spam, 1);
    }
    assert_eq!(memory.probability("", SPAM[0]), None);
}

#[test]
fn tokens_are_bounded_and_of_one_installation() {
    let long: String = (0..5_000).map(|n| format!("word{n} ")).collect();
    let found = of("", &long);
    assert_eq!(found.len(), MOST_TOKENS);
    assert!(found.iter().all(|token| *token < BUCKETS));
    let sample = Sample { subject: "lamp", ..Sample::default() };
    assert_ne!(tokens(&sample, 1), tokens(&sample, 2));
    assert!(of("灯具坏了", "").len() > 2, "scripts without spaces");
}

proptest! {
    #[test]
    fn learning_and_unlearning_are_inverse(
        before in proptest::collection::vec(("[a-z ]{0,40}", any::<bool>()), 0..8),
        subject in "\\PC{0,30}",
        text in "\\PC{0,80}",
        spam in any::<bool>(),
    ) {
        let kind = |spam| if spam { Kind::Spam } else { Kind::Ham };
        let mut memory = Memory::default();
        for (text, spam) in &before {
            memory.learn(&of("", text), kind(*spam), 1);
        }
        let earlier = memory.clone();
        memory.learn(&of(&subject, &text), kind(spam), 1);
        memory.learn(&of(&subject, &text), kind(spam), -1);
        prop_assert_eq!(memory, earlier);
    }

    #[test]
    fn a_probability_is_one(counts in proptest::collection::vec((0i64..50, 0i64..50), 0..80)) {
        let all = Counts { spam: 60, ham: 60 };
        let tokens: Vec<Counts> = counts.iter().map(|(spam, ham)| Counts { spam: *spam, ham: *ham }).collect();
        let p = probability(all, &tokens).expect("enough");
        prop_assert!((0.0..=1.0).contains(&p), "{}", p);
    }
}
