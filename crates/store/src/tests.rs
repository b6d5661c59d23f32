//! The store through its public door.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use base::error::{conflict, invalid};
use base::{Kind, Time};
use proptest::prelude::*;

use crate::{Db, Migration, Options, p};

mod patience;
mod tls;

const TABLES: &[&[Migration]] = &[&[Migration {
    owner: "test",
    name: "0001_test",
    sql: "CREATE TABLE items (\n    id ID PRIMARY KEY,\n    name TEXT NOT NULL UNIQUE,\n    ok BOOL NOT NULL,\n    doc JSON,\n    raw BLOB\n);",
}]];

static SCHEMA: AtomicI64 = AtomicI64::new(0);

fn lite() -> (Db, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}", folder.path().join("w.db").display());
    let db = Db::open(&url, &Options::default()).expect("opens");
    db.migrate(TABLES, Time(0)).expect("migrates");
    (db, folder)
}

fn pg() -> Db {
    let db = pg_nodes(1).remove(0);
    db.migrate(TABLES, Time(0)).expect("migrates");
    db
}

/// So many handles on one empty schema, as nodes have them.
fn pg_nodes(count: usize) -> Vec<Db> {
    let server = std::env::var("RAPPORT_TEST_POSTGRES")
        .expect("PostgreSQL is missing: run `cargo xtask postgres -- cargo test -p store`");
    let schema = format!("store_{}_{}", std::process::id(), SCHEMA.fetch_add(1, Ordering::Relaxed));
    let open = || Db::open(&format!("{server}?schema={schema}"), &Options::default()).expect("opens");
    std::thread::scope(|scope| {
        let starting: Vec<_> = (0..count).map(|_| scope.spawn(open)).collect();
        starting.into_iter().map(|node| node.join().expect("starts")).collect()
    })
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(future)
}

fn values_round_trip(db: &Db) {
    run(async {
        let doc = serde_json::json!({"a": [1, "ü"]});
        let written = doc.clone();
        db.write(move |tx| {
            tx.exec(
                "INSERT INTO items (id, name, ok, doc, raw) VALUES ($1, $2, $3, $4, $5)",
                p![1i64 << 52, "größe", true, written, vec![0u8, 255]],
            )
        })
        .await
        .expect("writes");
        type Read = (i64, String, bool, serde_json::Value, Option<Vec<u8>>, i64);
        let row: Read = db
            .read(|tx| tx.one("SELECT id, name, ok, doc, raw, count(*) OVER () FROM items WHERE ok", p![]))
            .await
            .expect("reads");
        assert_eq!(row, (1 << 52, "größe".to_owned(), true, doc, Some(vec![0, 255]), 1));
        let twice = |tx: &mut crate::Tx<'_>| {
            tx.exec("INSERT INTO items (id, name, ok) VALUES ($1, $2, $3)", p![2, "größe", false])
        };
        assert_eq!(db.write(twice).await.expect_err("refused").kind, Kind::Conflict);
        assert!(db.read(twice).await.is_err(), "a reader can't write");
    });
}

fn a_swallowed_database_error_commits_nothing(db: &Db) {
    run(async {
        let swallowed = db.write(|tx| {
            tx.exec("INSERT INTO items (id, name, ok) VALUES ($1, $2, $3)", p![7, "a", true])?;
            let _ = tx.exec("INSERT INTO items (id, name, ok) VALUES ($1, $2, $3)", p![7, "b", true]);
            Ok(())
        });
        assert!(swallowed.await.is_err());
        let (left,): (i64,) = db.read(|tx| tx.one("SELECT count(*) FROM items", p![])).await.expect("counts");
        assert_eq!(left, 0);
    });
}

mod on_sqlite {
    #[test]
    fn values_round_trip() {
        super::values_round_trip(&super::lite().0);
    }
    #[test]
    fn a_swallowed_database_error_commits_nothing() {
        super::a_swallowed_database_error_commits_nothing(&super::lite().0);
    }
}

mod on_postgres {
    #[test]
    fn values_round_trip() {
        super::values_round_trip(&super::pg());
    }
    #[test]
    fn a_swallowed_database_error_commits_nothing() {
        super::a_swallowed_database_error_commits_nothing(&super::pg());
    }
}

#[test]
fn a_database_of_a_newer_program_is_refused() {
    let (db, _folder) = lite();
    let older: &'static [&'static [Migration]] = &[];
    assert_eq!(db.migrate(older, Time(0)).expect_err("refused").code, "database_newer");
}

/// What one closure of the property does: adds to the one balance, then ends somehow.
#[derive(Clone, Copy, Debug)]
enum End {
    Well,
    RefusedFirst,
    RefusedAfterWrite,
    DatabaseError,
    Panic,
}

fn end() -> impl Strategy<Value = End> {
    prop_oneof![
        6 => Just(End::Well),
        1 => Just(End::RefusedFirst),
        1 => Just(End::RefusedAfterWrite),
        1 => Just(End::DatabaseError),
        1 => Just(End::Panic),
    ]
}

