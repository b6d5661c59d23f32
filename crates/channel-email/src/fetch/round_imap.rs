//! One round through a mailbox over IMAP: what is new comes in, in the order of its UIDs.
//!
//! A UID is never used twice while UIDVALIDITY stays the same (RFC 9051 section 2.3.1.1), so one number per
//! folder says what is done. When UIDVALIDITY changes, everything is looked through again, and content says
//! what was here already.

use std::collections::BTreeMap;
use std::sync::Arc;

use base::error::not_found;
use base::{Error, Kind, Result, Time};
use conversations::channel::Arrival;
use journal::{Caller, Workspace};
use tokio::sync::Semaphore;

use super::imap::{Head, Imap, Opened, search_day};
use super::keep::{Came, Shelf, keep, park};
use super::round::Ground;
use super::source::{Folder, Source, State};
use super::store;
use super::tidying;
use crate::model::{MOST_BYTES, written};

/// Fetched in one go, and put down in one transaction.
const MOST_AT_ONCE: usize = 50;
const BYTES_AT_ONCE: i64 = 4 * 1024 * 1024;
/// Sizes that are asked for in one go.
const HEADS_AT_ONCE: usize = 500;
/// So often the connection may break at the same mail; then the others go on without it.
const MOST_TRIES: i64 = 3;
/// Mails on both sides of a day's border in other time zones.
const DAY_SECONDS: i64 = 86_400;

/// More than one large mail at a time would take the memory of many.
static LARGE: Semaphore = Semaphore::const_new(2);

pub async fn round(ground: &Ground<'_>, imap: &mut Imap) -> Result<()> {
    for (name, sent) in ground.source.followed() {
        let changing = !sent && tidying::changes_at_once(ground.source);
        let opened = imap.select(&name, changing).await?;
        let folder = begin(ground.house, ground.source, &name, opened).await?;
        let mut walk = Walk { ground, imap, opened, folder, sent };
        walk.go().await?;
        let (folder, epoch) = (walk.folder.id, walk.folder.epoch);
        if !sent {
            tidying::clear(ground, imap, &name, (folder, epoch)).await?;
        }
    }
    Ok(())
}

/// How far the folder was fetched; from the beginning when its UIDs are others now.
async fn begin(house: &Arc<Workspace>, source: &Source, name: &str, opened: Opened) -> Result<Folder> {
    let (mailbox, name) = (source.mailbox_id, name.to_owned());
    house
        .write(Caller::system(), move |cx| {
            let known = store::find_folder(cx, mailbox, &name)?;
            // Only when the mailbox was disconnected or changed within this round.
            let known = known.ok_or_else(|| not_found("source_not_found"))?;
            if known.epoch == opened.epoch {
                return Ok(known);
            }
            store::delete_stuck(cx, known.id)?;
            let (epoch, old_uid) = (opened.epoch, opened.next - 1);
            let again = Folder { epoch, last_uid: 0, old_uid, resync: true, tries: 0, ..known };
            store::set_folder(cx, &again)?;
            Ok(again)
        })
        .await
}

struct Walk<'a, 'g> {
    ground: &'g Ground<'a>,
    imap: &'g mut Imap,
    opened: Opened,
    folder: Folder,
    sent: bool,
}

impl Walk<'_, '_> {
    async fn go(&mut self) -> Result<()> {
        if self.folder.last_uid < self.folder.old_uid {
            let since = search_day(self.since());
            let query = format!("UID {}:{} SINCE {since}", self.folder.last_uid + 1, self.folder.old_uid);
            let (first, last) = (self.folder.last_uid, self.folder.old_uid);
            let uids = self.imap.search(&query).await?;
            self.take(uids.into_iter().filter(|uid| (first + 1..=last).contains(uid)).collect()).await?;
            self.move_on(last).await?;
        }
        if self.opened.next - 1 > self.folder.last_uid {
            let last = self.folder.last_uid;
            let uids = self.imap.search(&format!("UID {}:*", last + 1)).await?;
            // `*` is the last mail there is, so an old one may be among them.
            self.take(uids.into_iter().filter(|uid| *uid > last).collect()).await?;
            self.move_on((self.opened.next - 1).max(self.folder.last_uid)).await?;
        }
        self.again().await
    }

