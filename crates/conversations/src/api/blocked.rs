//! Senders who are shut out: with a conversation as spam, and what they have sent since.

use base::{Ask, Page, Time};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Done, Envelope, House, Json, Nothing, Path, Query, Result};

use crate::actions::block::{self, Block, Discard, Release};
use crate::channel::{HoldCause, HoldReason};
use crate::model::{ConversationId, Party};
use crate::present::Row;
use crate::store::blocked::{Blocked, BlockedId, count_waiting, list_blocked};

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(block))
        .routes(routes!(list))
        .routes(routes!(count))
        .routes(routes!(release))
        .routes(routes!(discard))
}

#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct BlockBody {
    /// Everybody of the sender's domain.
    domain: bool,
}

/// Marks as spam and shuts the sender out, in one step.
#[utoipa::path(post, path = "/api/conversations/{id}/block", params(("id" = i64, Path)),
    request_body = BlockBody, responses((status = 200, body = Row), (status = 400, body = Envelope)))]
async fn block(
    at: At,
    Path(conversation_id): Path<ConversationId>,
    Json(body): Json<BlockBody>,
) -> Result<Done<Row>> {
    let done = at.act::<Block>(None, block::Input { conversation_id, domain: body.domain }).await?;
    let version = done.body.version;
    Ok(done.version(version))
}

/// What was held back, as it is listed.
#[derive(Serialize, ToSchema)]
struct Held {
    id: BlockedId,
    channel: String,
    account: String,
    from: Party,
    subject: String,
    arrived_at: Time,
    /// How often it came again.
    repeats: i64,
    released_at: Option<Time>,
    /// Whether it can be let in.
    has_raw: bool,
    cause: HoldCause,
    /// Heaviest first.
    reasons: Vec<HoldReason>,
}

impl From<Blocked> for Held {
    fn from(one: Blocked) -> Held {
        Held {
            id: one.id,
            channel: one.channel,
            account: one.account,
            from: Party { name: one.name, address: one.address },
            subject: one.subject,
            arrived_at: one.arrived_at,
            repeats: one.repeats,
            released_at: one.released_at,
            has_raw: one.raw_id.is_some(),
            cause: one.cause.unwrap_or(HoldCause::Blocked),
            reasons: one.reasons.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Filter {
    #[serde(default)]
    cause: Option<HoldCause>,
    #[serde(default)]
    cursor: Option<String>,
    #[serde(default)]
    limit: Option<i64>,
}

/// What was held back, newest first.
#[utoipa::path(get, path = "/api/blocked",
    params(("cause" = Option<HoldCause>, Query), ("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query)),
    responses((status = 200, body = Page<Held>)))]
async fn list(at: At, Query(filter): Query<Filter>) -> Result<Json<Page<Held>>> {
    at.caller.must("conversation.block")?;
    let page = at
        .read(move |cx| {
            let ask = Ask { cursor: filter.cursor.clone(), limit: filter.limit };
            let before: BlockedId = ask.after("blocked")?.unwrap_or(BlockedId(i64::MAX));
            let found = list_blocked(cx, before, filter.cause, ask.fetch())?;
            Ok(ask.page("blocked", found, |one| one.id))
        })
        .await?;
    Ok(Json(page.map(Held::from)))
}

/// Lets something in that was held back.
#[utoipa::path(post, path = "/api/blocked/{id}/release", params(("id" = i64, Path)),
    responses((status = 204), (status = 404, body = Envelope), (status = 409, body = Envelope)))]
async fn release(at: At, Path(blocked_id): Path<BlockedId>) -> Result<Nothing> {
    at.act::<Release>(None, block::Held { blocked_id }).await?;
    Ok(Nothing::default())
}

/// How much waits.
#[derive(Serialize, ToSchema)]
#[schema(as = HeldCount)]
struct Waiting {
    /// At most 1,000.
    count: i64,
}

const MOST_COUNTED: i64 = 1_000;

/// How much was held back and waits for somebody to look at it.
#[utoipa::path(get, path = "/api/blocked/count", responses((status = 200, body = Waiting)))]
async fn count(at: At) -> Result<Json<Waiting>> {
    at.caller.must("conversation.block")?;
    let count = at.read(|cx| count_waiting(cx, MOST_COUNTED)).await?;
    Ok(Json(Waiting { count }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Why {
    #[serde(default)]
    spam: bool,
}

/// Gives up something that was held back, for good; `spam=true` teaches the filters.
#[utoipa::path(delete, path = "/api/blocked/{id}", params(("id" = i64, Path), ("spam" = Option<bool>, Query)),
    responses((status = 204), (status = 404, body = Envelope)))]
async fn discard(at: At, Path(blocked_id): Path<BlockedId>, Query(why): Query<Why>) -> Result<Nothing> {
    at.act::<Discard>(None, block::Discarded { blocked_id, spam: why.spam }).await?;
    Ok(Nothing::default())
}
