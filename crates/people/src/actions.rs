//! What can be done with the staff: one verb per file.

mod accept_invitation;
mod change_agent;
mod change_brand;
mod change_password;
mod change_profile;
mod change_role;
mod change_team;
mod change_workspace;
mod create_agent;
mod create_brand;
mod create_role;
mod create_team;
mod create_token;
mod end_others;
mod end_session;
pub mod input;
mod invite;
mod request_reset;
mod reset_password;
mod revoke_invitation;
mod revoke_token;
mod rules;
mod set_brand_members;
mod set_hours;
mod set_members;
mod sign_in;
mod waits;

pub use accept_invitation::AcceptInvitation;
pub use change_agent::ChangeAgent;
pub use change_brand::ChangeBrand;
pub use change_password::ChangePassword;
pub use change_profile::ChangeProfile;
pub use change_role::ChangeRole;
pub use change_team::ChangeTeam;
pub use change_workspace::ChangeWorkspace;
pub use create_agent::CreateAgent;
pub use create_brand::CreateBrand;
pub use create_role::CreateRole;
pub use create_team::CreateTeam;
pub use create_token::CreateToken;
pub use end_others::EndOthers;
pub use end_session::EndSession;
pub use invite::{Invite, Output as Invited};
pub use request_reset::RequestReset;
pub use reset_password::{ResetPassword, renew_password};
pub use revoke_invitation::RevokeInvitation;
pub use revoke_token::RevokeToken;
pub use rules::{Minted, Opened};
pub use set_brand_members::SetBrandMembers;
pub use set_hours::{SetHours, TeamHoursView, view as team_hours};
pub use set_members::SetMembers;
pub use sign_in::SignIn;
pub use waits::Place;

use journal::registry::Verb;

pub(crate) fn verbs() -> Vec<Verb> {
    vec![
        Verb::of::<AcceptInvitation>(),
        Verb::of::<ChangeAgent>(),
        Verb::of::<ChangeBrand>(),
        Verb::of::<ChangePassword>(),
        Verb::of::<ChangeProfile>(),
        Verb::of::<ChangeRole>(),
        Verb::of::<ChangeTeam>(),
        Verb::of::<ChangeWorkspace>(),
        Verb::of::<CreateAgent>(),
        Verb::of::<CreateBrand>(),
        Verb::of::<CreateRole>(),
        Verb::of::<CreateTeam>(),
        Verb::of::<CreateToken>(),
        Verb::of::<EndOthers>(),
        Verb::of::<EndSession>(),
        Verb::of::<Invite>(),
        Verb::of::<RequestReset>(),
        Verb::of::<ResetPassword>(),
        Verb::of::<RevokeInvitation>(),
        Verb::of::<RevokeToken>(),
        Verb::of::<SetBrandMembers>(),
        Verb::of::<SetHours>(),
        Verb::of::<SetMembers>(),
        Verb::of::<SignIn>(),
    ]
}
