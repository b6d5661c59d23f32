//! Companies, their domains and their members.

use super::{act, agent, arrive, house, make, open};
use crate::actions::change_company::{self, ChangeCompany};
use crate::actions::create_company::CreateCompany;
use crate::actions::member::AddMember;
use crate::actions::member::RemoveMember;
use crate::{Company, CompanyDetails, CustomerId, Membership};
use testkit::World as House;

async fn found_company(w: &House, name: &str, domain: &str) -> Company {
    let domains = if domain.is_empty() { vec![] } else { vec![domain.to_owned()] };
    let details = CompanyDetails { name: name.to_owned(), domains, note: String::new() };
    act::<CreateCompany>(w, details).await.expect("made").output
}

async fn companies_of(w: &House, id: CustomerId) -> Vec<String> {
    open(w, id).await.companies.into_iter().map(|company| company.name).collect()
}

testkit::both! { with house();
    async fn a_customer_belongs_to_several_companies(w: World) {
        let customer = make(&w, "Ann", &[]).await.id;
        let (one, two) = (found_company(&w, "One", "").await, found_company(&w, "Two", "").await);
        act::<AddMember>(&w, Membership { company: one.id, customer }).await.expect("joined");
        act::<AddMember>(&w, Membership { company: two.id, customer }).await.expect("joined");
        assert_eq!(companies_of(&w, customer).await, ["One", "Two"]);
        let left = act::<RemoveMember>(&w, Membership { company: one.id, customer }).await.expect("left");
        assert_eq!(companies_of(&w, customer).await, ["Two"]);
        w.house.undo(agent(), left.undo.expect("can be undone")).await.expect("undone");
        assert_eq!(companies_of(&w, customer).await, ["One", "Two"]);
        let again = act::<AddMember>(&w, Membership { company: one.id, customer }).await.expect("no harm");
        assert_eq!(again.undo, None);
    }

    async fn a_proven_address_of_a_domain_leads_to_its_company_and_a_claimed_one_does_not(w: World) {
        found_company(&w, "Bücher", "Bücher.example").await;
        let claimed = arrive(&w, "ann@bücher.example", None, false).await.customer;
        assert!(companies_of(&w, claimed).await.is_empty());
        arrive(&w, "ann@bücher.example", None, true).await;
        assert_eq!(companies_of(&w, claimed).await, ["Bücher"]);
        let proven = arrive(&w, "bo@bücher.example", None, true).await.customer;
        assert_eq!(companies_of(&w, proven).await, ["Bücher"]);
    }

    async fn a_domain_belongs_to_one_company(w: World) {
        found_company(&w, "One", "one.example").await;
        let details = CompanyDetails { name: "Two".to_owned(), domains: vec!["ONE.example".to_owned()], note: String::new() };
        assert_eq!(act::<CreateCompany>(&w, details.clone()).await.expect_err("taken").code, "domain_taken");
        let details = CompanyDetails { domains: vec!["a b".to_owned()], ..details };
        let odd = act::<CreateCompany>(&w, details).await.expect_err("no domain");
        assert_eq!((odd.code, odd.fields[0].0.as_str()), ("domain_invalid", "domains"));
    }

    async fn a_company_is_changed_under_its_version_and_undone(w: World) {
        let company = found_company(&w, "One", "one.example").await;
        let details = CompanyDetails { name: "Uno".to_owned(), domains: vec![], note: "!".to_owned() };
        let input = change_company::Input { company: company.id, version: Some(1), details };
        let acted = act::<ChangeCompany>(&w, input.clone()).await.expect("changed");
        assert_eq!((acted.output.name.as_str(), acted.output.domains.len()), ("Uno", 0));
        assert_eq!(act::<ChangeCompany>(&w, input).await.expect_err("old").code, "version_conflict");
        w.house.undo(agent(), acted.undo.expect("can be undone")).await.expect("undone");
        let back = w.system(move |cx| crate::company(cx, &people::Scope::All, company.id)).await.expect("read");
        assert_eq!((back.name.as_str(), back.domains), ("One", vec!["one.example".to_owned()]));
    }
}
