//! Properties: what is in is found, what is out is not, both engines agree, and nobody can break it.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::{Library, library};
use crate::model::chapter::Chapter;
use crate::model::query::Question;
use crate::model::tokens::tokens;

/// Few words, so that they meet often; in many scripts, with marks, signs and numbers.
const WORDS: &[&str] = &[
    "red",
    "Red",
    "shoes",
    "shoe",
    "größe",
    "GROSSE",
    "naïve",
    "don't",
    "e-mail",
    "ann@example.com",
    "12345",
    "1e5",
    "0x1f",
    "3.14",
    "-7",
    "a",
    "東京",
    "京都",
    "退货",
    "สินค้า",
    "서울",
    "مرحبا",
    "שלום",
    "हिन्दी",
    "ΟΔΟΣ",
    "İzmir",
    "https://a.example/b?c=d",
    "foo_bar",
    "NEAR",
    "AND",
    "kind0text0",
];

fn text() -> impl Strategy<Value = String> {
    vec(proptest::sample::select(WORDS), 0..6).prop_map(|words| words.join(" "))
}

/// What could be meant as an attack on the query language of either engine.
fn hostile() -> impl Strategy<Value = String> {
    const SIGNS: &[&str] = &[
        "\"",
        "'",
        "*",
        "(",
        ")",
        ":",
        "&",
        "|",
        "!",
        "<->",
        "<2>",
        "-",
        "+",
        "^",
        "\\",
        "\\'",
        "''",
        "{",
        "}",
        "NEAR(a b, 2)",
        "AND",
        "OR",
        "NOT",
        "folded:",
        ":*",
        ";",
        "--",
        "/*",
        "%",
        "_",
        "$1",
        "?1",
        "\0",
        "\u{202e}",
        "\u{feff}",
        "💥",
        "\n",
    ];
    let piece = prop_oneof![
        4 => proptest::sample::select(SIGNS).prop_map(str::to_owned),
        2 => proptest::sample::select(WORDS).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => (1usize..3_000).prop_map(|n| "a* ".repeat(n)),
    ];
    vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

fn samples<T>(strategy: impl Strategy<Value = T>, count: usize) -> Vec<T> {
    let mut runner = TestRunner::deterministic();
    (0..count).map(|_| strategy.new_tree(&mut runner).expect("a sample").current()).collect()
}

/// What a question finds, told without any engine.
fn expected(texts: &[(i64, String)], question: &str) -> Vec<i64> {
    let Some(question) = Question::read(question) else { return Vec::new() };
    let stands = |words: &[String], term: &crate::model::query::Term| {
        words.windows(term.tokens.len()).any(|window| {
            let last = term.tokens.len() - 1;
            window.iter().zip(&term.tokens).enumerate().all(|(at, (word, wanted))| {
                if term.begins && at == last { word.starts_with(wanted) } else { word == wanted }
            })
        })
    };
    let matches = |(id, text): &&(i64, String)| {
        let whole = format!("kind0text0 Title{id} {text}");
        let words: Vec<String> = tokens(&whole, 1_000).into_iter().map(|t| t.folded).collect();
        question.wanted.iter().all(|term| stands(&words, term))
            && !question.unwanted.iter().any(|term| stands(&words, term))
    };
    texts.iter().rev().filter(matches).map(|(id, _)| *id).collect()
}

testkit::both! { with library();
    async fn what_is_found_is_what_the_rules_say(w: World) {
        let library = Library::of(&w);
        // So far apart that they fill sixty chapters.
        let id = |at: usize| (at as i64 + 1) * (Chapter::SPAN / 2);
        let texts: Vec<(i64, String)> =
            samples(text(), 120).into_iter().enumerate().map(|(at, text)| (id(at), text)).collect();
        for (id, text) in &texts {
            library.write(*id, *id, text).await;
        }
        library.settle().await;
        let typed = (text(), any::<bool>(), any::<bool>()).prop_map(|(words, whole, phrase)| {
            let words = words.replacen(' ', " -", usize::from(!phrase && words.len() % 3 == 0));
            if phrase { format!("\"{words}\"") } else if whole { format!("{words} ") } else { words }
        });
        let mut finding = 0;
        for question in samples(typed, 300) {
            // Once only: how far a question gets in its time differs from one asking to the next.
            let first = library.ask(&question).await;
            let mut found: Vec<i64> = first.hits.iter().map(|hit| hit.id).collect();
            let mut rest = first.next;
            while let Some(before) = rest {
                let more = library.ask_on(&question, Some(before), 100).await;
                found.extend(more.hits.iter().map(|hit| hit.id));
                rest = more.next;
            }
            finding += usize::from(!found.is_empty());
            assert_eq!(found, expected(&texts, &question), "{question:?}");
        }
        assert!(finding > 100, "only {finding} questions found anything");
    }

    async fn no_text_is_refused_or_slow(w: World) {
        let library = Library::of(&w);
        for (at, text) in samples(hostile(), 60).iter().enumerate() {
            library.write(at as i64 + 1, 1, text).await;
        }
        library.settle().await;
        for question in samples(hostile(), 400) {
            let found = library.ask(&question).await;
            assert!(!found.partial, "{question:?}");
        }
    }
}
