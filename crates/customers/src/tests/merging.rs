//! Customers are merged by an agent, and all the way back.

use super::*;
use crate::actions::change::{self, Change};
use crate::actions::create_company::CreateCompany;
use crate::actions::identity::{AddIdentity, Added};
use crate::actions::member::AddMember;
use crate::actions::merge::{self, Merge};
use crate::{CompanyDetails, Details, Membership, TimelineEntry};
use base::Ask;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::json;

/// All that is seen of a customer, but for the version, which counts changes.
async fn whole(w: &World, id: CustomerId) -> (Customer, Vec<TimelineEntry>) {
    let customer = Customer { version: 0, ..open(w, id).await };
    let ask = Ask { cursor: None, limit: Some(100) };
    let lines = w.system(move |cx| crate::timeline(cx, &Scope::All, id, &ask)).await.expect("read").items;
    (customer, lines)
}

async fn merged(w: &World, customer: CustomerId, into: CustomerId) -> Acted<Customer> {
    act::<Merge>(w, merge::Input { customer, into }).await.expect("merged")
}

async fn undone(w: &World, undo: Option<i64>) -> Result<()> {
    w.house.undo(agent(), undo.expect("there is a way back")).await
}

async fn line(w: &World, id: CustomerId, minute: i64) {
    w.system(move |cx| {
        let at = cx.now().plus_seconds(minute * 60);
        crate::put_timeline(cx, id, at, "message", "timeline-message-received", json!({"minute": minute}))
    })
    .await
    .expect("put");
}

#[derive(Clone, Debug)]
struct Person {
    addresses: usize,
    phones: usize,
    companies: Vec<usize>,
    lines: usize,
    details: Details,
}

fn person() -> impl Strategy<Value = Person> {
    let text = || prop_oneof![Just(String::new()), "[a-z]{1,8}"];
    let details =
        (text(), text(), proptest::collection::vec("[a-d]", 0..3), proptest::option::of("[a-z]{2}"))
            .prop_map(|(name, note, tags, language)| Details {
                name,
                note,
                tags,
                language,
                ..Details::default()
            });
    let companies = proptest::collection::vec(0usize..3, 0..3);
    (0usize..3, 0usize..3, companies, 0usize..5, details).prop_map(
        |(addresses, phones, companies, lines, details)| Person {
            addresses,
            phones,
            companies,
            lines,
            details,
        },
    )
}

async fn settle_in(w: &World, who: &str, person: &Person, companies: &[crate::CompanyId]) -> CustomerId {
    let id = make(w, "x", &[]).await.id;
    for n in 0..person.addresses {
        let identity = NewIdentity { primary: n == 1, ..mail(&format!("{who}{n}@a.example")) };
        act::<AddIdentity>(w, Added { customer: id, identity }).await.expect("added");
    }
    for n in 0..person.phones {
        let value = format!("+49 30 {}{n}", u32::from_str_radix(who, 36).expect("a number"));
        let identity = NewIdentity { kind: IdentityKind::Phone, value, verified: n == 0, primary: false };
        act::<AddIdentity>(w, Added { customer: id, identity }).await.expect("added");
    }
    for company in &person.companies {
        let membership = Membership { company: companies[*company], customer: id };
        act::<AddMember>(w, membership).await.expect("joined");
    }
    for n in 0..person.lines {
        line(w, id, n as i64).await;
    }
    let details = person.details.clone();
    act::<Change>(w, change::Input { customer: id, version: None, details }).await.expect("changed");
    id
}