    /// The oldest mail that is of interest among those that lay there.
    fn since(&self) -> Time {
        let source = self.ground.source;
        match source.history_days {
            0 => source.connected_at.plus_seconds(-DAY_SECONDS),
            days => source.connected_at.plus_seconds(-days * DAY_SECONDS),
        }
    }

    async fn move_on(&mut self, to: i64) -> Result<()> {
        let folder = self.folder.id;
        self.ground.house.write(Caller::system(), move |cx| store::set_cursor(cx, folder, to)).await?;
        self.folder.last_uid = to;
        Ok(())
    }

    fn shelf(&self) -> Shelf {
        Shelf {
            mailbox: self.ground.source.mailbox_id,
            address: self.ground.address.to_owned(),
            folder: self.folder.id,
            epoch: self.folder.epoch,
            sent: self.sent,
            resync: self.folder.resync,
        }
    }

    /// After a connection that broke, the next ones are asked for one at a time, so that the one at fault is
    /// found: also its size may be what the server can't tell.
    async fn take(&mut self, uids: Vec<i64>) -> Result<()> {
        let mut rest = uids.as_slice();
        if self.folder.tries > 0 {
            let (careful, behind) = rest.split_at(rest.len().min(HEADS_AT_ONCE));
            rest = behind;
            for (n, uid) in careful.iter().enumerate() {
                let waiting = careful.len() - n - 1 + rest.len();
                match self.folder.tries >= MOST_TRIES {
                    true => self.give_up(*uid).await?,
                    false => self.some(std::slice::from_ref(uid), waiting).await?,
                }
            }
        }
        while !rest.is_empty() {
            let (some, behind) = rest.split_at(rest.len().min(HEADS_AT_ONCE));
            rest = behind;
            self.some(some, rest.len()).await?;
        }
        Ok(())
    }

    async fn give_up(&mut self, uid: i64) -> Result<()> {
        let cause = format!("The connection broke {} times at this mail.", self.folder.tries);
        let (house, run, shelf) = (self.ground.house, self.ground.run, self.shelf());
        park(house, run, &shelf, uid.to_string(), cause, Some(uid)).await?;
        self.folder.tries = 0;
        self.folder.last_uid = uid;
        Ok(())
    }

    /// `behind` mails wait after these.
    async fn some(&mut self, uids: &[i64], behind: usize) -> Result<()> {
        let mut heads = match self.imap.heads(uids).await {
            Ok(heads) => heads,
            Err(e) => return self.broke(e).await,
        };
        heads.retain(|head| self.is_wanted(head));
        let mut rest = heads.as_slice();
        while !rest.is_empty() {
            let (batch, after) = rest.split_at(batch_of(rest));
            rest = after;
            let waiting = i64::try_from(after.len() + behind).unwrap_or(i64::MAX);
            self.batch(batch, waiting).await?;
        }
        Ok(())
    }

    async fn batch(&mut self, batch: &[Head], waiting: i64) -> Result<()> {
        let last = batch.last().map_or(self.folder.last_uid, |head| head.uid);
        match self.fetch(batch).await {
            Ok(came) => self.put(came, Some(last), waiting).await,
            Err(e) if e.code == "source_unwilling" => self.one_by_one(batch, waiting).await,
            Err(e) => self.broke(e).await,
        }
    }

    async fn broke(&mut self, e: Error) -> Result<()> {
        let folder = self.folder.id;
        self.ground.house.write(Caller::system(), move |cx| store::add_try(cx, folder)).await?;
        Err(e)
    }

    /// The server refuses to give one of these: that one is parked, the others come.
    async fn one_by_one(&mut self, batch: &[Head], waiting: i64) -> Result<()> {
        for head in batch {
            match self.fetch(std::slice::from_ref(head)).await {
                Ok(came) => self.put(came, Some(head.uid), waiting).await?,
                Err(e) if e.code == "source_unwilling" => {
                    let (house, run, shelf) = (self.ground.house, self.ground.run, self.shelf());
                    let (remote, cause) = (head.uid.to_string(), e.message.to_string());
                    park(house, run, &shelf, remote, cause, Some(head.uid)).await?;
                }
                Err(e) => return Err(e),
            }
        }
        Ok(())
    }

