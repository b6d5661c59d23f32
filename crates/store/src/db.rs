//! The database of one workspace, and the threads that own its connections.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use base::Result;
use base::config::Durability;
use base::error::{internal, invalid};

use crate::bell::Bell;
use crate::lite::{self, Deadline};
use crate::pg::{PgLink, Place};
use crate::queue::Queue;
use crate::tx::Tx;
use crate::watch::{Plans, Watch};
use crate::work::{Closure, Item, WRITE_DEADLINE_MILLIS, Writer, read_one};
use crate::work_pg;

const READ_DEADLINE_MILLIS: u64 = 5_000;
const REPORT_DEADLINE_MILLIS: u64 = 30_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

#[derive(Clone, Debug)]
pub struct Options {
    pub durability: Durability,
    /// Threads that read; on PostgreSQL these connections write as well.
    pub readers: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options { durability: Durability::Full, readers: 3 }
    }
}

/// A handle that may be cloned freely; the threads end when the last one is gone.
#[derive(Clone)]
pub struct Db(Arc<Lanes>);

struct Lanes {
    engine: Engine,
    writes: Arc<Queue<Item>>,
    reads: Arc<Queue<Item>>,
    reports: Arc<Queue<Item>>,
    bell: Bell,
    watch: Arc<Watch>,
    threads: Vec<JoinHandle<()>>,
}

impl Drop for Lanes {
    fn drop(&mut self) {
        for queue in [&self.writes, &self.reads, &self.reports] {
            queue.close();
        }
        for thread in self.threads.drain(..) {
            // The last handle may be dropped by a database thread itself, inside a closure.
            if thread.thread().id() != std::thread::current().id() {
                let _ = thread.join();
            }
        }
    }
}

impl Db {
    /// `sqlite:PATH` or `postgres://…?schema=NAME`. Blocks while connecting: call it outside of async
    /// code or on a blocking thread.
    pub fn open(url: &str, options: &Options) -> Result<Db> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            return Db::open_file(Path::new(path), options);
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Db::open_server(Place::parse(url)?, options);
        }
        Err(invalid("database_url", "A database URL begins with sqlite: or postgres://."))
    }

    fn open_file(path: &Path, options: &Options) -> Result<Db> {
        let mut writer = lite::open(path, options.durability, false)?;
        let mut lanes = Lanes::new(Engine::Sqlite, Bell::local());
        let (queue, bell, watch) = (lanes.writes.clone(), lanes.bell.clone(), lanes.watch.clone());
        lanes.spawn("db-write", move || {
            let deadline = Deadline::watch(&mut writer).expect("a progress handler can always be set");
            let writer = Writer { conn: &writer, deadline: &deadline, ring: &|| bell.ring(), watch: &watch };
            while let Some(first) = queue.pop() {
                writer.run_group(first, &queue);
            }
        })?;
        for _ in 0..options.readers {
            lanes.spawn_reader(path.to_owned(), lanes.reads.clone(), READ_DEADLINE_MILLIS, options)?;
        }
        lanes.spawn_reader(path.to_owned(), lanes.reports.clone(), REPORT_DEADLINE_MILLIS, options)?;
        Ok(Db(Arc::new(lanes)))
    }

    fn open_server(place: Place, options: &Options) -> Result<Db> {
        // Made first and on this thread, so that a wrong URL is told at once.
        let check = place.clone();
        let first = std::thread::spawn(move || {
            let mut link = PgLink::connect(&check)?;
            // One node after the other: `IF NOT EXISTS` protects from no other node.
            link.batch(&format!(
                "SELECT pg_advisory_xact_lock(hashtextextended('rapport schema {0}', 0));
                 CREATE SCHEMA IF NOT EXISTS {0}",
                check.schema
            ))
        });
        first.join().map_err(|_| internal("connecting panicked"))??;
        let mut lanes = Lanes::new(Engine::Postgres, Bell::shared(place.clone()));
        for _ in 0..options.readers.max(1) * 2 {
            lanes.spawn_pg(
                place.clone(),
                lanes.writes.clone(),
                manner(WRITE_DEADLINE_MILLIS, "off", "off"),
            )?;
        }
        for _ in 0..options.readers.max(1) {
            lanes.spawn_pg(place.clone(), lanes.reads.clone(), manner(READ_DEADLINE_MILLIS, "on", "off"))?;
        }
        lanes.spawn_pg(place, lanes.reports.clone(), manner(REPORT_DEADLINE_MILLIS, "on", "on"))?;
        Ok(Db(Arc::new(lanes)))
    }

    pub fn engine(&self) -> Engine {
        self.0.engine
    }

    pub fn bell(&self) -> &Bell {
        &self.0.bell
    }

    /// How many writes wait for the writer: a measure of load.
    pub fn writes_waiting(&self) -> usize {
        self.0.writes.len()
    }

    /// From now on the plan of every statement is taken down: for tests.
    pub fn watch(&self) {
        self.0.watch.begin();
    }

    /// What was taken down: the plan of each statement.
    pub fn plans(&self) -> Plans {
        self.0.watch.plans()
    }

    /// One transaction, on disk when this answers. The closure may run again, so it has no side
    /// effect but the transaction.
    pub async fn write<T: Send + 'static>(
        &self,
        body: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.through(&self.0.writes, body).await
    }

    /// One snapshot, nothing can be written.
    pub async fn read<T: Send + 'static>(
        &self,
        body: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.through(&self.0.reads, body).await
    }

    /// As [`Db::read`], on the slow lane: long work there never delays a screen.
    pub async fn report<T: Send + 'static>(
        &self,
        body: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.through(&self.0.reports, body).await
    }

    async fn through<T: Send + 'static>(
        &self,
        queue: &Queue<Item>,
        body: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (work, answer) = Closure::new(body);
        queue.push(Box::new(work))?;
        answer.await.map_err(|_| internal("the database thread ended"))?
    }

    /// For threads that are not async: tests, the command line.
    pub fn write_blocking<T: Send + 'static>(
        &self,
        body: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (work, answer) = Closure::new(body);
        self.0.writes.push(Box::new(work))?;
        answer.blocking_recv().map_err(|_| internal("the database thread ended"))?
    }

    /// As [`Db::write_blocking`], for as long as it takes: migrations of a large database.
    pub(crate) fn write_patiently<T: Send + 'static>(
        &self,
        body: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (work, answer) = Closure::new(body);
        self.0.writes.push(Box::new(work.patient()))?;
        answer.blocking_recv().map_err(|_| internal("the database thread ended"))?
    }
}

