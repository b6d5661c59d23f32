//! A workspace with people and a mailbox, a listener before it and a server behind it.

use std::sync::Arc;

use base::Result;
use conversations::actions::reply::{self, Reply};
use conversations::model::ConversationId;
use conversations::store::conversation::{Conversation, find_any, find_by_number};
use conversations::store::message::{Message, list_messages};
use journal::directory::Directory;
use journal::{Caller, Grants, Runner, Who, Workspace};
use people::Scope;
use testkit::World;
use web::Capability;

use super::room::manners;
use super::server::{Does, Script, Step};
use crate::actions::add_mailbox::{self, AddMailbox};
use crate::actions::set_outgoing::{self, SetOutgoing};
use crate::channel::Addresses;
use crate::mailroom::Installation;
use crate::model::Mailbox;
use crate::smtp::client::{Addressed, Fate, Security, send};
use crate::smtp::listener::{Listening, listen};
use crate::smtp::manners::Manners;

/// Keeps the folder of the directory as long as the house stands.
#[derive(Default)]
struct Folder(Option<tempfile::TempDir>);

pub fn capabilities() -> Vec<Capability> {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}", folder.path().join("directory.db").display());
    let directory = Directory::open(&url, &store::Options::default(), base::Time(0)).expect("opens");
    vec![
        search::capability(),
        people::capability(),
        customers::capability(),
        conversations::capability(),
        crate::capability().plug(|registry| {
            registry.fill::<Addresses>().set(directory);
            registry.fill::<Folder>().0 = Some(folder);
        }),
    ]
}

pub struct House {
    pub world: World,
    pub owner: i64,
    pub mailbox: Mailbox,
    pub installation: Installation,
    pub listening: Listening,
}

pub fn agent(id: i64) -> Caller {
    Caller { who: Who::Agent(id), grants: Grants::All }
}

pub async fn add_mailbox(house: &Arc<Workspace>, owner: i64, address: &str) -> Result<Mailbox> {
    let input = add_mailbox::Input {
        address: address.into(),
        name: "Lumen Lamps".into(),
        brand_id: None,
        team_id: None,
    };
    Ok(house.act::<AddMailbox>(agent(owner), None, input).await?.output)
}

impl House {
    pub async fn open(world: World) -> House {
        let owner = world
            .system(|cx| people::found(cx, "Lumen Lamps", "ann@shop.example", "Ann Becker", "no password"))
            .await
            .expect("founded");
        let directory = directory(&world.house);
        directory.create(&world.house.name, "unused", base::Time(0)).await.expect("entered");
        let mailbox = add_mailbox(&world.house, owner.0, "support@shop.example").await.expect("added");
        let house = world.house.clone();
        let houses: crate::Houses = Arc::new(move |_| {
            let house = house.clone();
            Box::pin(async move { Ok(house) })
        });
        let installation = Installation::new(directory, houses);
        let room = Arc::new(installation.clone());
        let manners = Manners { clock: world.clock.clone(), ..manners() };
        let listening = listen("127.0.0.1:0", manners, room).await.expect("listens");
        House { world, owner: owner.0, mailbox, installation, listening }
    }

    /// Sends a mail as any mail server would.
    pub async fn mail(&self, from: &str, to: &[&str], raw: &str) -> Fate {
        let addressed =
            Addressed { from: from.into(), to: to.iter().map(|address| (*address).to_owned()).collect() };
        send(&super::sender::server(self.listening.address.port()), &addressed, raw.as_bytes()).await
    }

    /// Jobs and reactions to rest, parked ones left aside.
    pub async fn rest(&self) {
        Runner::settle(&self.world.house).await.expect("comes to rest");
    }

    pub async fn thread(&self, number: i64) -> Option<(Conversation, Vec<Message>)> {
        self.world
            .system(move |cx| {
                let Some(id) = find_by_number(cx, &Scope::All, number)? else { return Ok(None) };
                let conversation = find_any(cx, id)?.expect("found just now");
                let page = list_messages(cx, &Scope::All, id, &base::Ask::default())?;
                Ok(Some((conversation, page.items)))
            })
            .await
            .expect("reads")
    }

    /// A server for outgoing mail, named in the settings.
    pub async fn outgoing(&self, step: Step, does: Does) -> Script {
        let script = Script::play(step, does).await;
        self.set_outgoing(script.port).await;
        script
    }

    pub async fn set_outgoing(&self, port: u16) {
        let input = set_outgoing::Input {
            host: "localhost".into(),
            port,
            security: Security::None,
            username: None,
            password: None,
            from: None,
            trusted_certificate: None,
            grant_id: None,
        };
        self.world.house.act::<SetOutgoing>(agent(self.owner), None, input).await.expect("set");
    }

    /// Answers as the owner, and lets the time pass in which it could be taken back; then all is done.
    pub async fn answer(&self, id: ConversationId, html: &str) {
        self.put_answer(id, html).await;
        self.rest().await;
    }

    /// The same for a house in which a runner is at work.
    pub async fn put_answer(&self, id: ConversationId, html: &str) {
        let input = reply::Input {
            conversation_id: Some(id),
            html: html.into(),
            channel: None,
            to: None,
            cc: None,
            audience: None,
            then: None,
            upload_ids: Vec::new(),
            version: None,
            clean: None,
        };
        self.world.house.act::<Reply>(agent(self.owner), None, input).await.expect("answered");
        self.world.clock.advance(60_000);
    }
}

pub fn directory(house: &Workspace) -> Directory {
    house.registry().socket::<Addresses>().expect("plugged").directory().expect("set").clone()
}
