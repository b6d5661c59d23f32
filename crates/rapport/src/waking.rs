//! The workspaces that this process serves: opened when there is something to do in them, closed when
//! nobody has used them for a while.
//!
//! Where there is only one it stays open.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base::Result;
use base::error::{internal, not_found};
use journal::directory::Place;
use journal::lease::NodeLease;
use journal::{Runner, Workspace};
use tokio::task::JoinHandle;
use web::{House, Later, Opener};

use crate::installation::{Installation, Open};
use crate::workspaces::Workspaces;

const LOOK_EVERY: Duration = Duration::from_secs(1);
/// In looks: a node that was not seen for ten seconds is gone.
const LIVES_EVERY: u64 = 3;
const OPENED_AT_ONCE: i64 = 50;
/// A workspace that can't be opened is tried again so much later.
const AGAIN_SECONDS: i64 = 60;
/// Whoever still holds a workspace when it closes is waited for in steps.
const STEP: Duration = Duration::from_millis(20);
const STEPS: u32 = 50;

/// What runs behind a workspace.
struct Running {
    runner: Runner,
    lease: NodeLease,
    keeper: JoinHandle<()>,
}

pub struct Served {
    house: House,
    installation: Arc<Installation>,
    running: Mutex<BTreeMap<String, Running>>,
    /// One opens or closes a workspace at a time.
    doors: Mutex<BTreeMap<String, Arc<tokio::sync::Mutex<()>>>>,
}

impl Served {
    /// Begins to serve: the only workspace, or those in which something is to be done now.
    pub async fn begin(installation: Arc<Installation>, house: House) -> Result<Arc<Served>> {
        let (running, doors) = (Mutex::default(), Mutex::default());
        let served = Arc::new(Served { house: house.clone(), installation, running, doors });
        house.set_opener(served.clone());
        let now = served.installation.clock.now();
        served.installation.directory.node_lives(served.node(), now).await?;
        if !served.installation.directory.has_several().await? {
            for place in served.installation.places().await? {
                served.open_place(place).await?;
            }
        }
        served.open_due().await?;
        tokio::spawn(served.clone().watch());
        Ok(served)
    }

    fn node(&self) -> &str {
        self.installation.node_name()
    }

    async fn watch(self: Arc<Self>) {
        for look in 1u64.. {
            tokio::time::sleep(LOOK_EVERY).await;
            if let Err(e) = self.look(look).await {
                tracing::warn!(error = ?e, "the directory of workspaces could not be looked through");
            }
        }
    }

    async fn look(&self, look: u64) -> Result<()> {
        if look.is_multiple_of(LIVES_EVERY) {
            let now = self.installation.clock.now();
            self.installation.directory.node_lives(self.node(), now).await?;
        }
        self.open_due().await?;
        let patience = Duration::from_secs(self.installation.config.sleep_after_seconds);
        let idle: Vec<(String, Duration)> =
            self.house.idle().into_iter().filter(|(_, idle)| *idle >= patience).collect();
        if patience.is_zero() || idle.is_empty() || !self.installation.directory.has_several().await? {
            return Ok(());
        }
        for (name, _) in idle {
            if let Err(e) = self.rest(&name).await {
                tracing::warn!(error = ?e, workspace = name, "a workspace could not be closed");
            }
        }
        Ok(())
    }

    async fn open_due(&self) -> Result<()> {
        let directory = &self.installation.directory;
        let now = self.installation.clock.now();
        for place in directory.due(self.node(), now, OPENED_AT_ONCE).await? {
            if self.house.workspace(&place.name).is_some() {
                continue;
            }
            let name = place.name.clone();
            if let Err(e) = self.open_place(place).await {
                tracing::error!(error = ?e, workspace = name, "a workspace could not be opened");
                directory.asleep(&name, self.node(), now.plus_seconds(AGAIN_SECONDS)).await?;
            }
        }
        Ok(())
    }

    fn door(&self, name: &str) -> Arc<tokio::sync::Mutex<()>> {
        let mut doors = self.doors.lock().unwrap_or_else(PoisonError::into_inner);
        doors.entry(name.to_owned()).or_default().clone()
    }

    async fn open_place(&self, place: Place) -> Result<Arc<Workspace>> {
        let door = self.door(&place.name);
        let _turn = door.lock().await;
        if let Some(open) = self.house.workspace(&place.name) {
            return Ok(open);
        }
        // Said before, so that the work of a node that dies here is taken over.
        self.say_awake(&place.name).await?;
        let open = self.installation.workspace(place).await?;
        self.serve(open).await
    }

