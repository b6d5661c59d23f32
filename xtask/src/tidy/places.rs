//! Rule: SQL stands in stores, axum in `web`, `api/` and the roof, network code in workers, channels and a few named places.

use crate::finding::Finding;
use crate::house::floors::Floor;
use crate::house::survey::{File, House};
use crate::paths::named_in;

pub fn check(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in house.files.iter().filter(|file| !file.is_test) {
        let owner = house.owner(file);
        if matches!(owner.floor, Floor::Testkit | Floor::Xtask) {
            continue;
        }
        if !sql_may_stand(&owner.name, file) {
            find_sql(file, &mut findings);
        }
        for named in named_in(&file.source.code) {
            if file.source.is_test_line(named.line) {
                continue;
            }
            let segments: Vec<&str> =
                named.segments.iter().map(String::as_str).filter(|part| *part != "::").collect();
            if segments.first() == Some(&"axum") && !axum_may_stand(&owner.name, file) {
                let sentence = "move this to `api/`: axum stands only in `web`, in `api/` and in the roof";
                findings.push(Finding::new(&file.path, named.line, sentence));
            }
            if is_network(&segments) && !network_may_stand(&owner.name, file) {
                let sentence = format!(
                    "move this to a worker or a channel file: `{}` is network code, which also may stand in blobs, \
                     smtp and fetch files, `web`, `outward` and the roof",
                    segments.join("::")
                );
                findings.push(Finding::new(&file.path, named.line, sentence));
            }
        }
    }
    findings
}

fn sql_may_stand(owner: &str, file: &File) -> bool {
    owner == "store" || any_name_begins(file, &["store", "migrations"])
}

fn axum_may_stand(owner: &str, file: &File) -> bool {
    matches!(owner, "web" | "rapport") || file.room() == "api"
}

fn network_may_stand(owner: &str, file: &File) -> bool {
    let names = ["worker", "channel", "smtp", "fetch", "blob", "outward"];
    matches!(owner, "web" | "rapport" | "outward") || any_name_begins(file, &names)
}

/// Does the file, or a folder around it, carry one of these names, alone or with an addition?
fn any_name_begins(file: &File, names: &[&str]) -> bool {
    file.module.iter().any(|part| names.iter().any(|name| part.starts_with(name)))
}

fn find_sql(file: &File, findings: &mut Vec<Finding>) {
    for literal in &file.source.literals {
        if is_sql(&literal.text) && !file.source.is_test_line(literal.line) {
            let sentence = "move this SQL to the crate's `store`: all SQL of a crate stands there";
            findings.push(Finding::new(&file.path, literal.line, sentence));
        }
    }
}

/// SQL is written with upper-case keywords.
pub fn is_sql(text: &str) -> bool {
    // A text may begin with a line break that is written as `\` at the end of a line.
    let text = text.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '\\');
    ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "CREATE"].iter().any(|verb| {
        text.strip_prefix(verb)
            .is_some_and(|rest| rest.starts_with(|letter: char| letter.is_whitespace() || letter == '\\'))
    })
}

fn is_network(segments: &[&str]) -> bool {
    // `std::net` also holds plain nouns such as `IpAddr`.
    let sockets = ["TcpStream", "TcpListener", "UdpSocket", "ToSocketAddrs", "*"];
    match segments {
        ["tokio", "net", ..]
        | ["lettre" | "reqwest" | "object_store", _, ..]
        | ["std", "os", "unix", "net", ..] => true,
        ["std", "net", rest @ ..] => rest.iter().any(|name| sockets.contains(name)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::small_house;

    fn found(path: &str, text: &str) -> Vec<String> {
        check(&small_house(&[(path, text)])).iter().map(Finding::to_string).collect()
    }

    #[test]
    fn sql_stands_in_stores() {
        let text = "fn f() { q(\"SELECT id FROM agents\") }\n";
        assert!(found("crates/people/src/store.rs", text).is_empty());
        assert!(found("crates/people/src/store/agents.rs", text).is_empty());
        assert!(found("crates/journal/src/store_events.rs", text).is_empty());
        assert!(found("crates/store/src/pool.rs", text).is_empty());
        assert!(found("crates/people/tests/all.rs", text).is_empty());
        assert!(found("crates/testkit/src/world.rs", text).is_empty());
        assert_eq!(found("crates/people/src/actions/invite.rs", text).len(), 1);
        assert_eq!(
            found("crates/journal/src/reactions.rs", "q(\n  \"\\\n   UPDATE cursors SET x = $1\")").len(),
            1
        );
    }

    #[test]
    fn words_that_only_look_like_sql_are_left_alone() {
        assert!(
            found(
                "crates/people/src/api/desk.rs",
                "fn f() { say(\"Select one\", \"UPDATED\", \"CREATE\") }\n"
            )
            .is_empty()
        );
    }

    #[test]
    fn axum_stands_at_the_edge() {
        let text = "use axum::Router;\n";
        assert!(found("crates/people/src/api/desk.rs", text).is_empty());
        assert!(found("crates/web/src/router.rs", text).is_empty());
        assert!(
            found(
                "crates/people/src/actions/invite.rs",
                "#[cfg(test)]\nmod tests {\n use axum::Router;\n}\n"
            )
            .is_empty()
        );
        let findings = found("crates/people/src/actions/invite.rs", text);
        assert!(findings[0].starts_with("crates/people/src/actions/invite.rs:1: move this to `api/`"));
    }

    #[test]
    fn network_stands_in_workers_and_channels() {
        let text = "use tokio::net::TcpStream;\nfn f() { lettre::send() }\n";
        assert!(found("crates/channel-email/src/workers.rs", text).is_empty());
        assert!(found("crates/channel-email/src/smtp_listener.rs", text).is_empty());
        assert_eq!(found("crates/channel-email/src/actions/send.rs", text).len(), 2);
        assert!(found("crates/people/src/model.rs", "use std::net::IpAddr;\n").is_empty());
        assert_eq!(found("crates/people/src/model.rs", "use std::net::{IpAddr, TcpStream};\n").len(), 1);
    }
}
