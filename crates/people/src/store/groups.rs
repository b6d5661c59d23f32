//! Rows of teams and brands.

use base::Result;
use base::error::{conflict, not_found};
use journal::Cx;
use serde_json::json;
use store::p;

use crate::model::{AgentId, Brand, BrandId, Team, TeamId};

pub fn list_teams(cx: &mut Cx) -> Result<Vec<Team>> {
    cx.all("SELECT id, name, version FROM teams ORDER BY id LIMIT 1000", p![])
}

pub fn find_team(cx: &mut Cx, id: TeamId) -> Result<Option<Team>> {
    cx.opt("SELECT id, name, version FROM teams WHERE id = $1", p![id])
}

pub fn get_team_locked(cx: &mut Cx, id: TeamId) -> Result<Team> {
    let sql = format!("SELECT id, name, version FROM teams WHERE id = $1{}", cx.lock_suffix());
    let team: Option<Team> = cx.opt(sql, p![id])?;
    team.ok_or_else(|| not_found("team_not_found"))
}

pub fn insert_team(cx: &mut Cx, name: &str) -> Result<TeamId> {
    let (id, folded) = (cx.new_id::<TeamId>(), base::text::fold(name));
    let made = cx.exec(
        "INSERT INTO teams (id, name, name_folded, version) VALUES ($1, $2, $3, 1)
         ON CONFLICT (name_folded) DO NOTHING",
        p![id, name, folded],
    )?;
    match made {
        1 => Ok(id),
        _ => Err(conflict("team_exists", "There is a team with this name already.").field("name")),
    }
}

pub fn list_members(cx: &mut Cx, team: TeamId) -> Result<Vec<AgentId>> {
    let rows: Vec<(AgentId,)> =
        cx.all("SELECT agent_id FROM team_members WHERE team_id = $1 ORDER BY agent_id", p![team])?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

pub fn list_teams_of(cx: &mut Cx, agent: AgentId) -> Result<Vec<TeamId>> {
    let rows: Vec<(TeamId,)> =
        cx.all("SELECT team_id FROM team_members WHERE agent_id = $1 ORDER BY team_id", p![agent])?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

pub fn insert_member(cx: &mut Cx, team: TeamId, agent: AgentId) -> Result<()> {
    cx.exec(
        "INSERT INTO team_members (team_id, agent_id) VALUES ($1, $2) ON CONFLICT (team_id, agent_id) DO NOTHING",
        p![team, agent],
    )
    .map(drop)
}

/// Replaces the members of a team; ids that are no agents' are refused.
pub fn set_members(cx: &mut Cx, team: TeamId, agents: &[AgentId]) -> Result<()> {
    let list = json!(agents);
    let wanted = (
        "SELECT count(*) FROM agents WHERE id IN (SELECT value FROM json_each($1))",
        "SELECT count(*) FROM agents WHERE id IN (SELECT value::bigint FROM jsonb_array_elements_text($1))",
    );
    let (known,): (i64,) = cx.one(wanted, p![list])?;
    let mut ids: Vec<i64> = agents.iter().map(|a| a.0).collect();
    ids.sort_unstable();
    ids.dedup();
    if known != ids.len() as i64 {
        return Err(not_found("agent_not_found"));
    }
    cx.exec("UPDATE teams SET version = version + 1 WHERE id = $1", p![team])?;
    cx.exec("DELETE FROM team_members WHERE team_id = $1", p![team])?;
    let added = (
        "INSERT INTO team_members (team_id, agent_id) SELECT $2, value FROM json_each($1) WHERE true
         ON CONFLICT (team_id, agent_id) DO NOTHING",
        "INSERT INTO team_members (team_id, agent_id)
         SELECT $2, value::bigint FROM jsonb_array_elements_text($1) WHERE true
         ON CONFLICT (team_id, agent_id) DO NOTHING",
    );
    cx.exec(added, p![list, team]).map(drop)
}

pub fn list_brands(cx: &mut Cx) -> Result<Vec<Brand>> {
    cx.all("SELECT id, name, usual, version FROM brands ORDER BY id LIMIT 1000", p![])
}

pub fn list_brands_of(cx: &mut Cx, agent: AgentId) -> Result<Vec<BrandId>> {
    let rows: Vec<(BrandId,)> =
        cx.all("SELECT brand_id FROM brand_members WHERE agent_id = $1 ORDER BY brand_id", p![agent])?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

pub fn find_usual_brand(cx: &mut Cx) -> Result<Option<BrandId>> {
    let row: Option<(BrandId,)> = cx.opt("SELECT id FROM brands WHERE usual ORDER BY id LIMIT 1", p![])?;
    Ok(row.map(|(id,)| id))
}

pub fn insert_brand(cx: &mut Cx, name: &str, usual: bool) -> Result<BrandId> {
    let (id, folded) = (cx.new_id::<BrandId>(), base::text::fold(name));
    let made = cx.exec(
        "INSERT INTO brands (id, name, name_folded, usual, version) VALUES ($1, $2, $3, $4, 1)
         ON CONFLICT (name_folded) DO NOTHING",
        p![id, name, folded, usual],
    )?;
    match made {
        1 => Ok(id),
        _ => Err(conflict("brand_exists", "There is a brand with this name already.").field("name")),
    }
}
