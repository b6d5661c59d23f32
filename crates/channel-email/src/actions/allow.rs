//! Allows senders whatever filters say, and takes that back.

use base::Result;
use base::error::not_found;
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::events::{ALLOWED, DISALLOWED};
use crate::store_trust::{delete_allowed, put_allowed};
use crate::trust::allowed::{Allowed, AllowedId, AllowedKind, checked};

pub struct Allow;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmailAllowInput)]
pub struct Input {
    pub kind: AllowedKind,
    pub value: String,
    /// Also mail that the sender's domain says is not its own.
    #[serde(default)]
    pub forged_too: bool,
}

impl Action for Allow {
    const NAME: &'static str = "email.allow";
    const GRANT: &'static str = "conversation.block";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Allowed;

    fn run(cx: &mut Cx<'_, '_>, input: &Input) -> Result<Allowed> {
        let (value, folded) = checked(input.kind, &input.value)?;
        let one = Allowed {
            id: cx.new_id(),
            kind: input.kind,
            value,
            forged_too: input.forged_too,
            allowed_by: cx.caller().agent_id(),
            created_at: cx.now(),
        };
        let row = put_allowed(cx, &one, &folded)?;
        cx.record(Note::new(ALLOWED, "allowed", row.id.0))?;
        if row.id == one.id {
            cx.undoable::<Disallow>(&Which { id: row.id })?;
        }
        Ok(row)
    }
}

pub struct Disallow;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmailDisallowInput)]
pub struct Which {
    pub id: AllowedId,
}

impl Action for Disallow {
    const NAME: &'static str = "email.disallow";
    const GRANT: &'static str = "conversation.block";
    const RISK: Risk = Risk::Irreversible;
    type Input = Which;
    type Output = ();

    fn run(cx: &mut Cx<'_, '_>, input: &Which) -> Result<()> {
        let gone = delete_allowed(cx, input.id)?.ok_or_else(|| not_found("allowed_not_found"))?;
        cx.record(Note::new(DISALLOWED, "allowed", gone.id.0)).map(drop)
    }
}
