//! The inputs, for those who run actions from outside of this crate.

pub use crate::actions::accept_invitation::Input as AcceptInvitation;
pub use crate::actions::change_agent::Input as ChangeAgent;
pub use crate::actions::change_brand::Input as ChangeBrand;
pub use crate::actions::change_password::Input as ChangePassword;
pub use crate::actions::change_profile::Input as ChangeProfile;
pub use crate::actions::change_role::Input as ChangeRole;
pub use crate::actions::change_team::Input as ChangeTeam;
pub use crate::actions::change_workspace::Input as ChangeWorkspace;
pub use crate::actions::create_agent::Input as CreateAgent;
pub use crate::actions::create_brand::Input as CreateBrand;
pub use crate::actions::create_role::Input as CreateRole;
pub use crate::actions::create_team::Input as CreateTeam;
pub use crate::actions::create_token::Input as CreateToken;
pub use crate::actions::end_others::Input as EndOthers;
pub use crate::actions::end_session::Input as EndSession;
pub use crate::actions::invite::Input as Invite;
pub use crate::actions::request_reset::Input as RequestReset;
pub use crate::actions::reset_password::Input as ResetPassword;
pub use crate::actions::revoke_invitation::Input as RevokeInvitation;
pub use crate::actions::revoke_token::Input as RevokeToken;
pub use crate::actions::set_brand_members::Input as SetBrandMembers;
pub use crate::actions::set_hours::Input as SetHours;
pub use crate::actions::set_members::Input as SetMembers;
pub use crate::actions::sign_in::Input as SignIn;
