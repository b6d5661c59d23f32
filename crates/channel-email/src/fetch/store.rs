//! All SQL of fetching.

use base::{Result, Time};
use journal::Cx;
use serde_json::json;
use store::p;

use super::source::{FetchedId, Folder, FolderId, Source, State, Stuck, Unfetched};
use crate::model::{GrantId, MailboxId};

const SOURCE: &str = "mailbox_id, protocol, host, port, security, username, password, grant_id,
    trusted_certificate, folders, sent_folder, afterwards, move_to, keep_days, history_days, connected_at, version, tried_at,
    fetched_at, newest_at, failing_since, error_code, error, waiting";

/// Sources of one workspace that are shown.
const MOST_SOURCES: i64 = 1_000;

pub fn find_source(cx: &mut Cx, mailbox: MailboxId) -> Result<Option<Source>> {
    cx.opt(format!("SELECT {SOURCE} FROM email_sources WHERE mailbox_id = $1"), p![mailbox])
}

pub fn list_sources(cx: &mut Cx) -> Result<Vec<Source>> {
    let sql = format!("SELECT {SOURCE} FROM email_sources ORDER BY mailbox_id LIMIT $1");
    cx.all(sql, p![MOST_SOURCES])
}

/// Mailboxes that a grant opens.
pub fn list_granted(cx: &mut Cx, grant: GrantId) -> Result<Vec<MailboxId>> {
    let sql = "SELECT mailbox_id FROM email_sources WHERE grant_id = $1 ORDER BY mailbox_id LIMIT $2";
    let rows: Vec<(MailboxId,)> = cx.all(sql, p![grant, MOST_SOURCES])?;
    Ok(rows.into_iter().map(|(mailbox,)| mailbox).collect())
}

/// A new source, or other choices for one that is there; what its health was is forgotten.
pub fn put_source(cx: &mut Cx, s: &Source) -> Result<()> {
    cx.exec(
        "INSERT INTO email_sources (mailbox_id, protocol, host, port, security, username, password, grant_id,
             trusted_certificate, folders, sent_folder, afterwards, move_to, keep_days, history_days,
             connected_at, version, waiting)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 0)
         ON CONFLICT (mailbox_id) DO UPDATE SET protocol = excluded.protocol, host = excluded.host,
             port = excluded.port, security = excluded.security, username = excluded.username,
             password = excluded.password, grant_id = excluded.grant_id, trusted_certificate = excluded.trusted_certificate,
             folders = excluded.folders, sent_folder = excluded.sent_folder,
             afterwards = excluded.afterwards, move_to = excluded.move_to, keep_days = excluded.keep_days,
             history_days = excluded.history_days, connected_at = excluded.connected_at,
             version = excluded.version, failing_since = NULL, error_code = NULL, error = NULL, waiting = 0",
        p![
            s.mailbox_id,
            s.protocol,
            s.host,
            s.port,
            s.security,
            s.username,
            s.password,
            s.grant_id,
            s.trusted_certificate,
            s.folders,
            s.sent_folder,
            s.afterwards,
            s.move_to,
            s.keep_days,
            s.history_days,
            s.connected_at,
            s.version
        ],
    )
    .map(drop)
}

/// With everything that is known of its folders.
pub fn delete_source(cx: &mut Cx, mailbox: MailboxId) -> Result<()> {
    delete_folders(cx, mailbox)?;
    cx.exec("DELETE FROM email_sources WHERE mailbox_id = $1", p![mailbox]).map(drop)
}

pub fn delete_folders(cx: &mut Cx, mailbox: MailboxId) -> Result<()> {
    cx.exec(
        "DELETE FROM email_fetched WHERE folder_id IN (SELECT id FROM email_folders WHERE mailbox_id = $1)",
        p![mailbox],
    )?;
    cx.exec("DELETE FROM email_folders WHERE mailbox_id = $1", p![mailbox]).map(drop)
}

/// Everything that was there is fetched.
pub fn set_well(cx: &mut Cx, mailbox: MailboxId) -> Result<()> {
    let now = cx.now();
    cx.exec(
        "UPDATE email_sources SET tried_at = $2, fetched_at = $2, failing_since = NULL, error_code = NULL,
             error = NULL, waiting = 0 WHERE mailbox_id = $1",
        p![mailbox, now],
    )
    .map(drop)
}

