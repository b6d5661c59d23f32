//! Somebody asks for a link to set a new password. The answer never tells whether there is such an
//! account: that is looked up by a job.

use base::Result;
use journal::{Action, Cx, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::jobs::Reset;
use crate::model::clean_email;

pub struct RequestReset;

#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PasswordRequestResetInput)]
pub struct Input {
    pub email: String,
}

impl Action for RequestReset {
    const NAME: &'static str = "password.request_reset";
    const RISK: Risk = Risk::Outward;
    type Input = Input;
    type Output = ();

    fn run(cx: &mut Cx, input: &Input) -> Result<()> {
        let email = clean_email(&input.email)?;
        let slip = Reset::of(cx.secrets(), &email)?;
        cx.later(&slip)
    }
}
