//! Power cuts: everything that was not synced may be gone, and nothing that was acknowledged is.
//!
//! The server runs over a shim that records what it asks of the disk. From the record the data directory
//! is rebuilt as a disk could look that lost any part of what was not synced, at many moments of the run;
//! the real server is started on each, and has to know everything acknowledged before that moment.

mod disk;
mod record;
mod uploads;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::crash::{Book, Clock, Crowd, try_read_all};
use crate::driver::installation::{ADMIN, HOST};
use crate::driver::{Engine, Installation, Server, Sink, Start, pause};
use disk::{Disk, Mood};
use record::steps;
use uploads::{Uploader, missing};

const SHIM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../testkit/lossy/lossy.c");

/// A run that was recorded, and what was acknowledged in it.
struct Recorded {
    installation: Installation,
    record: Vec<u8>,
    /// Where the record stood when the load began.
    begun: u64,
    token: String,
    book: Book,
    uploader: Uploader,
}

fn compile(to: &Path) {
    let mut cc = Command::new("cc");
    cc.args(["-O1", "-shared", "-fPIC", "-o"]).arg(to).args([SHIM, "-ldl", "-lpthread"]);
    assert!(cc.status().expect("a C compiler").success(), "the shim does not compile");
}

/// Makes a workspace and puts it under load until the kill, all of it recorded.
fn run(durability: &str) -> Recorded {
    let mut installation = Installation::empty(Engine::Sqlite);
    let (shim, log) = (installation.beside("lossy.so"), installation.beside("record"));
    compile(&shim);
    let data = installation.data();
    for (name, value) in [("LD_PRELOAD", &shim), ("LOSSY_ROOT", &data), ("LOSSY_LOG", &log)] {
        installation.environment.push((name.to_owned(), value.display().to_string()));
    }
    installation.found_main();
    let sink = Sink::start(Duration::from_millis(60));
    installation.outgoing(sink.address);
    let token = installation.token(ADMIN);
    let clock = length_of(&log);
    let begun = clock();
    let mut crowd = Crowd::watched(3, 2, &token, clock.clone());
    let mut uploader = Uploader::new(&token, clock);
    let start = Start::default().with("RAPPORT_DURABILITY", durability);
    let server = installation.serve_as(&start);
    installation.hold(&server, &token, HOST, 0);
    let (http, over) = (server.http, AtomicBool::new(false));
    std::thread::scope(|scope| {
        scope.spawn(|| uploader.upload(http, &over));
        crowd.work_until_killed(server, Duration::from_millis(rand::random_range(2_500..3_500)));
        over.store(true, Ordering::Relaxed);
    });
    let record = fs::read(&log).expect("a record");
    let book = Book::of(&crowd);
    installation.environment.clear();
    Recorded { installation, record, begun, token, book, uploader }
}

fn length_of(log: &Path) -> Clock {
    let log: PathBuf = log.to_owned();
    Arc::new(move || fs::metadata(&log).map_or(0, |about| about.len()))
}

impl Recorded {
    /// What is lost when the power goes where the record has this length.
    fn lost_at(&self, length: u64, mood: Mood) -> Vec<String> {
        let mut disk = Disk::default();
        for (_, step) in steps(&self.record).take_while(|(end, _)| *end <= length) {
            disk.apply(&step);
        }
        let place = tempfile::tempdir().expect("a folder");
        let data = place.path().join("data");
        disk.after_power_cut(mood, self.installation.data().to_str().expect("a path"), &data);
        let log = place.path().join("log");
        match Start::default().try_serve(&data, &log) {
            Ok(server) => self.lost_on(&server, length).unwrap_or_else(|why| vec![why]),
            Err(why) => vec![format!("the server does not start: {why}")],
        }
    }

    /// Waits a little: what was acknowledged may have to be read from its raw form first.
    fn lost_on(&self, server: &Server, length: u64) -> Result<Vec<String>, String> {
        let book = self.book.until(length);
        let mut quiet = (Instant::now(), usize::MAX);
        let mut lost = loop {
            let seen = try_read_all(&mut server.client(&self.token))?;
            let lost = book.lost(&seen);
            if lost.len() != quiet.1 {
                quiet = (Instant::now(), lost.len());
            }
            if lost.is_empty() || quiet.0.elapsed() > Duration::from_secs(4) {
                break lost;
            }
            pause(Duration::from_millis(200));
        };
        let uploads: Vec<_> = self.uploader.acknowledged.iter().filter(|u| u.at <= length).collect();
        lost.extend(missing(server, &self.token, &uploads)?);
        Ok(lost)
    }

    fn random_point(&self) -> u64 {
        rand::random_range(self.begun..=self.record.len() as u64)
    }
}

#[test]
fn what_was_acknowledged_survives_power_cuts_at_any_moment() {
    let run = run("full");
    let (mails, answers) = (run.book.mails.len(), run.book.answers.len());
    let uploads = run.uploader.acknowledged.len();
    assert!(mails > 15 && answers > 3 && uploads > 5, "little to lose: {mails}, {answers}, {uploads}");
    let end = run.record.len() as u64;
    let mut points = vec![(end, Mood::LosesEverything), (end, Mood::KeepsEverything)];
    for number in 0..18 {
        let mood = if number % 3 == 0 { Mood::LosesEverything } else { Mood::LosesSome };
        points.push((run.random_point(), mood));
    }
    for (length, mood) in &points {
        let lost = run.lost_at(*length, *mood);
        assert_eq!(lost, Vec::<String>::new(), "{mood:?} at {length} of {end}");
    }
    println!(
        "{} power cuts over {mails} mails, {answers} answers and {uploads} files: nothing lost",
        points.len()
    );
}

#[test]
fn without_syncs_the_same_power_cuts_lose_what_was_acknowledged() {
    let run = run("off");
    let end = run.record.len() as u64;
    assert_eq!(run.lost_at(end, Mood::KeepsEverything), Vec::<String>::new(), "a kill alone loses nothing");
    assert_ne!(run.lost_at(end, Mood::LosesEverything), Vec::<String>::new());
    let some = (0..4).filter(|_| !run.lost_at(run.random_point(), Mood::LosesSome).is_empty());
    assert!(some.count() > 0, "power cuts that lose some of it lose nothing acknowledged");
}
