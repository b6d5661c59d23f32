//! Two workspaces behind one listener: each gets its own mail and nothing of the other's.

use std::path::Path;
use std::sync::Arc;

use base::config::Durability;
use base::{Clock, IdSource, Secrets};
use conversations::store::conversation::{find_any, find_by_number};
use journal::directory::Directory;
use journal::{Caller, Core, Runner, Workspace};
use people::Scope;
use store::blobs::Blobs;
use store::{Db, Options};
use web::Assembly;

use super::house::{add_mailbox, capabilities, directory};
use super::room::manners;
use super::sender;
use crate::channel::Addresses;
use crate::mailroom::Installation;
use crate::smtp::client::{Addressed, Fate, send};
use crate::smtp::listener::{Listening, listen};

struct Two {
    folder: tempfile::TempDir,
    houses: [Arc<Workspace>; 2],
    listening: Listening,
}

impl Two {
    /// `lamps` has `lamps@shop.example`, `chairs` has `chairs@shop.example`.
    async fn open() -> Two {
        let built = tokio::task::spawn_blocking(build).await;
        let (folder, directory, houses) = built.expect("built");
        for house in &houses {
            found(house, &directory).await;
        }
        let open = houses.clone();
        let find: crate::Houses = Arc::new(move |name| {
            let house = open.iter().find(|house| house.name == name).cloned();
            Box::pin(async move { house.ok_or_else(|| base::error::not_found("workspace_not_found")) })
        });
        let room = Arc::new(Installation::new(directory, find));
        let listening = listen("127.0.0.1:0", manners(), room).await.expect("listens");
        Two { folder, houses, listening }
    }

    async fn mail(&self, to: &[&str], raw: &str) -> Fate {
        let to = to.iter().map(|address| (*address).to_owned()).collect();
        let addressed = Addressed { from: "bo@b.example".into(), to };
        send(&sender::server(self.listening.address.port()), &addressed, raw.as_bytes()).await
    }

    /// The subjects of the first three conversations.
    async fn subjects(&self, which: usize) -> Vec<String> {
        let house = &self.houses[which];
        Runner::settle(house).await.expect("comes to rest");
        let read = house.write(Caller::system(), |cx| {
            let mut subjects = Vec::new();
            for number in 1..=3 {
                if let Some(id) = find_by_number(cx, &Scope::All, number)? {
                    subjects.extend(find_any(cx, id)?.map(|c| c.subject));
                }
            }
            Ok(subjects)
        });
        read.await.expect("reads")
    }
}

/// Opening blocks, so it stands apart.
fn build() -> (tempfile::TempDir, Directory, [Arc<Workspace>; 2]) {
    let folder = tempfile::tempdir().expect("a folder");
    let all = Assembly::of(capabilities());
    let directory = all.registry.socket::<Addresses>().expect("plugged").directory().expect("set").clone();
    let (registry, migrations, _) = all.split();
    let registry = Arc::new(registry);
    let houses = ["lamps", "chairs"].map(|name| {
        let db = Db::open(&url(folder.path(), name), &Options::default()).expect("opens");
        db.migrate(migrations, base::Time(0)).expect("migrates");
        let blobs =
            Blobs::folder(folder.path().join(format!("{name}-blobs")), Durability::Off).expect("a folder");
        let clock = Clock::system();
        let core = Core {
            name: name.to_owned(),
            ids: IdSource::new(clock.clone(), 0, 0),
            clock,
            holder: name.to_owned(),
            secrets: Secrets::from_bytes([7; 32]),
            registry: registry.clone(),
            public_url: "http://desk.example".to_owned(),
        };
        Workspace::new(db, blobs, core)
    });
    (folder, directory, houses)
}

fn url(folder: &Path, name: &str) -> String {
    format!("sqlite:{}", folder.join(format!("{name}.db")).display())
}

async fn found(house: &Arc<Workspace>, directory: &Directory) {
    directory.create(&house.name, "unused", base::Time(0)).await.expect("entered");
    let owner = house
        .write(Caller::system(), |cx| people::found(cx, "Shop", "ann@shop.example", "Ann", "none"))
        .await
        .expect("founded");
    add_mailbox(house, owner.0, &format!("{}@shop.example", house.name)).await.expect("added");
}

