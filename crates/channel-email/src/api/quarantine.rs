//! A mail in quarantine, to be looked at safely: as text, without pictures, links or files.

use base::Time;
use conversations::channel::{HoldCause, HoldReason};
use conversations::model::Party;
use conversations::store::blocked::BlockedId;
use customers::Block;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Envelope, House, Json, Path, Result};

use super::held_file::{HeldFile, files};
use super::trust::Shown;
use crate::inbound;
use crate::originals;
use crate::quarantine::{self, Kept};

/// Characters of the text that are shown.
const MOST_TEXT: usize = 20_000;

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(look))
}

/// A mail that was held back.
#[derive(Serialize, ToSchema)]
#[schema(as = QuarantinedMail)]
struct Look {
    id: BlockedId,
    from: Party,
    subject: String,
    account: String,
    arrived_at: Time,
    cause: HoldCause,
    /// The blocks that shut the sender out now, so that they can be lifted with letting it in.
    blocks: Vec<Block>,
    /// Why, as it was when it came.
    reasons: Vec<HoldReason>,
    seen: Option<Shown>,
    /// Absent when only its head was kept.
    text: Option<String>,
    files: Vec<HeldFile>,
    size: i64,
}

/// Shows a mail that was held back, as text alone.
#[utoipa::path(get, path = "/api/quarantine/{id}", params(("id" = i64, Path)),
    responses((status = 200, body = Look), (status = 404, body = Envelope)))]
async fn look(at: At, Path(id): Path<BlockedId>) -> Result<Json<Look>> {
    at.caller.must("conversation.block")?;
    let Kept { held, raw, seen, blocks } = at.read(move |cx| quarantine::find(cx, id)).await?;
    let size = raw.as_ref().map_or(0, |raw| raw.size);
    let (text, files) = match raw {
        Some(raw) => {
            let bytes = originals::bytes(&at.house, &raw).await?;
            let reading = tokio::task::spawn_blocking(move || inbound::read(&bytes));
            let reading = reading.await.map_err(base::error::internal)?;
            (Some(base::text::cut(&reading.text, MOST_TEXT).to_owned()), files(&reading.files))
        }
        None => (None, Vec::new()),
    };
    Ok(Json(Look {
        id: held.id,
        from: Party { name: held.name, address: held.address },
        subject: held.subject,
        account: held.account,
        arrived_at: held.arrived_at,
        cause: held.cause.unwrap_or(HoldCause::Blocked),
        blocks,
        reasons: held.reasons.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default(),
        seen: seen.map(Shown::from),
        text,
        files,
        size,
    }))
}
