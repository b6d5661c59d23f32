//! Rounds of `kill -9` under load, and the count of what is left afterwards.

mod check;
mod count;
mod load;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::driver::installation::{ADMIN, HOST};
use crate::driver::{Engine, Installation, Server, Sink, pause};

pub use check::{Book, settle};
pub use count::{Seen, try_read_all};
pub use load::Clock;
use load::{Answerer, Word, Writer};

#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub engine: Engine,
    pub rounds: u32,
    pub writers: usize,
    pub answerers: usize,
    /// A round's load lasts at least and at most so many milliseconds.
    pub round: (u64, u64),
}

/// What the rounds came to.
#[derive(Debug, Default)]
pub struct Figures {
    pub engine: String,
    pub rounds: u32,
    pub mails: usize,
    pub mails_again: usize,
    pub answers: usize,
    pub answers_again: usize,
    pub delivered: usize,
    pub unknown: usize,
    pub unknown_but_arrived: usize,
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Figures { engine, rounds, mails, mails_again, answers, answers_again, .. } = self;
        writeln!(f, "{engine}: {rounds} rounds of kill -9 under load; nothing lost, nothing doubled")?;
        writeln!(f, "  mails acknowledged: {mails} ({mails_again} brought again after a broken connection)")?;
        writeln!(f, "  answers acknowledged: {answers} ({answers_again} asked for again with the same key)")?;
        write!(
            f,
            "  delivered: {}; marked unknown: {}, of which {} had arrived",
            self.delivered, self.unknown, self.unknown_but_arrived
        )
    }
}

/// The people who write and answer while the server dies again and again.
pub struct Crowd {
    pub writers: Vec<Writer>,
    pub answerers: Vec<Answerer>,
}

impl Crowd {
    pub fn new(writers: usize, answerers: usize, token: &str) -> Crowd {
        Crowd::watched(writers, answerers, token, Arc::new(|| 0))
    }

    /// Acknowledgements are kept with what `clock` shows then.
    pub fn watched(writers: usize, answerers: usize, token: &str, clock: Clock) -> Crowd {
        Crowd {
            writers: (0..writers).map(|number| Writer::new(number, clock.clone())).collect(),
            answerers: (0..answerers).map(|_| Answerer::new(token, clock.clone())).collect(),
        }
    }

    /// Everybody works until `server` is killed after `time`; what was under way is kept for next time.
    pub fn work_until_killed(&mut self, server: Server, time: Duration) {
        let (http, smtp, over) = (server.http, server.smtp, AtomicBool::new(false));
        std::thread::scope(|scope| {
            let over = &over;
            for writer in &mut self.writers {
                scope.spawn(move || writer.write(smtp, over));
            }
            for answerer in &mut self.answerers {
                scope.spawn(move || answerer.answer(http, over));
            }
            pause(time);
            server.kill();
            over.store(true, Ordering::Relaxed);
        });
    }
}

/// Runs the plan; panics with what was lost or doubled.
pub fn run(plan: Plan) -> Figures {
    let installation = Installation::found(plan.engine);
    let sink = Sink::moody(Duration::from_millis(120));
    installation.outgoing(sink.address);
    let token = installation.token(ADMIN);
    let mut crowd = Crowd::new(plan.writers, plan.answerers, &token);
    for round in 0..plan.rounds {
        let server = installation.serve();
        // Answers that go out at once, and answers that are held for a moment.
        if round % 4 == 0 {
            installation.hold(&server, &token, HOST, i64::from(round % 8 == 4));
        }
        let (least, most) = plan.round;
        let time = Duration::from_millis(rand::random_range(least..=most));
        crowd.work_until_killed(server, time);
    }
    let server = installation.serve();
    crowd.finish(&server);
    let book = Book::of(&crowd);
    let seen = settle(&server, &token, Duration::from_secs(120 + 10 * u64::from(plan.rounds)));
    let mut figures = book.check(&seen, &sink.arrived());
    (figures.engine, figures.rounds) = (plan.engine.to_string(), plan.rounds);
    figures
}
