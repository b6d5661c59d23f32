//! The bytes of a stored mail, wherever they are.

use base::Result;
use base::error::not_found;
use journal::Workspace;

use crate::model::Raw;

/// The mail as it came.
pub async fn bytes(house: &Workspace, raw: &Raw) -> Result<Vec<u8>> {
    match (&raw.content, &raw.blob) {
        (Some(content), _) => Ok(content.clone()),
        (None, Some(blob)) => house.blobs.get(blob).await,
        (None, None) => Err(not_found("raw_mail_missing")),
    }
}
