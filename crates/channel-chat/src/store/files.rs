//! Files behind links whose pass was checked.

use base::Result;
use journal::Cx;
use store::p;

/// Name, media type and blob.
pub fn find_file(cx: &mut Cx, token: &str) -> Result<Option<(String, String, String)>> {
    cx.opt("SELECT name, type, blob FROM attachments WHERE token = $1", p![token])
}
