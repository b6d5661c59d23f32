//! Policies by hand, and hostile ones.

use std::net::IpAddr;

use proptest::prelude::*;

use crate::{Answer, Answers, Judged, Kind, Query, Question, Verdict, check};

fn question(sender: &str) -> Question {
    let ip = IpAddr::from([192, 0, 2, 1]);
    Question { ip, helo: "mx.a.example".to_owned(), sender: sender.to_owned() }
}

fn texts(pairs: &[(&str, &str)]) -> Answers {
    let answer = |text: &str| Answer::Texts(vec![text.as_bytes().to_vec()]);
    let key = |name: &str| Query { kind: Kind::Txt, name: name.to_owned() };
    pairs.iter().map(|(name, text)| (key(name), answer(text))).collect()
}

#[test]
fn the_next_question_is_named_until_the_answers_are_enough() {
    let asked = check(&question("ann@A.example"), &Answers::new()).expect_err("needs the policy");
    assert_eq!(asked, Query { kind: Kind::Txt, name: "a.example".to_owned() });
    let answers = texts(&[("a.example", "v=spf1 ip4:192.0.2.0/24 -all")]);
    let judged = check(&question("ann@a.example"), &answers).expect("enough");
    assert_eq!(judged, Judged { verdict: Verdict::Pass, domain: "a.example".to_owned() });
}

#[test]
fn a_report_is_judged_by_the_name_of_its_server() {
    let answers = texts(&[("mx.a.example", "v=spf1 -all")]);
    let judged = check(&question(""), &answers).expect("enough");
    assert_eq!((judged.verdict, judged.domain.as_str()), (Verdict::Fail, "mx.a.example"));
}

#[test]
fn a_policy_that_includes_itself_ends() {
    let answers = texts(&[("a.example", "v=spf1 include:a.example -all")]);
    assert_eq!(check(&question("ann@a.example"), &answers).expect("ends").verdict, Verdict::PermError);
}

proptest! {
    #[test]
    fn any_policy_ends(policy in "[ -~]{0,120}", sender in "[ -~é]{0,40}") {
        let mut answers = texts(&[]);
        let question = question(&sender);
        for _ in 0..60 {
            match check(&question, &answers) {
                Ok(_) => return Ok(()),
                Err(query) => {
                    let text = format!("v=spf1 {policy}").into_bytes();
                    let answer = match query.kind {
                        Kind::Txt => Answer::Texts(vec![text]),
                        Kind::Mx | Kind::Ptr => Answer::Names(vec!["b.example".to_owned(); 12]),
                        Kind::A | Kind::Aaaa => Answer::Addresses(vec![IpAddr::from([192, 0, 2, 2])]),
                    };
                    prop_assert!(answers.insert(query, answer).is_none(), "asked twice");
                }
            }
        }
        prop_assert!(false, "more than sixty questions");
    }
}