fn raw(subject: &str) -> String {
    format!("From: bo@b.example\r\nSubject: {subject}\r\nMessage-ID: <{subject}@b.example>\r\n\r\nHi\r\n")
}

#[tokio::test]
async fn each_workspace_gets_its_own_mail_and_a_common_one_is_stored_in_both() {
    let two = Two::open().await;
    for (to, subject) in [
        (vec!["lamps@shop.example"], "lamp"),
        (vec!["chairs@shop.example"], "chair"),
        (vec!["lamps@shop.example", "chairs@shop.example"], "both"),
    ] {
        let fate = two.mail(&to, &raw(subject)).await;
        assert!(matches!(fate, Fate::Taken(_)), "{fate:?}");
        let _ = (two.subjects(0).await, two.subjects(1).await);
    }
    assert_eq!(two.subjects(0).await, ["lamp", "both"]);
    assert_eq!(two.subjects(1).await, ["chair", "both"]);
}

#[tokio::test]
async fn an_address_belongs_to_one_workspace_also_after_it_was_removed() {
    let two = Two::open().await;
    let taken = add_mailbox(&two.houses[1], 1, "lamps@shop.example").await.expect_err("refused");
    assert_eq!(taken.code, "address_taken");
}

#[tokio::test]
async fn a_token_of_one_workspace_opens_nothing_in_the_other() {
    let two = Two::open().await;
    two.mail(&["chairs@shop.example"], &raw("chair")).await;
    assert_eq!(two.subjects(1).await, ["chair"]);
    let key = crate::letter::reply_key(&two.houses[0].secrets, "lamps");
    let chair = two.houses[1]
        .write(Caller::system(), |cx| find_by_number(cx, &Scope::All, 1))
        .await
        .expect("reads")
        .expect("there");
    let token = mime::reply_address::token(chair.0, &key);
    let address = mime::reply_address::compose("chairs@shop.example", &token).expect("fits");
    two.mail(&[&address], &raw("other")).await;
    assert_eq!(two.subjects(1).await, ["chair", "other"]);
}

#[tokio::test]
async fn what_can_not_be_stored_is_not_acknowledged() {
    let two = Two::open().await;
    let blobs = two.folder.path().join("lamps-blobs");
    std::fs::remove_dir_all(&blobs).expect("removed");
    std::fs::write(&blobs, "a file in the way of the folder").expect("written");
    let large = format!("{}{}", raw("large"), "line of a large mail\r\n".repeat(20_000));
    for to in [vec!["lamps@shop.example"], vec!["lamps@shop.example", "chairs@shop.example"]] {
        let fate = two.mail(&to, &large).await;
        assert!(matches!(&fate, Fate::Postponed(why) if why.starts_with("451")), "{fate:?}");
    }
    std::fs::remove_file(&blobs).expect("removed");
    let both = ["lamps@shop.example", "chairs@shop.example"];
    let fate = two.mail(&both, &large).await;
    assert!(matches!(fate, Fate::Taken(_)), "{fate:?}");
    assert_eq!(two.subjects(0).await, ["large"]);
    assert_eq!(two.subjects(1).await, ["large"], "what was stored for one before is recognised");
}

#[tokio::test]
async fn mail_for_a_workspace_that_is_closed_has_to_wait() {
    let two = Two::open().await;
    let directory = directory(&two.houses[0]);
    let closed: crate::Houses = Arc::new(|_| {
        Box::pin(async { Err(base::error::unavailable("workspace_closed", "It can't be opened.")) })
    });
    let room = Arc::new(Installation::new(directory, closed));
    let listening = listen("127.0.0.1:0", manners(), room).await.expect("listens");
    let addressed = Addressed { from: "bo@b.example".into(), to: vec!["lamps@shop.example".into()] };
    let fate = send(&sender::server(listening.address.port()), &addressed, raw("x").as_bytes()).await;
    assert!(matches!(&fate, Fate::Postponed(why) if why.contains("451")), "{fate:?}");
}
