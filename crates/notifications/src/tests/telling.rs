//! Who is told of what, when, and how often.

use conversations::actions::delete::{self, Delete};
use conversations::actions::file_sent::FileSent;
use conversations::actions::mark_spam::{self, MarkSpam};
use conversations::actions::set_status::{self, SetStatus};
use conversations::channel::{Arrival, Inbound, Outcome};
use conversations::model::{ConversationId, Party};
use conversations::store::desk::set_read;
use people::AgentId;
use serde_json::json;

use super::shop::{Shop, house, inbound};
use crate::model::{LetterId, MOST_PER_HOUR, Progress};
use crate::store::letters::{find_letter, set_state};

async fn set(shop: &Shop, agent: AgentId, sql: &'static str) {
    shop.w.system(move |cx| cx.exec(sql, store::p![agent]).map(drop)).await.expect("written");
}

async fn read_all(shop: &Shop, id: ConversationId, agent: AgentId) {
    let newest = shop.thread(id).await.pop().expect("a message").id;
    shop.w.system(move |cx| set_read(cx, id, agent, newest)).await.expect("read");
}

async fn state(shop: &Shop, id: LetterId) -> Progress {
    shop.w.system(move |cx| find_letter(cx, id)).await.expect("reads").expect("there").state
}

testkit::both! { with house();

async fn each_is_told_what_concerns_the_agent_in_one_letter_with_the_words(w: World) {
    let shop = Shop::open(w).await;
    let id = shop.mail("Lamp", "My lamp is dark.").await;
    shop.later().await;
    assert!(shop.letters().is_empty(), "nobody asked for what nobody has");
    shop.assign(id, Some(shop.bo)).await;
    shop.note(id, "<p>Bo, <b>look</b> at the fuse.</p>", &[shop.bo, shop.ann]).await;
    shop.mail("Lamp", "Still dark, and <cold>.").await;
    let letter = shop.letter().await;
    assert_eq!((letter.to.address.as_str(), letter.subject.as_str()), ("bo@shop.example", "Lamp (#1)"));
    assert_eq!((letter.from_name.as_str(), letter.reply_name.as_str()), ("Mia Sommer", "Internal note"));
    for said in [
        "Ann Becker gave you this conversation.", "Ann Becker mentioned you in a note:", "Bo, look at the fuse.",
        "Mia Sommer wrote:", "Still dark, and <cold>.", "/desk/all/1\n",
    ] {
        assert!(letter.text.contains(said), "{said}\n{}", letter.text);
    }
    assert!(letter.text.contains(&format!("answer-{}@shop", letter.id)) && !letter.text.contains("note-"));
    assert!(letter.html.contains("and &lt;cold&gt;.") && !letter.html.contains("<cold>"), "{}", letter.html);
    let (answer, note) = (letter.text.find("write to this address instead"), letter.text.find("internal note"));
    assert!(note < answer, "what an answer does is said first");
    shop.later().await;
    assert!(shop.letters().is_empty(), "once");
}

async fn whoever_is_at_a_desk_or_has_read_it_or_did_it_is_not_told(w: World) {
    let shop = Shop::open(w).await;
    let id = shop.mail("Lamp", "My lamp is dark.").await;
    shop.note(id, "<p>To myself.</p>", &[shop.ann]).await;
    shop.assign(id, Some(shop.ann)).await;
    shop.later().await;
    assert!(shop.letters().is_empty(), "the own deeds");
    shop.assign(id, Some(shop.bo)).await;
    shop.later().await;
    shop.letters();
    shop.mail("Lamp", "Hello?").await;
    read_all(&shop, id, shop.bo).await;
    shop.later().await;
    assert!(shop.letters().is_empty(), "read on the telephone meanwhile");
    shop.mail("Lamp", "Hello again?").await;
    shop.w.clock.advance(100_000);
    shop.at_desk(shop.bo).await;
    shop.later().await;
    assert_eq!(shop.letters().len(), 1, "a desk that was closed in the meantime");
    shop.mail("Lamp", "And again?").await;
    shop.w.settle().await;
    shop.w.clock.advance(60_000);
    shop.at_desk(shop.bo).await;
    shop.w.clock.advance(61_000);
    shop.w.settle().await;
    assert!(shop.letters().is_empty(), "a desk is open");
    let choices = json!({"mentioned": true, "assigned": true, "replied": true, "unassigned": false, "undelivered": true, "at_desk": true});
    shop.desk("bo@shop.example").await.put("/api/profile/notifications", choices).await.expect(200);
    shop.mail("Lamp", "Anybody?").await;
    shop.w.settle().await;
    shop.w.clock.advance(60_000);
    shop.at_desk(shop.bo).await;
    shop.w.clock.advance(61_000);
    shop.w.settle().await;
    assert_eq!(shop.letters().len(), 1, "whoever wants it gets it at the desk too");
}

async fn an_agent_chooses_and_nobody_chooses_for_another(w: World) {
    let shop = Shop::open(w).await;
    let mut desk = shop.desk("bo@shop.example").await;
    let usual = desk.get("/api/profile/notifications").await;
    let usual = usual.expect(200);
    assert_eq!((&usual["mentioned"], &usual["replied"], &usual["unassigned"], &usual["undelivered"], &usual["at_desk"]),
        (&json!(true), &json!(true), &json!(false), &json!(true), &json!(false)));
    let choices = json!({"mentioned": false, "assigned": false, "replied": false, "unassigned": true, "undelivered": false, "at_desk": false});
    let chosen = desk.put("/api/profile/notifications", choices.clone()).await;
    assert_eq!(chosen.expect(200)["unassigned"], json!(true));
    let stale = desk.clone().with("if-match", "\"0\"").put("/api/profile/notifications", choices.clone()).await;
    assert_eq!(stale.code(409), "version_conflict");
    for wrong in [json!({}), json!({"mentioned": 1}), json!({"agent_id": 1})] {
        desk.put("/api/profile/notifications", wrong).await.expect(400);
    }
    desk.stranger().get("/api/profile/notifications").await.expect(401);
    let id = shop.mail("Lamp", "My lamp is dark.").await;
    shop.assign(id, Some(shop.bo)).await;
    shop.note(id, "<p>Look.</p>", &[shop.bo]).await;
    shop.later().await;
    assert!(shop.letters().is_empty(), "nothing of what was chosen away");
    let undo = chosen.headers.get("rapport-undo").expect("a way back").to_str().expect("ASCII").to_owned();
    desk.post(&format!("/api/undos/{undo}"), json!({})).await.expect(204);
    assert_eq!(desk.get("/api/profile/notifications").await.expect(200)["assigned"], json!(true));
}

async fn a_new_conversation_is_told_to_those_of_its_team_who_want_it(w: World) {
    let shop = Shop::open(w).await;
    let choices = json!({"mentioned": true, "assigned": true, "replied": true, "unassigned": true, "undelivered": true, "at_desk": false});
    let mut desk = shop.desk("bo@shop.example").await;
    desk.put("/api/profile/notifications", choices).await.expect(200);
    let members = |agents: Vec<AgentId>| shop.w.system(move |cx| {
        let team = people::team_default(cx)?.expect("a team");
        cx.exec("DELETE FROM team_members WHERE team_id = $1", store::p![team])?;
        agents.iter().try_for_each(|agent| {
            cx.exec("INSERT INTO team_members (team_id, agent_id) VALUES ($1, $2)", store::p![team, *agent]).map(drop)
        })
    });
    members(vec![shop.bo]).await.expect("written");
    shop.mail("Lamp", "My lamp is dark.").await;
    let letter = shop.letter().await;
    assert!(letter.text.contains("Mia Sommer wrote, and nobody has taken it yet:") && letter.text.contains("is dark"), "{}", letter.text);
    let taken = shop.mail("Bulb", "My bulb is dark.").await;
    shop.assign(taken, Some(shop.ann)).await;
    shop.later().await;
    assert!(shop.letters().is_empty(), "somebody was faster");
    members(vec![]).await.expect("written");
    shop.mail("Fuse", "My fuse is dark.").await;
    shop.later().await;
    assert!(shop.letters().is_empty(), "not of this team");
}

async fn what_waits_for_nobody_is_no_new_conversation(w: World) {
    let shop = Shop::open(w).await;
    shop.mail("Lamp", "My lamp is dark.").await;
    let choices = json!({"mentioned": true, "assigned": true, "replied": true, "unassigned": true, "undelivered": true, "at_desk": false});
    shop.desk("bo@shop.example").await.put("/api/profile/notifications", choices).await.expect(200);
    shop.w.system(|cx| {
        let (agent, team) = (people::agents_by_email(cx, "bo@shop.example")?.expect("Bo").id, people::team_default(cx)?.expect("a team"));
        cx.exec("INSERT INTO team_members (team_id, agent_id) VALUES ($1, $2) ON CONFLICT DO NOTHING", store::p![team, agent]).map(drop)
    }).await.expect("written");
    let by = |address: &str| Party { name: "Cy".into(), address: address.into() };
    let nobodys = [
        ("a newsletter", Inbound { automatic: true, from: by("news@example.net"), ..inbound("News", "Buy lamps") }),
        ("of before the connection", Inbound { arrival: Arrival::Quiet, from: by("cy@example.net"), ..inbound("Old", "Hello") }),
        ("of earlier days", Inbound { arrival: Arrival::History, from: by("di@example.net"), ..inbound("Older", "Hello") }),
    ];
    for (what, silent) in nobodys {
        shop.receive(silent).await;
        shop.later().await;
        assert!(shop.letters().is_empty(), "{what}");
    }
    let sent = Inbound { from: by("support@shop.example"), to: vec![by("ed@example.net")], ..inbound("Offer", "As we said") };
    shop.w.system(move |cx| cx.call::<FileSent>(&sent).map(drop)).await.expect("filed");
    shop.later().await;
    assert!(shop.letters().is_empty(), "written by one of us");
    let solved = shop.mail("Bulb", "My bulb is dark.").await;
    let status = json!({"conversation_id": solved, "status": "solved"});
    let status: set_status::Input = serde_json::from_value(status).expect("a status");
    shop.w.house.act::<SetStatus>(shop.as_ann(), None, status).await.expect("solved");
    shop.w.system(move |cx| cx.exec("UPDATE conversations SET assignee_id = NULL WHERE id = $1", store::p![solved]).map(drop)).await.expect("written");
    shop.later().await;
    assert!(shop.letters().is_empty(), "solved meanwhile");
    let id = shop.mail("Fuse", "My fuse is dark.").await;
    shop.mail("Fuse", "And warm.").await;
    let letter = shop.letter().await;
    assert!(letter.text.contains("nobody has taken it yet:\n\n    My fuse is dark."), "the words that began it: {}", letter.text);
    shop.w.clock.advance(3_600_000);
    assert_eq!(shop.mail("Fuse", "Hello?").await, id);
    shop.later().await;
    assert!(shop.letters().is_empty(), "only a beginning is told");
}

async fn what_its_reader_may_not_see_is_not_told(w: World) {
    let shop = Shop::open(w).await;
    let id = shop.mail("Lamp", "My lamp is dark.").await;
    for (what, sql, back) in [
        ("inactive", "UPDATE agents SET active = FALSE WHERE id = $1", "UPDATE agents SET active = TRUE WHERE id = $1"),
        ("out of reach", "UPDATE roles SET reach = 'own' WHERE id = (SELECT role_id FROM agents WHERE id = $1)",
            "UPDATE roles SET reach = 'all' WHERE id = (SELECT role_id FROM agents WHERE id = $1)"),
    ] {
        shop.note(id, "<p>Look.</p>", &[shop.bo]).await;
        shop.w.settle().await;
        set(&shop, shop.bo, sql).await;
        shop.later().await;
        assert!(shop.letters().is_empty(), "{what}");
        set(&shop, shop.bo, back).await;
    }
    shop.note(id, "<p>Look.</p>", &[shop.bo]).await;
    let spam = mark_spam::Input { conversation_id: id, spam: true, version: None };
    shop.w.house.act::<MarkSpam>(shop.as_ann(), None, spam.clone()).await.expect("marked");
    shop.later().await;
    assert!(shop.letters().is_empty(), "spam");
    shop.w.house.act::<MarkSpam>(shop.as_ann(), None, mark_spam::Input { spam: false, ..spam }).await.expect("unmarked");
    shop.note(id, "<p>Look.</p>", &[shop.bo]).await;
    let gone = delete::Input { conversation_id: id, version: None };
    shop.w.house.act::<Delete>(shop.as_ann(), None, gone).await.expect("deleted");
    shop.later().await;
    assert!(shop.letters().is_empty(), "deleted");
}

async fn machines_history_and_late_mail_tell_nobody(w: World) {
    let shop = Shop::open(w).await;
    let id = shop.mail("Lamp", "My lamp is dark.").await;
    shop.assign(id, Some(shop.bo)).await;
    shop.later().await;
    shop.letters();
    let lamp = || inbound("Lamp", "Hello");
    for silent in [
        conversations::channel::Inbound { automatic: true, ..lamp() },
        conversations::channel::Inbound { arrival: Arrival::Quiet, ..lamp() },
        conversations::channel::Inbound { arrival: Arrival::History, ..lamp() },
    ] {
        let into = shop.receive(silent.clone()).await;
        assert_eq!(into, id);
        shop.later().await;
        assert!(shop.letters().is_empty(), "{silent:?}");
    }
}

async fn a_letter_is_begun_once_and_given_up_after_a_time(w: World) {
    let shop = Shop::open(w).await;
    let id = shop.mail("Lamp", "My lamp is dark.").await;
    let fates = |fates: Vec<Outcome>| *shop.bag.fates.lock().expect("whole") = fates;
    let late = || Outcome::Postponed("451 later".to_owned());
    fates(vec![late(), late()]);
    shop.note(id, "<p>One.</p>", &[shop.bo]).await;
    shop.later().await;
    assert!(shop.letters().is_empty());
    shop.w.clock.advance(3_600_000);
    shop.w.settle().await;
    shop.w.clock.advance(3_600_000);
    shop.w.settle().await;
    assert_eq!(shop.letters().len(), 1, "what certainly did not arrive is tried again");
    fates(vec![Outcome::Unclear("the line broke".to_owned())]);
    shop.note(id, "<p>Two.</p>", &[shop.bo]).await;
    shop.later().await;
    shop.w.clock.advance(3_600_000);
    shop.w.settle().await;
    assert!(shop.letters().is_empty(), "what may have arrived is not");
    fates(Vec::new());
    shop.note(id, "<p>Four.</p>", &[shop.bo]).await;
    let letter = LetterId(shop.letter().await.id);
    assert_eq!(state(&shop, letter).await, Progress::Sent);
    // A process that dies in the middle leaves it begun.
    shop.w.system(move |cx| {
        set_state(cx, letter, Progress::Sending)?;
        cx.later(&crate::jobs::Send { letter, tries: 0 })
    }).await.expect("written");
    shop.w.settle().await;
    assert!(shop.letters().is_empty());
    assert_eq!(state(&shop, letter).await, Progress::Unknown);
}

async fn nobody_gets_more_letters_than_people_write(w: World) {
    let shop = Shop::open(w).await;
    let id = shop.mail("Lamp", "My lamp is dark.").await;
    for n in 0..MOST_PER_HOUR + 3 {
        shop.note(id, &format!("<p>{n}</p>"), &[shop.bo]).await;
        shop.later().await;
    }
    assert_eq!(shop.letters().len() as i64, MOST_PER_HOUR);
    shop.w.clock.advance(3_600_000);
    let letter = shop.letter().await;
    for n in MOST_PER_HOUR..MOST_PER_HOUR + 3 {
        assert!(letter.text.contains(&format!("    {n}\n")), "what did not fit into the hour comes after it: {}", letter.text);
    }
}

async fn whoever_leaves_without_having_read_it_is_told(w: World) {
    let shop = Shop::open(w).await;
    let id = shop.mail("Lamp", "My lamp is dark.").await;
    let stays = async |minutes: i64| {
        for _ in 0..minutes / 5 {
            shop.w.clock.advance(5 * 60_000);
            shop.at_desk(shop.bo).await;
            shop.w.settle().await;
        }
    };
    let leaves = async || {
        shop.w.clock.advance(10 * 60_000);
        shop.w.settle().await;
    };
    shop.note(id, "<p>One.</p>", &[shop.bo]).await;
    stays(30).await;
    assert!(shop.letters().is_empty(), "a desk is open");
    leaves().await;
    assert_eq!(shop.letters().len(), 1);
    leaves().await;
    assert!(shop.letters().is_empty(), "once");
    shop.note(id, "<p>Two.</p>", &[shop.bo]).await;
    stays(30).await;
    read_all(&shop, id, shop.bo).await;
    leaves().await;
    assert!(shop.letters().is_empty(), "read at the desk");
    shop.note(id, "<p>Three.</p>", &[shop.bo]).await;
    stays(90).await;
    leaves().await;
    assert!(shop.letters().is_empty(), "what stood on the screen for an hour is no news");
    shop.assign(id, Some(shop.bo)).await;
    stays(10).await;
    leaves().await;
    assert!(shop.letters().is_empty(), "given to whoever has read it all and sees it at the desk");
    let waiting = shop.w.system(|cx| cx.one::<(i64,)>("SELECT count(*) FROM notifications_pending", store::p![])).await;
    assert_eq!(waiting.expect("reads").0, 0);
}

async fn a_letter_on_its_way_waits_while_its_reader_is_back_at_the_desk(w: World) {
    let shop = Shop::open(w).await;
    let id = shop.mail("Lamp", "My lamp is dark.").await;
    shop.bag.fates.lock().expect("whole").push(Outcome::Postponed("451 later".to_owned()));
    shop.note(id, "<p>One.</p>", &[shop.bo]).await;
    shop.later().await;
    shop.w.clock.advance(3 * 60_000);
    shop.at_desk(shop.bo).await;
    shop.w.settle().await;
    assert!(shop.letters().is_empty(), "back");
    shop.w.clock.advance(6 * 60_000);
    shop.w.settle().await;
    assert_eq!(shop.letters().len(), 1, "and gone again without having read it");
}

async fn a_server_that_puts_off_is_given_time(w: World) {
    let shop = Shop::open(w).await;
    let id = shop.mail("Lamp", "My lamp is dark.").await;
    *shop.bag.fates.lock().expect("whole") = (0..100).map(|_| Outcome::Postponed("451 later".to_owned())).collect();
    let tries = || 100 - shop.bag.fates.lock().expect("whole").len();
    shop.note(id, "<p>One.</p>", &[shop.bo]).await;
    shop.later().await;
    let mut after = Vec::new();
    for minute in 0..60 {
        if after.len() < tries() {
            after.push(minute);
        }
        shop.w.clock.advance(60_000);
        shop.w.settle().await;
    }
    assert_eq!(after.len(), 5, "{after:?}");
    for (two, pause) in after.windows(2).zip([2, 5, 10, 20]) {
        let rested = two[1] - two[0];
        assert!((pause..=pause + pause / 10 + 1).contains(&rested), "as messages to customers: {after:?}");
    }
    for _ in 0..30 {
        shop.w.clock.advance(3_600_000);
        shop.w.settle().await;
    }
    let tried = tries();
    assert!((10..30).contains(&tried), "for a day: {tried}");
    shop.w.clock.advance(24 * 3_600_000);
    shop.w.settle().await;
    assert!(tries() == tried && shop.letters().is_empty(), "and then no more");
}

async fn old_letters_go_however_many_there_are(w: World) {
    let shop = Shop::open(w).await;
    let id = shop.mail("Lamp", "My lamp is dark.").await;
    let bo = shop.bo;
    shop.w.system(move |cx| {
        (0..1_200).try_for_each(|_| {
            let (letter, now) = (cx.new_id::<LetterId>(), cx.now());
            cx.exec(
                "INSERT INTO notifications_letters (id, agent_id, conversation_id, reasons, state, created_at, expires_at)
                 VALUES ($1, $2, $3, $4, 'sent', $5, $5)",
                store::p![letter, bo, id, json!([]), now],
            ).map(drop)
        })
    }).await.expect("written");
    shop.w.clock.advance(61 * 86_400_000);
    shop.w.settle().await;
    let left = shop.w.system(|cx| cx.one::<(i64,)>("SELECT count(*) FROM notifications_letters", store::p![])).await;
    assert_eq!(left.expect("reads").0, 0);
}

async fn whoever_can_not_be_reached_costs_nothing(w: World) {
    let shop = Shop::open(w).await;
    let cy = shop.hire("cy@unreachable.example", "Cy", "agent").await;
    let id = shop.mail("Lamp", "My lamp is dark.").await;
    shop.note(id, "<p>Look.</p>", &[cy]).await;
    shop.later().await;
    assert!(shop.letters().is_empty());
}
}
