//! Taking back what was done.

use crate::answer::Nothing;
use crate::failure::{Envelope, Result};
use crate::request::{At, Path};

/// Takes back what the answer with this `Rapport-Undo` header did.
#[utoipa::path(
    post,
    path = "/api/undos/{id}",
    params(("id" = i64, Path)),
    responses((status = 204), (status = 404, body = Envelope), (status = 409, body = Envelope))
)]
pub(crate) async fn undo(at: At, Path(id): Path<i64>) -> Result<Nothing> {
    at.house.undo(at.caller.clone(), id).await?;
    Ok(Nothing::default())
}
