//! Rows of what lets somebody in: sessions, tokens, invitations, resets; and of failed attempts.

use base::error::not_found;
use base::{Result, Time};
use journal::Cx;
use serde_json::Value;
use store::{p, row};

use crate::model::{AgentId, InvitationId, Pending, RoleId, SessionId, SessionView, TokenId, TokenView};

row! {
    /// What stands behind a session's or a token's hash, read in one statement on every request.
    pub struct Guest {
        /// The session's or the token's id.
        pub id: i64,
        pub agent_id: AgentId,
        pub email_folded: String,
        pub active: bool,
        pub grants: Value,
        /// When it was last written down that it is used; for a token, when it was made.
        pub seen_at: Time,
    }
}

pub fn insert_session(
    cx: &mut Cx,
    agent: AgentId,
    hash: &[u8],
    device: &str,
    until: Time,
) -> Result<SessionId> {
    let (id, now) = (cx.new_id::<SessionId>(), cx.now());
    cx.exec(
        "INSERT INTO sessions (id, agent_id, token_hash, device, created_at, seen_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        p![id, agent, hash, device, now, now, until],
    )?;
    Ok(id)
}

pub fn find_session(cx: &mut Cx, hash: &[u8]) -> Result<Option<Guest>> {
    let now = cx.now();
    cx.opt(
        "SELECT s.id, s.agent_id, a.email_folded, a.active, r.grants, s.seen_at
         FROM sessions s JOIN agents a ON a.id = s.agent_id JOIN roles r ON r.id = a.role_id
         WHERE s.token_hash = $1 AND s.expires_at > $2",
        p![hash, now],
    )
}

pub fn list_sessions(cx: &mut Cx, agent: AgentId) -> Result<Vec<SessionView>> {
    let now = cx.now();
    cx.all(
        "SELECT id, device, created_at, seen_at FROM sessions WHERE agent_id = $1 AND expires_at > $2
         ORDER BY id DESC LIMIT 100",
        p![agent, now],
    )
}

/// A session that is used goes on; at most one write an hour.
pub fn set_session_seen(cx: &mut Cx, id: SessionId, until: Time) -> Result<()> {
    let now = cx.now();
    cx.exec("UPDATE sessions SET seen_at = $2, expires_at = $3 WHERE id = $1", p![id, now, until]).map(drop)
}

/// Answers whose session it was.
pub fn delete_session(cx: &mut Cx, id: SessionId) -> Result<Option<AgentId>> {
    let row: Option<(AgentId,)> = cx.opt("DELETE FROM sessions WHERE id = $1 RETURNING agent_id", p![id])?;
    Ok(row.map(|(agent,)| agent))
}

pub fn find_session_owner(cx: &mut Cx, id: SessionId) -> Result<Option<AgentId>> {
    let row: Option<(AgentId,)> = cx.opt("SELECT agent_id FROM sessions WHERE id = $1", p![id])?;
    Ok(row.map(|(agent,)| agent))
}

