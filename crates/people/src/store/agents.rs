//! Rows of agents and roles.

use base::error::{conflict, not_found};
use base::{Result, Time};
use journal::Cx;
use serde_json::Value;
use store::{p, row};

use crate::model::{Agent, AgentId, Reach, Role, RoleId};

const MOST_AGENTS: i64 = 1_000;
const AGENT: &str =
    "SELECT a.id, a.name, a.email, a.locale, a.time_zone, a.role_id, r.name, a.active, a.version
     FROM agents a JOIN roles r ON r.id = a.role_id";

pub fn find_agent(cx: &mut Cx, id: AgentId) -> Result<Option<Agent>> {
    cx.opt(format!("{AGENT} WHERE a.id = $1"), p![id])
}

/// Takes the row's lock, for those who change it.
pub fn get_agent_locked(cx: &mut Cx, id: AgentId) -> Result<Agent> {
    let sql = format!("SELECT id FROM agents WHERE id = $1{}", cx.lock_suffix());
    let there: Option<(i64,)> = cx.opt(sql, p![id])?;
    there.ok_or_else(|| not_found("agent_not_found"))?;
    cx.one(format!("{AGENT} WHERE a.id = $1"), p![id])
}

pub fn find_agent_by_email(cx: &mut Cx, email: &str) -> Result<Option<Agent>> {
    let folded = base::text::fold(email);
    cx.opt(format!("{AGENT} WHERE a.email_folded = $1"), p![folded])
}

pub fn list_agents(cx: &mut Cx) -> Result<Vec<Agent>> {
    cx.all(format!("{AGENT} ORDER BY a.id LIMIT $1"), p![MOST_AGENTS])
}

pub fn list_agent_names(cx: &mut Cx) -> Result<Vec<String>> {
    let names: Vec<(String,)> = cx.all("SELECT name FROM agents ORDER BY id LIMIT $1", p![MOST_AGENTS])?;
    Ok(names.into_iter().map(|(name,)| name).collect())
}

/// For lists that go on: those after `after`.
pub fn list_agents_after(cx: &mut Cx, after: AgentId, limit: i64) -> Result<Vec<Agent>> {
    cx.all(format!("{AGENT} WHERE a.id > $1 ORDER BY a.id LIMIT $2"), p![after, limit])
}

/// What a new agent is made of.
pub struct NewAgent<'a> {
    pub name: &'a str,
    pub email: &'a str,
    pub role_id: RoleId,
    pub locale: Option<&'a str>,
    pub time_zone: Option<&'a str>,
    pub password_hash: Option<&'a str>,
}

pub fn insert_agent(cx: &mut Cx, new: &NewAgent<'_>) -> Result<AgentId> {
    let (id, now) = (cx.new_id::<AgentId>(), cx.now());
    let folded = base::text::fold(new.email);
    let made = cx.exec(
        "INSERT INTO agents (id, name, email, email_folded, locale, time_zone, role_id, active, password_hash,
             version, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10) ON CONFLICT (email_folded) DO NOTHING",
        p![
            id,
            new.name,
            new.email,
            folded,
            new.locale,
            new.time_zone,
            new.role_id,
            true,
            new.password_hash,
            now
        ],
    )?;
    match made {
        1 => Ok(id),
        _ => Err(conflict("email_taken", "There is an agent with this address already.").field("email")),
    }
}

/// Writes what may change of an agent; the version grows.
pub fn set_agent(cx: &mut Cx, agent: &Agent) -> Result<()> {
    cx.exec(
        "UPDATE agents SET name = $2, locale = $3, time_zone = $4, role_id = $5, active = $6,
             version = version + 1 WHERE id = $1",
        p![agent.id, agent.name, agent.locale, agent.time_zone, agent.role_id, agent.active],
    )
    .map(drop)
}

/// How many active agents have this role: the last owner stays.
pub fn count_active(cx: &mut Cx, role: RoleId) -> Result<i64> {
    let (count,): (i64,) = cx.one("SELECT count(*) FROM agents WHERE role_id = $1 AND active", p![role])?;
    Ok(count)
}

row! {
    /// What proves a password.
    pub struct Proof {
        pub id: AgentId,
        pub active: bool,
        pub password_hash: Option<String>,
    }
}