/// What the connections of one lane are told when they begin.
///
/// A statement's plan is kept as long as its connection. Made while a table is young it would read all of the
/// table for each row, until the server analyses the table, and checks of foreign keys would, too. Measured with
/// 300 mails a second: the statements of a mail took 8.6 ms before this and lz4, 1.8 ms after. What we ask has an
/// index, so it is used; only reports read whole tables.
fn manner(deadline_millis: u64, read_only: &str, whole_tables: &str) -> String {
    format!(
        "SET default_transaction_isolation = 'repeatable read'; SET default_transaction_read_only = {read_only};
         SET statement_timeout = {deadline_millis}; SET enable_seqscan = {whole_tables}"
    )
}

impl Lanes {
    fn new(engine: Engine, bell: Bell) -> Lanes {
        let queue = || Arc::new(Queue::new());
        let (watch, threads) = (Arc::default(), Vec::new());
        Lanes { engine, writes: queue(), reads: queue(), reports: queue(), bell, watch, threads }
    }

    fn spawn(&mut self, name: &str, body: impl FnOnce() + Send + 'static) -> Result<()> {
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(body)?;
        self.threads.push(thread);
        Ok(())
    }

    fn spawn_reader(
        &mut self,
        path: PathBuf,
        queue: Arc<Queue<Item>>,
        deadline_millis: u64,
        options: &Options,
    ) -> Result<()> {
        let mut conn = lite::open(&path, options.durability, true)?;
        let watch = self.watch.clone();
        self.spawn("db-read", move || {
            let deadline = Deadline::watch(&mut conn).expect("a progress handler can always be set");
            while let Some(item) = queue.pop() {
                deadline.set(deadline_millis);
                read_one(&conn, item, &watch);
                deadline.clear();
            }
        })
    }

    fn spawn_pg(&mut self, place: Place, queue: Arc<Queue<Item>>, manner: String) -> Result<()> {
        let (bell, watch) = (self.bell.clone(), self.watch.clone());
        self.spawn("db-pg", move || {
            let mut link: Option<PgLink> = None;
            while let Some(mut item) = queue.pop() {
                if link.as_ref().is_none_or(PgLink::is_closed) {
                    link = match PgLink::connect(&place).and_then(|link| link.told(&manner)) {
                        Ok(fresh) => Some(fresh),
                        Err(e) => {
                            item.fail(e);
                            item.reply();
                            continue;
                        }
                    };
                }
                if let Some(link) = &mut link {
                    work_pg::run(link, item, &|| bell.ring(), &watch);
                }
            }
        })
    }
}
