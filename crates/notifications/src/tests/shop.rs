//! A workspace with two agents, a channel and a courier whose letters the test reads.

use std::sync::{Arc, Mutex};

use base::Result;
use conversations::actions::assign::{self, Assign};
use conversations::actions::note::{self, Note};
use conversations::actions::receive::Receive;
use conversations::channel::{Arrival, Channel, Channels, Delivering, Inbound, Outcome, Outgoing};
use conversations::model::{ConversationId, MessageId, Party};
use conversations::notices::{Courier, Couriers, Door, Doors, Notice, Origin, Words, WrittenBack, reader};
use conversations::present::Shown;
use customers::IdentityKind;
use journal::{Caller, Cx, Who, Workspace};
use people::actions::{CreateAgent, input};
use people::{AgentId, BrandId, Scope};
use serde_json::json;
use testkit::{Client, World};
use web::{Capability, NoViewers, Parts};

/// What the courier meets next, the last first; when nothing is left it arrives.
type Fates = Arc<Mutex<Vec<Outcome>>>;

/// What was brought, kept in the registry of the house.
#[derive(Clone, Default)]
pub struct Bag {
    pub brought: Arc<Mutex<Vec<Notice>>>,
    pub fates: Fates,
}

struct Rider(Bag);

impl Courier for Rider {
    fn doors(&self, _: &mut Cx<'_, '_>, _: &Origin, to: &str, notice: i64) -> Result<Option<Doors>> {
        let doors = Doors { answer: format!("answer-{notice}@shop"), note: format!("note-{notice}@shop") };
        Ok(Some(doors).filter(|_| !to.contains("unreachable")))
    }

    fn bring(&self, _: Arc<Workspace>, notice: Notice) -> Delivering {
        let Bag { brought, fates } = self.0.clone();
        Box::pin(async move {
            let fate = fates.lock().expect("whole").pop().unwrap_or(Outcome::Delivered);
            if matches!(fate, Outcome::Delivered) {
                brought.lock().expect("whole").push(notice);
            }
            fate
        })
    }
}

/// A channel whose mail arrives, unless it goes nowhere.
struct Pigeon;

impl Channel for Pigeon {
    fn name(&self) -> &'static str {
        "pigeon"
    }

    fn is_own(&self, _: &mut Cx<'_, '_>, address: &str) -> Result<bool> {
        Ok(address == "support@shop.example")
    }

    fn sender(&self, _: &mut Cx<'_, '_>, _: Option<&str>, _: Option<BrandId>) -> Result<Option<Party>> {
        Ok(Some(Party { name: String::new(), address: "support@shop.example".to_owned() }))
    }

    fn check_address(&self, address: &str) -> Result<(), String> {
        if address.contains('@') { Ok(()) } else { Err("An address has an @.".to_owned()) }
    }

    fn new_source_id(&self, message: MessageId, _: Option<&Party>) -> String {
        format!("{message}@shop.example")
    }

    fn deliver(&self, _: Arc<Workspace>, outgoing: Outgoing) -> Delivering {
        let outcome = match outgoing.text.contains("nowhere") {
            true => Outcome::Refused("550 nobody lives here".to_owned()),
            false => Outcome::Delivered,
        };
        Box::pin(async { outcome })
    }
}

pub fn house() -> Vec<Capability> {
    let post = Capability::new("post").plug(|registry| {
        registry.fill::<Channels>().add(Pigeon);
        let bag = registry.fill::<Bag>().clone();
        registry.fill::<Couriers>().set(Rider(bag));
    });
    vec![
        search::capability(),
        people::capability(),
        customers::capability(),
        conversations::capability(),
        post,
        crate::capability(),
    ]
}

pub struct Shop {
    pub w: World,
    pub bag: Bag,
    pub ann: AgentId,
    pub bo: AgentId,
}

pub const PASSWORD: &str = "correct horse battery";

impl Shop {
    pub async fn open(w: World) -> Shop {
        let ann = w
            .system(|cx| people::found(cx, "Lumen Lamps", "ann@shop.example", "Ann Becker", "x"))
            .await
            .expect("founded");
        let bag = w.house.registry().socket::<Bag>().cloned().expect("there");
        let mut shop = Shop { w, bag, ann, bo: AgentId(0) };
        shop.bo = shop.hire("bo@shop.example", "Bo Kern", "agent").await;
        shop.w.settle().await;
        shop
    }

    pub async fn hire(&self, email: &str, name: &str, role: &str) -> AgentId {
        let new = json!({"email": email, "name": name, "role": role, "password": PASSWORD});
        let new: input::CreateAgent = serde_json::from_value(new).expect("an agent");
        self.w.house.act::<CreateAgent>(self.as_ann(), None, new).await.expect("hired");
        let email = email.to_owned();
        let found = self.w.system(move |cx| people::agents_by_email(cx, &email)).await.expect("reads");
        found.expect("hired").id
    }

