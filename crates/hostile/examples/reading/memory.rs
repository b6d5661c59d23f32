//! The memory of this process and the time that it worked, as Linux counts them.

use std::fs;

/// Forgets the highest mark and says how much is in use now, in bytes.
pub fn reset() -> u64 {
    // 5: the highest mark begins anew (proc(5)).
    let _ = fs::write("/proc/self/clear_refs", "5");
    field("VmRSS:")
}

/// The highest mark since.
pub fn most() -> u64 {
    field("VmHWM:")
}

/// Nanoseconds that this thread was on a processor (proc(5), schedstat).
pub fn worked() -> u64 {
    let figures = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    figures.split_whitespace().next().and_then(|figure| figure.parse().ok()).unwrap_or(0)
}

fn field(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kilobytes: u64 = line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0);
    kilobytes * 1024
}
