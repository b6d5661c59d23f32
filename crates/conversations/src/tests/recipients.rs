//! Who gets an answer, with why; and by which channels one can go.

use super::*;
use crate::actions::reply::{self, Reply};
use crate::model::Audience;
use crate::model::Wish;
use crate::recipients::{Proposal, Proposed, propose};
use people::Scope;

async fn proposed(
    w: &World,
    ann: &Caller,
    id: ConversationId,
    to: Option<Vec<String>>,
    cc: Option<Vec<String>>,
    audience: Audience,
) -> Proposal {
    let look = move |cx: &mut Cx| {
        let c = crate::store::conversation::find_conversation(cx, &Scope::All, id)?.expect("there");
        propose(
            cx,
            &c,
            &Wish { channel: None, audience: Some(audience), to: to.as_deref(), cc: cc.as_deref() },
        )
    };
    w.house.read(ann.clone(), look).await.expect("proposed")
}

fn party(address: &str) -> Party {
    Party { name: String::new(), address: address.to_owned() }
}

fn told(list: &[Proposed]) -> Vec<(&str, &str, bool, bool)> {
    list.iter().map(|p| (p.address.as_str(), p.why.as_str(), p.new, p.outside)).collect()
}

async fn with_others(w: &World) -> (Caller, ConversationId) {
    let ann = found(w).await;
    let mut first = mail("mia@example.org", "Kettle", "It drips.");
    first.to = vec![party("boss@example.org")];
    first.cc = vec![party("lawyer@law.example"), party("all@lists.example"), party("no-reply@shop.example")];
    first.lists = vec!["All@lists.example".to_owned()];
    (ann, receive(w, first).await.conversation_id)
}

testkit::both! { with house();

async fn everybody_who_takes_part_gets_it_and_each_is_told_with_why(w: World) {
    let (ann, id) = with_others(&w).await;
    let all = proposed(&w, &ann, id, None, None, Audience::Everybody).await;
    assert_eq!(told(&all.to), [("mia@example.org", "wrote_last", false, false)]);
    assert_eq!(told(&all.cc), [("boss@example.org", "was_addressed", false, false), ("lawyer@law.example", "was_copied", false, true)]);
    let left: Vec<(&str, &str)> = all.left_out.iter().map(|l| (l.address.as_str(), l.why.as_str())).collect();
    assert_eq!(left, [("all@lists.example", "list"), ("no-reply@shop.example", "nobody_reads")]);
    let only = proposed(&w, &ann, id, None, None, Audience::Customer).await;
    assert!(only.cc.is_empty() && only.left_out.iter().any(|l| l.why == "customer_only"));
    assert_eq!(told(&only.to), [("mia@example.org", "wrote_last", false, false)]);
    let mut boss = mail("boss@example.org", "Re: Kettle", "I agree.");
    boss.signed = Some(id.0);
    receive(&w, boss).await;
    let only = proposed(&w, &ann, id, None, None, Audience::Customer).await;
    assert_eq!(told(&only.to), [("mia@example.org", "requester", false, false)], "the customer, not who wrote last");
}

async fn what_an_agent_types_is_judged_before_it_is_sent(w: World) {
    let (ann, id) = with_others(&w).await;
    let list = |all: &[&str]| Some(all.iter().map(|a| (*a).to_owned()).collect::<Vec<_>>());
    let new = proposed(&w, &ann, id, list(&["mia@example.org"]), list(&["new@example.org", "far@away.example", "MIA@example.org"]), Audience::Everybody).await;
    assert_eq!(told(&new.cc), [("new@example.org", "chosen", true, false), ("far@away.example", "chosen", true, true)]);
    assert_eq!((new.left_out[0].why.as_str(), new.problem), ("twice", None));
    let many: Vec<String> = (0..49).map(|n| format!("a{n}@example.org")).collect();
    let cases = [
        (list(&[]), None, "recipient_missing"),
        (list(&["support@linden-lark.example"]), None, "recipient_own"),
        (list(&["nobody"]), None, "recipient_invalid"),
        (list(&["noreply@example.org"]), None, "recipient_unread"),
        (None, list(&["all@lists.example"]), "recipient_list"),
        (None, Some(many), "recipients_too_many"),
    ];
    for (to, cc, code) in cases {
        let shown = proposed(&w, &ann, id, to.clone(), cc.clone(), Audience::Everybody).await.problem.expect(code);
        let input = reply::Input { conversation_id: Some(id), html: "<p>Hello</p>".into(), channel: None, to, cc, audience: None,
            then: None, upload_ids: Vec::new(), version: None, clean: None };
        let refused = w.house.act::<Reply>(ann.clone(), None, input).await.expect_err(code);
        assert_eq!((shown.code.as_str(), refused.code), (code, code));
    }
}

async fn whoever_got_an_answer_takes_part_from_then_on(w: World) {
    let (ann, id) = with_others(&w).await;
    let input = reply::Input { conversation_id: Some(id), html: "<p>Hello</p>".into(), channel: None, to: None,
        cc: Some(vec!["new@example.org".into()]), audience: None, then: None, upload_ids: Vec::new(), version: None, clean: None };
    let sent = w.house.act::<Reply>(ann.clone(), None, input).await.expect("held").output;
    let list = Some(vec!["new@example.org".to_owned()]);
    assert!(proposed(&w, &ann, id, None, list.clone(), Audience::Everybody).await.cc[0].new, "it may be taken back");
    w.clock.advance(11_000);
    w.settle().await;
    let now = proposed(&w, &ann, id, None, list, Audience::Everybody).await;
    assert_eq!((now.cc[0].new, now.cc[0].why.as_str()), (false, "was_copied"));
    let message = sent.id;
    let source = w.system(move |cx| Ok(crate::store::message::claim_any(cx, message)?.source_id)).await.expect("read");
    let mut answer = mail("new@example.org", "Re: Kettle", "Thanks.");
    answer.references = source.into_iter().collect();
    assert_eq!(receive(&w, answer).await.conversation_id, id);
}

async fn the_channel_is_proposed_by_the_customer_and_chosen_by_the_agent(w: World) {
    let (ann, id) = with_others(&w).await;
    let ways = w.house.read(ann, move |cx| {
        let c = crate::store::conversation::find_conversation(cx, &Scope::All, id)?.expect("there");
        let mut customer = customers::customer(cx, &Scope::All, c.requester_id)?;
        let own = crate::ways::ways(cx, &c, &customer)?;
        customer.preferred_channel = Some("pigeon".to_owned());
        let wished = crate::ways::ways(cx, &c, &customer)?;
        customer.identities.clear();
        Ok((own, wished, crate::ways::ways(cx, &c, &customer)?))
    }).await.expect("read");
    let (own, wished, none) = (&ways.0[0], &ways.1[0], &ways.2[0]);
    assert!(own.can && own.proposed && !own.preferred && wished.preferred);
    assert_eq!((none.can, none.why_not.as_deref(), none.proposed), (false, Some("no_address"), false));
}

}
