//! What processes have used: time of the processor, and memory (proc(5)).

use std::fs;

use super::place::Place;
use crate::driver::{Server, database};

/// Linux counts in hundredths of a second, whatever its own clock does (USER_HZ).
const TICKS: f64 = 100.0;

/// Reads the three parties: the server, its database when it is another process, and ourselves.
pub struct Meter {
    server: u32,
    postmaster: Option<u32>,
}

/// Seconds of processor time.
#[derive(Clone, Copy, Default)]
pub struct Used {
    pub server: f64,
    pub database: f64,
    pub load: f64,
}

impl Meter {
    pub fn new(place: &Place, server: &Server) -> Meter {
        let postmaster = place.postgres.as_ref().map(|url| {
            let row = database::connect(url).query_one("SELECT pg_backend_pid()", &[]).expect("asked");
            let backend: i32 = row.get(0);
            stat(backend.unsigned_abs()).expect("our own connection").parent
        });
        Meter { server: server.pid, postmaster }
    }

    pub fn used(&self) -> Used {
        let own = |pid| stat(pid).map_or(0.0, |s| s.own);
        Used {
            server: own(self.server),
            database: self.postmaster.map_or(0.0, family),
            load: own(std::process::id()),
        }
    }

    /// Anonymous resident memory of the server, in megabytes.
    pub fn memory(&self) -> f64 {
        memory(self.server)
    }
}

impl std::ops::Sub for Used {
    type Output = Used;

    fn sub(self, before: Used) -> Used {
        Used {
            server: self.server - before.server,
            database: self.database - before.database,
            load: self.load - before.load,
        }
    }
}

pub fn memory(pid: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or(0.0) / 1024.0
}

struct Stat {
    parent: u32,
    own: f64,
    /// Of children that have ended.
    ended: f64,
}

fn stat(pid: u32) -> Option<Stat> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name stands in brackets and may hold anything.
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|n| n.parse::<f64>().ok()).unwrap_or(0.0) / TICKS;
    let parent = fields.get(1)?.parse().ok()?;
    Some(Stat { parent, own: ticks(11) + ticks(12), ended: ticks(13) + ticks(14) })
}

fn family(postmaster: u32) -> f64 {
    let first = stat(postmaster).map_or(0.0, |s| s.own + s.ended);
    let all = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = all.filter_map(|entry| entry.file_name().to_string_lossy().parse::<u32>().ok());
    let children = pids.filter_map(stat).filter(|s| s.parent == postmaster);
    first + children.map(|s| s.own).sum::<f64>()
}