pub fn find_proof(cx: &mut Cx, email: &str) -> Result<Option<Proof>> {
    let folded = base::text::fold(email);
    cx.opt("SELECT id, active, password_hash FROM agents WHERE email_folded = $1", p![folded])
}

/// What proves the password of an agent who is signed in.
pub fn find_hash(cx: &mut Cx, id: AgentId) -> Result<Option<String>> {
    let row: Option<(Option<String>,)> = cx.opt("SELECT password_hash FROM agents WHERE id = $1", p![id])?;
    Ok(row.and_then(|(hash,)| hash))
}

pub fn set_password(cx: &mut Cx, id: AgentId, hash: &str) -> Result<()> {
    cx.exec("UPDATE agents SET password_hash = $2 WHERE id = $1", p![id, hash]).map(drop)
}

row! {
    /// What decides over an agent's sight and permissions.
    pub struct Standing {
        pub active: bool,
        pub reach: Reach,
        pub grants: Value,
    }
}

pub fn find_standing(cx: &mut Cx, id: AgentId) -> Result<Option<Standing>> {
    cx.opt(
        "SELECT a.active, r.reach, r.grants FROM agents a JOIN roles r ON r.id = a.role_id WHERE a.id = $1",
        p![id],
    )
}

row! {
    struct RoleRow {
        id: RoleId, name: String, grants: Value, reach: Reach, built_in: bool, version: i64,
    }
}

impl RoleRow {
    fn role(self) -> Result<Role> {
        let RoleRow { id, name, grants, reach, built_in, version } = self;
        Ok(Role { id, name, grants: serde_json::from_value(grants)?, reach, built_in, version })
    }
}

const ROLE: &str = "SELECT id, name, grants, reach, built_in, version FROM roles";

pub fn list_roles(cx: &mut Cx) -> Result<Vec<Role>> {
    let rows: Vec<RoleRow> = cx.all(format!("{ROLE} ORDER BY id LIMIT 500"), p![])?;
    rows.into_iter().map(RoleRow::role).collect()
}

pub fn find_role_by_name(cx: &mut Cx, name: &str) -> Result<Option<Role>> {
    let row: Option<RoleRow> = cx.opt(format!("{ROLE} WHERE name = $1"), p![name])?;
    row.map(RoleRow::role).transpose()
}

pub fn get_role_locked(cx: &mut Cx, id: RoleId) -> Result<Role> {
    let sql = format!("{ROLE} WHERE id = $1{}", cx.lock_suffix());
    let row: Option<RoleRow> = cx.opt(sql, p![id])?;
    row.ok_or_else(|| not_found("role_not_found"))?.role()
}

pub fn insert_role(cx: &mut Cx, name: &str, grants: &Value, reach: Reach, built_in: bool) -> Result<RoleId> {
    let id = cx.new_id::<RoleId>();
    let made = cx.exec(
        "INSERT INTO roles (id, name, grants, reach, built_in, version) VALUES ($1, $2, $3, $4, $5, 1)
         ON CONFLICT (name) DO NOTHING",
        p![id, name, grants, reach, built_in],
    )?;
    match made {
        1 => Ok(id),
        _ => Err(conflict("role_exists", "There is a role with this name already.").field("name")),
    }
}

pub fn set_role(cx: &mut Cx, role: &Role) -> Result<()> {
    let grants = serde_json::to_value(&role.grants)?;
    cx.exec(
        "UPDATE roles SET grants = $2, reach = $3, version = version + 1 WHERE id = $1",
        p![role.id, grants, role.reach],
    )
    .map(drop)
}

/// Removes what would otherwise pile up: old sessions, links, failures; a bounded number at a time.
pub fn delete_expired(cx: &mut Cx, now: Time) -> Result<u64> {
    let mut removed = cx.exec(
        "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at < $1 LIMIT 500)",
        p![now],
    )?;
    removed +=
        cx.exec("DELETE FROM invitations WHERE expires_at < $1", p![now.plus_seconds(-30 * 86_400)])?;
    removed += cx.exec("DELETE FROM password_resets WHERE expires_at < $1", p![now])?;
    removed += cx.exec("DELETE FROM sign_in_failures WHERE last_at < $1", p![now.plus_seconds(-86_400)])?;
    Ok(removed)
}
