//! Rows of teams and brands.

use base::error::{conflict, not_found};
use base::{Error, Result};
use journal::Cx;
use serde_json::json;
use store::p;

use crate::model::{AgentId, Brand, BrandId, Team, TeamId};

const TEAM: &str = "SELECT id, name, archived_at IS NOT NULL, version FROM teams";
const BRAND: &str = "SELECT id, name, usual, archived_at IS NOT NULL, version FROM brands";

/// The archived ones too: what they have keeps its name.
pub fn list_teams(cx: &mut Cx) -> Result<Vec<Team>> {
    cx.all(format!("{TEAM} ORDER BY id LIMIT 1000"), p![])
}

/// The oldest that is in use.
pub fn find_first_team(cx: &mut Cx) -> Result<Option<TeamId>> {
    let first: Option<(TeamId,)> =
        cx.opt("SELECT id FROM teams WHERE archived_at IS NULL ORDER BY id LIMIT 1", p![])?;
    Ok(first.map(|(id,)| id))
}

pub fn find_team(cx: &mut Cx, id: TeamId) -> Result<Option<Team>> {
    cx.opt(format!("{TEAM} WHERE id = $1"), p![id])
}

pub fn get_team_locked(cx: &mut Cx, id: TeamId) -> Result<Team> {
    let sql = format!("{TEAM} WHERE id = $1{}", cx.lock_suffix());
    let team: Option<Team> = cx.opt(sql, p![id])?;
    team.ok_or_else(|| not_found("team_not_found"))
}

/// Writes what may change of a team; the version grows.
pub fn set_team(cx: &mut Cx, team: &Team) -> Result<()> {
    let (now, folded) = (cx.now(), base::text::fold(&team.name));
    let taken: Option<(i64,)> =
        cx.opt("SELECT id FROM teams WHERE name_folded = $1 AND id <> $2", p![folded, team.id])?;
    if taken.is_some() {
        return Err(team_exists());
    }
    cx.exec(
        "UPDATE teams SET name = $2, name_folded = $3,
             archived_at = CASE WHEN $5 THEN coalesce(archived_at, $4) ELSE NULL END, version = version + 1
         WHERE id = $1",
        p![team.id, team.name, folded, now, team.archived],
    )
    .map(drop)
}

fn team_exists() -> Error {
    conflict("team_exists", "There is a team with this name already.").field("name")
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
        _ => Err(team_exists()),
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
    must_be_agents(cx, agents)?;
    cx.exec("UPDATE teams SET version = version + 1 WHERE id = $1", p![team])?;
    cx.exec("DELETE FROM team_members WHERE team_id = $1", p![team])?;
    let added = (
        "INSERT INTO team_members (team_id, agent_id) SELECT $2, value FROM json_each($1) WHERE true
         ON CONFLICT (team_id, agent_id) DO NOTHING",
        "INSERT INTO team_members (team_id, agent_id)
         SELECT $2, value::bigint FROM jsonb_array_elements_text($1) WHERE true
         ON CONFLICT (team_id, agent_id) DO NOTHING",
    );
    cx.exec(added, p![json!(agents), team]).map(drop)
}

fn must_be_agents(cx: &mut Cx, agents: &[AgentId]) -> Result<()> {
    let wanted = (
        "SELECT count(*) FROM agents WHERE id IN (SELECT value FROM json_each($1))",
        "SELECT count(*) FROM agents WHERE id IN (SELECT value::bigint FROM jsonb_array_elements_text($1))",
    );
    let (known,): (i64,) = cx.one(wanted, p![json!(agents)])?;
    let mut ids: Vec<i64> = agents.iter().map(|a| a.0).collect();
    ids.sort_unstable();
    ids.dedup();
    match known == ids.len() as i64 {
        true => Ok(()),
        false => Err(not_found("agent_not_found")),
    }
}

pub fn list_brands(cx: &mut Cx) -> Result<Vec<Brand>> {
    cx.all(format!("{BRAND} ORDER BY id LIMIT 1000"), p![])
}

pub fn find_brand(cx: &mut Cx, id: BrandId) -> Result<Option<Brand>> {
    cx.opt(format!("{BRAND} WHERE id = $1"), p![id])
}

pub fn get_brand_locked(cx: &mut Cx, id: BrandId) -> Result<Brand> {
    let sql = format!("{BRAND} WHERE id = $1{}", cx.lock_suffix());
    let brand: Option<Brand> = cx.opt(sql, p![id])?;
    brand.ok_or_else(|| not_found("brand_not_found"))
}

/// Writes what may change of a brand; the version grows.
pub fn set_brand(cx: &mut Cx, brand: &Brand) -> Result<()> {
    let (now, folded) = (cx.now(), base::text::fold(&brand.name));
    let taken: Option<(i64,)> =
        cx.opt("SELECT id FROM brands WHERE name_folded = $1 AND id <> $2", p![folded, brand.id])?;
    if taken.is_some() {
        return Err(brand_exists());
    }
    cx.exec(
        "UPDATE brands SET name = $2, name_folded = $3,
             archived_at = CASE WHEN $5 THEN coalesce(archived_at, $4) ELSE NULL END, version = version + 1
         WHERE id = $1",
        p![brand.id, brand.name, folded, now, brand.archived],
    )
    .map(drop)
}

fn brand_exists() -> Error {
    conflict("brand_exists", "There is a brand with this name already.").field("name")
}

pub fn list_brand_members(cx: &mut Cx, brand: BrandId) -> Result<Vec<AgentId>> {
    let rows: Vec<(AgentId,)> =
        cx.all("SELECT agent_id FROM brand_members WHERE brand_id = $1 ORDER BY agent_id", p![brand])?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Replaces the members of a brand; ids that are no agents' are refused.
pub fn set_brand_members(cx: &mut Cx, brand: BrandId, agents: &[AgentId]) -> Result<()> {
    must_be_agents(cx, agents)?;
    cx.exec("UPDATE brands SET version = version + 1 WHERE id = $1", p![brand])?;
    cx.exec("DELETE FROM brand_members WHERE brand_id = $1", p![brand])?;
    let added = (
        "INSERT INTO brand_members (brand_id, agent_id) SELECT $2, value FROM json_each($1) WHERE true
         ON CONFLICT (brand_id, agent_id) DO NOTHING",
        "INSERT INTO brand_members (brand_id, agent_id)
         SELECT $2, value::bigint FROM jsonb_array_elements_text($1) WHERE true
         ON CONFLICT (brand_id, agent_id) DO NOTHING",
    );
    cx.exec(added, p![json!(agents), brand]).map(drop)
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
        _ => Err(brand_exists()),
    }
}
