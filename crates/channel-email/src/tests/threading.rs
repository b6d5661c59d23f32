//! The table of threading: what mail programs do, and which conversation each mail belongs to.

use std::collections::BTreeMap;

use conversations::actions::delete::{self, Delete};
use conversations::actions::join::{self, Join};
use conversations::actions::mark_spam::{self, MarkSpam};
use conversations::actions::set_status::{self, SetStatus};
use conversations::model::{ConversationId, Status};
use conversations::store::conversation::{Conversation, find_any};
use conversations::store::message::{Message, list_messages};
use customers::IdentityKind;
use mime::reply_address;
use people::Scope;

use super::house::{House, add_mailbox, agent, capabilities};
use super::server::{Does, Step};
use crate::letter::reply_key;
use crate::mailroom::pipe;

const TABLE: &str = include_str!("threading.txt");

/// One case as it runs: names are its own, so that cases do not meet.
struct Case<'h> {
    house: &'h House,
    number: usize,
    reason: &'static str,
    conversations: BTreeMap<&'static str, ConversationId>,
    answers: BTreeMap<String, String>,
}

testkit::both! { with capabilities();
    async fn each_mail_finds_its_conversation(w: World) {
        let house = House::open(w).await;
        add_mailbox(&house.world.house, house.owner, "sales@shop.example").await.expect("added");
        let _server = house.outgoing(Step::Never, Does::Closes).await;
        let (mut case, mut count): (Option<Case<'_>>, usize) = (None, 0);
        for line in TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(reason) = line.strip_prefix("case ") {
                count += 1;
                let (conversations, answers) = (BTreeMap::new(), BTreeMap::new());
                case = Some(Case { house: &house, number: count, reason, conversations, answers });
            } else {
                case.as_mut().expect("a case").step(line).await;
            }
        }
        assert!(count >= 80, "{count} cases");
    }
}

