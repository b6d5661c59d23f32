//! The files of a mail in quarantine, by name alone.

use serde::Serialize;
use utoipa::ToSchema;

/// So many are named.
const MOST: usize = 100;

/// Only the name: the file itself is not given out.
#[derive(Serialize, ToSchema)]
#[schema(as = QuarantinedFile)]
pub struct HeldFile {
    name: String,
    size: usize,
    risky: bool,
}

pub fn files(parts: &[mime::Part]) -> Vec<HeldFile> {
    let named = |part: &mime::Part| HeldFile {
        name: part.name.clone(),
        size: part.bytes.len(),
        risky: spam::is_risky_file(&part.name),
    };
    parts.iter().take(MOST).map(named).collect()
}
