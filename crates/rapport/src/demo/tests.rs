//! The story as a whole, told on a file database.

use std::collections::BTreeMap;

use super::*;

/// What there is after the story: rows of each kind, and states.
#[derive(Debug, PartialEq, Eq)]
struct Counts(BTreeMap<String, i64>);

fn told() -> Counts {
    let folder = tempfile::tempdir().expect("a folder");
    let config = Config { data: folder.path().join("data"), ..Config::default() };
    let runtime = Runtime::new().expect("a runtime");
    let catcher = Catcher::new(Clock::system());
    let caught = runtime.block_on(catcher.catch()).expect("listens");
    let now = Time::parse("2026-11-23T10:00:00Z").expect("a time");
    tell(&runtime, &config, &catcher, caught.address, now).expect("the story is told");
    assert!(is_told(&config.data));
    let (installation, _) = open(config, Clock::system()).expect("opens");
    let counts = runtime.block_on(async {
        let place = installation.place(None).await.expect("one workspace");
        let house = installation.workspace(place).await.expect("opens").workspace;
        let parked = house.parked_jobs(i64::MAX, 10).await.expect("reads");
        assert!(parked.is_empty(), "{parked:?}");
        house.read(journal::Caller::system(), count).await.expect("counts")
    });
    let waiting = counts.0.get("delivery queued").or(counts.0.get("delivery held"));
    assert_eq!(waiting, None, "nothing of old days goes out at the start: {counts:?}");
    counts
}

fn count(cx: &mut journal::Cx) -> Result<Counts> {
    let mut counts = BTreeMap::new();
    let queries = [
        ("status", "SELECT status, count(*) FROM conversations GROUP BY status"),
        ("shelf", "SELECT shelf, count(*) FROM conversations GROUP BY shelf"),
        ("message", "SELECT kind, count(*) FROM messages GROUP BY kind"),
        ("delivery", "SELECT delivery, count(*) FROM messages WHERE delivery IS NOT NULL GROUP BY delivery"),
        ("there are", "SELECT 'customers', count(*) FROM customers"),
        ("there are", "SELECT 'files', count(*) FROM attachments"),
        ("there are", "SELECT 'drafts', count(*) FROM drafts"),
    ];
    for (what, query) in queries {
        let rows: Vec<(String, i64)> = cx.all(query, store::p![])?;
        counts.extend(rows.into_iter().map(|(name, n)| (format!("{what} {name}"), n)));
    }
    Ok(Counts(counts))
}

#[test]
fn the_story_is_the_same_each_time_and_leaves_nothing_undone() {
    let (first, second) = (told(), told());
    assert_eq!(first, second);
    let count = |name: &str| first.0.get(name).copied().unwrap_or_default();
    for status in ["new", "open", "pending", "hold", "solved", "closed"] {
        assert!(count(&format!("status {status}")) > 0, "no conversation is {status}: {first:?}");
    }
    assert_eq!(
        (count("delivery failed"), count("delivery unknown"), count("shelf spam")),
        (1, 1, 1),
        "{first:?}"
    );
    assert!(count("there are customers") >= 55 && count("message note") >= 15, "{first:?}");
    assert_eq!(count("there are drafts"), 2);
}
