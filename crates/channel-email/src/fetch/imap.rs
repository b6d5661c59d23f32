//! A mailbox on an IMAP server (RFC 9051, RFC 3501): what is asked of it, and nothing more.
//!
//! Commands are read to their tagged answer here. The library's own streams end without an error when the
//! connection does, which would look as if a mail had gone.

use std::collections::BTreeMap;
use std::time::Duration;

use async_imap::imap_proto::{
    AttributeValue, MailboxDatum, MessageSection, NameAttribute, Response, SectionPath, Status,
};
use async_imap::{Session, error::Error as Broken, extensions::idle::IdleResponse};
use base::{Result, Time};
use jiff::fmt::strtime;
use tokio::time::timeout;

use super::folder_names;
use super::imap_login::{self, plain};
use super::link::{BULK, COMMAND, GRANT_REFUSED, Line, SMALL, Server};

/// The server has no such folder.
const NO_FOLDER: &str = "source_folder";

pub struct Imap {
    server: Server,
    session: Session<Line>,
    idles: bool,
    moves: bool,
    uidplus: bool,
}

/// A folder that was opened.
#[derive(Clone, Copy, Debug)]
pub struct Opened {
    /// UIDVALIDITY (RFC 9051 section 2.3.1.1).
    pub epoch: i64,
    /// The UID that the next mail gets.
    pub next: i64,
}

/// What is known of a mail before it is fetched.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    pub uid: i64,
    pub size: i64,
    /// When the server got it.
    pub received: Option<Time>,
}

/// A folder as the server lists it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[schema(as = MailFolder)]
pub struct Listed {
    pub name: String,
    /// The server says that sent mail lies here (RFC 6154).
    pub sent: bool,
}

impl Imap {
    pub async fn open(server: &Server) -> Result<Imap> {
        match Imap::begin(server).await {
            // It may have been withdrawn, or ended early: a fresh one is asked for, once.
            Err(e) if e.code == GRANT_REFUSED => Imap::begin(&server.anew().await?).await,
            other => other,
        }
    }

    async fn begin(server: &Server) -> Result<Imap> {
        let session = imap_login::open(server).await?;
        let mut imap = Imap { server: server.clone(), session, idles: false, moves: false, uidplus: false };
        imap.look_around().await?;
        Ok(imap)
    }

    async fn look_around(&mut self) -> Result<()> {
        let asked = timeout(COMMAND, self.session.capabilities()).await;
        let able = asked.map_err(|e| self.server.broken(&e))?.map_err(|e| self.server.broken(&e))?;
        self.idles = able.has_str("IDLE");
        self.moves = able.has_str("MOVE");
        self.uidplus = able.has_str("UIDPLUS");
        Ok(())
    }

    pub fn idles(&self) -> bool {
        self.idles
    }

