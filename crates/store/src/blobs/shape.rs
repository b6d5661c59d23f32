//! What the places of blobs have in common: keys, pieces, and threads that may block.

use base::Result;
use base::error::internal;
use futures_util::stream::BoxStream;

/// A blob on its way out, in pieces: it is never held whole.
pub struct Outgoing {
    pub size: u64,
    pub pieces: BoxStream<'static, Result<Vec<u8>>>,
}

pub(super) fn check(key: &str) -> Result<()> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/' | '.');
    let ok = !key.is_empty() && key.len() <= 200 && key.chars().all(plain) && !key.contains("..");
    if ok && !key.starts_with('/') { Ok(()) } else { Err(internal("a blob key of a wrong form")) }
}

pub(super) async fn blocking<T: Send + 'static>(
    body: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(body).await.map_err(internal)?
}
