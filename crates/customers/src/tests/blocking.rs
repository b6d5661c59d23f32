//! Senders are shut out and let in again.

use super::*;
use crate::actions::block::{self, BlockCustomer, BlockSender, Blocks, Lift, UnblockCustomer, Unblocked};
use crate::{Block, BlockKind};
use base::Ask;

async fn blocked(w: &World, address: &'static str) -> bool {
    w.system(move |cx| crate::is_blocked(cx, IdentityKind::Email, address)).await.expect("read")
}

async fn block(w: &World, kind: BlockKind, value: &str) -> Result<Acted<Block>> {
    act::<BlockSender>(w, block::Input { kind, value: value.to_owned() }).await
}

testkit::both! { with house();

async fn an_address_or_a_whole_domain_is_shut_out_and_let_in(w: World) {
    let one = block(&w, BlockKind::Email, "Spam@Evil.example").await.expect("blocked");
    assert!(blocked(&w, "spam@evil.example").await && !blocked(&w, "other@evil.example").await);
    block(&w, BlockKind::Domain, "evil.example").await.expect("blocked");
    assert!(blocked(&w, "other@EVIL.example").await && !blocked(&w, "a@sub.evil.example").await);
    w.house.undo(agent(), one.undo.expect("set")).await.expect("undone");
    assert!(blocked(&w, "spam@evil.example").await, "the domain still holds it back");
    let listed = w.system(|cx| crate::blocks(cx, &Scope::All, &Ask::default())).await.expect("read").items;
    assert_eq!(listed.iter().map(|b| b.value.as_str()).collect::<Vec<_>>(), ["evil.example"]);
    let lifted = act::<Lift>(&w, Blocks { blocks: vec![listed[0].id] }).await.expect("lifted");
    assert!(!blocked(&w, "spam@evil.example").await);
    w.house.undo(agent(), lifted.undo.expect("set")).await.expect("undone");
    assert!(blocked(&w, "spam@evil.example").await);
    let again = block(&w, BlockKind::Email, "spam@evil.example").await.expect("blocked again").output;
    assert_eq!(again.id, one.output.id, "one row for one sender");
    assert_eq!(block(&w, BlockKind::Domain, "gmail.com").await.expect_err("public").code, "block_public_domain");
}

async fn a_customer_is_shut_out_by_all_identities_with_one_way_back(w: World) {
    let mia = make(&w, "Mia", &["mia@a.example", "mia@b.example"]).await.id;
    let customer = block::Customer { customer: mia, domain: false };
    let done = act::<BlockCustomer>(&w, customer).await.expect("blocked");
    assert!(blocked(&w, "mia@a.example").await && blocked(&w, "mia@b.example").await);
    w.house.undo(agent(), done.undo.expect("set")).await.expect("undone");
    assert!(!blocked(&w, "mia@a.example").await && !blocked(&w, "mia@b.example").await);
    let by_domain = block::Customer { customer: mia, domain: true };
    act::<BlockCustomer>(&w, by_domain).await.expect("blocked");
    assert!(blocked(&w, "someone@b.example").await);
    act::<UnblockCustomer>(&w, Unblocked { customer: mia }).await.expect("unblocked");
    assert!(!blocked(&w, "someone@b.example").await);
    let nobody = make(&w, "Nobody", &[]).await.id;
    let refused = act::<BlockCustomer>(&w, block::Customer { customer: nobody, domain: false }).await;
    assert_eq!(refused.expect_err("refused").code, "nothing_to_block");
}

async fn whom_an_agent_names_is_found_by_what_is_known(w: World) {
    let mia = make(&w, "Mia", &["mia@a.example"]).await.id;
    let named = w.system(|cx| {
        crate::introduce(cx, Some("Somebody"), &[(IdentityKind::Phone, "+49 (0)30 123456"), (IdentityKind::Email, "MIA@a.example")])
    }).await.expect("found");
    assert_eq!(named, mia);
    let seen = open(&w, mia).await;
    let phone = seen.identities.iter().find(|i| i.kind == IdentityKind::Phone).expect("claimed");
    assert!(!phone.verified && seen.name == "Mia");
    let again = w.system(|cx| crate::introduce(cx, None, &[(IdentityKind::Phone, "004930123456")])).await.expect("found");
    assert_eq!(again, mia, "E.164 is one form of all ways to write a number");
    let other = make(&w, "Other", &["other@a.example"]).await.id;
    let both = w.system(|cx| {
        crate::introduce(cx, None, &[(IdentityKind::Email, "other@a.example"), (IdentityKind::Phone, "+4930123456")])
    }).await.expect("found");
    assert_eq!((both, open(&w, other).await.identities.len()), (other, 1), "nobody is merged by a claim");
}

async fn a_number_is_one_number_however_it_is_dialled_from_here(w: World) {
    w.system(|cx| {
        let profile = people::Profile { time_zone: "Europe/Berlin".to_owned(), ..people::Profile::default() };
        journal::settings::set(cx, &profile)
    }).await.expect("set");
    let mia = w.system(|cx| crate::introduce(cx, Some("Mia"), &[(IdentityKind::Phone, "030 / 12 34 56")])).await.expect("found");
    assert_eq!(open(&w, mia).await.identities[0].value, "030 / 12 34 56", "shown as it was given");
    for same in ["+49 30 123456", "0049 (0)30 123456", "030123456"] {
        let found = w.system(move |cx| crate::find_by(cx, IdentityKind::Phone, same)).await.expect("read");
        assert_eq!(found.map(|known| known.customer), Some(mia), "{same}");
    }
    act::<BlockCustomer>(&w, block::Customer { customer: mia, domain: false }).await.expect("blocked");
    assert!(w.system(|cx| crate::is_blocked(cx, IdentityKind::Phone, "+4930123456")).await.expect("read"));
}

}