    /// Runs a command to its tagged answer; `hear` gets everything that comes before it.
    async fn ask(
        &mut self,
        command: &str,
        (most, patience): (u64, Duration),
        mut hear: impl FnMut(&Response<'_>),
    ) -> Result<()> {
        self.session.get_mut().allow(most);
        let server = &self.server;
        let session = &mut self.session;
        let asking = async {
            let id = session.run_command(command).await.map_err(|e| server.broken(&plain(&e)))?;
            loop {
                let came =
                    session.read_response().await.map_err(|e| server.broken(&plain(&Broken::Io(e))))?;
                let came = came.ok_or_else(|| server.broken(&"it was closed"))?;
                match came.parsed() {
                    Response::Done { tag, status, outcome, .. } if *tag == id => {
                        let said = outcome.information.as_deref().unwrap_or_default();
                        return match status {
                            Status::Ok => Ok(()),
                            _ => Err(server.unwilling(said)),
                        };
                    }
                    Response::Data { status: Status::Bye, outcome, .. } => {
                        let said = outcome.information.as_deref().unwrap_or_default();
                        return Err(server.broken(&said));
                    }
                    other => hear(other),
                }
            }
        };
        timeout(patience, asking).await.map_err(|e| server.broken(&e))?
    }

    pub async fn folders(&mut self) -> Result<Vec<Listed>> {
        let mut all = Vec::new();
        self.ask("LIST \"\" \"*\"", (SMALL, COMMAND), |said| {
            if let Response::MailboxData(MailboxDatum::List(one)) = said
                && !one.name_attributes.contains(&NameAttribute::NoSelect)
            {
                let sent = one.name_attributes.contains(&NameAttribute::Sent);
                all.push(Listed { name: folder_names::read(&one.name), sent });
            }
        })
        .await?;
        if !all.iter().any(|one| one.sent) {
            all.iter_mut().for_each(|one| one.sent = folder_names::says_sent(&one.name));
        }
        Ok(all)
    }

    /// Opens a folder; to look at only, nothing on the server changes, not even what is recent.
    pub async fn select(&mut self, folder: &str, changing: bool) -> Result<Opened> {
        let mut wires = folder_names::wires(folder).into_iter().peekable();
        while let Some(wire) = wires.next() {
            match self.select_named(folder, &wire, changing).await {
                Err(e) if e.code == NO_FOLDER && wires.peek().is_some() => {}
                done => return done,
            }
        }
        Err(self.no_folder(folder))
    }

    fn no_folder(&self, folder: &str) -> base::Error {
        let sentence = format!("{} has no folder “{}”.", self.server.host, base::text::cut(folder, 100));
        base::error::unavailable(NO_FOLDER, sentence).field("folders")
    }

    async fn select_named(&mut self, folder: &str, wire: &str, changing: bool) -> Result<Opened> {
        self.session.get_mut().allow(SMALL);
        let selecting = async {
            match changing {
                true => self.session.select(wire).await,
                false => self.session.examine(wire).await,
            }
        };
        let server = &self.server;
        let opened = match timeout(COMMAND, selecting).await {
            Ok(Ok(opened)) => opened,
            Ok(Err(Broken::No(_) | Broken::Bad(_))) => return Err(self.no_folder(folder)),
            Ok(Err(e)) => return Err(server.broken(&plain(&e))),
            Err(e) => return Err(server.broken(&e)),
        };
        let epoch = opened.uid_validity.ok_or_else(|| server.broken(&"the folder has no UIDVALIDITY"))?;
        let next = match opened.uid_next {
            Some(next) => i64::from(next),
            None => self.search("UID *").await?.last().map_or(1, |last| last + 1),
        };
        Ok(Opened { epoch: i64::from(epoch), next })
    }

    /// UIDs in ascending order.
    pub async fn search(&mut self, query: &str) -> Result<Vec<i64>> {
        let mut found = Vec::new();
        self.ask(&format!("UID SEARCH {query}"), (SMALL * 4, BULK), |said| {
            if let Response::MailboxData(MailboxDatum::Search(uids)) = said {
                found.extend(uids.iter().map(|uid| i64::from(*uid)));
            }
        })
        .await?;
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// What is there of these, in ascending order.
    pub async fn heads(&mut self, uids: &[i64]) -> Result<Vec<Head>> {
        let mut heads = BTreeMap::new();
        let command = format!("UID FETCH {} (UID RFC822.SIZE INTERNALDATE)", set_of(uids));
        self.ask(&command, (SMALL, COMMAND), |said| {
            let Response::Fetch(_, parts) = said else { return };
            let mut head = Head { uid: 0, size: -1, received: None };
            for part in parts {
                match part {
                    AttributeValue::Uid(uid) => head.uid = i64::from(*uid),
                    AttributeValue::Rfc822Size(size) => head.size = i64::from(*size),
                    AttributeValue::InternalDate(date) => head.received = internal_date(date),
                    _ => {}
                }
            }
            // Flags that change meanwhile are told by themselves, without a size.
            if head.size >= 0 {
                heads.insert(head.uid, head);
            }
        })
        .await?;
        Ok(heads.into_values().collect())
    }

    /// The bytes of mails; whoever is missing is gone from the folder.
    pub async fn bodies(&mut self, uids: &[i64], most: u64) -> Result<BTreeMap<i64, Vec<u8>>> {
        self.parts(uids, "BODY.PEEK[]", most).await
    }

    /// The header of a mail that is too large to be fetched.
    pub async fn header(&mut self, uid: i64) -> Result<Option<Vec<u8>>> {
        Ok(self.parts(&[uid], "BODY.PEEK[HEADER]", SMALL).await?.remove(&uid))
    }

    async fn parts(&mut self, uids: &[i64], what: &str, most: u64) -> Result<BTreeMap<i64, Vec<u8>>> {
        let mut bodies = BTreeMap::new();
        let command = format!("UID FETCH {} (UID {what})", set_of(uids));
        self.ask(&command, (most + SMALL, BULK), |said| {
            let Response::Fetch(_, parts) = said else { return };
            let (mut at, mut bytes) = (None, None);
            for part in parts {
                match part {
                    AttributeValue::Uid(uid) => at = Some(i64::from(*uid)),
                    AttributeValue::BodySection {
                        section: None | Some(SectionPath::Full(MessageSection::Header)),
                        data,
                        ..
                    } => bytes = Some(data.as_deref().unwrap_or_default().to_vec()),
                    _ => {}
                }
            }
            if let (Some(uid), Some(bytes)) = (at, bytes) {
                bodies.insert(uid, bytes);
            }
        })
        .await?;
        Ok(bodies)
    }

    pub async fn mark_seen(&mut self, uids: &[i64]) -> Result<()> {
        let command = format!("UID STORE {} +FLAGS.SILENT (\\Seen)", set_of(uids));
        self.ask(&command, (SMALL, COMMAND), |_| {}).await
    }

    /// RFC 6851; without it the mail is copied and then deleted.
    pub async fn move_to(&mut self, uids: &[i64], folder: &str) -> Result<()> {
        let mut wires = folder_names::wires(folder).into_iter().peekable();
        while let Some(wire) = wires.next() {
            match self.move_named(uids, &quoted(&wire)).await {
                Err(e) if e.code == "source_unwilling" && wires.peek().is_some() => {}
                done => return done,
            }
        }
        Ok(())
    }

    async fn move_named(&mut self, uids: &[i64], folder: &str) -> Result<()> {
        let set = set_of(uids);
        if self.moves {
            return self.ask(&format!("UID MOVE {set} {folder}"), (SMALL, COMMAND), |_| {}).await;
        }
        self.ask(&format!("UID COPY {set} {folder}"), (SMALL, COMMAND), |_| {}).await?;
        self.delete(uids).await
    }

    /// Only these (RFC 4315); a server that can't name them keeps them marked as deleted, so that
    /// nothing of somebody else's goes with them.
    pub async fn delete(&mut self, uids: &[i64]) -> Result<()> {
        let set = set_of(uids);
        let command = format!("UID STORE {set} +FLAGS.SILENT (\\Deleted)");
        self.ask(&command, (SMALL, COMMAND), |_| {}).await?;
        match self.uidplus {
            true => self.ask(&format!("UID EXPUNGE {set}"), (SMALL, COMMAND), |_| {}).await,
            false => Ok(()),
        }
    }

    /// Waits until the server tells of something new (RFC 2177); `false` when nothing came in that time.
    pub async fn wait(self, patience: Duration) -> Result<(Imap, bool)> {
        let Imap { server, session, idles, moves, uidplus } = self;
        let mut waiting = session.idle();
        waiting.as_mut().allow(SMALL);
        let begun = timeout(COMMAND, waiting.init()).await;
        begun.map_err(|e| server.broken(&e))?.map_err(|e| server.broken(&plain(&e)))?;
        // What the server says to keep the line open must not make the wait longer.
        let heard = match timeout(patience, waiting.wait_with_timeout(patience).0).await {
            Ok(heard) => heard.map_err(|e| server.broken(&plain(&e)))?,
            Err(_) => IdleResponse::Timeout,
        };
        let done = timeout(COMMAND, waiting.done()).await;
        let session = done.map_err(|e| server.broken(&e))?.map_err(|e| server.broken(&plain(&e)))?;
        let new = match heard {
            IdleResponse::NewData(_) => true,
            IdleResponse::Timeout => false,
            IdleResponse::ManualInterrupt => return Err(server.broken(&"it was closed")),
        };
        Ok((Imap { server, session, idles, moves, uidplus }, new))
    }

    /// How the goodbye fares changes nothing.
    pub async fn leave(mut self) {
        let _ = timeout(Duration::from_secs(2), self.session.logout()).await;
    }
}

/// `1:3,7`: short also for many.
fn set_of(uids: &[i64]) -> String {
    let mut runs: Vec<(i64, i64)> = Vec::new();
    for uid in uids {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *uid => *last = *uid,
            _ => runs.push((*uid, *uid)),
        }
    }
    let one = |(first, last): &(i64, i64)| match first == last {
        true => first.to_string(),
        false => format!("{first}:{last}"),
    };
    runs.iter().map(one).collect::<Vec<_>>().join(",")
}

/// Line breaks are refused where a name is entered.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
}

/// ` 2-Mar-2026 08:00:00 +0000` (RFC 9051, `date-time`).
fn internal_date(text: &str) -> Option<Time> {
    let parsed = strtime::parse("%d-%b-%Y %H:%M:%S %z", text.trim()).ok()?;
    Some(Time(parsed.to_timestamp().ok()?.as_millisecond()))
}

/// The day in the form of `SEARCH SINCE` (RFC 9051 section 6.4.4).
pub fn search_day(time: Time) -> String {
    time.stamp().strftime("%d-%b-%Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_short_and_dates_are_read() {
        assert_eq!(set_of(&[1, 2, 3, 7, 9, 10]), "1:3,7,9:10");
        let time = internal_date(" 2-Mar-2026 08:00:00 +0100").expect("a date");
        assert_eq!(time.to_string(), "2026-03-02T07:00:00.000Z");
        assert_eq!(internal_date("yesterday"), None);
        assert_eq!(search_day(time), "02-Mar-2026");
        assert_eq!(quoted("a\"b\\c"), "\"a\\\"b\\\\c\"");
    }
}
