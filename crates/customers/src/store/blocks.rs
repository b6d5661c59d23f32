//! Rows of blocks. A lifted one stays, so that lifting can be undone and it can be set again.

use ::store::p;
use base::error::internal;
use base::{Result, Time};
use journal::Cx;
use serde_json::json;

use crate::model::{Block, BlockId, BlockKind, Target};

::store::row! {
    struct BlockRow { id: BlockId, kind: BlockKind, value: String, blocked_by: Option<i64>, created_at: Time }
}

impl BlockRow {
    fn block(self) -> Block {
        let BlockRow { id, kind, value, blocked_by, created_at } = self;
        Block { id, kind, value, blocked_by, created_at }
    }
}

::store::row! {
    struct StandingRow {
        id: BlockId,
        kind: BlockKind,
        value: String,
        blocked_by: Option<i64>,
        created_at: Time,
        folded: String,
        lifted_at: Option<Time>,
    }
}

impl StandingRow {
    fn block(self) -> Block {
        let StandingRow { id, kind, value, blocked_by, created_at, .. } = self;
        Block { id, kind, value, blocked_by, created_at }
    }
}

const COLUMNS: &str = "id, kind, value, blocked_by, created_at";

/// Answers the block and whether it is new: one that stands already stays as it is.
pub(crate) fn insert_block(cx: &mut Cx, target: &Target, by: Option<i64>) -> Result<(Block, bool)> {
    let (id, now) = (cx.new_id::<BlockId>(), cx.now());
    let sql = format!(
        "INSERT INTO blocks (id, kind, value, folded, blocked_by, created_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (folded, kind) DO UPDATE SET lifted_at = NULL, value = excluded.value,
             blocked_by = excluded.blocked_by, created_at = excluded.created_at
         WHERE blocks.lifted_at IS NOT NULL
         RETURNING {COLUMNS}"
    );
    let row: Option<BlockRow> = cx.opt(sql, p![id, target.kind, target.value, target.folded, by, now])?;
    if let Some(row) = row {
        return Ok((row.block(), true));
    }
    let sql = format!("SELECT {COLUMNS} FROM blocks WHERE folded = $1 AND kind = $2");
    let row: Option<BlockRow> = cx.opt(sql, p![target.folded, target.kind])?;
    Ok((row.ok_or_else(|| internal("a block that stands can be read"))?.block(), false))
}

/// Answers those that changed.
pub(crate) fn set_lifted(cx: &mut Cx, ids: &[BlockId], at: Option<Time>) -> Result<Vec<BlockId>> {
    let among = cx.among("id", 2);
    let stands = if at.is_some() { "lifted_at IS NULL" } else { "lifted_at IS NOT NULL" };
    let sql = format!("UPDATE blocks SET lifted_at = $1 WHERE {stands} AND {among} RETURNING id");
    let rows: Vec<(BlockId,)> = cx.all(sql, p![at, json!(ids)])?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Newest first.
pub(crate) fn list_blocks(cx: &mut Cx, before: BlockId, most: i64) -> Result<Vec<Block>> {
    let sql =
        format!("SELECT {COLUMNS} FROM blocks WHERE lifted_at IS NULL AND id < $1 ORDER BY id DESC LIMIT $2");
    let rows: Vec<BlockRow> = cx.all(sql, p![before, most])?;
    Ok(rows.into_iter().map(BlockRow::block).collect())
}

/// The blocks that stand against any of these forms.
pub(crate) fn list_blocks_against(cx: &mut Cx, forms: &[(BlockKind, String)]) -> Result<Vec<Block>> {
    if forms.is_empty() {
        return Ok(Vec::new());
    }
    let folded: Vec<&str> = forms.iter().map(|(_, folded)| folded.as_str()).collect();
    // Lifted ones are few: they are left out here, so that one index alone leads to the rows.
    let rows: Vec<StandingRow> = cx.all(
        (
            "SELECT id, kind, value, blocked_by, created_at, folded, lifted_at FROM blocks
             WHERE folded IN (SELECT value FROM json_each($1))",
            "SELECT id, kind, value, blocked_by, created_at, folded, lifted_at FROM blocks
             WHERE folded = ANY (ARRAY(SELECT jsonb_array_elements_text($1)))",
        ),
        p![json!(folded)],
    )?;
    let meant = |row: &StandingRow| forms.iter().any(|form| (&form.0, &form.1) == (&row.kind, &row.folded));
    let stands = rows.into_iter().filter(|row| row.lifted_at.is_none() && meant(row));
    Ok(stands.map(StandingRow::block).collect())
}
