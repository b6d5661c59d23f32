//! All routes by which the desk works with the staff.

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::House;

use crate::api::{session, staff};

pub(crate) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(session::sign_in, session::show, session::sign_out))
        .routes(routes!(session::change_profile))
        .routes(routes!(session::request_reset))
        .routes(routes!(session::reset_password))
        .routes(routes!(staff::invite))
        .routes(routes!(session::show_invitation, session::accept_invitation))
        .routes(routes!(session::list_sessions))
        .routes(routes!(session::end_session))
        .routes(routes!(session::list_tokens, session::create_token))
        .routes(routes!(session::revoke_token))
        .routes(routes!(staff::list_agents, staff::create_agent))
        .routes(routes!(staff::change_agent))
        .routes(routes!(staff::list_teams, staff::create_team))
        .routes(routes!(staff::list_members, staff::set_members))
        .routes(routes!(staff::list_brands, staff::create_brand))
        .routes(routes!(staff::list_roles, staff::create_role))
        .routes(routes!(staff::change_role))
}
