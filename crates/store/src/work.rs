//! A caller's closure on its way through a database thread, and how SQLite commits many at once.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use base::error::{Error, internal};
use base::{Kind, Result};
use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::fault::AGAIN;
use crate::link::Link;
use crate::lite::{self, Deadline};
use crate::queue::Queue;
use crate::tx::Tx;
use crate::watch::Watch;

const MOST_IN_GROUP: usize = 256;
const LONGEST_GROUP: Duration = Duration::from_millis(5);
/// A write transaction that runs longer is stopped.
pub(crate) const WRITE_DEADLINE_MILLIS: u64 = 5_000;

/// What a closure's run means for the transaction around it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Outcome {
    /// Its writes are to be committed (a refusal before the first write has none).
    Keep,
    /// It failed after a write: what it wrote must be rolled back.
    Undo,
    /// As `Undo`, but the same closure may succeed when it is run again (PostgreSQL 40001, 40P01).
    Again,
}

pub(crate) trait Work: Send {
    /// Runs the closure and keeps its result for [`Work::reply`].
    fn run(&mut self, tx: &mut Tx<'_>) -> Outcome;
    /// Whether it may take as long as it takes.
    fn is_patient(&self) -> bool;
    fn rang(&self) -> bool;
    fn fail(&mut self, error: Error);
    fn reply(self: Box<Self>);
}

pub(crate) struct Closure<F, T> {
    body: F,
    result: Option<Result<T>>,
    reply: oneshot::Sender<Result<T>>,
    patient: bool,
    rang: bool,
}

impl<F, T> Closure<F, T> {
    pub fn new(body: F) -> (Closure<F, T>, oneshot::Receiver<Result<T>>) {
        let (reply, answer) = oneshot::channel();
        (Closure { body, result: None, reply, patient: false, rang: false }, answer)
    }

    pub fn patient(self) -> Closure<F, T> {
        Closure { patient: true, ..self }
    }
}

impl<F, T> Work for Closure<F, T>
where
    F: Fn(&mut Tx<'_>) -> Result<T> + Send,
    T: Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> Outcome {
        let result = catch_unwind(AssertUnwindSafe(|| (self.body)(tx)))
            .unwrap_or_else(|panic| Err(internal(format!("panic: {}", panic_text(&*panic)))));
        let outcome = match &result {
            Err(e) if e.code == AGAIN => Outcome::Again,
            Err(e) if e.kind == Kind::Internal || tx.wrote() => Outcome::Undo,
            Ok(_) if tx.poisoned() => Outcome::Undo,
            _ => Outcome::Keep,
        };
        let result = match result {
            Ok(_) if tx.poisoned() => Err(internal("a database error was swallowed by the closure")),
            other => other,
        };
        self.rang = tx.rang() && result.is_ok();
        self.result = Some(result);
        outcome
    }

    fn is_patient(&self) -> bool {
        self.patient
    }

    fn rang(&self) -> bool {
        self.rang
    }

    fn fail(&mut self, error: Error) {
        self.rang = false;
        self.result = Some(Err(error));
    }

    fn reply(self: Box<Self>) {
        let this = *self;
        let result = this.result.unwrap_or_else(|| Err(internal("work was answered before it ran")));
        // The caller may have gone away; the commit stands all the same.
        let _ = this.reply.send(result);
    }
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "without words".to_owned())
}

pub(crate) type Item = Box<dyn Work>;

/// Runs a closure that only reads, in one snapshot.
pub(crate) fn read_one(conn: &Connection, mut item: Item, watch: &Watch) {
    if let Err(e) = lite::batch(conn, "BEGIN") {
        item.fail(e);
        return item.reply();
    }
    let _: Outcome = item.run(&mut Tx::new(Link::Lite(conn), watch));
    if !conn.is_autocommit() {
        let _ = lite::batch(conn, "ROLLBACK");
    }
    item.reply();
}

/// The writer of one SQLite file. Many closures share one commit, and with it one sync of the disk.
pub(crate) struct Writer<'a> {
    pub conn: &'a Connection,
    pub deadline: &'a Deadline,
    pub ring: &'a dyn Fn(),
    pub watch: &'a Watch,
}

impl Writer<'_> {
    /// Runs closures as they come until 256 of them or 5 ms are together, then commits.
    pub fn run_group(&self, first: Item, queue: &Queue<Item>) {
        if let Err(e) = lite::batch(self.conn, "BEGIN IMMEDIATE") {
            return self.fail_all(vec![first], &e);
        }
        let started = Instant::now();
        let mut group: Vec<Item> = Vec::new();
        let mut next = Some(first);
        while let Some(mut item) = next {
            let outcome = self.run_one(&mut item);
            group.push(item);
            if outcome != Outcome::Keep {
                return self.without_last(group, 1);
            }
            if group.len() >= MOST_IN_GROUP || started.elapsed() > LONGEST_GROUP {
                break;
            }
            next = queue.try_pop();
        }
        self.commit(group);
    }

    fn run_one(&self, item: &mut Item) -> Outcome {
        if !item.is_patient() {
            self.deadline.set(WRITE_DEADLINE_MILLIS);
        }
        let outcome = item.run(&mut Tx::new(Link::Lite(self.conn), self.watch));
        self.deadline.clear();
        outcome
    }

    /// The last of the group failed after a write: it is run alone, the others again together; after
    /// two such rounds in halves, so that many failures can't make the work grow without bound.
    fn without_last(&self, mut group: Vec<Item>, round: u32) {
        self.rollback();
        let culprit = group.pop();
        self.run_again(group, round);
        if let Some(item) = culprit {
            self.run_alone(item);
        }
    }

    fn run_again(&self, mut group: Vec<Item>, round: u32) {
        if group.len() <= 1 {
            return group.into_iter().for_each(|item| self.run_alone(item));
        }
        if round > 2 {
            let rest = group.split_off(group.len() / 2);
            self.run_again(group, 1);
            return self.run_again(rest, 1);
        }
        if let Err(e) = lite::batch(self.conn, "BEGIN IMMEDIATE") {
            return self.fail_all(group, &e);
        }
        for at in 0..group.len() {
            if self.run_one(&mut group[at]) != Outcome::Keep {
                let rest = group.split_off(at + 1);
                self.without_last(group, round + 1);
                return self.run_again(rest, round + 1);
            }
        }
        self.commit(group);
    }

    fn run_alone(&self, mut item: Item) {
        if let Err(e) = lite::batch(self.conn, "BEGIN IMMEDIATE") {
            return self.fail_all(vec![item], &e);
        }
        if self.run_one(&mut item) == Outcome::Keep {
            return self.commit(vec![item]);
        }
        self.rollback();
        item.reply();
    }

    fn commit(&self, group: Vec<Item>) {
        if let Err(e) = lite::batch(self.conn, "COMMIT") {
            self.rollback();
            if group.len() > 1 {
                return group.into_iter().for_each(|item| self.run_alone(item));
            }
            return self.fail_all(group, &e);
        }
        let news = group.iter().any(|item| item.rang());
        group.into_iter().for_each(|item| item.reply());
        if news {
            (self.ring)();
        }
    }

    fn rollback(&self) {
        if !self.conn.is_autocommit()
            && let Err(e) = lite::batch(self.conn, "ROLLBACK")
        {
            tracing::error!(error = ?e, "a transaction could not be rolled back");
        }
    }

    fn fail_all(&self, group: Vec<Item>, error: &Error) {
        for mut item in group {
            item.fail(error.again());
            item.reply();
        }
    }
}
