//! Each workspace from inside: work that was given up, answers of unclear fate, clocks, outgoing mail.

use std::sync::Arc;

use base::Result;
use channel_email::Probed;
use journal::health::{Health, MOST_COUNTED};
use journal::lease::MOST_SKEW_MILLIS;
use journal::{Caller, Workspace};

use super::finding::Finding;

/// A reaction that is further behind can't keep up.
const MUCH_LAG: i64 = 1_000;
const TOO_MUCH_LAG: i64 = 100_000;

pub async fn workspace(house: &Arc<Workspace>) -> Result<Vec<Finding>> {
    let health = house.health().await?;
    let count = |cx: &mut journal::Cx<'_, '_>| conversations::store::message::count_unknown(cx, MOST_COUNTED);
    let unknown = house.read(Caller::system(), count).await?;
    let mut findings = figures(&health, unknown);
    findings.push(outgoing(channel_email::probe(house).await?));
    Ok(findings)
}

fn figures(health: &Health, unknown: i64) -> Vec<Finding> {
    vec![
        clock(health.skew),
        lag(health.slowest.as_ref()),
        parked(health),
        nodes(health.silent_nodes),
        fate(unknown),
    ]
}

fn clock(skew: Option<i64>) -> Finding {
    match skew {
        None => Finding::ok("database", "The database answers."),
        Some(skew) if skew.abs() <= MOST_SKEW_MILLIS => {
            Finding::ok("database", "The database answers, and its clock agrees with ours.")
        }
        Some(skew) => {
            let said = format!("The clock of this machine differs from the database's by {skew} ms.");
            Finding::fail(
                "database",
                said,
                "Let both take their time from the network (NTP): timedatectl set-ntp true",
            )
        }
    }
}

fn lag(slowest: Option<&(String, i64)>) -> Finding {
    let Some((name, lag)) = slowest.filter(|(_, lag)| *lag > 0) else {
        return Finding::ok("reactions", "Every event was heard.");
    };
    let said = format!("{lag} events wait for {name}.");
    let remedy = "It catches up while the server runs. If the number grows, look for its name in the log.";
    match *lag {
        ..MUCH_LAG => Finding::ok("reactions", said),
        MUCH_LAG..TOO_MUCH_LAG => Finding::warn("reactions", said, remedy),
        _ => Finding::fail("reactions", said, remedy),
    }
}

fn parked(health: &Health) -> Finding {
    let (jobs, events) = (health.parked_jobs, health.parked_reactions);
    if jobs + events == 0 {
        return Finding::ok("given up", "No work was given up.");
    }
    let said = format!("{jobs} jobs and {events} events were given up after many tries.");
    let remedy = "See Settings → Mail that waits, and the log for the reasons; try them again there.";
    Finding::warn("given up", said, remedy)
}

fn nodes(silent: i64) -> Finding {
    match silent {
        0 => Finding::ok("nodes", "No node fell silent."),
        silent => {
            let said = format!("{silent} nodes fell silent without ending in the last day.");
            Finding::warn("nodes", said, "Look at their logs. Their work was taken over.")
        }
    }
}

fn fate(unknown: i64) -> Finding {
    match unknown {
        0 => Finding::ok("answers", "The fate of every answer is known."),
        unknown => {
            let said = format!("Of {unknown} answers nobody knows whether they arrived.");
            let remedy =
                "Open them in the desk, ask the mail server's log, and send again what did not arrive.";
            Finding::warn("answers", said, remedy)
        }
    }
}

fn outgoing(probed: Probed) -> Finding {
    match probed {
        Probed::Ready(server) => Finding::ok("outgoing mail", format!("{server} lets us in.")),
        Probed::NoMailbox => Finding::warn(
            "outgoing mail",
            "There is no mailbox yet.",
            "Add one: rapport mailbox add --address help@example.com",
        ),
        Probed::NoServer => Finding::warn(
            "outgoing mail",
            "No outgoing mail server is named, so no mail goes out.",
            "Name it in Settings → Outgoing mail, or with: rapport outgoing",
        ),
        Probed::Refused(why) => Finding::fail(
            "outgoing mail",
            format!("The outgoing mail server does not take mail: {why}"),
            "Check host, port, security and password in Settings → Outgoing mail.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::Verdict;
    use super::*;

    fn states(health: &Health, unknown: i64) -> Vec<(String, Verdict)> {
        let bad = figures(health, unknown).into_iter().filter(|finding| finding.state != Verdict::Ok);
        bad.map(|finding| (finding.check, finding.state)).collect()
    }

    #[test]
    fn each_figure_is_told_when_it_is_bad_and_only_then() {
        let well = Health::default();
        assert!(states(&well, 0).is_empty());
        let told = |check: &str, state| vec![(check.to_owned(), state)];
        assert_eq!(states(&Health { skew: Some(-1500), ..well.clone() }, 0), told("database", Verdict::Fail));
        assert!(states(&Health { skew: Some(900), ..well.clone() }, 0).is_empty());
        let behind = |lag| Health { slowest: Some(("search.index".to_owned(), lag)), ..Health::default() };
        assert!(states(&behind(10), 0).is_empty());
        assert_eq!(states(&behind(MUCH_LAG), 0), told("reactions", Verdict::Warn));
        assert_eq!(states(&behind(TOO_MUCH_LAG), 0), told("reactions", Verdict::Fail));
        assert_eq!(states(&Health { parked_jobs: 1, ..well.clone() }, 0), told("given up", Verdict::Warn));
        assert_eq!(
            states(&Health { parked_reactions: 1, ..well.clone() }, 0),
            told("given up", Verdict::Warn)
        );
        assert_eq!(states(&Health { silent_nodes: 1, ..well.clone() }, 0), told("nodes", Verdict::Warn));
        assert_eq!(states(&well, 1), told("answers", Verdict::Warn));
    }

    #[test]
    fn outgoing_mail_is_told_with_the_words_of_the_server() {
        assert_eq!(outgoing(Probed::Ready("mail:25".into())).state, Verdict::Ok);
        assert_eq!(outgoing(Probed::NoMailbox).state, Verdict::Warn);
        assert_eq!(outgoing(Probed::NoServer).state, Verdict::Warn);
        let refused = outgoing(Probed::Refused("535 wrong password".into()));
        assert!(refused.state == Verdict::Fail && refused.said.contains("535 wrong password"));
    }
}