    async fn say_awake(&self, name: &str) -> Result<()> {
        let now = self.installation.clock.now();
        self.installation.directory.awake(name, self.node(), now).await
    }

    async fn serve(&self, open: Open) -> Result<Arc<Workspace>> {
        let Open { workspace, lease } = open;
        let runner = Runner::start(workspace.clone()).await?;
        let keeper = tokio::spawn(keep(lease.clone(), workspace.clone(), self.house.clone()));
        let running = Running { runner, lease, keeper };
        self.running_now().insert(workspace.name.clone(), running);
        self.house.add(workspace.clone());
        Ok(workspace)
    }

    fn running_now(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Closes a workspace in which nothing is under way and nothing comes soon.
    async fn rest(&self, name: &str) -> Result<()> {
        let door = self.door(name);
        let _turn = door.lock().await;
        let busy = self.running_now().get(name).is_none_or(|running| running.runner.is_busy());
        let Some(workspace) = self.house.workspace(name).filter(|_| !busy) else { return Ok(()) };
        let patience = i64::try_from(self.installation.config.sleep_after_seconds).unwrap_or(i64::MAX);
        let soon = workspace.clock.now().plus_seconds(patience.min(60));
        if workspace.next_wake().await? <= soon {
            return Ok(());
        }
        drop(workspace);
        self.close(name).await
    }

    /// Closes a workspace unless somebody still holds it, and puts down when it has to be opened again.
    async fn close(&self, name: &str) -> Result<()> {
        let Some(workspace) = self.house.remove(name) else { return Ok(()) };
        let running = self.running_now().remove(name);
        let running = running.ok_or_else(|| internal("a workspace was served without its runner"))?;
        let Running { runner, lease, keeper } = running;
        runner.stop().await;
        keeper.abort();
        let _ = keeper.await;
        let mut steps = 0;
        while Arc::strong_count(&workspace) > 1 {
            if steps == STEPS {
                // A request came in between: it goes on as before.
                self.serve(Open { workspace, lease }).await?;
                return Ok(());
            }
            steps += 1;
            tokio::time::sleep(STEP).await;
        }
        let next = workspace.next_wake().await?;
        self.installation.directory.asleep(name, self.node(), next).await?;
        lease.end(&workspace.db, workspace.ids.last()).await?;
        // Its threads are waited for.
        tokio::task::spawn_blocking(move || drop(workspace)).await.map_err(internal)
    }

    /// Closes what nobody uses any more, when the program ends.
    pub async fn end(&self) {
        for workspace in self.house.workspaces() {
            let name = workspace.name.clone();
            drop(workspace);
            let door = self.door(&name);
            let _turn = door.lock().await;
            if let Err(e) = self.close(&name).await {
                tracing::warn!(error = ?e, workspace = name, "a workspace could not be closed");
            }
        }
    }
}

async fn keep(lease: NodeLease, workspace: Arc<Workspace>, house: House) {
    lease.keep(workspace.db.clone(), workspace.clock.clone()).await;
    house.set_node_held(false);
}

impl Opener for Served {
    fn open<'a>(&'a self, name: &'a str) -> Later<'a, Result<Arc<Workspace>>> {
        Box::pin(async move {
            let place = self.installation.directory.find(name).await?;
            self.open_place(place.ok_or_else(|| not_found("workspace_not_found"))?).await
        })
    }
}

impl Workspaces for Served {
    async fn find(&self, _: &Installation, name: &str) -> Result<Arc<Workspace>> {
        self.house.open(name).await
    }

    async fn houses(&self, _: &Installation) -> Result<channel_email::Houses> {
        Ok(opened_by(&self.house))
    }

    fn is_serving(&self) -> bool {
        true
    }

    async fn founded(&self, open: Open) -> Result<()> {
        let door = self.door(&open.workspace.name);
        let _turn = door.lock().await;
        self.say_awake(&open.workspace.name).await?;
        self.serve(open).await.map(drop)
    }
}

/// Mail opens the workspace that it is for.
pub fn opened_by(house: &House) -> channel_email::Houses {
    let house = house.clone();
    Arc::new(move |name: String| {
        let house = house.clone();
        Box::pin(async move { house.open(&name).await })
    })
}
