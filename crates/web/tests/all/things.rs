//! A capability for tests: things with a secret mark, agents known by the number in their token.

use std::sync::{Arc, Mutex};

use axum::routing::get;
use base::error::internal;
use base::{Kind, Result};
use journal::registry::Verb;
use journal::{Action, Caller, Cx, Event, Note, Risk, Workspace};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{
    At, Attend, Attendance, Authenticate, Capability, Created, Credentials, Desk, Done, House, Keyed, Known,
    Later, Parts, Pass, Patch, Seen, Sight, Viewers,
};

#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Thing {
    pub id: i64,
    /// Whether only agent 1 may see it.
    pub secret: bool,
}

pub struct Add;

impl Action for Add {
    const NAME: &'static str = "thing.add";
    const RISK: Risk = Risk::Irreversible;
    type Input = Thing;
    type Output = i64;

    fn run(cx: &mut Cx, thing: &Thing) -> Result<i64> {
        cx.record(Note::new("thing.added", "thing", thing.id).with("secret", thing.secret))
    }
}

#[utoipa::path(post, path = "/api/things", request_body = Thing, responses((status = 201)))]
async fn add(at: At, Keyed(thing, key): Keyed<Thing>) -> web::Result<Created<i64>> {
    Ok(at.act::<Add>(key, thing).await?.created())
}

async fn panicking() -> &'static str {
    panic!("the test's own panic")
}

async fn failing() -> web::Result<Done<()>> {
    Err(internal("the table burned down").into())
}

pub fn capability() -> Capability {
    let routes = OpenApiRouter::new()
        .routes(routes!(add))
        .route("/api/panic", get(panicking))
        .route("/api/failing", get(failing))
        .route("/api/foreign", get(|| async { web::foreign::html("<p>Hi</p>".to_owned()) }));
    Capability::new("things").verbs([Verb::of::<Add>()]).routes(routes).plug(|registry| {
        let book = registry.fill::<Book>().clone();
        let attendance = registry.fill::<Attendance>();
        attendance.add(Porter(book.clone()));
        attendance.add(Porter(book));
    })
}

/// Who was said to have a desk open.
#[derive(Clone, Default)]
pub struct Book(Arc<Mutex<Vec<(i64, Desk)>>>);

impl Book {
    pub fn take(&self) -> Vec<(i64, Desk)> {
        std::mem::take(&mut *self.0.lock().expect("whole"))
    }
}

struct Porter(Book);

impl Attend for Porter {
    fn here(&self, _: &mut Cx<'_, '_>, agent: i64, desk: Desk) -> Result<()> {
        self.0.0.lock().expect("whole").push((agent, desk));
        Ok(())
    }
}

/// `agent-N` is agent N, until an event says that N left.
pub struct Numbers;

impl Authenticate for Numbers {
    fn recognise<'a>(
        &'a self,
        house: &'a Arc<Workspace>,
        credentials: &'a Credentials,
    ) -> Later<'a, Result<Option<Known>>> {
        Box::pin(async move {
            let (Credentials::Cookie(token) | Credentials::Bearer(token)) = credentials else {
                return Ok(None);
            };
            let Some(id) = token.strip_prefix("agent-").and_then(|n| n.parse::<i64>().ok()) else {
                return Ok(None);
            };
            let events = house.events_after(0, 1_000).await?;
            if events.iter().any(|e| e.name == "agent.left" && e.subject_id == id) {
                return Ok(None);
            }
            let caller = Caller::agent(id, ["thing.add".to_owned()]);
            Ok(Some(Known { caller, pass: Pass::Session(id) }))
        })
    }

    fn unsettles(&self, event: &Event, known: &Known) -> bool {
        match event.name.as_str() {
            "agent.left" => known.caller.agent_id() == Some(event.subject_id),
            "sight.changed" => true,
            _ => false,
        }
    }
}

/// Agent 1 sees everything, the others what is no secret.
pub struct Eyes;

impl Viewers for Eyes {
    fn sight<'a>(&'a self, house: &'a Arc<Workspace>, caller: &'a Caller) -> Later<'a, Result<Sight>> {
        Box::pin(async move {
            let events = house.events_after(0, 1_000).await?;
            let changed = events.iter().any(|e| e.name == "sight.changed");
            let all = caller.agent_id() == Some(1) || changed;
            Ok(Sight { key: all.to_string(), inner: Arc::new(all) })
        })
    }

    fn load<'a>(&'a self, _: &'a Arc<Workspace>, events: &'a [Event]) -> Later<'a, Result<Vec<Patch>>> {
        Box::pin(async move {
            let things = events.iter().filter(|e| e.subject == "thing");
            if events.iter().any(|e| e.subject_id == 666) {
                return Err(base::Error::new(Kind::Internal, "internal", "It can't be loaded."));
            }
            Ok(things
                .map(|e| {
                    let secret = e.refs.get("secret") == Some(&Value::Bool(true));
                    let thing = Thing { id: e.subject_id, secret };
                    Patch { seq: e.seq, event_id: e.id, inner: Arc::new(thing) }
                })
                .collect())
        })
    }

    fn see(&self, sight: &Sight, patch: &Patch) -> Seen {
        let all = sight.inner.downcast_ref::<bool>().copied().unwrap_or(false);
        let thing = patch.inner.downcast_ref::<Thing>().expect("a thing");
        match (thing.secret && !all, thing.id < 0) {
            (true, _) => Seen::Hidden,
            (false, true) => Seen::Gone(-thing.id),
            (false, false) => Seen::Shown(json!({"type": "thing", "id": thing.id})),
        }
    }

    fn may_watch<'a>(&'a self, _: &'a Arc<Workspace>, _: &'a Sight, thing: i64) -> Later<'a, Result<bool>> {
        Box::pin(async move { Ok(thing < 100) })
    }

    fn views<'a>(
        &'a self,
        house: &'a Arc<Workspace>,
        _: &'a Caller,
        _: &'a Sight,
    ) -> Later<'a, Result<Value>> {
        Box::pin(async move { Ok(json!([{"id": "all", "count": house.last_seq().await?}])) })
    }
}

pub fn parts() -> Parts {
    Parts::new(Arc::new(Numbers), Arc::new(Eyes))
}

pub fn house(parts: Parts) -> House {
    House::new(parts).expect("plain parts")
}
