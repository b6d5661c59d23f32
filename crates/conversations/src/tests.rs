//! The crate through its public doors, on both databases.

mod blocking;
mod contacts;
mod delivery;
mod doors;
mod finding;
mod lists;
mod live;
mod merging;
mod pigeon;
mod plans;
mod receiving;
mod recipients;
mod replying;
mod scopes;
mod sides;
mod uploads;

use base::Result;
use customers::IdentityKind;
use journal::{Caller, Cx};
use people::AgentId;
use testkit::World;
use web::Capability;

use crate::actions::receive::{Receive, Received};
use crate::channel::{Channels, Inbound};
use crate::model::{ConversationId, Party};
use crate::present::Shown;
use crate::store::conversation::{Conversation, find_any};

/// The house of these tests: the spine, and a channel whose fate the test decides.
pub(super) fn house() -> Vec<Capability> {
    let pigeon = Capability::new("pigeon").plug(|r| r.fill::<Channels>().add(pigeon::Pigeon));
    vec![search::capability(), people::capability(), customers::capability(), crate::capability(), pigeon]
}

/// Founds the workspace; answers its owner.
pub(super) async fn found(w: &World) -> Caller {
    let owner = w
        .system(|cx| people::found(cx, "Linden & Lark", "ann@linden-lark.example", "Ann Becker", "x"))
        .await
        .expect("founded");
    Caller { who: journal::Who::Agent(owner.0), grants: journal::Grants::All }
}

pub(super) fn mail(from: &str, subject: &str, text: &str) -> Inbound {
    Inbound {
        channel: "pigeon".to_owned(),
        account: "support@linden-lark.example".to_owned(),
        source_id: Some(format!("{}@{}", base::secrets::new_token(), "mail.example")),
        receipt: base::secrets::new_token().into_bytes(),
        sent_at: None,
        identity_kind: IdentityKind::Email,
        from: Party { name: "Mia Sommer".to_owned(), address: from.to_owned() },
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
        hints: Default::default(),
        arrival: Default::default(),
    }
}

pub(super) async fn receive(w: &World, inbound: Inbound) -> Received {
    try_receive(w, inbound).await.expect("received")
}

pub(super) async fn try_receive(w: &World, inbound: Inbound) -> Result<Received> {
    w.system(move |cx| cx.call::<Receive>(&inbound)).await
}

pub(super) async fn conversation(w: &World, id: ConversationId) -> Conversation {
    w.system(move |cx| find_any(cx, id)).await.expect("reads").expect("it is there")
}

pub(super) async fn thread(w: &World, id: ConversationId) -> Vec<Shown> {
    let read = move |cx: &mut Cx| {
        let ask = base::Ask::default();
        let page = crate::store::message::list_messages(cx, &people::Scope::All, id, &ask)?;
        crate::present::messages(cx, page.items)
    };
    w.house.read(Caller::system(), read).await.expect("reads")
}

pub(super) fn agent_of(caller: &Caller) -> AgentId {
    AgentId(caller.agent_id().expect("an agent"))
}
