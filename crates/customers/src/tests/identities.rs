//! Recognition, claims and proofs, and which identity is used first.

use std::collections::BTreeSet;

use base::Kind;

use super::{act, agent, arrive, events, house, mail, make, names, open, summary};
use crate::actions::identity::{AddIdentity, Added, RemoveIdentity, Removed};
use crate::actions::verify_identity::{self, VerifyIdentity};
use crate::{IdentityKind, NewIdentity};

testkit::both! { with house();
    async fn the_same_address_is_the_same_customer_however_it_is_written(w: World) {
        let first = arrive(&w, "Ann@Bücher.example", Some("Ann"), false).await;
        let again = arrive(&w, "ann@XN--BCHER-KVA.example", Some("Somebody else"), false).await;
        assert!(first.fresh && !again.fresh);
        assert_eq!((first.customer, first.identity), (again.customer, again.identity));
        assert_eq!(open(&w, first.customer).await.name, "Ann");
        assert_eq!(open(&w, first.customer).await.identities[0].value, "Ann@Bücher.example");
        assert_eq!(names(&w).await, ["customer.created"]);
    }

    async fn a_proof_lifts_a_claim_and_a_claim_takes_no_proof_away(w: World) {
        let known = arrive(&w, "ann@example.com", None, false).await;
        assert!(!summary(&w, known.customer).await.verified);
        arrive(&w, "ann@example.com", None, true).await;
        arrive(&w, "ann@example.com", None, false).await;
        assert!(summary(&w, known.customer).await.verified);
        assert_eq!(names(&w).await, ["customer.created", "customer.identity_verified"]);
    }

    async fn strangers_who_arrive_at_once_under_one_address_are_one_customer(w: World) {
        let arrivals: Vec<_> = (0..16).map(|_| {
            let house = w.house.clone();
            tokio::spawn(async move {
                house.write(journal::Caller::system(), |cx| {
                    crate::recognise(cx, IdentityKind::Email, "new@example.com", None, false)
                }).await
            })
        }).collect();
        let mut customers = BTreeSet::new();
        for arrival in arrivals {
            customers.insert(arrival.await.expect("joined").expect("recognised").customer);
        }
        assert_eq!(customers.len(), 1);
        assert_eq!(names(&w).await, ["customer.created"]);
    }

    async fn what_is_no_address_is_refused_and_a_long_name_is_not(w: World) {
        let odd = w.system(|cx| crate::recognise(cx, IdentityKind::Email, "no address", None, false)).await;
        assert_eq!(odd.expect_err("refused").code, "address_invalid");
        let long = w.system(|cx| {
            crate::recognise(cx, IdentityKind::Email, "a@example.com", Some(&"x".repeat(9_999)), false)
        });
        assert_eq!(open(&w, long.await.expect("recognised").customer).await.name.len(), 200);
    }

    async fn an_identity_belongs_to_one_customer(w: World) {
        make(&w, "Ann", &["ann@example.com"]).await;
        let bo = make(&w, "Bo", &["bo@example.com"]).await;
        let input = Added { customer: bo.id, identity: mail("ANN@example.com") };
        let refused = act::<AddIdentity>(&w, input).await.expect_err("taken");
        assert_eq!((refused.kind, refused.code), (Kind::Conflict, "identity_taken"));
        assert_eq!(open(&w, bo.id).await.identities.len(), 1);
    }

    async fn the_first_of_a_kind_is_used_first_until_another_is_chosen_or_it_goes(w: World) {
        let ann = make(&w, "Ann", &["one@example.com", "two@example.com"]).await;
        assert_eq!(summary(&w, ann.id).await.address.as_deref(), Some("one@example.com"));
        let identity = NewIdentity { primary: true, ..mail("three@example.com") };
        let three = act::<AddIdentity>(&w, Added { customer: ann.id, identity }).await.expect("added");
        assert_eq!(summary(&w, ann.id).await.address.as_deref(), Some("three@example.com"));
        let identity = NewIdentity { kind: IdentityKind::Phone, value: "+49 30 123".to_owned(), verified: true, primary: false };
        act::<AddIdentity>(&w, Added { customer: ann.id, identity }).await.expect("added");
        assert_eq!(summary(&w, ann.id).await.address.as_deref(), Some("three@example.com"), "mail before telephone");
        let gone = act::<RemoveIdentity>(&w, Removed { identity: three.output.id }).await.expect("removed");
        assert_eq!(summary(&w, ann.id).await.address.as_deref(), Some("one@example.com"));
        w.house.undo(agent(), gone.undo.expect("can be undone")).await.expect("undone");
        assert_eq!(summary(&w, ann.id).await.address.as_deref(), Some("three@example.com"));
        assert!(open(&w, ann.id).await.version > ann.version);
    }

    async fn an_agent_vouches_and_takes_it_back(w: World) {
        let ann = make(&w, "Ann", &["ann@example.com"]).await;
        let input = verify_identity::Input { identity: ann.identities[0].id, verified: true };
        let acted = act::<VerifyIdentity>(&w, input).await.expect("verified");
        assert!(acted.output.verified && open(&w, ann.id).await.identities[0].verified);
        w.house.undo(agent(), acted.undo.expect("can be undone")).await.expect("undone");
        assert!(!open(&w, ann.id).await.identities[0].verified);
        let last = events(&w).await.pop().expect("an event");
        assert_eq!(last.changed("verified").expect("says so").after, false);
    }
}
