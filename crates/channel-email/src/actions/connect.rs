//! Follows a mailbox on another server, or follows it no longer.

use std::sync::Arc;

use base::Result;
use base::error::{invalid, not_found};
use journal::{Action, Caller, Cx, Note, Risk, Workspace};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::events;
use crate::fetch::credentials::{is_same, missing, named, seal, server_of};
use crate::fetch::look::{self, Stand};
use crate::fetch::source::{Folder, Manner, Place, Protocol, Source, State};
use crate::fetch::store;
use crate::jobs::Fetch;
use crate::model::MailboxId;
use crate::smtp::tls;
use crate::store::find_mailbox_by_id;

pub struct Connect;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmailConnectInput)]
pub struct Input {
    #[serde(default)]
    pub mailbox_id: Option<MailboxId>,
    pub place: Place,
    pub manner: Manner,
    #[serde(skip)]
    #[schema(ignore)]
    pub stand: Option<Stand>,
}

impl Action for Connect {
    const NAME: &'static str = "email.connect";
    const GRANT: &'static str = "email.add_mailbox";
    const RISK: Risk = Risk::Irreversible;
    type Input = Input;
    type Output = Source;

    /// The mailbox is opened before anything is stored: what can't be opened is not connected, and what lies
    /// there now is told from what comes later.
    async fn prepare(house: &Arc<Workspace>, input: &mut Input) -> Result<()> {
        let unknown = || not_found("mailbox_not_found");
        let id = input.mailbox_id.ok_or_else(unknown)?;
        let stored = house
            .read(Caller::system(), move |cx| {
                find_mailbox_by_id(cx, id)?.ok_or_else(unknown)?;
                store::find_source(cx, id)
            })
            .await?;
        input.place = named(house, input.place.checked()?).await?;
        input.manner = input.manner.checked(input.place.protocol)?;
        if let Some(pem) = &input.place.trusted_certificate {
            tls::check_certificate(pem)?;
        }
        let server = server_of(house, &input.place, stored.as_ref()).await?;
        input.stand = Some(look::stand(&server, input.place.protocol, &input.manner).await?);
        Ok(())
    }

    fn run(cx: &mut Cx<'_, '_>, input: &Input) -> Result<Source> {
        let unknown = || not_found("mailbox_not_found");
        let id = input.mailbox_id.ok_or_else(unknown)?;
        find_mailbox_by_id(cx, id)?.ok_or_else(unknown)?;
        let stand = input.stand.as_ref();
        let stand = stand.ok_or_else(|| {
            invalid("not_prepared", "A mailbox can't be connected as part of another action.")
        })?;
        let before = store::find_source(cx, id)?;
        let same = before.as_ref().filter(|source| is_same(source, &input.place));
        let source = source(cx, id, input, same, before.as_ref())?;
        if same.is_none() {
            store::delete_folders(cx, id)?;
        }
        store::put_source(cx, &source)?;
        begin(cx, &source, stand)?;
        cx.record(Note::new(events::CONNECTED, "mailbox", id.0))?;
        cx.sooner(&Fetch { mailbox: id })?;
        Ok(source)
    }
}

/// What is followed already keeps its connection's time: its old mails stay old.
fn source(
    cx: &Cx<'_, '_>,
    id: MailboxId,
    input: &Input,
    same: Option<&Source>,
    before: Option<&Source>,
) -> Result<Source> {
    let (place, manner) = (input.place.clone(), input.manner.clone());
    let kept = same.filter(|source| source.grant_id.is_none());
    let password = match (place.grant_id, &place.password, kept) {
        (Some(_), _, _) => String::new(),
        (None, Some(password), _) => seal(cx.secrets(), id, password)?,
        (None, None, Some(source)) => source.password.clone(),
        (None, None, None) => return Err(missing()),
    };
    Ok(Source {
        mailbox_id: id,
        protocol: place.protocol,
        host: place.host,
        port: place.port,
        security: place.security,
        username: place.username,
        password,
        grant_id: place.grant_id,
        trusted_certificate: place.trusted_certificate,
        folders: serde_json::to_value(&manner.folders)?,
        sent_folder: manner.sent_folder,
        afterwards: manner.afterwards,
        move_to: manner.move_to,
        keep_days: manner.keep_days,
        history_days: same.map_or(manner.history_days, |source| source.history_days),
        connected_at: same.map_or(cx.now(), |source| source.connected_at),
        version: before.map_or(1, |source| source.version + 1),
        tried_at: None,
        fetched_at: None,
        newest_at: None,
        failing_since: None,
        error_code: None,
        error: None,
        waiting: 0,
    })
}

/// Everything that lies in a folder which was not followed before is old.
fn begin(cx: &mut Cx<'_, '_>, source: &Source, stand: &Stand) -> Result<()> {
    let history = source.history_days > 0;
    for (name, epoch, old_uid) in &stand.folders {
        if store::find_folder(cx, source.mailbox_id, name)?.is_some() {
            continue;
        }
        let (name, epoch, old_uid) = (name.clone(), *epoch, *old_uid);
        let last_uid = if history { 0 } else { old_uid };
        let folder = Folder { id: cx.new_id(), name, epoch, last_uid, old_uid, resync: false, tries: 0 };
        store::insert_folder(cx, source.mailbox_id, &folder)?;
        if source.protocol == Protocol::Pop3 {
            let state = if history { State::Waiting } else { State::Known };
            for name in &stand.names {
                store::put_fetched(cx, (folder.id, 0, name), state, None, None)?;
            }
        }
    }
    Ok(())
}

/// Its mail is fetched no longer; what was fetched stays.
pub struct Disconnect;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmailDisconnectInput)]
pub struct DisconnectInput {
    pub mailbox_id: MailboxId,
}

impl Action for Disconnect {
    const NAME: &'static str = "email.disconnect";
    const GRANT: &'static str = "email.add_mailbox";
    const RISK: Risk = Risk::Irreversible;
    type Input = DisconnectInput;
    type Output = ();

    fn run(cx: &mut Cx<'_, '_>, input: &DisconnectInput) -> Result<()> {
        let id = input.mailbox_id;
        store::find_source(cx, id)?.ok_or_else(|| not_found("source_not_found"))?;
        store::delete_source(cx, id)?;
        // The round that finds nothing to fetch also ends the waiting for news.
        cx.sooner(&Fetch { mailbox: id })?;
        cx.record(Note::new(events::DISCONNECTED, "mailbox", id.0)).map(drop)
    }
}
