//! Rows of widgets.

use base::error::not_found;
use base::{Result, Time};
use journal::Cx;
use serde_json::Value;
use store::{p, row};

use crate::model::{Widget, WidgetId, WidgetSettings};

row! {
    struct WidgetRow {
        id: WidgetId, key: String, settings: Value, secret: Option<Vec<u8>>, version: i64, created_at: Time,
        removed_at: Option<Time>,
    }
}

impl WidgetRow {
    fn widget(self) -> Result<Widget> {
        let settings: WidgetSettings = serde_json::from_value(self.settings)?;
        let WidgetRow { id, key, secret, version, created_at, removed_at, .. } = self;
        Ok(Widget { id, key, settings, secret, version, created_at, removed_at })
    }
}

const WIDGET: &str = "SELECT id, key, settings, secret, version, created_at, removed_at FROM chat_widgets";

pub fn insert_widget(cx: &mut Cx, widget: &Widget) -> Result<()> {
    let settings = serde_json::to_value(&widget.settings)?;
    cx.exec(
        "INSERT INTO chat_widgets (id, key, brand_id, team_id, settings, secret, version, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        p![
            widget.id,
            widget.key,
            widget.settings.brand_id,
            widget.settings.team_id,
            settings,
            widget.secret,
            widget.version,
            widget.created_at
        ],
    )
    .map(drop)
}

/// Writes all that may change; the version grows.
pub fn set_widget(cx: &mut Cx, widget: &Widget) -> Result<()> {
    let settings = serde_json::to_value(&widget.settings)?;
    cx.exec(
        "UPDATE chat_widgets SET key = $2, brand_id = $3, team_id = $4, settings = $5, secret = $6,
             removed_at = $7, version = version + 1 WHERE id = $1",
        p![
            widget.id,
            widget.key,
            widget.settings.brand_id,
            widget.settings.team_id,
            settings,
            widget.secret,
            widget.removed_at
        ],
    )
    .map(drop)
}

/// Locked for a change; removed ones too, which undo brings back.
pub fn get_widget_locked(cx: &mut Cx, id: WidgetId) -> Result<Widget> {
    let sql = format!("{WIDGET} WHERE id = $1{}", cx.lock_suffix());
    let row: Option<WidgetRow> = cx.opt(sql, p![id])?;
    row.ok_or_else(|| not_found("widget_not_found"))?.widget()
}

pub fn find_widget(cx: &mut Cx, id: WidgetId) -> Result<Option<Widget>> {
    let row: Option<WidgetRow> = cx.opt(format!("{WIDGET} WHERE id = $1"), p![id])?;
    row.map(WidgetRow::widget).transpose()
}

pub fn find_widget_by_key(cx: &mut Cx, key: &str) -> Result<Option<Widget>> {
    let row: Option<WidgetRow> = cx.opt(format!("{WIDGET} WHERE key = $1"), p![key])?;
    row.map(WidgetRow::widget).transpose()
}

/// The oldest first.
pub fn list_widgets(cx: &mut Cx, after: WidgetId, most: i64) -> Result<Vec<Widget>> {
    let sql = format!("{WIDGET} WHERE id > $1 AND removed_at IS NULL ORDER BY id LIMIT $2");
    let rows: Vec<WidgetRow> = cx.all(sql, p![after, most])?;
    rows.into_iter().map(WidgetRow::widget).collect()
}