impl Case<'_> {
    async fn step(&mut self, line: &'static str) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["mail", who, id, ..] => self.mail(line, who, id).await,
            ["answer", label] => self.answer(label).await,
            ["solve", label] => self.set_status(label, Status::Solved).await,
            ["pend", label] => self.set_status(label, Status::Pending).await,
            ["close", label] => {
                self.set_status(label, Status::Solved).await;
                self.wait(29).await;
                assert_eq!(self.find(label).await.0.status, Status::Closed, "{}", self.reason);
            }
            ["wait", days] => self.wait(days.parse().expect("days")).await,
            ["bin", label] => {
                let input = delete::Input { conversation_id: self.conversations[label], version: None };
                self.house
                    .world
                    .house
                    .act::<Delete>(agent(self.house.owner), None, input)
                    .await
                    .expect("deleted");
            }
            ["spam", label] => {
                let input = mark_spam::Input {
                    conversation_id: self.conversations[label],
                    spam: true,
                    version: None,
                };
                self.house
                    .world
                    .house
                    .act::<MarkSpam>(agent(self.house.owner), None, input)
                    .await
                    .expect("marked");
            }
            ["join", from, into] => {
                let input = join::Input {
                    conversation_id: self.conversations[from],
                    into: self.conversations[into],
                    version: None,
                };
                self.house
                    .world
                    .house
                    .act::<Join>(agent(self.house.owner), None, input)
                    .await
                    .expect("joined");
            }
            ["same", one, other] => self.same(one, other).await,
            _ => panic!("{line}"),
        }
    }

    fn address(&self, who: &str) -> String {
        format!("{who}@c{}.example", self.number)
    }

    fn id(&self, id: &str) -> String {
        self.answers.get(id).cloned().unwrap_or_else(|| format!("{id}@c{}.example", self.number))
    }

    async fn wait(&self, days: i64) {
        self.house.world.clock.advance(days * testkit::DAY);
        self.house.rest().await;
    }

    async fn same(&self, one: &str, other: &str) {
        let (one, other) = (self.address(one), self.address(other));
        let introduce = move |cx: &mut journal::Cx| {
            let both = [(IdentityKind::Email, one.as_str()), (IdentityKind::Email, other.as_str())];
            customers::introduce(cx, None, &both)
        };
        self.house.world.system(introduce).await.expect("introduced");
    }

    async fn set_status(&self, label: &str, status: Status) {
        let input = set_status::Input {
            conversation_id: self.conversations[label],
            status,
            version: None,
            only_from: None,
        };
        self.house.world.house.act::<SetStatus>(agent(self.house.owner), None, input).await.expect("set");
    }

    async fn answer(&mut self, label: &str) {
        self.house.answer(self.conversations[label], "<p>Try this.</p>").await;
        let (_, messages) = self.find(label).await;
        let sent = messages.last().and_then(|message| message.source_id.clone()).expect("an id");
        self.answers.insert(label.to_lowercase(), sent);
    }

    async fn find(&self, label: &str) -> (Conversation, Vec<Message>) {
        let id = self.conversations[label];
        let read = move |cx: &mut journal::Cx| {
            let c = find_any(cx, id)?.expect("a conversation");
            Ok((c, list_messages(cx, &Scope::All, id, &base::Ask::default())?.items))
        };
        self.house.world.system(read).await.expect("reads")
    }

    async fn mail(&mut self, line: &'static str, who: &str, id: &str) {
        let (head, rest) = line.split_once('|').expect("a subject");
        let (subject, wanted) = rest.split_once("=>").expect("a conversation");
        let options: Vec<&str> = head.split_whitespace().skip(3).collect();
        let boxes = self.recipients(&options);
        let raw = self.write(who, id, subject.trim(), &options, &boxes).await;
        let before = self.newest().await;
        for address in &boxes {
            pipe(&self.house.installation, Some(&self.address(who)), Some(address), raw.clone().into_bytes())
                .await
                .expect("taken");
        }
        self.house.rest().await;
        self.judge(line, wanted.trim(), before).await;
    }

    fn recipients(&self, options: &[&str]) -> Vec<String> {
        let mut boxes = vec!["support@shop.example".to_owned()];
        for option in options {
            match option.split_once(':') {
                Some(("to", "sales")) => boxes = vec!["sales@shop.example".to_owned()],
                Some(("to", "both")) => boxes.push("sales@shop.example".to_owned()),
                Some(("signed", label)) => boxes = vec![self.signed(label, false)],
                Some(("forged", label)) => boxes = vec![self.signed(label, true)],
                _ => {}
            }
        }
        boxes
    }

    fn signed(&self, label: &str, forged: bool) -> String {
        let house = &self.house.world.house;
        let key = if forged { [7; 32] } else { reply_key(&house.secrets, &house.name) };
        let token = reply_address::token(self.conversations[label].0, &key);
        reply_address::compose("support@shop.example", &token).expect("fits")
    }

    async fn write(&self, who: &str, id: &str, subject: &str, options: &[&str], boxes: &[String]) -> String {
        let mut subject = subject.to_owned();
        for label in self.conversations.keys() {
            if subject.contains(&format!("{{{label}}}")) {
                let number = self.find(label).await.0.number;
                subject = subject.replace(&format!("{{{label}}}"), &number.to_string());
            }
        }
        // Copies that come apart still name everybody.
        let apart = options.iter().any(|option| option.starts_with("to:"));
        let named = if apart {
            vec!["support@shop.example".to_owned(), "sales@shop.example".to_owned()]
        } else {
            boxes.to_vec()
        };
        let to = named.iter().map(|address| format!("<{address}>")).collect::<Vec<_>>().join(", ");
        let mut head = format!(
            "From: <{}>\r\nTo: {to}\r\nSubject: {subject}\r\nDate: Mon, 2 Mar 2026 08:00:00 +0000\r\n",
            self.address(who)
        );
        if !options.contains(&"noid") {
            head.push_str(&format!("Message-ID: <{}>\r\n", self.id(id)));
        }
        let mut body = format!("Words {}.", self.number);
        for option in options {
            let ids = |list: &str| {
                list.split(',').map(|id| format!("<{}>", self.id(id))).collect::<Vec<_>>().join(" ")
            };
            match option.split_once(':').unwrap_or((option, "")) {
                ("re", list) => head.push_str(&format!("In-Reply-To: {0}\r\nReferences: {0}\r\n", ids(list))),
                ("irt", list) => head.push_str(&format!("In-Reply-To: {}\r\n", ids(list))),
                ("refs", list) => head.push_str(&format!("References: {}\r\n", ids(list))),
                ("cc", who) => head.push_str(&format!("Cc: <{}>\r\n", self.address(who))),
                ("auto", _) => head.push_str("Auto-Submitted: auto-replied\r\n"),
                ("list", _) => head.push_str("List-Id: <news.lists.example>\r\n"),
                ("suppress", _) => head.push_str("X-Auto-Response-Suppress: OOF, AutoReply\r\n"),
                ("body", word) => body = word.to_owned(),
                ("calendar", _) => {
                    head.push_str("Content-Type: multipart/mixed; boundary=b\r\n");
                    body = "--b\r\nContent-Type: text/plain\r\n\r\nYes\r\n--b\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n\
                            BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:a@a.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n--b--".to_owned();
                }
                ("report", _) => {
                    head.push_str(
                        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n",
                    );
                    body = "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; x@x.example\r\n\
                            Action: failed\r\nStatus: 5.1.1\r\n\r\n--b--".to_owned();
                }
                _ => {}
            }
        }
        format!("{head}\r\n{body}\r\n")
    }

    /// The conversation in which something was added last, how many there are, and how many messages it has.
    async fn newest(&self) -> Vec<(ConversationId, usize, i64)> {
        let read = |cx: &mut journal::Cx| {
            let ids = conversations::store::conversation::list_ids_after(cx, 0, 100_000)?;
            let mut all = Vec::new();
            for id in ids {
                let messages =
                    list_messages(cx, &Scope::All, ConversationId(id), &base::Ask::default())?.items;
                all.push((ConversationId(id), messages.len(), messages.iter().map(|m| m.repeats).sum()));
            }
            Ok(all)
        };
        self.house.world.system(read).await.expect("reads")
    }

    async fn judge(&mut self, line: &str, wanted: &'static str, before: Vec<(ConversationId, usize, i64)>) {
        let mut words = wanted.split_whitespace();
        let label = words.next().expect("a label");
        let after = self.newest().await;
        let changed: Vec<_> = after.iter().filter(|now| !before.contains(now)).collect();
        let say = format!("case {} “{}”: {line}: {changed:?}", self.number, self.reason);
        let [(id, messages, _)] = changed[..] else { panic!("{say}") };
        let old = before.iter().find(|(known, ..)| known == id);
        match self.conversations.get(label) {
            Some(known) => assert_eq!(known, id, "{say}"),
            None => {
                assert!(old.is_none(), "{say}");
                self.conversations.insert(label, *id);
            }
        }
        let (c, thread) = self.find(label).await;
        let marks = thread.last().expect("a message").marks.to_string();
        for word in words {
            match (word.strip_prefix("status:"), word.split_at(1)) {
                (Some(status), _) => assert_eq!(c.status.as_str(), status, "{say}"),
                (None, ("+", mark)) => assert!(marks.contains(&format!("\"{mark}\"")), "{say} {marks}"),
                (None, ("-", mark)) => assert!(!marks.contains(&format!("\"{mark}\"")), "{say} {marks}"),
                _ => assert_eq!((word, old.map(|(_, count, _)| count)), ("repeat", Some(messages)), "{say}"),
            }
        }
    }
}
