//! Customers through their public doors, on both databases.

mod blocking;
mod companies;
mod details;
mod doors;
mod finding;
mod identities;
mod merging;
mod timeline;

use base::Result;
use journal::{Acted, Action, Caller, Event};
use people::Scope;
use testkit::World;
use web::Capability;

use crate::actions::create::{self, Create};
use crate::{Customer, CustomerId, IdentityKind, NewIdentity, Recognised, Summary};

fn house() -> [Capability; 3] {
    let people = Capability::new("people").migrations(people::MIGRATIONS);
    [search::capability(), people, crate::capability()]
}

/// An agent who may do everything.
fn agent() -> Caller {
    Caller::agent(1, house().into_iter().flat_map(|c| c.verbs).map(|verb| verb.grant.to_owned()))
}

async fn act<A: Action>(w: &World, input: A::Input) -> Result<Acted<A::Output>> {
    w.house.act::<A>(agent(), None, input).await
}

fn mail(value: &str) -> NewIdentity {
    NewIdentity { kind: IdentityKind::Email, value: value.to_owned(), verified: false, primary: false }
}

async fn make(w: &World, name: &str, addresses: &[&str]) -> Customer {
    let identities = addresses.iter().map(|value| mail(value)).collect();
    let input = create::Input { name: name.to_owned(), identities, ..create::Input::default() };
    act::<Create>(w, input).await.expect("made").output
}

async fn arrive(w: &World, address: &'static str, name: Option<&'static str>, verified: bool) -> Recognised {
    let seen = w.system(move |cx| crate::recognise(cx, IdentityKind::Email, address, name, verified));
    seen.await.expect("recognised")
}

async fn open(w: &World, id: CustomerId) -> Customer {
    w.system(move |cx| crate::customer(cx, &Scope::All, id)).await.expect("opened")
}

async fn summary(w: &World, id: CustomerId) -> Summary {
    w.system(move |cx| Ok(crate::summaries(cx, &[id])?.remove(0))).await.expect("read")
}

async fn events(w: &World) -> Vec<Event> {
    w.settle().await;
    w.house.events_after(0, 1_000).await.expect("read")
}

async fn names(w: &World) -> Vec<String> {
    events(w).await.into_iter().map(|event| event.name).collect()
}
