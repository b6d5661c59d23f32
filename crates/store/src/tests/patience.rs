//! What may take longer than a transaction usually may.

use std::time::Duration;

use base::Time;

use crate::{Db, Migration, p};

/// A little longer than any other write is given.
const LONG: Duration = Duration::from_millis(5_300);

const SLOW: &[&[Migration]] = &[
    super::TABLES[0],
    &[Migration {
        owner: "test",
        name: "0002_slow",
        sql: "-- pg: SELECT pg_sleep(5.3);\n-- lite: DELETE FROM items WHERE id < 0;",
    }],
];

const LATE: &[&[Migration]] = &[&[Migration {
    owner: "test",
    name: "0001_late",
    sql: "-- pg: SELECT pg_sleep(1);\nCREATE TABLE late (\n    id ID PRIMARY KEY\n);",
}]];

const COUNT: &str = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 100000)
    SELECT count(*) FROM n";

#[expect(clippy::disallowed_methods, reason = "the time of a statement is what is tried here")]
fn takes_its_time(db: &Db) {
    db.migrate(SLOW, Time(1)).expect("a migration of a large database is let finish");
    let count = |tx: &mut crate::Tx<'_>| {
        if tx.is_lite() {
            std::thread::sleep(LONG);
        }
        let (n,): (i64,) = tx.one((COUNT, "SELECT 1 FROM pg_sleep(5.3)"), p![])?;
        Ok(n)
    };
    assert!(db.write_patiently(count).is_ok());
    assert_eq!(db.write_blocking(count).expect_err("a request is not").code, "took_too_long");
}

mod on_sqlite {
    #[test]
    fn a_migration_may_take_longer_than_a_request() {
        let (db, _folder) = super::super::lite();
        super::takes_its_time(&db);
    }
}

mod on_postgres {
    use base::Time;

    #[test]
    fn a_node_that_waited_for_the_migrations_of_another_finds_them_done() {
        let nodes = super::super::pg_nodes(2);
        std::thread::scope(|scope| {
            for node in &nodes {
                scope.spawn(|| node.migrate(super::LATE, Time(1)).expect("once for both"));
            }
        });
        let standing = nodes[0].standing(super::LATE).expect("asked");
        assert!(!standing.empty && !standing.behind);
    }

    #[test]
    fn a_migration_may_take_longer_than_a_request() {
        super::takes_its_time(&super::super::pg());
    }
}
