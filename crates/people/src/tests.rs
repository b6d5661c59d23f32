//! The staff through its public doors, on both databases.

mod account;
mod door;
mod groups;
mod hours;
mod invited;
mod staff;
mod strangers;

use std::sync::{Arc, Mutex, PoisonError};

use journal::Workspace;
use serde_json::{Value, json};
use testkit::{Client, World};
use web::{Capability, NoViewers, Parts};

use crate::sockets::{Letter, Post, Postman, Sending};

pub const PASSWORD: &str = "correct horse battery";

/// Keeps the letters instead of sending them.
#[derive(Clone, Default)]
pub struct Letterbox(Arc<Mutex<Vec<Letter>>>);

impl Letterbox {
    /// What came since the last look.
    pub fn take(&self) -> Vec<Letter> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Postman for Letterbox {
    fn send<'a>(&'a self, _: &'a Arc<Workspace>, letter: &'a Letter) -> Sending<'a> {
        Box::pin(async {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).push(letter.clone());
            Ok(())
        })
    }
}

/// The part of the house that these tests need, with a box for its letters.
pub fn parts() -> [Capability; 1] {
    let letterbox = Letterbox::default();
    let plugged = letterbox.clone();
    let capability = crate::capability().plug(move |registry| {
        registry.fill::<Post>().set(Arc::new(plugged));
        *registry.fill::<Option<Letterbox>>() = Some(letterbox);
    });
    [capability]
}

pub fn letters(w: &World) -> Vec<Letter> {
    let registry = w.house.registry();
    registry.socket::<Option<Letterbox>>().and_then(Option::as_ref).map(Letterbox::take).unwrap_or_default()
}

pub fn link_token(letter: &Letter) -> String {
    letter.link.rsplit('/').next().unwrap_or_default().to_owned()
}

/// Founded by Ann, who is the owner; answers a browser in which nobody is signed in.
pub async fn founded(w: &World) -> Client {
    found(w).await;
    w.client(plain())
}

/// Where every address is believed that a proxy names.
pub fn plain() -> Parts {
    let parts = Parts::new(Arc::new(crate::Doorkeeper), Arc::new(NoViewers));
    Parts { trusted_proxies: vec!["127.0.0.1".to_owned()], ..parts }
}

pub async fn found(w: &World) {
    let hash = crate::hash_password(PASSWORD).expect("hashes");
    w.system(move |cx| crate::found(cx, "Lantern & Loom", "ann@lantern.example", "Ann Becker", &hash))
        .await
        .expect("founded");
}

pub async fn sign_in(client: &mut Client, email: &str) -> Value {
    client.post("/api/session", json!({"email": email, "password": PASSWORD})).await.expect(200)
}

/// A browser in which this new agent is signed in.
pub async fn with_agent(ann: &mut Client, email: &str, role: &str) -> Client {
    let body = json!({"email": email, "name": email, "role": role, "password": PASSWORD});
    ann.post("/api/agents", body).await.expect(201);
    let mut client = ann.stranger();
    sign_in(&mut client, email).await;
    client
}
