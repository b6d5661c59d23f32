//! Room on the disk, looked at before it is needed.

use std::path::Path;

use base::Result;
use base::error::{internal, invalid};

/// Kept free beside what is asked for.
const SPARE: u64 = 64 * 1024 * 1024;

/// Bytes that can still be written on the disk that holds this path.
pub fn free(path: &Path) -> Result<u64> {
    let disk = rustix::fs::statvfs(path).map_err(|e| internal(e.to_string()))?;
    Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// # Errors
/// Invalid, with both figures, when `bytes` would not fit.
pub fn must_have(path: &Path, bytes: u64) -> Result<()> {
    let free = free(path)?;
    if free >= bytes.saturating_add(SPARE) {
        return Ok(());
    }
    let mb = |bytes: u64| bytes / 1_000_000;
    let sentence = format!(
        "The disk is too full: {} MB are needed beside {}, {} MB are free. Make room and try again.",
        mb(bytes + SPARE),
        path.display(),
        mb(free)
    );
    Err(invalid("disk_full", sentence))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_fit_is_refused_with_both_figures() {
        let folder = tempfile::tempdir().expect("a folder");
        must_have(folder.path(), 0).expect("there is room for nothing");
        let refused = must_have(folder.path(), u64::MAX / 2).expect_err("no disk is so large");
        assert!(refused.message.contains("MB are free"), "{}", refused.message);
    }
}