    pub fn as_ann(&self) -> Caller {
        Caller { who: Who::Agent(self.ann.0), grants: journal::Grants::All }
    }

    pub async fn desk(&self, email: &str) -> Client {
        let mut client = self.w.client(Parts::new(Arc::new(people::Doorkeeper), Arc::new(NoViewers)));
        client.post("/api/session", json!({"email": email, "password": PASSWORD})).await.expect(200);
        client
    }

    /// Mia writes; a conversation of that subject goes on.
    pub async fn mail(&self, subject: &str, text: &str) -> ConversationId {
        self.receive(inbound(subject, text)).await
    }

    pub async fn receive(&self, inbound: Inbound) -> ConversationId {
        let received = self.w.system(move |cx| cx.call::<Receive>(&inbound)).await.expect("received");
        self.w.settle().await;
        received.conversation_id
    }

    pub async fn assign(&self, id: ConversationId, to: Option<AgentId>) {
        let assigned = assign::Input {
            conversation_id: id,
            assignee_id: to,
            team_id: self.team(id).await,
            version: None,
        };
        self.w.house.act::<Assign>(self.as_ann(), None, assigned).await.expect("assigned");
    }

    async fn team(&self, id: ConversationId) -> Option<people::TeamId> {
        let found = self.w.system(move |cx| conversations::store::conversation::find_any(cx, id)).await;
        found.expect("reads").expect("there").team_id
    }

    pub async fn note(&self, id: ConversationId, html: &str, mentions: &[AgentId]) {
        let input = json!({"conversation_id": id, "html": html, "mentions": mentions});
        let input: note::Input = serde_json::from_value(input).expect("a note");
        self.w.house.act::<Note>(self.as_ann(), None, input).await.expect("noted");
    }

    /// Lets everything happen, and the time pass in which several become one letter.
    pub async fn later(&self) {
        self.w.settle().await;
        self.w.clock.advance((crate::model::GATHER_SECONDS + 1) * 1_000);
        self.w.settle().await;
    }

    /// What was brought since this was asked last.
    pub fn letters(&self) -> Vec<Notice> {
        std::mem::take(&mut *self.bag.brought.lock().expect("whole"))
    }

    pub async fn letter(&self) -> Notice {
        self.later().await;
        let mut letters = self.letters();
        assert_eq!(letters.len(), 1, "{letters:?}");
        letters.remove(0)
    }

    pub async fn at_desk(&self, agent: AgentId) {
        self.w.system(move |cx| crate::store::seen::set_seen(cx, agent)).await.expect("noted");
    }

    pub async fn write_back(&self, written: WrittenBack) {
        self.try_back(written).await.expect("read");
        self.w.settle().await;
    }

    pub async fn try_back(&self, written: WrittenBack) -> Result<()> {
        let reader = reader(&self.w.house.registry()).expect("somebody reads");
        self.w.system(move |cx| reader.read(cx, &written)).await
    }

    pub async fn thread(&self, id: ConversationId) -> Vec<Shown> {
        let read = move |cx: &mut Cx| {
            let ask = base::Ask::default();
            let page = conversations::store::message::list_messages(cx, &Scope::All, id, &ask)?;
            conversations::present::messages(cx, page.items)
        };
        self.w.house.read(Caller::system(), read).await.expect("reads")
    }
}

pub fn inbound(subject: &str, text: &str) -> Inbound {
    Inbound {
        channel: "pigeon".to_owned(),
        account: "support@shop.example".to_owned(),
        source_id: Some(format!("{}@mail.example", base::secrets::new_token())),
        receipt: base::secrets::new_token().into_bytes(),
        sent_at: None,
        identity_kind: IdentityKind::Email,
        from: Party { name: "Mia Sommer".to_owned(), address: "mia@example.org".to_owned() },
        verified: false,
        to: Vec::new(),
        cc: Vec::new(),
        subject: subject.to_owned(),
        html: format!("<p>{text}</p>"),
        text: text.to_owned(),
        quoted: None,
        attachments: Vec::new(),
        references: Vec::new(),
        signed: None,
        automatic: false,
        raw_id: None,
        brand: None,
        team: None,
        marks: Vec::new(),
        lists: Vec::new(),
        released: false,
        hints: conversations::channel::Hints {
            answers_subject: Some(base::text::fold(subject)),
            ..Default::default()
        },
        arrival: Arrival::Live,
    }
}

/// An answer of Bo's, as his mail program sends it.
pub fn written(notice: &Notice, door: Door, text: &str) -> WrittenBack {
    WrittenBack {
        notice: notice.id,
        door,
        from: Party { name: "Bo Kern".to_owned(), address: "Bo@shop.example".to_owned() },
        proven: true,
        automatic: false,
        unclear: None,
        words: Words {
            html: format!("<p>{text}</p>"),
            text: text.to_owned(),
            attachments: Vec::new(),
            receipt: base::secrets::new_token().into_bytes(),
            twin: None,
            raw_id: None,
        },
    }
}
