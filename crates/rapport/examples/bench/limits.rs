//! What the machine itself can do: no program on it does better.

use std::fs::File;
use std::io::Write;
use std::time::{Duration, Instant};

use store::p;

use super::figures::percentile;
use super::place::Place;
use crate::driver::{Engine, database};

const TIME: Duration = Duration::from_secs(1);

pub struct Limits {
    pub syncs: f64,
    pub sync_median: f64,
    pub sync_p99: f64,
    /// One row after the other, each on disk before the next.
    pub commits: f64,
    pub commit_of: &'static str,
}

pub fn measure(place: &Place) -> Limits {
    let mut times = syncs(place);
    let spent: f64 = times.iter().sum();
    let (syncs, median, p99) =
        (times.len() as f64 / spent * 1000.0, percentile(&mut times, 50.0), percentile(&mut times, 99.0));
    let (commits, commit_of) = match place.engine {
        Engine::Sqlite => (commits_to_file(place), "SQLite, through the writer thread"),
        Engine::Postgres => (commits_to_server(place), "PostgreSQL, one connection"),
    };
    Limits { syncs, sync_median: median, sync_p99: p99, commits, commit_of }
}

/// Milliseconds that 4 kB needed to the disk, each time.
fn syncs(place: &Place) -> Vec<f64> {
    let path = place.beside("sync");
    let mut file = File::create(&path).expect("a file");
    let (block, begun) = ([7; 4096], Instant::now());
    let mut times = Vec::new();
    while begun.elapsed() < TIME {
        let one = Instant::now();
        file.write_all(&block).and_then(|()| file.sync_data()).expect("synced");
        times.push(one.elapsed().as_secs_f64() * 1000.0);
    }
    let _ = std::fs::remove_file(path);
    times
}

fn commits_to_file(place: &Place) -> f64 {
    let path = place.beside("limit.db");
    let url = format!("sqlite:{}", path.display());
    let db = store::Db::open(&url, &store::Options::default()).expect("a database");
    let table = "CREATE TABLE IF NOT EXISTS limits (id INTEGER PRIMARY KEY, n INTEGER NOT NULL)";
    db.write_blocking(move |tx| tx.exec(table, p![])).expect("a table");
    let (begun, mut count) = (Instant::now(), 0);
    while begun.elapsed() < TIME {
        db.write_blocking(move |tx| tx.exec("INSERT INTO limits (n) VALUES ($1)", p![count])).expect("a row");
        count += 1;
    }
    let rate = f64::from(count) / begun.elapsed().as_secs_f64();
    drop(db);
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", path.display()));
    }
    rate
}

fn commits_to_server(place: &Place) -> f64 {
    let mut client = database::connect(place.postgres.as_deref().expect("a server"));
    client.batch_execute("CREATE TABLE IF NOT EXISTS limits (n INTEGER NOT NULL)").expect("a table");
    let insert = client.prepare("INSERT INTO limits (n) VALUES ($1)").expect("prepared");
    let (begun, mut count) = (Instant::now(), 0i32);
    while begun.elapsed() < TIME {
        client.execute(&insert, &[&count]).expect("a row");
        count += 1;
    }
    let rate = f64::from(count) / begun.elapsed().as_secs_f64();
    client.batch_execute("DROP TABLE limits").expect("gone");
    rate
}
