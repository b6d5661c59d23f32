//! Looks into a mailbox before it is connected: whether it opens, what lies there, what would be taken.

use base::Result;
use base::error::invalid;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::imap::{Imap, Listed, search_day};
use super::link::Server;
use super::pop3::Pop3;
use super::source::{Manner, Protocol};
use crate::model::written;
use base::Time;

const DAY_SECONDS: i64 = 86_400;
/// POP3 tells no dates, so headers are looked at: the newest ones.
const MOST_HEADERS: usize = 2_000;
const MOST_HEADER: usize = 1024 * 1024;
/// Behind so many old ones in a row nothing new is expected.
const OLD_IN_A_ROW: usize = 50;

/// What a look has shown.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = MailSourcePreview)]
pub struct Preview {
    /// Folders of the server, to choose from.
    pub folders: Vec<Listed>,
    /// Mails that lie in the chosen folders.
    pub mails: i64,
    /// Those of the chosen days, which would be taken as solved history; absent when that can't be said.
    pub history: Option<i64>,
    /// The server tells of new mail at once.
    pub tells: bool,
}

/// How the folders stood at the connection: what lies there is old from then on.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Stand {
    pub folders: Vec<(String, i64, i64)>,
    /// The unique names of POP3.
    pub names: Vec<String>,
}

pub async fn preview(server: &Server, protocol: Protocol, manner: &Manner, now: Time) -> Result<Preview> {
    let since = (manner.history_days > 0).then(|| now.plus_seconds(-manner.history_days * DAY_SECONDS));
    match protocol {
        Protocol::Imap => in_folders(server, manner, since).await,
        Protocol::Pop3 => in_list(server, since).await,
    }
}

async fn in_folders(server: &Server, manner: &Manner, since: Option<Time>) -> Result<Preview> {
    let mut imap = Imap::open(server).await?;
    let folders = imap.folders().await?;
    let (mut mails, mut history) = (0, 0);
    for folder in manner.folders.iter().chain(&manner.sent_folder) {
        imap.select(folder, false).await?;
        mails += count(imap.search("ALL").await?.len());
        if let Some(since) = since {
            history += count(imap.search(&format!("SINCE {}", search_day(since))).await?.len());
        }
    }
    let tells = imap.idles();
    imap.leave().await;
    Ok(Preview { folders, mails, history: Some(history), tells })
}

async fn in_list(server: &Server, since: Option<Time>) -> Result<Preview> {
    let mut pop3 = Pop3::open(server).await?;
    let all = pop3.list().await?;
    let (mut history, mut old) = (Some(0), 0);
    if let Some(since) = since {
        for (n, mail) in all.iter().rev().enumerate() {
            if old == OLD_IN_A_ROW {
                break;
            }
            if n == MOST_HEADERS {
                history = None;
                break;
            }
            let header = pop3.header(mail.number, MOST_HEADER).await?;
            match written(&header).is_some_and(|written| written >= since) {
                true => {
                    history = history.map(|history| history + 1);
                    old = 0;
                }
                false => old += 1,
            }
        }
    }
    pop3.leave().await;
    Ok(Preview { folders: Vec::new(), mails: count(all.len()), history, tells: false })
}

/// Opens everything that is to be followed, so that nothing is connected which does not work.
pub async fn stand(server: &Server, protocol: Protocol, manner: &Manner) -> Result<Stand> {
    match protocol {
        Protocol::Imap => {
            let mut imap = Imap::open(server).await?;
            let mut folders = Vec::new();
            for name in manner.folders.iter().chain(&manner.sent_folder) {
                let opened = imap.select(name, false).await?;
                folders.push((name.clone(), opened.epoch, opened.next - 1));
            }
            if let Some(to) = &manner.move_to {
                imap.select(to, false).await.map_err(|_| {
                    invalid("source_move_to", "There is no such folder on the server.").field("move_to")
                })?;
            }
            imap.leave().await;
            Ok(Stand { folders, names: Vec::new() })
        }
        Protocol::Pop3 => {
            let mut pop3 = Pop3::open(server).await?;
            let names = pop3.list().await?.into_iter().map(|mail| mail.name).collect();
            pop3.leave().await;
            Ok(Stand { folders: vec![(String::new(), 0, 0)], names })
        }
    }
}

fn count(many: usize) -> i64 {
    i64::try_from(many).unwrap_or(i64::MAX)
}
