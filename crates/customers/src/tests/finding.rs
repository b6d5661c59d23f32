//! Customers are found by what they are called, soon after it changes.

use base::Ask;
use people::Scope;

use super::{act, arrive, house, make};
use crate::actions::change_company::{self, ChangeCompany};
use crate::actions::create_company::CreateCompany;
use crate::actions::identity::{RemoveIdentity, Removed};
use crate::actions::member::AddMember;
use crate::{CompanyDetails, Membership};
use testkit::World as House;

async fn look_up(w: &House, text: &'static str) -> Vec<String> {
    let ask = Ask::default();
    let page = w.system(move |cx| crate::look_up(cx, &Scope::All, text, &ask)).await.expect("looked up");
    page.items.into_iter().map(|summary| summary.name).collect()
}

testkit::both! { with house();
    async fn by_name_address_and_company(w: World) {
        let customer = make(&w, "Änne Müller", &["anne@shop.example"]).await;
        make(&w, "Bo Li", &["bo@elsewhere.example"]).await;
        let details = CompanyDetails { name: "Nordwind Logistik".to_owned(), ..CompanyDetails::default() };
        let company = act::<CreateCompany>(&w, details).await.expect("made").output;
        act::<AddMember>(&w, Membership { company: company.id, customer: customer.id }).await.expect("joined");
        w.settle().await;
        for text in ["muller", "anne mull", "anne@shop", "shop.example", "nordwind"] {
            assert_eq!(look_up(&w, text).await, ["Änne Müller"], "{text}");
        }
        let details = CompanyDetails { name: "Südwind".to_owned(), ..CompanyDetails::default() };
        let input = change_company::Input { company: company.id, version: None, details };
        act::<ChangeCompany>(&w, input).await.expect("renamed");
        let input = Removed { identity: customer.identities[0].id };
        act::<RemoveIdentity>(&w, input).await.expect("removed");
        w.settle().await;
        assert_eq!(look_up(&w, "sudwind").await, ["Änne Müller"]);
        assert!(look_up(&w, "nordwind").await.is_empty() && look_up(&w, "anne@shop").await.is_empty());
    }

    async fn by_a_whole_address_at_once(w: World) {
        arrive(&w, "ann@example.com", Some("Ann"), false).await;
        assert_eq!(look_up(&w, "ANN@example.com").await, ["Ann"], "before any indexing");
        w.settle().await;
        assert_eq!(look_up(&w, "ann@example.com").await, ["Ann"], "and only once after it");
    }

    async fn a_list_goes_through_all_of_them(w: World) {
        for n in 0..7 {
            make(&w, &format!("Customer {n}"), &[]).await;
        }
        w.settle().await;
        for text in ["", "customer"] {
            let (mut names, mut cursor) = (Vec::new(), None);
            loop {
                let ask = Ask { cursor, limit: Some(3) };
                let page = w.system(move |cx| match text {
                    "" => crate::customers(cx, &Scope::All, &ask),
                    text => crate::look_up(cx, &Scope::All, text, &ask),
                });
                let page = page.await.expect("read");
                names.extend(page.items.into_iter().map(|s| s.name));
                cursor = page.next;
                if cursor.is_none() { break }
            }
            let wanted: Vec<String> = (0..7).rev().map(|n| format!("Customer {n}")).collect();
            assert_eq!(names, wanted);
        }
    }

    async fn nobody_looks_up_without_being_staff(w: World) {
        let ann = make(&w, "Ann", &["ann@example.com"]).await.id;
        w.settle().await;
        for scope in [Scope::Customer { id: ann.0 }, Scope::None] {
            let ask = Ask::default();
            let page = w.system(move |cx| crate::look_up(cx, &scope, "ann@example.com", &ask)).await;
            assert!(page.expect("an empty page").items.is_empty());
        }
        let own = w.system(move |cx| crate::customer(cx, &Scope::Customer { id: ann.0 }, ann)).await;
        assert_eq!(own.expect("itself").id, ann);
        let other = w.system(move |cx| crate::customer(cx, &Scope::Customer { id: 1 }, ann)).await;
        assert_eq!(other.expect_err("another").code, "customer_not_found");
    }
}
