//! Whether a connected mailbox opens, tried without fetching anything.

use std::sync::Arc;

use base::Result;
use base::error::not_found;
use journal::{Caller, Workspace};
use serde::Serialize;

use super::credentials::server;
use super::look::preview;
use super::source::Manner;
use super::store::find_source;
use crate::store::find_mailbox;

/// What a try has shown.
#[derive(Clone, Debug, Serialize)]
pub struct Looked {
    pub server: String,
    /// Mails that lie in the folders that are followed.
    pub mails: i64,
    /// The server tells of new mail at once.
    pub tells: bool,
}

/// Opens a connected mailbox and counts what lies there.
pub async fn look(house: &Arc<Workspace>, address: &str) -> Result<Looked> {
    let folded = base::text::fold(address.trim());
    let found = house
        .read(Caller::system(), move |cx| {
            let mailbox = find_mailbox(cx, &folded)?.ok_or_else(|| not_found("mailbox_not_found"))?;
            find_source(cx, mailbox.id)
        })
        .await?;
    let source = found.ok_or_else(|| not_found("source_not_found"))?;
    let server = server(house, &source).await?;
    let manner = Manner {
        folders: source.folders(),
        sent_folder: source.sent_folder.clone(),
        afterwards: source.afterwards,
        move_to: None,
        keep_days: 0,
        history_days: 0,
    };
    let seen = preview(&server, source.protocol, &manner, house.clock.now()).await?;
    Ok(Looked { server: format!("{}:{}", server.host, server.port), mails: seen.mails, tells: seen.tells })
}