/// Ends all sessions of an agent but this one; answers which.
pub fn delete_sessions_of(cx: &mut Cx, agent: AgentId, but: Option<SessionId>) -> Result<Vec<SessionId>> {
    let but = but.unwrap_or(SessionId(0));
    let rows: Vec<(SessionId,)> =
        cx.all("DELETE FROM sessions WHERE agent_id = $1 AND id <> $2 RETURNING id", p![agent, but])?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

pub fn insert_token(cx: &mut Cx, agent: AgentId, name: &str, hash: &[u8]) -> Result<TokenId> {
    let (id, now) = (cx.new_id::<TokenId>(), cx.now());
    cx.exec(
        "INSERT INTO tokens (id, agent_id, name, token_hash, created_at) VALUES ($1, $2, $3, $4, $5)",
        p![id, agent, name, hash, now],
    )?;
    Ok(id)
}

pub fn find_token(cx: &mut Cx, hash: &[u8]) -> Result<Option<Guest>> {
    cx.opt(
        "SELECT t.id, t.agent_id, a.email_folded, a.active, r.grants, t.created_at
         FROM tokens t JOIN agents a ON a.id = t.agent_id JOIN roles r ON r.id = a.role_id
         WHERE t.token_hash = $1",
        p![hash],
    )
}

pub fn list_tokens(cx: &mut Cx, agent: AgentId) -> Result<Vec<TokenView>> {
    cx.all(
        "SELECT id, agent_id, name, created_at FROM tokens WHERE agent_id = $1 ORDER BY id DESC LIMIT 100",
        p![agent],
    )
}

pub fn find_token_owner(cx: &mut Cx, id: TokenId) -> Result<Option<AgentId>> {
    let row: Option<(AgentId,)> = cx.opt("SELECT agent_id FROM tokens WHERE id = $1", p![id])?;
    Ok(row.map(|(agent,)| agent))
}

pub fn delete_token(cx: &mut Cx, id: TokenId) -> Result<()> {
    match cx.exec("DELETE FROM tokens WHERE id = $1", p![id])? {
        1 => Ok(()),
        _ => Err(not_found("token_not_found")),
    }
}

row! {
    pub struct Invitation {
        pub id: InvitationId,
        pub email: String,
        pub name: String,
        pub role_id: RoleId,
        pub team_ids: Value,
        pub expires_at: Time,
    }
}

/// A second invitation to the same address replaces the first, and its link.
pub fn set_invitation(cx: &mut Cx, invitation: &Invitation, hash: &[u8]) -> Result<InvitationId> {
    let (now, folded) = (cx.now(), base::text::fold(&invitation.email));
    let (id,): (InvitationId,) = cx.one(
        "INSERT INTO invitations (id, email, email_folded, name, role_id, team_ids, token_hash, created_at,
             expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (email_folded) DO UPDATE SET email = excluded.email, name = excluded.name,
             role_id = excluded.role_id, team_ids = excluded.team_ids, token_hash = excluded.token_hash,
             created_at = excluded.created_at, expires_at = excluded.expires_at
         RETURNING id",
        p![
            invitation.id,
            invitation.email,
            folded,
            invitation.name,
            invitation.role_id,
            invitation.team_ids,
            hash,
            now,
            invitation.expires_at
        ],
    )?;
    Ok(id)
}

pub fn find_invitation(cx: &mut Cx, hash: &[u8]) -> Result<Option<Invitation>> {
    let now = cx.now();
    cx.opt(
        "SELECT id, email, name, role_id, team_ids, expires_at FROM invitations
         WHERE token_hash = $1 AND expires_at > $2",
        p![hash, now],
    )
}

/// Those whose links still lead somewhere, newest first, below the id `before`.
pub fn list_pending(cx: &mut Cx, before: InvitationId, limit: i64) -> Result<Vec<Pending>> {
    let now = cx.now();
    cx.all(
        "SELECT i.id, i.email, i.name, r.name, i.created_at, i.expires_at
         FROM invitations i JOIN roles r ON r.id = i.role_id
         WHERE i.id < $1 AND i.expires_at > $2 ORDER BY i.id DESC LIMIT $3",
        p![before, now, limit],
    )
}

/// Whether it was still there: a link works once.
pub fn delete_invitation(cx: &mut Cx, id: InvitationId) -> Result<bool> {
    Ok(cx.exec("DELETE FROM invitations WHERE id = $1", p![id])? == 1)
}

pub fn set_reset(cx: &mut Cx, agent: AgentId, hash: &[u8], until: Time) -> Result<()> {
    cx.exec(
        "INSERT INTO password_resets (agent_id, token_hash, expires_at) VALUES ($1, $2, $3)
         ON CONFLICT (agent_id) DO UPDATE SET token_hash = excluded.token_hash, expires_at = excluded.expires_at",
        p![agent, hash, until],
    )
    .map(drop)
}

/// A link that was asked for under the old password.
pub fn delete_reset(cx: &mut Cx, agent: AgentId) -> Result<()> {
    cx.exec("DELETE FROM password_resets WHERE agent_id = $1", p![agent]).map(drop)
}

/// Whose password a link may set, without using it up.
pub fn find_reset(cx: &mut Cx, hash: &[u8]) -> Result<Option<AgentId>> {
    let now = cx.now();
    let row: Option<(AgentId,)> = cx.opt(
        "SELECT agent_id FROM password_resets WHERE token_hash = $1 AND expires_at > $2",
        p![hash, now],
    )?;
    Ok(row.map(|(agent,)| agent))
}

/// Uses a link up; answers whose password may be set.
pub fn claim_reset(cx: &mut Cx, hash: &[u8]) -> Result<Option<AgentId>> {
    let now = cx.now();
    let row: Option<(AgentId,)> = cx.opt(
        "DELETE FROM password_resets WHERE token_hash = $1 AND expires_at > $2 RETURNING agent_id",
        p![hash, now],
    )?;
    Ok(row.map(|(agent,)| agent))
}

pub fn find_failures(cx: &mut Cx, account: &str) -> Result<Option<(i64, Time)>> {
    cx.opt("SELECT failures, last_at FROM sign_in_failures WHERE account = $1", p![account])
}

pub fn add_failure(cx: &mut Cx, account: &str) -> Result<()> {
    let now = cx.now();
    cx.exec(
        "INSERT INTO sign_in_failures (account, failures, last_at) VALUES ($1, 1, $2)
         ON CONFLICT (account) DO UPDATE SET failures = sign_in_failures.failures + 1, last_at = excluded.last_at",
        p![account, now],
    )
    .map(drop)
}

/// An attempt that was counted in advance went well.
pub fn take_failure_back(cx: &mut Cx, account: &str) -> Result<()> {
    let sql = "UPDATE sign_in_failures SET failures = failures - 1 WHERE account = $1 AND failures > 0";
    cx.exec(sql, p![account]).map(drop)
}

pub fn delete_failures(cx: &mut Cx, account: &str) -> Result<()> {
    cx.exec("DELETE FROM sign_in_failures WHERE account = $1", p![account]).map(drop)
}
