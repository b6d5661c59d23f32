//! Copies between the engines, and the differences that comparing must see.

use std::sync::atomic::{AtomicI64, Ordering};

use base::Time;

use super::{Done, Snapshot, compare, copy};
use crate::{Db, Migration, Options, p};

const TABLES: &[&[Migration]] = &[&[Migration {
    owner: "test",
    name: "0001_copied",
    sql: "-- lite: CREATE TABLE numbers (one INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT;
-- lite: INSERT INTO numbers (one, last) VALUES (1, 0);
-- pg: CREATE SEQUENCE numbers;
CREATE TABLE nodes (
    id ID PRIMARY KEY,
    name TEXT NOT NULL,
    ok BOOL NOT NULL,
    doc JSON NOT NULL,
    raw BLOB,
    share REAL,
    next ID REFERENCES nodes
);
CREATE TABLE words (
    word TEXT NOT NULL,
    node ID NOT NULL REFERENCES nodes,
    PRIMARY KEY (word, node)
);
INSERT INTO nodes (id, name, ok, doc) VALUES (0, 'seed', TRUE, '{}');
",
}]];

static SCHEMA: AtomicI64 = AtomicI64::new(0);

fn open(url: &str) -> Db {
    let db = Db::open(url, &Options::default()).expect("opens");
    db.migrate(TABLES, Time(0)).expect("migrates");
    db
}

fn fill(db: &Db) {
    db.write_blocking(|tx| {
        for id in 1..=900i64 {
            let doc = format!("{{\"b\": {id}, \"a\": [1.5, \"ü\"]}}");
            let (raw, share) = (vec![0u8, 255, id as u8], id as f64 / 3.0);
            tx.exec(
                "INSERT INTO nodes (id, name, ok, doc, raw, share) VALUES ($1, $2, $3, $4, $5, $6)",
                p![id, format!("größe {id}"), id % 2 == 0, doc, raw, share],
            )?;
            // Letters whose order differs between languages.
            let word = ["Zebra", "apfel", "Äpfel", "zebra", "_", "10", "9"][id as usize % 7];
            tx.exec("INSERT INTO words (word, node) VALUES ($1, $2)", p![word, id])?;
        }
        // Each names the one after it: a row that comes later.
        tx.exec("UPDATE nodes SET next = id + 1 WHERE id < 900 AND id > 0", p![]).map(drop)
    })
    .expect("filled");
}

struct Two {
    _folder: tempfile::TempDir,
    lite: String,
    again: String,
    pg: String,
}

fn two() -> Two {
    let folder = tempfile::tempdir().expect("a folder");
    let server = std::env::var("RAPPORT_TEST_POSTGRES")
        .expect("PostgreSQL is missing: run `cargo xtask postgres -- cargo test -p store`");
    let schema = format!("copy_{}_{}", std::process::id(), SCHEMA.fetch_add(1, Ordering::Relaxed));
    let file = |name: &str| format!("sqlite:{}", folder.path().join(name).display());
    Two { lite: file("a.db"), again: file("b.db"), pg: format!("{server}?schema={schema}"), _folder: folder }
}

fn move_over(from: &str, to: &str) -> Vec<Done> {
    let mut told = Vec::new();
    let mut source = Snapshot::open(from).expect("opens");
    let tables = copy(&mut source, to, &[], &mut |done| told.push(done)).expect("copies");
    let mut target = Snapshot::open(to).expect("opens");
    compare(&mut source, &mut target, &tables, &mut |_| {}).expect("the same");
    told
}

#[test]
fn every_row_goes_there_and_back_on_postgres_and_on_sqlite() {
    let two = two();
    let (lite, pg, again) = (open(&two.lite), open(&two.pg), open(&two.again));
    fill(&lite);
    lite.write_blocking(|tx| tx.exec("UPDATE numbers SET last = 77", p![])).expect("counted");
    let told = move_over(&two.lite, &two.pg);
    let rows = |table: &str| told.iter().find(|done| done.table == table).map(|done| done.rows);
    assert_eq!((rows("nodes"), rows("words")), (Some(901), Some(900)));
    let (next,): (i64,) = pg.write_blocking(|tx| tx.one("SELECT nextval('numbers')", p![])).expect("counts");
    assert_eq!(next, 78, "the counter goes on");
    move_over(&two.pg, &two.again);
    let last: (i64,) = again.write_blocking(|tx| tx.one("SELECT last FROM numbers", p![])).expect("reads");
    assert_eq!(last.0, 78);
    let mut one = Snapshot::open(&two.lite).expect("opens");
    let nodes: Vec<_> = one.tables().expect("listed").into_iter().filter(|t| t.name == "nodes").collect();
    compare(&mut one, &mut Snapshot::open(&two.again).expect("opens"), &nodes, &mut |_| {})
        .expect("the same");
}

#[test]
fn a_row_that_differs_or_is_missing_is_named_on_postgres() {
    let two = two();
    let (lite, pg) = (open(&two.lite), open(&two.pg));
    fill(&lite);
    move_over(&two.lite, &two.pg);
    let differ = |sql: &'static str| {
        pg.write_blocking(move |tx| tx.exec(sql, p![])).expect("changed");
        let mut one = Snapshot::open(&two.lite).expect("opens");
        let mut other = Snapshot::open(&two.pg).expect("opens");
        let tables = one.tables().expect("listed");
        let tables: Vec<_> = tables.into_iter().filter(|t| t.name == "nodes" || t.name == "words").collect();
        let error = compare(&mut one, &mut other, &tables, &mut |_| {}).expect_err("they differ");
        error.cause.clone().unwrap_or_default()
    };
    assert!(differ("UPDATE nodes SET doc = '{\"a\": 2}' WHERE id = 500").contains("differs in doc"));
    assert!(differ("DELETE FROM words WHERE node = 900").contains("nodes"), "the first difference is told");
}
