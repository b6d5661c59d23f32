//! Sends a test mail in the look of a brand, as it stands on the screen.

use std::sync::Arc;

use base::Result;
use base::error::{invalid, not_found};
use journal::{Action, Caller, Cx, Risk, Workspace};
use people::{AgentId, BrandId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::set_look;
use super::test_outgoing::Tried;
use crate::looks::gather;
use crate::looks::look::Draft;
use crate::mailboxes::mailbox;
use crate::model::checked_address;
use crate::trying::try_letter;
use crate::ways::account_for;

pub struct TestLook;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmailTestLookInput)]
pub struct Input {
    #[serde(default)]
    pub brand_id: Option<BrandId>,
    pub to: String,
    pub look: Draft,
    /// Who signs it: set by the route.
    #[serde(skip)]
    #[schema(ignore)]
    pub agent: Option<AgentId>,
    #[serde(skip)]
    #[schema(ignore)]
    pub tried: Option<Tried>,
}

impl Action for TestLook {
    const NAME: &'static str = "email.test_look";
    const GRANT: &'static str = "email.set_look";
    const RISK: Risk = Risk::Outward;
    type Input = Input;
    type Output = Tried;

    async fn prepare(house: &Arc<Workspace>, input: &mut Input) -> Result<()> {
        let brand = input.brand_id.ok_or_else(|| not_found("brand_not_found"))?;
        let (look, agent, to) = (input.look.clone(), input.agent, input.to.clone());
        let (dress, mailbox, account, to) = house
            .read(Caller::system(), move |cx| {
                set_look::show(cx, brand)?;
                look.check()?;
                let to = checked_address(&to, "to")?;
                let no_mailbox = || invalid("no_mailbox", "Add a mailbox first: mail goes out from it.");
                let mailbox = mailbox(cx, None, Some(brand))?.ok_or_else(no_mailbox)?;
                let no_outgoing = || invalid("no_outgoing", "Name the outgoing mail server first.");
                let account = account_for(cx, &mailbox)?.ok_or_else(no_outgoing)?;
                Ok((gather::tried(cx, &mailbox, brand, &look, agent)?, mailbox, account, to))
            })
            .await?;
        input.tried = Some(try_letter(house, &dress, &mailbox, &account, &to).await?.into());
        Ok(())
    }

    fn run(_cx: &mut Cx<'_, '_>, input: &Input) -> Result<Tried> {
        input
            .tried
            .clone()
            .ok_or_else(|| invalid("not_prepared", "A test mail can't be part of another action."))
    }
}
