//! All routes by which the desk works with the staff.

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::House;

use crate::api::{groups, hours, links, own, session, staff, workspace};

pub(crate) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(session::sign_in, session::show, session::sign_out))
        .routes(routes!(own::show_profile, own::change_profile))
        .routes(routes!(own::change_password))
        .routes(routes!(own::list_sessions, own::end_others))
        .routes(routes!(own::end_session))
        .routes(routes!(own::list_tokens, own::create_token))
        .routes(routes!(own::revoke_token))
        .routes(routes!(links::request_reset))
        .routes(routes!(links::reset_password))
        .routes(routes!(links::show_invitation, links::accept_invitation))
        .routes(routes!(staff::invite))
        .routes(routes!(staff::list_invitations))
        .routes(routes!(staff::revoke_invitation))
        .routes(routes!(staff::list_agents, staff::create_agent))
        .routes(routes!(staff::show_agent, staff::change_agent))
        .routes(routes!(staff::list_roles, staff::create_role))
        .routes(routes!(staff::change_role))
        .routes(routes!(groups::list_teams, groups::create_team))
        .routes(routes!(groups::show_team, groups::change_team))
        .routes(routes!(groups::list_team_members, groups::set_team_members))
        .routes(routes!(hours::show_hours, hours::set_hours))
        .routes(routes!(groups::list_brands, groups::create_brand))
        .routes(routes!(groups::show_brand, groups::change_brand))
        .routes(routes!(groups::list_brand_members, groups::set_brand_members))
        .routes(routes!(workspace::show, workspace::change))
}
