//! One round through a mailbox over POP3: every mail whose unique name was not seen before comes in.

use std::collections::{HashMap, HashSet};

use base::Result;
use base::error::not_found;
use conversations::channel::Arrival;
use journal::{Caller, Cx};

use super::keep::{Came, Shelf, keep, park};
use super::pop3::{Listed, Pop3};
use super::round::Ground;
use super::source::{Afterwards, Folder, State};
use super::store;
use crate::model::{MOST_BYTES, written};

const NAMES_AT_ONCE: usize = 1_000;
const MOST_HEADER: usize = 1024 * 1024;
/// So often the connection may break at the same mail; then the others go on without it.
const MOST_TRIES: i64 = 3;
const DAY_SECONDS: i64 = 86_400;

pub async fn round(ground: &Ground<'_>, pop3: &mut Pop3) -> Result<()> {
    let all = pop3.list().await?;
    let mailbox = ground.source.mailbox_id;
    let folder = ground.house.read(Caller::system(), move |cx| store::find_folder(cx, mailbox, "")).await?;
    // Only when the mailbox was disconnected within this round.
    let folder = folder.ok_or_else(|| not_found("source_not_found"))?;
    let mut walk = Walk { ground, pop3, folder };
    let mut new = Vec::new();
    for some in all.chunks(NAMES_AT_ONCE) {
        new.extend(walk.unseen(some).await?);
    }
    let count = new.len();
    for (n, mail) in new.into_iter().enumerate() {
        let waiting = i64::try_from(count - n - 1).unwrap_or(0);
        walk.bring(&mail, Arrival::Live, waiting).await?;
    }
    walk.history(&all).await?;
    walk.again(&all).await?;
    walk.clear(&all).await
}

struct Walk<'a, 'g> {
    ground: &'g Ground<'a>,
    pop3: &'g mut Pop3,
    folder: Folder,
}

impl Walk<'_, '_> {
    fn shelf(&self) -> Shelf {
        Shelf {
            mailbox: self.ground.source.mailbox_id,
            address: self.ground.address.to_owned(),
            folder: self.folder.id,
            epoch: 0,
            sent: false,
            resync: false,
        }
    }

    async fn unseen(&mut self, some: &[Listed]) -> Result<Vec<Listed>> {
        let folder = self.folder.id;
        let names: Vec<String> = some.iter().map(|mail| mail.name.clone()).collect();
        let seen =
            self.ground.house.read(Caller::system(), move |cx| store::list_seen(cx, folder, &names)).await?;
        let seen: HashSet<String> = seen.into_iter().collect();
        Ok(some.iter().filter(|mail| !seen.contains(&mail.name)).cloned().collect())
    }

    /// What lay there at the connection: taken as history, or left, by the date that each mail carries.
    async fn history(&mut self, all: &[Listed]) -> Result<()> {
        let numbers: HashMap<&str, &Listed> = all.iter().map(|mail| (mail.name.as_str(), mail)).collect();
        let folder = self.folder.id;
        loop {
            let look = move |cx: &mut Cx<'_, '_>| store::list_waiting(cx, folder, NAMES_AT_ONCE as i64);
            let waiting = self.ground.house.read(Caller::system(), look).await?;
            if waiting.is_empty() {
                return Ok(());
            }
            for old in waiting {
                match numbers.get(old.remote.as_str()) {
                    Some(mail) if self.is_recent(mail).await? => {
                        self.bring(mail, Arrival::History, 0).await?
                    }
                    _ => self.leave_it(old.remote).await?,
                }
            }
        }
    }

    async fn is_recent(&mut self, mail: &Listed) -> Result<bool> {
        let source = self.ground.source;
        let oldest = source.connected_at.plus_seconds(-source.history_days * DAY_SECONDS);
        match self.pop3.header(mail.number, MOST_HEADER).await {
            Ok(head) => Ok(written(&head).is_some_and(|written| written >= oldest)),
            // A server without TOP gives whole mails alone: then nothing is taken that may be old.
            Err(e) if e.code == "source_unwilling" => Ok(false),
            Err(e) => Err(e),
        }
    }

