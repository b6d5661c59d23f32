//! All that the panel beside a conversation shows of its customer, in one answer.

use base::{Ask, Page};
use customers::{Customer, CustomerId, TimelineEntry};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Envelope, House, Json, Path, Query, Result};

use crate::model::ConversationId;
use crate::present::{self, Row};
use crate::store::list::list_of_customer;

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(panel))
}

#[derive(Deserialize)]
struct Beside {
    conversation: Option<ConversationId>,
}

#[derive(Serialize, ToSchema)]
struct CustomerPanel {
    customer: Customer,
    blocked: bool,
    /// The customer's time of day with its distance from UTC, where the zone is known.
    local_time: Option<String>,
    /// Without the one that is open beside.
    conversations: Page<Row>,
    timeline: Page<TimelineEntry>,
}

const FIRST: i64 = 10;

/// A customer with earlier conversations and the timeline.
#[utoipa::path(get, path = "/api/customers/{id}/panel",
    params(("id" = i64, Path), ("conversation" = Option<i64>, Query)),
    responses((status = 200, body = CustomerPanel), (status = 404, body = Envelope)))]
async fn panel(
    at: At,
    Path(id): Path<CustomerId>,
    Query(beside): Query<Beside>,
) -> Result<Json<CustomerPanel>> {
    let panel = at
        .read(move |cx| {
            let scope = people::scope(cx)?;
            let customer = customers::customer(cx, &scope, id)?;
            let ask = Ask { cursor: None, limit: Some(FIRST) };
            let mut page = list_of_customer(cx, &scope, customer.id, &ask)?;
            page.items.retain(|c| Some(c.id) != beside.conversation);
            let conversations = Page { items: present::rows(cx, page.items)?, next: page.next };
            Ok(CustomerPanel {
                blocked: customers::is_customer_blocked(cx, &customer.identities)?,
                local_time: customer.time_zone.as_deref().and_then(|zone| cx.now().local(zone)),
                conversations,
                timeline: customers::timeline(cx, &scope, customer.id, &ask)?,
                customer,
            })
        })
        .await?;
    Ok(Json(panel))
}
