//! Whatever the order of sending, sending again and connecting anew: each message is there once, in order.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::json;

use super::shop::{Shop, Visitor, chat_of, house};
use crate::model::Standing;

/// What a visitor's screen goes through.
#[derive(Clone, Debug)]
enum Step {
    /// Sends what it wrote as number so and so, perhaps not for the first time.
    Send(u8),
    /// An agent answers.
    Answer(u8),
    /// The line breaks and returns: the screen reads on from where it stopped.
    Reconnect,
    /// The screen forgets everything and begins anew.
    Begin,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (0u8..6).prop_map(Step::Send),
        2 => (0u8..4).prop_map(Step::Answer),
        3 => Just(Step::Reconnect),
        1 => Just(Step::Begin),
    ];
    prop::collection::vec(step, 1..14)
}

/// The own copy of a thread, as the widget keeps it.
#[derive(Default)]
struct Screen {
    cursor: i64,
    lines: Vec<(i64, String)>,
}

impl Screen {
    async fn read_on(&mut self, visitor: &mut Visitor) {
        let shown = visitor.get(&format!("messages?after={}", self.cursor)).await.expect(200);
        for message in shown["messages"].as_array().expect("a list") {
            let line = message["line"].as_i64().expect("a number");
            assert_eq!(line, self.cursor + 1, "lines are dense");
            self.lines.push((message["id"].as_i64().expect("an id"), message["text"].to_string()));
            self.cursor = line;
        }
    }

    fn check(&self, sent: &BTreeSet<String>) {
        let ids: BTreeSet<i64> = self.lines.iter().map(|(id, _)| *id).collect();
        assert_eq!(ids.len(), self.lines.len(), "nothing twice: {:?}", self.lines);
        let texts: BTreeSet<String> = self.lines.iter().map(|(_, text)| text.clone()).collect();
        assert_eq!(&texts, sent, "nothing lost");
        assert_eq!(texts.len(), self.lines.len());
    }
}

testkit::both! { with house();
    async fn each_message_is_there_once_whatever_happens_on_the_way(w: World) {
        let shop = Shop::open(w).await;
        shop.be(shop.owner, Standing::Available).await;
        let mut runner = TestRunner::deterministic();
        for case in 0..12 {
            let steps = steps().new_tree(&mut runner).expect("a case").current();
            let mut visitor = shop.visitor().await;
            let (mut screen, mut sent, mut conversation) = (Screen::default(), BTreeSet::new(), None);
            for step in &steps {
                match step {
                    Step::Send(n) => {
                        let text = format!("case {case} message {n}");
                        let body = json!({"id": format!("outbox-{case}-{n}"), "text": text});
                        let said = visitor.post("messages", body).await.expect(201);
                        assert_eq!(said["repeated"], sent.contains(&json!(text).to_string()), "{steps:?}");
                        sent.insert(json!(text).to_string());
                        let chat = chat_of(&said);
                        conversation = Some(shop.conversation(chat).await);
                    }
                    Step::Answer(n) => {
                        let Some(conversation) = conversation else { continue };
                        let text = format!("case {case} answer {n} of {}", sent.len());
                        if sent.insert(json!(text).to_string()) {
                            shop.answer(shop.owner, conversation, &text).await;
                        }
                    }
                    Step::Reconnect => screen.read_on(&mut visitor).await,
                    Step::Begin => screen = Screen::default(),
                }
            }
            screen.read_on(&mut visitor).await;
            screen.check(&sent);
        }
    }

    async fn two_copies_of_one_message_at_once_are_one(w: World) {
        let shop = Shop::open(w).await;
        let visitor = shop.visitor().await;
        let send = || {
            let mut copy = shop.visitor_of(&visitor.token);
            async move { copy.post("messages", json!({"id": "outbox-0001", "text": "Hello"})).await.expect(201) }
        };
        let (one, two, three) = tokio::join!(send(), send(), send());
        assert!(one["message"]["id"] == two["message"]["id"] && two["message"]["id"] == three["message"]["id"]);
        assert_eq!(shop.visitor_of(&visitor.token).texts().await, ["Hello"]);
    }
}