fn act(tx: &mut crate::Tx<'_>, id: i64, end: End) -> base::Result<i64> {
    if matches!(end, End::RefusedFirst) {
        return Err(invalid("first", "No."));
    }
    tx.exec("INSERT INTO items (id, name, ok) VALUES ($1, $2, $3)", p![id, format!("n{id}"), true])?;
    match end {
        End::RefusedAfterWrite => Err(conflict("after", "No.")),
        End::DatabaseError => tx.exec("INSERT INTO nowhere (id) VALUES ($1)", p![1]).map(|_| 0),
        End::Panic => panic!("the property's own panic"),
        End::Well | End::RefusedFirst => Ok(id),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Group commit is only faster: answers and tables are those of one-by-one execution.
    #[test]
    fn group_commit_equals_one_by_one(ends in proptest::collection::vec(end(), 1..60)) {
        let (db, _folder) = lite();
        let answers = run(async {
            // One slow closure first, so that the others gather behind it into groups.
            let blocker = db.write(|tx| tx.one::<(i64,)>(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT max(i) FROM n", p![]));
            let db = Arc::new(db.clone());
            let all: Vec<_> = ends.iter().enumerate().map(|(at, end)| {
                let (db, end) = (db.clone(), *end);
                tokio::spawn(async move { db.write(move |tx| act(tx, at as i64, end)).await })
            }).collect();
            blocker.await.expect("the blocker only reads");
            let mut answers = Vec::new();
            for one in all {
                answers.push(one.await.expect("joined"));
            }
            answers
        });
        for (at, (end, answer)) in ends.iter().zip(&answers).enumerate() {
            match (end, answer) {
                (End::Well, Ok(id)) => prop_assert_eq!(*id, at as i64),
                (End::RefusedFirst, Err(e)) => prop_assert_eq!(e.code, "first"),
                (End::RefusedAfterWrite, Err(e)) => prop_assert_eq!(e.code, "after"),
                (End::DatabaseError | End::Panic, Err(e)) => prop_assert_eq!(e.kind, Kind::Internal),
                (end, answer) => prop_assert!(false, "{:?} gave {:?}", end, answer),
            }
        }
        let kept: Vec<(i64,)> = run(db.read(|tx| tx.all("SELECT id FROM items ORDER BY id", p![]))).expect("reads");
        let wanted: Vec<(i64,)> = ends.iter().enumerate()
            .filter(|(_, end)| matches!(end, End::Well)).map(|(at, _)| (at as i64,)).collect();
        prop_assert_eq!(kept, wanted);
    }
}

fn content(n: usize) -> Vec<u8> {
    format!("blob {n}").into_bytes()
}

/// Walks over everything in pages of `limit`.
fn walk(blobs: &crate::blobs::Blobs, limit: usize) -> Vec<String> {
    let (mut all, mut after) = (Vec::new(), String::new());
    loop {
        let page = run(blobs.keys_after(&after, limit)).expect("lists");
        let more = page.len() == limit;
        all.extend(page);
        match all.last().filter(|_| more) {
            Some(last) => after.clone_from(last),
            None => return all,
        }
    }
}

fn behaves_as_blobs_do(blobs: &crate::blobs::Blobs) {
    let mut wanted: Vec<String> = (0..37).map(|n| format!("{:02x}/x{n}", n % 5)).collect();
    wanted.extend((0..12).map(|n| format!("raw/{:02x}/y{n}.z", n % 3)));
    for (n, key) in wanted.iter().enumerate() {
        run(blobs.put(key, content(n))).expect("put");
    }
    wanted.sort();
    for limit in [1, 7, 12, 49, 500] {
        let mut found = walk(blobs, limit);
        found.sort();
        assert_eq!(found, wanted, "in pages of {limit}");
    }
    let large: Vec<u8> = (0..11_000_000u32).map(|n| (n % 251) as u8).collect();
    let mut incoming = run(blobs.begin()).expect("begins");
    for piece in large.chunks(700_000) {
        run(incoming.write(piece)).expect("written");
    }
    run(incoming.finish("ff/large")).expect("whole");
    let out = run(blobs.open("ff/large")).expect("opens");
    assert_eq!(out.size, large.len() as u64);
    let pieces: Vec<Vec<u8>> = run(futures_util::TryStreamExt::try_collect(out.pieces)).expect("reads");
    assert!(pieces.concat() == large, "the same bytes");
    drop(run(blobs.begin()).expect("begins"));
    run(blobs.remove("ff/large")).expect("removed");
    run(blobs.remove("ff/large")).expect("nothing to remove");
    assert_eq!(run(blobs.get("ff/large")).expect_err("gone").code, "blob_missing");
    assert_eq!(run(blobs.open("ff/large")).err().expect("gone").code, "blob_missing");
    assert_eq!(walk(blobs, 500).len(), wanted.len());
}

#[test]
fn a_folder_of_blobs_is_walked_page_by_page_and_blobs_come_in_pieces() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("blobs");
    let blobs = crate::blobs::Blobs::folder(root.clone(), base::config::Durability::Full).expect("a folder");
    behaves_as_blobs_do(&blobs);
    let left = std::fs::read_dir(&root).expect("reads").filter_map(Result::ok);
    let left = left.filter(|entry| entry.file_name().to_string_lossy().starts_with('.')).count();
    assert_eq!(left, 0, "what was not finished leaves nothing");
    // What somebody began and died over is cleared away a day later.
    let abandoned = std::fs::File::create(root.join("00/.begun")).expect("made");
    let long_ago = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    abandoned.set_modified(long_ago).expect("dated");
    std::fs::File::create(root.join("00/.fresh")).expect("made");
    walk(&blobs, 500);
    assert!(!root.join("00/.begun").exists() && root.join("00/.fresh").exists());
}

#[test]
fn objects_in_a_store_are_walked_page_by_page_and_come_in_parts() {
    let blobs = crate::blobs::Blobs::in_memory("world");
    behaves_as_blobs_do(&blobs);
}
