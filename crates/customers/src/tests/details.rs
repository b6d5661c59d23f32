//! What is kept about a customer: versions, undo, limits, and texts of any kind.

use base::{IsId, Kind};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value, json};

use super::{act, agent, events, house, make, open};
use crate::actions::change::{self, Change};
use crate::actions::tag::{self, Tag};
use crate::{CustomerId, Details};

fn details(name: &str) -> Details {
    let attributes = json!({"plan": "gold", "seats": 3});
    Details {
        name: name.to_owned(),
        language: Some("de".to_owned()),
        note: "Calls on Mondays".to_owned(),
        tags: vec!["vip".to_owned()],
        attributes: attributes.as_object().cloned().expect("an object"),
        ..Details::default()
    }
}

fn change(customer: CustomerId, version: Option<i64>, details: Details) -> change::Input {
    change::Input { customer, version, details }
}

/// Letters of all kinds, controls, marks, halves of words.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[\\PC\\p{C}]{0,60}",
        Just("<script>alert(1)</script>'; DROP TABLE customers;--".to_owned())
    ]
}

fn any_details() -> impl Strategy<Value = Details> {
    let value =
        prop_oneof![any_text().prop_map(Value::from), any::<i32>().prop_map(Value::from), Just(Value::Null)];
    let attributes =
        btree_map(any_text(), value, 0..4).prop_map(|map| map.into_iter().collect::<Map<_, _>>());
    (any_text(), any_text(), vec(any_text(), 0..4), attributes)
        .prop_map(|(name, note, tags, attributes)| Details {
            name,
            note,
            tags,
            attributes,
            ..Details::default()
        })
        .prop_filter("within the limits", |details| details.checked().is_ok())
}

testkit::both! { with house();
    async fn a_change_keeps_everything_and_raises_the_version(w: World) {
        let customer = make(&w, "Ann", &[]).await;
        let after = act::<Change>(&w, change(customer.id, Some(1), details("Ann B."))).await.expect("changed").output;
        assert_eq!((after.name.as_str(), after.version, after.language.as_deref()), ("Ann B.", 2, Some("de")));
        assert_eq!(Value::from(after.attributes), json!({"plan": "gold", "seats": 3}));
    }

    async fn a_change_of_an_old_version_is_refused_with_the_present_state(w: World) {
        let customer = make(&w, "Ann", &[]).await;
        act::<Change>(&w, change(customer.id, Some(1), details("First"))).await.expect("changed");
        let late = act::<Change>(&w, change(customer.id, Some(1), details("Late"))).await.expect_err("refused");
        assert_eq!((late.kind, late.code), (Kind::Conflict, "version_conflict"));
        assert_eq!(late.present.as_ref().expect("tells")["name"], "First");
        assert_eq!(open(&w, customer.id).await.name, "First");
    }

    async fn a_change_is_undone_unless_the_state_has_moved_on(w: World) {
        let customer = make(&w, "Ann", &[]).await;
        let first = act::<Change>(&w, change(customer.id, None, details("First"))).await.expect("changed");
        w.house.undo(agent(), first.undo.expect("can be undone")).await.expect("undone");
        assert_eq!(open(&w, customer.id).await.name, "Ann");
        let second = act::<Change>(&w, change(customer.id, None, details("Second"))).await.expect("changed");
        act::<Change>(&w, change(customer.id, None, details("Third"))).await.expect("changed");
        let late = w.house.undo(agent(), second.undo.expect("can be undone")).await.expect_err("moved on");
        assert_eq!(late.code, "version_conflict");
    }

    async fn nothing_personal_stands_in_an_event(w: World) {
        let customer = make(&w, "Secretname", &["secret@example.com"]).await;
        act::<Change>(&w, change(customer.id, None, details("Othername"))).await.expect("changed");
        let events = events(&w).await;
        let written = format!("{events:?}");
        for secret in ["Secretname", "secret@", "Othername", "Mondays", "gold"] {
            assert!(!written.contains(secret), "{secret} in {written}");
        }
        let changed = events.iter().find(|e| e.name == "customer.changed").expect("an event");
        assert!(changed.changed("name").is_some() && changed.changed("note").is_some());
        assert_eq!(changed.changed("language").expect("open").after, "de");
    }

    async fn a_change_that_changes_nothing_leaves_no_event(w: World) {
        let customer = make(&w, "Ann", &[]).await;
        act::<Change>(&w, change(customer.id, None, details("Ann"))).await.expect("changed");
        let acted = act::<Change>(&w, change(customer.id, None, details("Ann"))).await.expect("the same");
        assert_eq!((acted.output.version, acted.undo), (2, None));
        assert_eq!(events(&w).await.len(), 2);
    }

    async fn tags_come_and_go_beside_other_changes(w: World) {
        let customer = make(&w, "Ann", &[]).await;
        let tags = |add: &[&str], remove: &[&str]| tag::Input {
            customer: customer.id,
            add: add.iter().map(|t| (*t).to_owned()).collect(),
            remove: remove.iter().map(|t| (*t).to_owned()).collect(),
        };
        act::<Tag>(&w, tags(&["VIP", "late"], &[])).await.expect("tagged");
        let acted = act::<Tag>(&w, tags(&["new"], &["vip"])).await.expect("tagged");
        assert_eq!(acted.output, ["late", "new"]);
        w.house.undo(agent(), acted.undo.expect("can be undone")).await.expect("undone");
        let mut back = open(&w, customer.id).await.tags;
        back.sort();
        assert_eq!(back, ["late", "vip"]);
    }

    async fn any_text_comes_back_as_it_was_written(w: World) {
        let customer = make(&w, "Ann", &[]).await;
        let mut runner = TestRunner::deterministic();
        for _ in 0..60 {
            let written = any_details().new_tree(&mut runner).expect("a sample").current();
            act::<Change>(&w, change(customer.id, None, written.clone())).await.expect("changed");
            let read = open(&w, customer.id).await;
            let clean = |text: &str| text.replace('\0', "");
            assert_eq!((read.name, read.note), (clean(&written.name), clean(&written.note)));
            let wanted = written.checked().expect("within the limits");
            assert_eq!((read.tags, read.attributes), (wanted.tags, wanted.attributes));
        }
    }

    async fn a_customer_that_is_not_there_is_not_found(w: World) {
        let refused = act::<Change>(&w, change(CustomerId::from_raw(12), None, details("x"))).await;
        assert_eq!(refused.expect_err("nobody").code, "customer_not_found");
    }
}
