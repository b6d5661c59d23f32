//! The queue: a chat is never taken twice, and never lost.

use base::Kind;
use journal::{Caller, settings};
use serde_json::json;

use super::shop::{Shop, caller, chat_of, house};
use crate::actions::ban::{self, Ban};
use crate::actions::pass::{self, Pass};
use crate::actions::take::{self, Return};
use crate::model::{ChatRules, ChatState, Standing};

testkit::both! { with house();
    async fn two_agents_take_one_chat_and_one_of_them_has_it(w: World) {
        let shop = Shop::open(w).await;
        let bo = shop.hire("Bo").await;
        shop.be(shop.owner, Standing::Available).await;
        shop.be(bo, Standing::Available).await;
        for n in 0..5 {
            let chat = chat_of(&shop.visitor().await.say("Hello").await);
            let (one, two) = tokio::join!(shop.take(shop.owner, chat), shop.take(bo, chat));
            let (won, lost) = if one.is_ok() { (one, two) } else { (two, one) };
            let taker = won.expect("one of them").taker_id;
            let refused = lost.expect_err("not both");
            assert_eq!((refused.kind, refused.code), (Kind::Conflict, "chat_taken"), "round {n}");
            assert_eq!(shop.chat(chat).await.taker_id, taker);
            let back = take::Input { chat_id: chat };
            shop.w.house.act::<crate::actions::end::End>(caller(shop.owner), None, back).await.expect("ended");
        }
    }

    async fn the_chats_of_an_agent_whose_desk_is_gone_ring_the_others(w: World) {
        let shop = Shop::open(w).await;
        let bo = shop.hire("Bo").await;
        shop.be(shop.owner, Standing::Available).await;
        shop.be(bo, Standing::Available).await;
        let mut visitor = shop.visitor().await;
        let chat = chat_of(&visitor.say("Hello").await);
        let taken = shop.take(bo, chat).await.expect("taken");
        shop.answer(bo, taken.conversation_id, "One moment").await;
        // Bo's browser dies; the owner's goes on.
        for _ in 0..8 {
            shop.pass(10).await;
            let owner = shop.owner;
            shop.w.system(move |cx| crate::store::agents::set_seen(cx, owner)).await.expect("noted");
        }
        let row = shop.chat(chat).await;
        assert_eq!((row.state, row.taker_id, row.offered()), (ChatState::Waiting, None, vec![shop.owner]));
        let conversation = taken.conversation_id;
        let c = shop.w.system(move |cx| conversations::store::conversation::find_any(cx, conversation)).await;
        assert_eq!(c.expect("reads").expect("there").assignee_id, None);
        let desk = shop.desk(shop.owner, "/api/chat/desk").await;
        let bos = desk["agents"].as_array().expect("agents").iter().find(|a| a["agent_id"] == bo.0).expect("Bo");
        assert_eq!((&bos["state"], &bos["chats"]), (&json!("away"), &json!(0)));
        assert!(shop.take(shop.owner, chat).await.is_ok());
        assert_eq!(visitor.texts().await, ["Hello", "One moment"]);
    }

    async fn a_chat_that_nobody_takes_goes_to_the_next_and_then_offline(w: World) {
        let shop = Shop::open(w).await;
        let cy = shop.hire("Cy").await;
        let team = shop.team;
        shop.w.system(move |cx| {
            // Cy sees everything, but is in another team.
            cx.exec("DELETE FROM team_members WHERE agent_id = $1 AND team_id = $2", store::p![cy, team]).map(drop)
        }).await.expect("moved");
        shop.be(shop.owner, Standing::Available).await;
        shop.be(cy, Standing::Available).await;
        let mut visitor = shop.visitor().await;
        let said = visitor.say("Hello").await;
        let chat = chat_of(&said);
        assert_eq!(shop.chat(chat).await.offered(), [shop.owner]);
        shop.pass(46).await;
        let next = shop.chat(chat).await;
        assert_eq!((next.state, next.offered().contains(&cy)), (ChatState::Waiting, true));
        shop.be(shop.owner, Standing::Available).await;
        shop.be(cy, Standing::Available).await;
        shop.pass(46).await;
        assert_eq!(shop.chat(chat).await.state, ChatState::Missed);
        let left = visitor.put("contact", json!({"email": "mia@sommer.example"})).await.expect(200);
        assert_eq!(left["email"], "mia@sommer.example");
        // Whoever comes back is asked again.
        shop.be(cy, Standing::Available).await;
        visitor.say("Still there?").await;
        assert_eq!(shop.chat(chat).await.state, ChatState::Waiting);
    }

    async fn a_taken_chat_that_is_not_answered_goes_to_somebody_else(w: World) {
        let shop = Shop::open(w).await;
        shop.be(shop.owner, Standing::Available).await;
        let chat = chat_of(&shop.visitor().await.say("Hello").await);
        shop.take(shop.owner, chat).await.expect("taken");
        shop.pass(46).await;
        assert_eq!(shop.chat(chat).await.state, ChatState::Taken, "nobody else is there");
        let bo = shop.hire("Bo").await;
        shop.be(bo, Standing::Available).await;
        shop.be(shop.owner, Standing::Available).await;
        shop.pass(46).await;
        let row = shop.chat(chat).await;
        assert_eq!((row.state, row.offered()), (ChatState::Waiting, vec![bo]));
    }

    async fn without_anybody_the_visitor_is_told_so(w: World) {
        let shop = Shop::open(w).await;
        let mut visitor = shop.visitor().await;
        let session = visitor.post("session", json!({})).await.expect(200);
        assert_eq!((&session["state"]["mode"], &session["state"]["available"]), (&json!("offline"), &json!(false)));
        let said = visitor.say("Hello").await;
        assert_eq!(said["chat"]["state"], "missed");
    }

    async fn an_agent_has_no_more_chats_than_the_rules_allow(w: World) {
        let shop = Shop::open(w).await;
        shop.w.system(|cx| settings::set(cx, &ChatRules { most_chats_per_agent: 1, ..ChatRules::default() })).await.expect("set");
        shop.be(shop.owner, Standing::Available).await;
        let first = chat_of(&shop.visitor().await.say("Hello").await);
        shop.take(shop.owner, first).await.expect("taken");
        let said = shop.visitor().await.say("Hello").await;
        assert_eq!(said["chat"]["state"], "missed", "the only agent is busy");
        assert_eq!(shop.take(shop.owner, chat_of(&said)).await.expect_err("full").code, "chat_limit");
        let back = shop.w.house.act::<Return>(caller(shop.owner), None, take::Input { chat_id: first }).await;
        assert_eq!(back.expect("given back").output.taker_id, None);
    }

    async fn a_chat_is_passed_with_a_note_and_taken_back(w: World) {
        let shop = Shop::open(w).await;
        let bo = shop.hire("Bo").await;
        shop.be(shop.owner, Standing::Available).await;
        let chat = chat_of(&shop.visitor().await.say("Hello").await);
        let taken = shop.take(shop.owner, chat).await.expect("taken");
        let to = |agent| pass::Input { chat_id: Some(chat), agent_id: Some(agent), team_id: None, note: Some("knows lamps".into()) };
        let away = shop.w.house.act::<Pass>(caller(shop.owner), None, to(bo)).await.expect_err("away");
        assert_eq!(away.code, "agent_away");
        shop.be(bo, Standing::Available).await;
        let passed = shop.w.house.act::<Pass>(caller(shop.owner), None, to(bo)).await.expect("passed");
        assert_eq!((passed.output.state, passed.output.offered_to.as_slice()), (ChatState::Waiting, [bo].as_slice()));
        shop.w.settle().await;
        assert_eq!(shop.chat(chat).await.offered(), [bo], "the reaction leaves it alone");
        let conversation = taken.conversation_id;
        let notes = shop.w.system(move |cx| {
            let page = conversations::store::message::list_messages(cx, &people::Scope::All, conversation, &base::Ask::default())?;
            Ok(page.items.into_iter().map(|m| m.text).collect::<Vec<_>>())
        });
        assert!(notes.await.expect("reads").iter().any(|text| text.trim() == "knows lamps"));
        shop.w.house.undo(caller(shop.owner), passed.undo.expect("a way back")).await.expect("taken back");
        assert_eq!(shop.chat(chat).await.taker_id, Some(shop.owner));
        let again = shop.w.house.act::<Pass>(caller(shop.owner), None, to(bo)).await.expect("passed");
        shop.take(bo, chat).await.expect("taken by Bo");
        let late = shop.w.house.undo(caller(shop.owner), again.undo.expect("a way back")).await;
        assert_eq!(late.expect_err("too late").code, "moved_on");
    }

    async fn assigning_the_conversation_passes_the_chat(w: World) {
        let shop = Shop::open(w).await;
        let bo = shop.hire("Bo").await;
        shop.be(shop.owner, Standing::Available).await;
        let chat = chat_of(&shop.visitor().await.say("Hello").await);
        let taken = shop.take(shop.owner, chat).await.expect("taken");
        let input = conversations::actions::assign::Input {
            conversation_id: taken.conversation_id, assignee_id: Some(bo), team_id: taken.team_id, version: None,
        };
        shop.w.house.act::<conversations::actions::assign::Assign>(caller(shop.owner), None, input).await.expect("assigned");
        shop.w.settle().await;
        let row = shop.chat(chat).await;
        assert_eq!((row.state, row.offered()), (ChatState::Waiting, vec![bo]));
    }

    async fn a_banned_visitor_writes_no_more_until_it_is_let_in(w: World) {
        let shop = Shop::open(w).await;
        shop.be(shop.owner, Standing::Available).await;
        let mut visitor = shop.visitor().await;
        let conversation = shop.conversation(chat_of(&visitor.say("Buy pills").await)).await;
        let input = ban::Input { conversation_id: Some(conversation), address: true };
        let done = shop.w.house.act::<Ban>(caller(shop.owner), None, input).await.expect("banned");
        let more = json!({"id": base::secrets::new_token(), "text": "More pills"});
        assert_eq!(visitor.post("messages", more.clone()).await.code(403), "visitor_banned");
        assert_eq!(visitor.post("session", json!({"token": visitor.token})).await.code(403), "visitor_banned");
        let mut fresh = shop.visitor().await;
        assert_eq!(fresh.post("messages", more.clone()).await.code(403), "visitor_banned", "the address too");
        shop.w.house.undo(caller(shop.owner), done.undo.expect("a way back")).await.expect("undone");
        visitor.post("messages", more).await.expect(201);
    }

    async fn a_silent_chat_ends_by_time_and_a_solved_one_at_once(w: World) {
        let shop = Shop::open(w).await;
        shop.be(shop.owner, Standing::Available).await;
        let mut visitor = shop.visitor().await;
        let chat = chat_of(&visitor.say("Hello").await);
        shop.pass(3_700).await;
        assert_eq!(shop.chat(chat).await.state, ChatState::Ended);
        shop.be(shop.owner, Standing::Available).await;
        let next = chat_of(&visitor.say("Again").await);
        assert_ne!(next, chat);
        let (one, two) = (shop.conversation(chat).await, shop.conversation(next).await);
        assert_eq!(one, two, "the same talk goes on");
        let solved = conversations::actions::set_status::Input {
            conversation_id: two, status: conversations::model::Status::Solved, version: None, only_from: None,
        };
        shop.take(shop.owner, next).await.expect("taken");
        shop.w.house.act::<conversations::actions::set_status::SetStatus>(caller(shop.owner), None, solved).await.expect("solved");
        shop.w.settle().await;
        assert_eq!(shop.chat(next).await.state, ChatState::Ended);
    }

    async fn a_chat_goes_where_its_conversation_goes(w: World) {
        let shop = Shop::open(w).await;
        shop.be(shop.owner, Standing::Available).await;
        let mut visitor = shop.visitor().await;
        let one = chat_of(&visitor.say("Hello").await);
        let two = chat_of(&shop.visitor().await.say("I am somebody else").await);
        let (from, into) = (shop.conversation(one).await, shop.conversation(two).await);
        let input = serde_json::from_value(json!({"conversation_id": from, "into": into})).expect("an input");
        shop.w.house.act::<conversations::actions::join::Join>(caller(shop.owner), None, input).await.expect("joined");
        shop.w.settle().await;
        assert_eq!(shop.conversation(one).await, into);
        let said = visitor.say("Still me").await;
        assert_eq!((chat_of(&said), shop.conversation(one).await), (one, into), "the same chat goes on");
        assert_eq!(visitor.texts().await, ["Hello", "Still me"], "nobody reads what others wrote there");
        let gone = serde_json::from_value(json!({"conversation_id": into})).expect("an input");
        shop.w.house.act::<conversations::actions::delete::Delete>(caller(shop.owner), None, gone).await.expect("deleted");
        shop.w.settle().await;
        assert_eq!(shop.chat(two).await.state, ChatState::Ended);
        let fresh = visitor.say("Anybody?").await;
        assert_ne!(shop.conversation(chat_of(&fresh)).await, into, "what was thrown away stays closed");
    }

    async fn who_may_not_see_the_conversation_sees_no_chat(w: World) {
        let shop = Shop::open(w).await;
        shop.be(shop.owner, Standing::Available).await;
        let role = people::actions::input::CreateRole {
            name: "near".into(), grants: vec!["conversation.*".into()], reach: people::Reach::Teams,
        };
        shop.w.house.act::<people::actions::CreateRole>(Caller::system(), None, role).await.expect("a role");
        let mut new = people::actions::input::CreateAgent::default();
        (new.email, new.name, new.role) = ("dee@shop.example".into(), "Dee".into(), Some("near".into()));
        let dee = shop.w.house.act::<people::actions::CreateAgent>(Caller::system(), None, new).await.expect("hired").output;
        shop.be(dee, Standing::Available).await;
        let said = shop.visitor().await.say("Hello").await;
        let chat = chat_of(&said);
        assert_eq!(shop.chat(chat).await.offered(), [shop.owner], "it rings where it can be seen");
        assert!(shop.queue(dee).await.is_empty() && shop.queue(shop.owner).await.len() == 1);
        assert_eq!(shop.take(dee, chat).await.expect_err("out of sight").code, "chat_not_found");
        let conversation = shop.conversation(chat).await;
        let token = shop.token_of(dee).await;
        let mut desk = shop.browser.stranger().with("authorization", &format!("Bearer {token}"));
        assert_eq!(desk.get(&format!("/api/conversations/{conversation}/chat")).await.code(404), "conversation_not_found");
        assert_eq!(desk.post(&format!("/api/chats/{chat}/typing"), json!({"on": true})).await.code(404), "chat_not_found");
        assert_eq!(desk.get("/api/chat/widgets").await.code(403), "not_permitted");
    }
}