pub fn set_ill(cx: &mut Cx, mailbox: MailboxId, code: &str, sentence: &str) -> Result<()> {
    let now = cx.now();
    cx.exec(
        "UPDATE email_sources SET tried_at = $2, failing_since = COALESCE(failing_since, $2),
             error_code = $3, error = $4 WHERE mailbox_id = $1",
        p![mailbox, now, code, sentence],
    )
    .map(drop)
}

pub fn set_newest(cx: &mut Cx, mailbox: MailboxId, newest: Time, waiting: i64) -> Result<()> {
    cx.exec(
        "UPDATE email_sources SET newest_at = CASE WHEN newest_at > $2 THEN newest_at ELSE $2 END,
             waiting = $3 WHERE mailbox_id = $1",
        p![mailbox, newest, waiting],
    )
    .map(drop)
}

pub fn find_folder(cx: &mut Cx, mailbox: MailboxId, name: &str) -> Result<Option<Folder>> {
    cx.opt(
        "SELECT id, name, epoch, last_uid, old_uid, resync, tries FROM email_folders
         WHERE mailbox_id = $1 AND name = $2",
        p![mailbox, name],
    )
}

pub fn insert_folder(cx: &mut Cx, mailbox: MailboxId, f: &Folder) -> Result<()> {
    cx.exec(
        "INSERT INTO email_folders (id, mailbox_id, name, epoch, last_uid, old_uid, resync, tries)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        p![f.id, mailbox, f.name, f.epoch, f.last_uid, f.old_uid, f.resync, f.tries],
    )
    .map(drop)
}

pub fn set_folder(cx: &mut Cx, f: &Folder) -> Result<()> {
    cx.exec(
        "UPDATE email_folders SET epoch = $2, last_uid = $3, old_uid = $4, resync = $5, tries = $6
         WHERE id = $1",
        p![f.id, f.epoch, f.last_uid, f.old_uid, f.resync, f.tries],
    )
    .map(drop)
}

/// Everything up to here is dealt with, and the connection holds.
pub fn set_cursor(cx: &mut Cx, folder: FolderId, last_uid: i64) -> Result<()> {
    let sql = "UPDATE email_folders SET last_uid = $2, tries = 0 WHERE id = $1 AND last_uid <= $2";
    cx.exec(sql, p![folder, last_uid]).map(drop)
}

pub fn add_try(cx: &mut Cx, folder: FolderId) -> Result<()> {
    cx.exec("UPDATE email_folders SET tries = tries + 1 WHERE id = $1", p![folder]).map(drop)
}

/// What became of one mail; a parked one that was fetched after all is overwritten.
pub fn put_fetched(
    cx: &mut Cx,
    (folder, epoch, remote): (FolderId, i64, &str),
    state: State,
    mark: Option<&[u8]>,
    cause: Option<&str>,
) -> Result<()> {
    let (id, now) = (cx.new_id::<FetchedId>(), cx.now());
    cx.exec(
        "INSERT INTO email_fetched (id, folder_id, epoch, remote, state, mark, cause, tries, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8)
         ON CONFLICT (folder_id, epoch, remote) DO UPDATE SET state = excluded.state, mark = excluded.mark,
             cause = excluded.cause, tries = email_fetched.tries + 1, at = excluded.at",
        p![id, folder, epoch, remote, state, mark, cause, now],
    )
    .map(drop)
}

/// Whether a mail with this content was taken from this folder already.
pub fn has_mark(cx: &mut Cx, folder: FolderId, mark: &[u8]) -> Result<bool> {
    let row: Option<(i64,)> =
        cx.opt("SELECT id FROM email_fetched WHERE folder_id = $1 AND mark = $2 LIMIT 1", p![folder, mark])?;
    Ok(row.is_some())
}

/// Whether this very mail was dealt with; a parked one was not.
pub fn is_done(cx: &mut Cx, folder: FolderId, epoch: i64, remote: &str) -> Result<bool> {
    let row: Option<(i64,)> = cx.opt(
        "SELECT id FROM email_fetched WHERE folder_id = $1 AND epoch = $2 AND remote = $3
             AND state NOT IN ('parked', 'waiting')",
        p![folder, epoch, remote],
    )?;
    Ok(row.is_some())
}

