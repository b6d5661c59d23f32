//! The directory's wake-ups: whatever a node does, some node opens a workspace when its time comes.

use base::Time;
use journal::directory::Directory;
use proptest::prelude::*;
use store::Options;

const FIRST: &str = "first";
const SECOND: &str = "second";

fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(future)
}

fn directory() -> (Directory, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}", folder.path().join("directory.db").display());
    let directory = Directory::open(&url, &Options::default(), Time(0)).expect("opens");
    (directory, folder)
}

async fn due(directory: &Directory, node: &str, now: i64) -> Vec<String> {
    let places = directory.due(node, Time(now), 10).await.expect("reads");
    places.into_iter().map(|place| place.name).collect()
}

#[test]
fn a_new_workspace_is_due_and_one_that_sleeps_is_due_at_its_time() {
    let (directory, _folder) = directory();
    run(async {
        directory.create("red", "sqlite:red.db", Time(0)).await.expect("made");
        directory.create("blue", "sqlite:blue.db", Time(0)).await.expect("made");
        directory.node_lives(FIRST, Time(0)).await.expect("said");
        assert_eq!(due(&directory, FIRST, 0).await, ["blue", "red"]);
        directory.awake("red", FIRST, Time(0)).await.expect("said");
        directory.awake("blue", FIRST, Time(0)).await.expect("said");
        directory.asleep("red", FIRST, Time(5_000)).await.expect("said");
        directory.asleep("blue", FIRST, Time(9_000)).await.expect("said");
        assert_eq!(due(&directory, FIRST, 4_999).await, [""; 0]);
        assert_eq!(due(&directory, SECOND, 5_000).await, ["red"], "whoever looks first");
        directory.wake("blue", Time(5_000)).await.expect("said");
        assert_eq!(due(&directory, FIRST, 5_000).await, ["blue", "red"]);
    });
}

#[test]
fn what_a_dead_node_had_open_is_opened_by_another_and_what_a_living_one_has_is_not() {
    let (directory, _folder) = directory();
    run(async {
        directory.create("red", "sqlite:red.db", Time(0)).await.expect("made");
        directory.node_lives(FIRST, Time(0)).await.expect("said");
        directory.awake("red", FIRST, Time(0)).await.expect("said");
        assert_eq!(due(&directory, SECOND, 9_000).await, [""; 0]);
        assert_eq!(due(&directory, SECOND, 11_000).await, ["red"]);
        directory.node_lives(SECOND, Time(31_000)).await.expect("said");
        directory.awake("red", SECOND, Time(31_000)).await.expect("said");
        directory.asleep("red", SECOND, Time(99_000)).await.expect("said");
        assert_eq!(due(&directory, SECOND, 40_000).await, [""; 0], "the dead one is forgotten");
        assert_eq!(due(&directory, FIRST, 40_000).await, [""; 0], "and has nothing open when it comes back");
    });
}

#[derive(Clone, Debug)]
enum Deed {
    Opens(bool),
    /// Closes; the next job is so much later.
    Closes(bool, i64),
    Dies(bool),
    Waits(i64),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        any::<bool>().prop_map(Deed::Opens),
        (any::<bool>(), 1..60_000i64).prop_map(|(node, after)| Deed::Closes(node, after)),
        any::<bool>().prop_map(Deed::Dies),
        (1..20_000i64).prop_map(Deed::Waits),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Two nodes open, close and die as they like over one workspace with one job at a known time: once
    /// that time is over and a dead node was given up, a node that looks finds the workspace due, or a
    /// living node has it open.
    #[test]
    fn nothing_is_missed(deeds in proptest::collection::vec(deed(), 1..25)) {
        let (directory, _folder) = directory();
        run(async {
            directory.create("red", "sqlite:red.db", Time(0)).await.expect("made");
            let (mut now, mut job) = (0i64, 0i64);
            let mut open = [false; 2];
            let names = [FIRST, SECOND];
            for deed in deeds {
                match deed {
                    Deed::Opens(node) => {
                        directory.node_lives(names[usize::from(node)], Time(now)).await.expect("said");
                        directory.awake("red", names[usize::from(node)], Time(now)).await.expect("said");
                        open[usize::from(node)] = true;
                        // Whoever has it open does what is due.
                        job = job.max(now + 1);
                    }
                    Deed::Closes(node, after) if open[usize::from(node)] => {
                        job = now + after;
                        directory.asleep("red", names[usize::from(node)], Time(job)).await.expect("said");
                        open[usize::from(node)] = false;
                    }
                    Deed::Dies(node) => open[usize::from(node)] = false,
                    Deed::Closes(..) => {}
                    Deed::Waits(millis) => now += millis,
                }
                for (node, _) in names.iter().zip(open).filter(|(_, open)| *open) {
                    directory.node_lives(node, Time(now)).await.expect("said");
                }
            }
            let late = now.max(job) + 30_001;
            for (node, _) in names.iter().zip(open).filter(|(_, open)| *open) {
                directory.node_lives(node, Time(late)).await.expect("said");
            }
            let found = directory.due("third", Time(late), 10).await.expect("reads");
            assert!(open.contains(&true) || !found.is_empty(), "missed");
        });
    }
}
