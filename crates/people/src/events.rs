//! What the staff announces.

pub const AGENT_CREATED: &str = "agent.created";
pub const AGENT_CHANGED: &str = "agent.changed";
pub const AGENT_DEACTIVATED: &str = "agent.deactivated";
pub const AGENT_INVITED: &str = "agent.invited";
pub const INVITATION_REVOKED: &str = "invitation.revoked";
pub const PASSWORD_CHANGED: &str = "agent.password_changed";
pub const PASSWORD_RESET_ASKED: &str = "agent.password_reset_asked";
pub const SESSION_STARTED: &str = "session.started";
pub const SESSION_ENDED: &str = "session.ended";
pub const TOKEN_CREATED: &str = "token.created";
pub const TOKEN_REVOKED: &str = "token.revoked";
pub const TEAM_CREATED: &str = "team.created";
pub const TEAM_CHANGED: &str = "team.changed";
pub const TEAM_HOURS_CHANGED: &str = "team.hours_changed";
pub const TEAM_MEMBERS_CHANGED: &str = "team.members_changed";
pub const ROLE_CREATED: &str = "role.created";
pub const ROLE_CHANGED: &str = "role.changed";
pub const BRAND_CREATED: &str = "brand.created";
pub const BRAND_CHANGED: &str = "brand.changed";
pub const BRAND_MEMBERS_CHANGED: &str = "brand.members_changed";