/// Which of these were seen before, whatever became of them.
pub fn list_seen(cx: &mut Cx, folder: FolderId, remotes: &[String]) -> Result<Vec<String>> {
    let sql = (
        "SELECT remote FROM email_fetched WHERE folder_id = $1 AND epoch = 0
             AND remote IN (SELECT value FROM json_each($2))",
        "SELECT remote FROM email_fetched WHERE folder_id = $1 AND epoch = 0
             AND remote = ANY (ARRAY(SELECT jsonb_array_elements_text($2)))",
    );
    let rows: Vec<(String,)> = cx.all(sql, p![folder, json!(remotes)])?;
    Ok(rows.into_iter().map(|(remote,)| remote).collect())
}

/// Parked mails that may be tried again, longest waiting first.
pub fn list_stuck(cx: &mut Cx, folder: FolderId, epoch: i64, before: Time) -> Result<Vec<Stuck>> {
    cx.all(
        "SELECT id, folder_id, epoch, remote, tries, at FROM email_fetched
         WHERE folder_id = $1 AND state = 'parked' AND epoch = $2 AND at <= $3 ORDER BY at LIMIT 100",
        p![folder, epoch, before],
    )
}

/// Taken mails that are older here than `before` and still lie on the server.
pub fn list_due(cx: &mut Cx, folder: FolderId, epoch: i64, before: Time, limit: i64) -> Result<Vec<Stuck>> {
    cx.all(
        "SELECT id, folder_id, epoch, remote, tries, at FROM email_fetched
         WHERE folder_id = $1 AND state = 'taken' AND epoch = $2 AND at <= $3 ORDER BY at LIMIT $4",
        p![folder, epoch, before, limit],
    )
}

/// What lay there at the connection and was not looked at yet, newest first.
pub fn list_waiting(cx: &mut Cx, folder: FolderId, limit: i64) -> Result<Vec<Stuck>> {
    cx.all(
        "SELECT id, folder_id, epoch, remote, tries, at FROM email_fetched
         WHERE folder_id = $1 AND state = 'waiting' ORDER BY at DESC, id DESC LIMIT $2",
        p![folder, limit],
    )
}

pub fn set_cleared(cx: &mut Cx, ids: &[FetchedId]) -> Result<()> {
    let among = cx.among("id", 1);
    cx.exec(format!("UPDATE email_fetched SET state = 'cleared' WHERE {among}"), p![json!(ids)]).map(drop)
}

/// The UIDs that were parked under an earlier epoch mean nothing any more: the mails come again.
pub fn delete_stuck(cx: &mut Cx, folder: FolderId) -> Result<()> {
    cx.exec("DELETE FROM email_fetched WHERE folder_id = $1 AND state = 'parked'", p![folder]).map(drop)
}

/// Newest first.
pub fn list_unfetched(cx: &mut Cx, before: i64, limit: i64) -> Result<Vec<Unfetched>> {
    cx.all(
        "SELECT e.id, f.mailbox_id, m.address, f.name, e.cause, e.tries, e.at FROM email_fetched e
         JOIN email_folders f ON f.id = e.folder_id JOIN email_mailboxes m ON m.id = f.mailbox_id
         WHERE e.state = 'parked' AND e.id < $1 ORDER BY e.id DESC LIMIT $2",
        p![before, limit],
    )
}

/// Tries a parked mail with the next round, or throws it away. `None` when it is not parked.
pub fn settle_unfetched(cx: &mut Cx, id: FetchedId, discard: bool) -> Result<Option<MailboxId>> {
    let row: Option<(MailboxId,)> = cx.opt(
        "SELECT f.mailbox_id FROM email_fetched e JOIN email_folders f ON f.id = e.folder_id
         WHERE e.id = $1 AND e.state = 'parked'",
        p![id],
    )?;
    let Some((mailbox,)) = row else { return Ok(None) };
    match discard {
        true => cx.exec("UPDATE email_fetched SET state = 'discarded' WHERE id = $1", p![id])?,
        false => cx.exec("UPDATE email_fetched SET tries = 0, at = $2 WHERE id = $1", p![id, Time(0)])?,
    };
    Ok(Some(mailbox))
}

/// How many parked mails each mailbox has; none where there are none.
pub fn count_parked(cx: &mut Cx) -> Result<Vec<(MailboxId, i64)>> {
    cx.all(
        "SELECT f.mailbox_id, COUNT(*) FROM email_fetched e JOIN email_folders f ON f.id = e.folder_id
         WHERE e.state = 'parked' GROUP BY f.mailbox_id",
        p![],
    )
}