    async fn put(&mut self, came: Vec<Came>, cursor: Option<i64>, waiting: i64) -> Result<()> {
        let taken: Vec<i64> = came.iter().filter_map(|mail| mail.remote.parse().ok()).collect();
        keep(self.ground.house, self.ground.run, &self.shelf(), came, (cursor, waiting)).await?;
        self.folder.tries = 0;
        self.folder.last_uid = cursor.unwrap_or(self.folder.last_uid).max(self.folder.last_uid);
        match self.sent || taken.is_empty() {
            true => Ok(()),
            false => tidying::at_once(self.ground.source, self.imap, &taken).await,
        }
    }

    async fn fetch(&mut self, batch: &[Head]) -> Result<Vec<Came>> {
        let bytes: i64 = batch.iter().map(|head| head.size.min(MOST_BYTES as i64)).sum();
        let _turn = match bytes > BYTES_AT_ONCE {
            true => LARGE.acquire().await.ok(),
            false => None,
        };
        let small: Vec<i64> = batch.iter().filter(|head| !is_large(head)).map(|head| head.uid).collect();
        let mut bodies = match small.is_empty() {
            true => BTreeMap::new(),
            // Servers count line breaks in their own way, so some more may come.
            false => self.imap.bodies(&small, bytes.unsigned_abs() * 2).await?,
        };
        let mut came = Vec::with_capacity(batch.len());
        for head in batch {
            let raw = match is_large(head) {
                true => self.imap.header(head.uid).await?,
                false => bodies.remove(&head.uid),
            };
            // Whoever deleted it meanwhile did not want it answered.
            let Some(raw) = raw else { continue };
            let arrival = self.arrival(head, &raw);
            let (remote, received, too_large) = (head.uid.to_string(), head.received, is_large(head));
            came.push(Came { remote, raw, received, arrival, too_large });
        }
        Ok(came)
    }

    /// When UIDs have changed, what was not to be taken at the connection comes by again.
    fn is_wanted(&self, head: &Head) -> bool {
        let source = self.ground.source;
        let again = self.folder.resync && head.uid <= self.folder.old_uid;
        !(again && source.history_days == 0 && head.received.is_some_and(|time| time < source.connected_at))
    }

    /// What lay there before the connection is history. When UIDs have changed, servers may have forgotten
    /// when a mail came, so its own date counts as well.
    fn arrival(&self, head: &Head, raw: &[u8]) -> Arrival {
        let connected = self.ground.source.connected_at;
        let before = |time: Option<Time>| time.is_some_and(|time| time < connected);
        let old = head.uid <= self.folder.old_uid;
        let dated = before(head.received) || before(written(raw));
        match (old, self.folder.resync, dated) {
            (true, false, _) | (true, true, true) => Arrival::History,
            (false, _, true) => Arrival::Quiet,
            (_, _, false) => Arrival::Live,
        }
    }

    /// Mails that could not be fetched before.
    async fn again(&mut self) -> Result<()> {
        for stuck in self.ground.stuck(self.folder.id, self.folder.epoch).await? {
            let Ok(uid) = stuck.remote.parse::<i64>() else { continue };
            let fetched = match self.imap.heads(&[uid]).await {
                Ok(heads) if heads.is_empty() => Ok(Vec::new()),
                Ok(heads) => self.fetch(&heads).await,
                Err(e) => Err(e),
            };
            let (house, run, shelf) = (self.ground.house, self.ground.run, self.shelf());
            match fetched {
                Ok(came) if came.is_empty() => {
                    let gone = (self.folder.id, self.folder.epoch, stuck.remote.clone());
                    house
                        .write(Caller::system(), move |cx| {
                            store::put_fetched(cx, (gone.0, gone.1, &gone.2), State::Cleared, None, None)
                        })
                        .await?;
                }
                Ok(came) => self.put(came, None, 0).await?,
                Err(e) if e.kind == Kind::Internal => return Err(e),
                Err(e) => {
                    // Counted before the connection is given up, so that the next round waits longer.
                    park(house, run, &shelf, stuck.remote, e.message.to_string(), None).await?;
                    if e.code != "source_unwilling" {
                        return Err(e);
                    }
                }
            }
        }
        Ok(())
    }
}

fn is_large(head: &Head) -> bool {
    head.size > MOST_BYTES as i64
}

/// How many of these are fetched together.
fn batch_of(heads: &[Head]) -> usize {
    let mut bytes = 0;
    let fits = |head: &&Head| {
        bytes += head.size;
        bytes <= BYTES_AT_ONCE
    };
    heads.iter().take(MOST_AT_ONCE).take_while(fits).count().max(1)
}