    async fn leave_it(&mut self, name: String) -> Result<()> {
        let folder = self.folder.id;
        let leave =
            move |cx: &mut Cx<'_, '_>| store::put_fetched(cx, (folder, 0, &name), State::Known, None, None);
        self.ground.house.write(Caller::system(), leave).await
    }

    async fn bring(&mut self, mail: &Listed, arrival: Arrival, waiting: i64) -> Result<()> {
        let (house, run) = (self.ground.house, self.ground.run);
        if self.folder.tries >= MOST_TRIES {
            let cause = format!("The connection broke {} times at this mail.", self.folder.tries);
            park(house, run, &self.shelf(), mail.name.clone(), cause, Some(0)).await?;
            self.folder.tries = 0;
            return Ok(());
        }
        match self.fetch(mail, arrival).await {
            Ok(came) => keep(house, run, &self.shelf(), vec![came], (Some(0), waiting)).await?,
            Err(e) if e.code == "source_unwilling" => {
                park(house, run, &self.shelf(), mail.name.clone(), e.message.to_string(), Some(0)).await?;
            }
            Err(e) => {
                let folder = self.folder.id;
                house.write(Caller::system(), move |cx| store::add_try(cx, folder)).await?;
                return Err(e);
            }
        }
        self.folder.tries = 0;
        Ok(())
    }

    async fn fetch(&mut self, mail: &Listed, arrival: Arrival) -> Result<Came> {
        let size = self.pop3.size(mail.number).await?;
        let too_large = size > MOST_BYTES as u64;
        let raw = match too_large {
            true => self.pop3.header(mail.number, MOST_HEADER).await?,
            false => self.pop3.fetch(mail.number, MOST_BYTES + MOST_HEADER).await?,
        };
        let connected = self.ground.source.connected_at;
        let dated = written(&raw).is_some_and(|written| written < connected);
        let arrival = if arrival == Arrival::Live && dated { Arrival::Quiet } else { arrival };
        Ok(Came { remote: mail.name.clone(), raw, received: None, arrival, too_large })
    }

    /// Mails that could not be fetched before.
    async fn again(&mut self, all: &[Listed]) -> Result<()> {
        for stuck in self.ground.stuck(self.folder.id, 0).await? {
            let Some(mail) = all.iter().find(|mail| mail.name == stuck.remote) else { continue };
            let (house, run) = (self.ground.house, self.ground.run);
            match self.fetch(mail, Arrival::Live).await {
                Ok(came) => keep(house, run, &self.shelf(), vec![came], (None, 0)).await?,
                Err(e) => {
                    park(house, run, &self.shelf(), stuck.remote, e.message.to_string(), None).await?;
                    if e.code != "source_unwilling" {
                        return Err(e);
                    }
                }
            }
        }
        Ok(())
    }

    /// Deletes mails whose time on the server is over; the goodbye makes it so.
    async fn clear(&mut self, all: &[Listed]) -> Result<()> {
        let source = self.ground.source;
        if source.afterwards != Afterwards::Delete {
            return Ok(());
        }
        let before = self.ground.house.clock.now().plus_seconds(-source.keep_days * DAY_SECONDS);
        let due = self.ground.due(self.folder.id, 0, before, i64::from(u16::MAX)).await?;
        for taken in due {
            match all.iter().find(|mail| mail.name == taken.remote) {
                Some(mail) => self.pop3.delete(mail.number).await?,
                // It is gone: so was the last goodbye heard.
                None => {
                    self.ground
                        .house
                        .write(Caller::system(), move |cx| store::set_cleared(cx, &[taken.id]))
                        .await?
                }
            }
        }
        Ok(())
    }
}
