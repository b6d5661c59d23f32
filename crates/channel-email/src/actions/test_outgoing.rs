//! Sends a test mail, so that an administrator sees at once whether outgoing mail works.

use std::sync::Arc;

use base::Result;
use base::error::invalid;
use journal::{Action, Caller, Cx, Risk, Workspace, settings};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::delivery::server;
use crate::mailboxes::usual_mailbox;
use crate::model::{OutgoingMail, checked_address};
use crate::notice;
use crate::smtp::client::Fate;

pub struct TestOutgoing;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmailTestOutgoingInput)]
pub struct Input {
    pub to: String,
    #[serde(skip)]
    #[schema(ignore)]
    pub tried: Option<Tried>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Tried {
    /// `taken`, `postponed`, `refused` or `unclear`.
    pub fate: String,
    /// The words of the server, or why it was not reached.
    pub said: String,
}

impl Action for TestOutgoing {
    const NAME: &'static str = "email.test_outgoing";
    const GRANT: &'static str = "email.set_outgoing";
    const RISK: Risk = Risk::Outward;
    type Input = Input;
    type Output = Tried;

    async fn prepare(house: &Arc<Workspace>, input: &mut Input) -> Result<()> {
        let to = checked_address(&input.to, "to")?;
        let (settings, mailbox) = house
            .read(Caller::system(), |cx| Ok((settings::get::<OutgoingMail>(cx)?, usual_mailbox(cx)?)))
            .await?;
        let mailbox =
            mailbox.ok_or_else(|| invalid("no_mailbox", "Add a mailbox first: mail goes out from it."))?;
        let server = server(&house.secrets, &settings, &mailbox.address)?;
        let server = server.ok_or_else(|| invalid("no_outgoing", "Name the outgoing mail server first."))?;
        let words = notice::Words {
            to,
            subject: "Test of outgoing mail".to_owned(),
            text: "This mail shows that Rapport can send mail.".to_owned(),
        };
        let (fate, said) = match notice::send(house, &server, &mailbox, &words).await {
            Fate::Taken(said) => ("taken", said),
            Fate::Postponed(said) => ("postponed", said),
            Fate::Refused(said) => ("refused", said),
            Fate::Unclear(said) => ("unclear", said),
        };
        input.tried = Some(Tried { fate: fate.to_owned(), said });
        Ok(())
    }

    fn run(_cx: &mut Cx<'_, '_>, input: &Input) -> Result<Tried> {
        input
            .tried
            .clone()
            .ok_or_else(|| invalid("not_prepared", "A test mail can't be part of another action."))
    }
}
