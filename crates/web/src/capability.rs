//! What a crate brings to the house, and how the house is put together from it.

use axum::Router;
use axum::http::StatusCode;
use journal::registry::Verb;
use journal::{Reaction, Registry, Sweep, Worker};
use serde_json::{Value, json};
use store::Migration;
use utoipa::openapi::Info;
use utoipa_axum::router::OpenApiRouter;

use crate::house::House;
use crate::panel::{Panel, Panels};
use crate::request::COOKIE;

/// Made by each crate's `capability()`.
pub struct Capability {
    pub name: &'static str,
    pub migrations: &'static [Migration],
    pub verbs: Vec<Verb>,
    pub reactions: Vec<Reaction>,
    pub workers: Vec<Worker>,
    pub sweeps: Vec<Sweep>,
    pub routes: OpenApiRouter<House>,
    plugs: Vec<Plug>,
}

type Plug = Box<dyn FnOnce(&mut Registry)>;

impl Capability {
    pub fn new(name: &'static str) -> Capability {
        Capability {
            name,
            migrations: &[],
            verbs: Vec::new(),
            reactions: Vec::new(),
            workers: Vec::new(),
            sweeps: Vec::new(),
            routes: OpenApiRouter::new(),
            plugs: Vec::new(),
        }
    }

    /// Puts a part into a socket of the spine: `plug(|r| r.fill::<Channels>().add(channel))`.
    pub fn plug(mut self, plug: impl FnOnce(&mut Registry) + 'static) -> Capability {
        self.plugs.push(Box::new(plug));
        self
    }

    /// A part of the desk, or a section of its settings, that this crate fills.
    pub fn panel(self, panel: Panel) -> Capability {
        self.plug(move |registry| registry.fill::<Panels>().add(panel))
    }

    pub fn migrations(self, migrations: &'static [Migration]) -> Capability {
        Capability { migrations, ..self }
    }

    pub fn verbs(mut self, verbs: impl IntoIterator<Item = Verb>) -> Capability {
        self.verbs.extend(verbs);
        self
    }

    pub fn reactions(mut self, reactions: impl IntoIterator<Item = Reaction>) -> Capability {
        self.reactions.extend(reactions);
        self
    }

    pub fn worker(mut self, worker: Worker) -> Capability {
        self.workers.push(worker);
        self
    }

    pub fn sweep(mut self, sweep: Sweep) -> Capability {
        self.sweeps.push(sweep);
        self
    }

    /// The paths stand in full in the routes: `/api/agents`.
    pub fn routes(self, routes: OpenApiRouter<House>) -> Capability {
        Capability { routes: self.routes.merge(routes), ..self }
    }
}

/// The capabilities of a program, in order: each may point with its tables at those before it.
pub struct Assembly {
    pub registry: Registry,
    /// The journal's tables first. For [`store::Db::migrate`].
    pub migrations: &'static [&'static [Migration]],
    routes: OpenApiRouter<House>,
}

impl Assembly {
    /// Called once at start: the list of migrations lives as long as the program.
    pub fn of(capabilities: impl IntoIterator<Item = Capability>) -> Assembly {
        let mut registry = Registry::default();
        let mut migrations = vec![journal::MIGRATIONS];
        let mut routes = crate::routes::own();
        for capability in capabilities {
            migrations.push(capability.migrations);
            registry.add(capability.verbs, capability.reactions, capability.workers, capability.sweeps);
            capability.plugs.into_iter().for_each(|plug| plug(&mut registry));
            routes = routes.merge(capability.routes);
        }
        Assembly { registry, migrations: migrations.leak(), routes }
    }

    /// What is left for the router once the registry has gone into the workspaces.
    pub fn split(self) -> (Registry, &'static [&'static [Migration]], Routes) {
        (self.registry, self.migrations, Routes(self.routes))
    }
}

/// All routes, with what describes them.
pub struct Routes(OpenApiRouter<House>);

impl Routes {
    /// OpenAPI 3.1, as `/api/openapi.json` shows it.
    pub fn document(&self) -> Value {
        let mut document = self.0.get_openapi().clone();
        document.info = Info::new("Rapport", env!("CARGO_PKG_VERSION"));
        let mut written = serde_json::to_value(&document).expect("a derived document can be written as JSON");
        describe_answers(&mut written["paths"]);
        name_operations(&mut written["paths"]);
        name_credentials(&mut written);
        written
    }

    pub fn router(self, house: House) -> Router {
        let document = self.document();
        let (router, _) = self.0.split_for_parts();
        crate::router::finish(router, document, house)
    }
}

/// OpenAPI wants a description of every answer; where nothing else is to be said, the status' name is it.
fn describe_answers(paths: &mut Value) {
    let operations = entries(paths).flat_map(|(_, path)| entries(path));
    for (status, answer) in operations.flat_map(|(_, operation)| entries(&mut operation["responses"])) {
        let known = status.parse().ok().and_then(|status: StatusCode| status.canonical_reason());
        if let Value::Object(fields) = answer {
            fields.entry("description").or_insert(known.unwrap_or("Answer").into());
        }
    }
}

/// Handlers of different crates may bear one name; OpenAPI 3.1 wants a name of its own for every operation.
fn name_operations(paths: &mut Value) {
    for (path, operations) in entries(paths) {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
        let words = path.trim_start_matches("/api").replace(['{', '}'], "");
        let words: String = words.chars().map(plain).collect();
        for (method, operation) in entries(operations) {
            operation["operationId"] = format!("{method}{words}").into();
        }
    }
}

/// How one proves who one is. Operations that need no proof say so themselves, with `security(())`.
fn name_credentials(document: &mut Value) {
    document["components"]["securitySchemes"] = json!({
        "session": { "type": "apiKey", "in": "cookie", "name": COOKIE,
            "description": "A browser that has signed in by POST /api/session." },
        "token": { "type": "http", "scheme": "bearer", "description": "An API token." },
        "basic": { "type": "http", "scheme": "basic",
            "description": "The user is ADDRESS/token, the password an API token." },
    });
    document["security"] = json!([{ "session": [] }, { "token": [] }, { "basic": [] }]);
}

fn entries(value: &mut Value) -> impl Iterator<Item = (&String, &mut Value)> {
    value.as_object_mut().into_iter().flatten()
}
