//! The machine: room on the disk, who can read the keys, ports, the age of the last backup.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use base::{Config, Time};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use super::finding::Finding;

const MEGABYTE: u64 = 1_000_000;
const TOO_LITTLE: u64 = 256 * MEGABYTE;
const LITTLE: u64 = 2_000 * MEGABYTE;
const HOUR_SECONDS: i64 = 60 * 60;
const DAY_SECONDS: i64 = 24 * HOUR_SECONDS;
const CONNECTS_WITHIN: Duration = Duration::from_secs(3);

pub fn disk(free: u64) -> Finding {
    let said = format!("{} MB are free in the data folder.", free / MEGABYTE);
    let remedy =
        "Make room, or move the data folder to a larger disk: nothing can be received on a full one.";
    match free {
        0..TOO_LITTLE => Finding::fail("disk", said, remedy),
        TOO_LITTLE..LITTLE => Finding::warn("disk", said, remedy),
        _ => Finding::ok("disk", said),
    }
}

/// Whoever reads the key reads the stored passwords too.
pub fn keys(data: &Path) -> Finding {
    let folder = std::fs::metadata(data).map(|at| at.permissions().mode());
    if folder.is_ok_and(|mode| mode & 0o022 != 0) {
        let said = format!("Others can write into {}.", data.display());
        return Finding::fail("keys", said, format!("Run: chmod 700 {}", data.display()));
    }
    let files = ["secret.key", "smtp-key.pem", "acme/account.json", "acme/certificate.pem", "database.url"];
    for path in files.map(|name| data.join(name)) {
        let Ok(at) = std::fs::metadata(&path) else { continue };
        if at.permissions().mode() & 0o077 != 0 {
            let said = format!("{} can be read by others.", path.display());
            return Finding::fail("keys", said, format!("Run: chmod 600 {}", path.display()));
        }
    }
    match data.join("secret.key").exists() {
        true => Finding::ok("keys", "Only the owner can read the keys."),
        false => Finding::fail("keys", "secret.key is missing.", "Restore it from your backup."),
    }
}

/// `told` is what stands in `DIR/last-backup`: seconds since 1970.
pub fn backup(told: Option<&str>, now: Time) -> Finding {
    let remedy = "Run `rapport backup` every day, for example with the timer in packaging/README.md.";
    let Some(at) = told.and_then(|text| text.trim().parse::<i64>().ok()) else {
        return Finding::warn("backup", "No backup has been made yet.", remedy);
    };
    let age = now.0.div_euclid(1000) - at;
    let said = match age {
        ..0 => "The last backup is dated in the future.".to_owned(),
        0..DAY_SECONDS => format!("The last backup is {} hours old.", age / HOUR_SECONDS),
        _ => format!("The last backup is {} days old.", age / DAY_SECONDS),
    };
    match age / DAY_SECONDS {
        ..0 => Finding::warn("backup", said, "Set the clock right and make a backup."),
        0..2 if age >= 0 => Finding::ok("backup", said),
        0..14 => Finding::warn("backup", said, remedy),
        _ => Finding::fail("backup", said, remedy),
    }
}

/// While the server runs it must be reachable there, else the addresses must be free for it.
pub async fn ports(config: &Config, serving: bool) -> Vec<Finding> {
    let acme = config.acme.as_ref().map(|acme| ("acme", acme.http_listen.as_str()));
    let smtp = config.smtp_listen.as_deref().map(|at| ("mail", at));
    let all = [Some(("web", config.listen.as_str())), smtp, acme];
    let mut findings = Vec::new();
    for (what, at) in all.into_iter().flatten() {
        findings.push(if serving { answers(what, at).await } else { is_free(what, at).await });
    }
    findings
}

async fn answers(what: &str, at: &str) -> Finding {
    // Nobody but the program itself knows which port it was given.
    if at.ends_with(":0") {
        return Finding::ok("ports", format!("The {what} listener has taken a free port."));
    }
    let near = at.replace("0.0.0.0:", "127.0.0.1:").replace("[::]:", "[::1]:");
    match timeout(CONNECTS_WITHIN, TcpStream::connect(&near)).await.map_err(std::io::Error::from).flatten() {
        Ok(_) => Finding::ok("ports", format!("The {what} listener answers at {at}.")),
        Err(e) => {
            let said = format!("The {what} listener does not answer at {at}: {e}.");
            Finding::fail("ports", said, "Look at the log, and at the firewall of this machine.")
        }
    }
}

async fn is_free(what: &str, at: &str) -> Finding {
    match TcpListener::bind(at).await {
        Ok(_) => Finding::ok("ports", format!("{at} is free for the {what} listener.")),
        Err(e) => {
            let said = format!("{at} can't be used for the {what} listener: {e}.");
            let remedy = "End the other program, name another address, or give the right to low ports \
                          (CAP_NET_BIND_SERVICE, as packaging/rapport.service does).";
            Finding::fail("ports", said, remedy)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::Verdict;
    use super::*;

    #[test]
    fn a_full_disk_is_told_before_it_is_full() {
        let states = [0, TOO_LITTLE, LITTLE].map(|free| disk(free).state);
        assert_eq!(states, [Verdict::Fail, Verdict::Warn, Verdict::Ok]);
    }

    #[test]
    fn keys_that_others_can_read_or_replace_are_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let set = |path: &Path, mode| {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("set");
        };
        let key = folder.path().join("secret.key");
        assert_eq!(keys(folder.path()).state, Verdict::Fail, "it is missing");
        std::fs::write(&key, [0; 32]).expect("written");
        for (mode, state) in [(0o600, Verdict::Ok), (0o640, Verdict::Fail), (0o604, Verdict::Fail)] {
            set(&key, mode);
            assert_eq!(keys(folder.path()).state, state, "{mode:o}");
        }
        set(&key, 0o600);
        set(folder.path(), 0o777);
        assert_eq!(keys(folder.path()).state, Verdict::Fail, "others can put another key there");
    }

    #[test]
    fn a_backup_grows_old() {
        let day = DAY_SECONDS;
        let state = |told: Option<&str>| backup(told, Time(100 * day * 1000)).state;
        let at = |days: i64| ((100 - days) * day).to_string();
        assert_eq!(state(None), Verdict::Warn);
        assert_eq!(state(Some("nonsense")), Verdict::Warn);
        for (days, wanted) in [
            (0, Verdict::Ok),
            (1, Verdict::Ok),
            (2, Verdict::Warn),
            (13, Verdict::Warn),
            (14, Verdict::Fail),
            (-3, Verdict::Warn),
        ] {
            assert_eq!(state(Some(&at(days))), wanted, "{days}");
        }
    }

    #[tokio::test]
    async fn ports_are_tried_as_the_server_would_use_them() {
        let taken = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let at = taken.local_addr().expect("bound").to_string();
        let config = Config { listen: at, ..Config::default() };
        assert_eq!(ports(&config, false).await[0].state, Verdict::Fail, "somebody else has it");
        assert_eq!(ports(&config, true).await[0].state, Verdict::Ok);
        drop(taken);
        assert_eq!(ports(&config, false).await[0].state, Verdict::Ok);
        assert_eq!(ports(&config, true).await[0].state, Verdict::Fail, "nobody answers");
    }
}
