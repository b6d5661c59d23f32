//! Sends a test mail, so that an administrator sees at once whether outgoing mail works.

use std::sync::Arc;

use base::Result;
use base::error::{invalid, not_found};
use journal::{Action, Caller, Cx, Risk, Workspace};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::account::{Account, AccountId};
use crate::login::server;
use crate::mailboxes::usual_mailbox;
use crate::model::{Mailbox, checked_address};
use crate::notice;
use crate::smtp::client::Fate;
use crate::store;
use crate::ways::{account, account_for};

pub struct TestOutgoing;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmailTestOutgoingInput)]
pub struct Input {
    pub to: String,
    /// The account that is tried; without it the one that the usual mailbox uses.
    #[serde(default)]
    pub account_id: Option<AccountId>,
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

impl From<Fate> for Tried {
    fn from(fate: Fate) -> Tried {
        let (fate, said) = match fate {
            Fate::Taken(said) => ("taken", said),
            Fate::Postponed(said) => ("postponed", said),
            Fate::Refused(said) => ("refused", said),
            Fate::Unclear(said) => ("unclear", said),
        };
        Tried { fate: fate.to_owned(), said }
    }
}

/// A mailbox that uses the account writes, else the usual one.
fn writer(cx: &mut Cx<'_, '_>, named: Option<AccountId>) -> Result<(Mailbox, Account)> {
    let no_mailbox = || invalid("no_mailbox", "Add a mailbox first: mail goes out from it.");
    let no_outgoing = || invalid("no_outgoing", "Name the outgoing mail server first.");
    let usual = usual_mailbox(cx)?.ok_or_else(no_mailbox)?;
    let Some(id) = named else {
        let account = account_for(cx, &usual)?.ok_or_else(no_outgoing)?;
        return Ok((usual, account));
    };
    let account = account(cx, id)?.ok_or_else(|| not_found("account_not_found"))?;
    for mailbox in store::list_mailboxes(cx)? {
        if account_for(cx, &mailbox)?.is_some_and(|its| its.id == id) {
            return Ok((mailbox, account));
        }
    }
    Ok((usual, account))
}

impl Action for TestOutgoing {
    const NAME: &'static str = "email.test_outgoing";
    const GRANT: &'static str = "email.set_outgoing";
    const RISK: Risk = Risk::Outward;
    type Input = Input;
    type Output = Tried;

    async fn prepare(house: &Arc<Workspace>, input: &mut Input) -> Result<()> {
        let to = checked_address(&input.to, "to")?;
        let named = input.account_id;
        let (mailbox, account) = house.read(Caller::system(), move |cx| writer(cx, named)).await?;
        let server = server(house, &account, &mailbox.address, false).await?;
        let words = notice::Words {
            to,
            subject: "Test of outgoing mail".to_owned(),
            text: "This mail shows that Rapport can send mail.".to_owned(),
        };
        input.tried = Some(notice::send(house, &server, &mailbox, &words).await.into());
        Ok(())
    }

    fn run(_cx: &mut Cx<'_, '_>, input: &Input) -> Result<Tried> {
        input
            .tried
            .clone()
            .ok_or_else(|| invalid("not_prepared", "A test mail can't be part of another action."))
    }
}
