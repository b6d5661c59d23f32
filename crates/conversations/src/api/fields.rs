//! `PUT /api/conversations/{id}/subject` and the like: one field each of the same action.

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Done, Envelope, House, IfMatch, Json, Path, Result};

use super::change::change_fields;
use crate::actions::change::Input;
use crate::model::ConversationId;
use crate::present::Row;

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(subject))
        .routes(routes!(priority))
        .routes(routes!(kind))
        .routes(routes!(tags))
        .routes(routes!(due))
        .routes(routes!(fields))
}

macro_rules! field {
    ($name:ident, $path:literal, $says:literal) => {
        #[doc = $says]
        #[utoipa::path(put, path = $path, params(("id" = i64, Path)), request_body = Input, responses((status = 200, body = Row), (status = 400, body = Envelope)))]
        async fn $name(
            at: At,
            Path(id): Path<ConversationId>,
            IfMatch(version): IfMatch,
            Json(input): Json<Input>,
        ) -> Result<Done<Row>> {
            change_fields(at, id, version, input).await
        }
    };
}

field!(subject, "/api/conversations/{id}/subject", "Changes the subject.");
field!(priority, "/api/conversations/{id}/priority", "Changes the priority; null takes it away.");
field!(kind, "/api/conversations/{id}/type", "Changes the type; null takes it away.");
field!(tags, "/api/conversations/{id}/tags", "Sets the tags: the whole list.");
field!(due, "/api/conversations/{id}/due", "Changes the due time; null takes it away.");
field!(fields, "/api/conversations/{id}/fields", "Sets the custom fields: the whole object.");