testkit::both! { with house();

async fn what_is_merged_and_undone_is_as_it_was(w: World) {
    let mut companies = Vec::new();
    for name in ["One", "Two", "Three"] {
        let details = CompanyDetails { name: name.to_owned(), ..CompanyDetails::default() };
        companies.push(act::<CreateCompany>(&w, details).await.expect("made").output.id);
    }
    let mut runner = TestRunner::deterministic();
    for round in 0..12 {
        let (a, b) = (person().new_tree(&mut runner).expect("a").current(), person().new_tree(&mut runner).expect("b").current());
        let one = settle_in(&w, &format!("1{round}"), &a, &companies).await;
        let other = settle_in(&w, &format!("2{round}"), &b, &companies).await;
        let before = (whole(&w, one).await, whole(&w, other).await);
        let done = merged(&w, one, other).await;
        let kept = whole(&w, other).await.0;
        assert_eq!(kept.identities.len(), before.0.0.identities.len() + before.1.0.identities.len(), "{a:?} {b:?}");
        for kind in [IdentityKind::Email, IdentityKind::Phone] {
            let of_kind: Vec<_> = kept.identities.iter().filter(|i| i.kind == kind).collect();
            assert_eq!(of_kind.iter().filter(|i| i.primary).count(), usize::from(!of_kind.is_empty()), "{kept:?}");
        }
        undone(&w, done.undo).await.expect("undone");
        assert_eq!((whole(&w, one).await, whole(&w, other).await), before, "{a:?} {b:?}");
    }
    w.settle().await;
}

async fn a_merged_customer_points_to_the_kept_one(w: World) {
    let ann = make(&w, "Ann", &["ann@a.example"]).await;
    let anna = make(&w, "Anna Becker", &["anna@b.example"]).await;
    line(&w, ann.id, 1).await;
    merged(&w, ann.id, anna.id).await;
    let seen = open(&w, ann.id).await;
    assert_eq!((seen.id, seen.name.as_str(), seen.identities.len()), (anna.id, "Anna Becker", 2));
    assert_eq!(seen.merged[0].id, ann.id);
    let named = summary(&w, ann.id).await;
    assert_eq!((named.id, named.name.as_str()), (ann.id, "Anna Becker"), "rows of the old id show the kept name");
    assert_eq!(arrive(&w, "ann@a.example", None, false).await.customer, anna.id);
    let listed = w.system(|cx| crate::customers(cx, &Scope::All, &Ask::default())).await.expect("read").items;
    assert_eq!(listed.iter().map(|s| s.id).collect::<Vec<_>>(), [anna.id]);
    w.settle().await;
    let found = w.system(|cx| crate::look_up(cx, &Scope::All, "ann@a.example", &Ask::default())).await.expect("read").items;
    assert_eq!(found.iter().map(|s| s.id).collect::<Vec<_>>(), [anna.id], "search follows");
    let refused = act::<AddIdentity>(&w, Added { customer: ann.id, identity: mail("c@c.example") }).await;
    assert_eq!(refused.expect_err("a pointer is not changed").code, "customer_merged");
}

async fn a_large_past_moves_in_parts_and_is_read_as_one_meanwhile(w: World) {
    let small = make(&w, "Kept", &[]).await.id;
    let large = make(&w, "Large", &["large@a.example"]).await.id;
    w.system(move |cx| {
        for minute in 0..450 {
            let at = cx.now().plus_seconds(minute);
            crate::put_timeline(cx, large, at, "message", "timeline-message-received", json!({}))?;
        }
        Ok(())
    }).await.expect("put");
    line(&w, small, -5).await;
    let count = async |id: CustomerId| {
        let (mut count, mut ask) = (0, Ask { cursor: None, limit: Some(100) });
        loop {
            let now = ask.clone();
            let page = w.system(move |cx| crate::timeline(cx, &Scope::All, id, &now)).await.expect("read");
            count += page.items.len();
            match page.next {
                Some(next) => ask.cursor = Some(next),
                None => return count,
            }
        }
    };
    let first = merged(&w, large, small).await;
    assert_eq!(count(small).await, 451, "all of it is read before it has moved");
    // Turned round half-way.
    undone(&w, first.undo).await.expect("undone");
    w.settle().await;
    assert_eq!((count(small).await, count(large).await), (1, 450));
    let second = merged(&w, large, small).await;
    w.settle().await;
    assert_eq!(count(small).await, 451);
    undone(&w, second.undo).await.expect("undone");
    w.settle().await;
    assert_eq!((count(small).await, count(large).await), (1, 450));
}

async fn merges_are_undone_in_the_order_of_the_last_first(w: World) {
    let (a, b, c) = (make(&w, "A", &["a@a.example"]).await.id, make(&w, "B", &["b@a.example"]).await.id, make(&w, "C", &[]).await.id);
    let first = merged(&w, a, b).await;
    let second = merged(&w, b, c).await;
    assert_eq!(open(&w, a).await.id, c, "the chain leads to its end");
    assert_eq!(undone(&w, first.undo).await.expect_err("not yet").code, "moved_on");
    undone(&w, second.undo).await.expect("undone");
    assert_eq!(open(&w, a).await.id, b);
    undone(&w, first.undo).await.expect("undone");
    assert_eq!(open(&w, a).await.identities[0].value, "a@a.example");
    let itself = act::<Merge>(&w, merge::Input { customer: a, into: a }).await;
    assert_eq!(itself.expect_err("refused").code, "merge_itself");
}

}
