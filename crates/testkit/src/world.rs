//! A workspace that lives as long as one test.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use base::config::Durability;
use base::{Clock, IdSource, Result, Secrets, Time};
use journal::{Caller, Core, Cx, Runner, Workspace};
use store::blobs::Blobs;
use store::{Db, Options};
use web::{Assembly, Capability, House, Limits, Parts};

use crate::client::Client;

/// Milliseconds of a day.
pub const DAY: i64 = 86_400_000;
/// Where every world begins: a Monday morning, 2026-03-02T09:00:00Z.
const MORNING: Time = Time(1_772_442_000_000);

static NUMBER: AtomicI64 = AtomicI64::new(0);

/// A workspace with its clock; its routes are made by [`World::client`].
pub struct World {
    pub house: Arc<Workspace>,
    pub clock: Clock,
    routes: Mutex<Option<web::Routes>>,
    _folder: tempfile::TempDir,
}

impl World {
    pub fn on_sqlite<F: Future<Output = ()>>(
        capabilities: impl IntoIterator<Item = Capability>,
        body: impl FnOnce(World) -> F,
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite:{}", folder.path().join("world.db").display());
        run(folder, &url, capabilities, body);
    }

    /// On the server that `cargo xtask postgres` or `cargo xtask test` has started.
    pub fn on_postgres<F: Future<Output = ()>>(
        capabilities: impl IntoIterator<Item = Capability>,
        body: impl FnOnce(World) -> F,
    ) {
        let server = std::env::var("RAPPORT_TEST_POSTGRES")
            .expect("PostgreSQL is missing: run `cargo xtask postgres -- cargo test`");
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let url = format!("{server}?schema=world_{}_{number}", std::process::id());
        run(tempfile::tempdir().expect("a folder"), &url, capabilities, body);
    }

    /// Reads or writes as the system.
    pub async fn system<T: Send + 'static>(
        &self,
        body: impl Fn(&mut Cx<'_, '_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.house.write(Caller::system(), body).await
    }

    /// Hears all events and does all due jobs until nothing is left, and nothing may be parked.
    pub async fn settle(&self) {
        Runner::settle(&self.house).await.expect("the house comes to rest");
        let parked = self.house.parked_jobs(i64::MAX, 10).await.expect("reads");
        assert!(parked.is_empty(), "parked: {parked:?}");
    }

    /// The house with its routes, for requests as a browser sends them. Once per world.
    pub fn client(&self, parts: Parts) -> Client {
        let house = House::new(Parts { limits: Limits::wide(), ..parts }).expect("plain parts");
        self.client_of(house)
    }

    /// As [`World::client`], for a house of one's own.
    pub fn client_of(&self, house: House) -> Client {
        house.add(self.house.clone());
        let routes =
            self.routes.lock().unwrap_or_else(PoisonError::into_inner).take().expect("one router per world");
        Client::new(routes.router(house))
    }
}

fn run<F: Future<Output = ()>>(
    folder: tempfile::TempDir,
    url: &str,
    capabilities: impl IntoIterator<Item = Capability>,
    body: impl FnOnce(World) -> F,
) {
    let clock = Clock::frozen(MORNING);
    let (registry, migrations, routes) = Assembly::of(capabilities).split();
    let db = Db::open(url, &Options::default()).expect("opens");
    db.migrate(migrations, MORNING).expect("migrates");
    let core = Core {
        name: "world".to_owned(),
        clock: clock.clone(),
        ids: IdSource::new(clock.clone(), 0, 0),
        holder: "world".to_owned(),
        secrets: Secrets::from_bytes([7; 32]),
        registry: Arc::new(registry),
        public_url: "http://desk.example".to_owned(),
    };
    let blobs = Blobs::folder(folder.path().join("blobs"), Durability::Off).expect("a folder for blobs");
    let house = Workspace::new(db, blobs, core);
    let world = World { house, clock, routes: Mutex::new(Some(routes)), _folder: folder };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime").block_on(body(world));
}
