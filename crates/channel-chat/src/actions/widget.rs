//! Widgets are made, changed and taken away.

use std::sync::Arc;

use base::Result;
use base::error::{conflict, not_found};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use journal::{Action, Cx, Note, Risk, Workspace};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::channel::Keys;
use crate::events;
use crate::model::{Widget, WidgetId, WidgetSettings, WidgetView};
use crate::store::widgets::{get_widget_locked, insert_widget, set_widget};

/// A key that nobody guesses: it is public on the pages that carry it, and says nothing elsewhere.
pub fn new_key() -> String {
    let random = base::secrets::sha256(base::secrets::new_token().as_bytes());
    URL_SAFE_NO_PAD.encode(&random[..15])
}

/// The directory is another database, so it comes first: a key that leads to a workspace that does not
/// know it harms nobody.
async fn enter_key(house: &Arc<Workspace>, key: &str) -> Result<()> {
    match house.registry().socket::<Keys>().and_then(Keys::directory) {
        Some(directory) => directory.set_widget(key, &house.name).await,
        None => Ok(()),
    }
}

pub struct Create;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChatWidgetCreateInput)]
pub struct CreateInput {
    pub settings: WidgetSettings,
    /// Made before the transaction, never taken from outside.
    #[serde(skip)]
    #[schema(ignore)]
    pub key: String,
}

impl Action for Create {
    const NAME: &'static str = "chat.create_widget";
    const GRANT: &'static str = "chat.set";
    const RISK: Risk = Risk::Reversible;
    type Input = CreateInput;
    type Output = WidgetView;

    async fn prepare(house: &Arc<Workspace>, input: &mut CreateInput) -> Result<()> {
        input.settings = input.settings.checked()?;
        input.key = new_key();
        enter_key(house, &input.key).await
    }

    fn run(cx: &mut Cx, input: &CreateInput) -> Result<WidgetView> {
        let settings = input.settings.checked()?;
        must_exist(cx, &settings)?;
        let key = if input.key.is_empty() { new_key() } else { input.key.clone() };
        let (id, created_at) = (cx.new_id::<WidgetId>(), cx.now());
        let widget = Widget { id, key, settings, secret: None, version: 1, created_at, removed_at: None };
        insert_widget(cx, &widget)?;
        cx.record(Note::new(events::WIDGET_CREATED, "chat_widget", id.0))?;
        cx.undoable::<Remove>(&Named { id })?;
        Ok(widget.view(cx.public_url()))
    }
}

fn must_exist(cx: &mut Cx, settings: &WidgetSettings) -> Result<()> {
    if let Some(brand) = settings.brand_id
        && !people::brands(cx)?.iter().any(|known| known.id == brand)
    {
        return Err(base::error::invalid("brand_unknown", "This brand does not exist.").field("brand_id"));
    }
    if let Some(team) = settings.team_id
        && !people::is_team_in_use(cx, team)?
    {
        return Err(base::error::invalid("team_unknown", "This team does not exist.").field("team_id"));
    }
    Ok(())
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChatWidgetNamed)]
pub struct Named {
    pub id: WidgetId,
}

fn find(cx: &mut Cx, id: WidgetId) -> Result<Widget> {
    let widget = get_widget_locked(cx, id)?;
    match widget.removed_at {
        None => Ok(widget),
        Some(_) => Err(not_found("widget_not_found")),
    }
}

fn keep(cx: &mut Cx, widget: Widget, event: &'static str) -> Result<WidgetView> {
    set_widget(cx, &widget)?;
    cx.record(Note::new(event, "chat_widget", widget.id.0))?;
    let version = widget.version + 1;
    Ok(Widget { version, ..widget }.view(cx.public_url()))
}

pub struct Change;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChatWidgetChangeInput)]
pub struct ChangeInput {
    pub id: WidgetId,
    pub settings: WidgetSettings,
    /// What the caller saw.
    #[serde(default)]
    pub version: Option<i64>,
}

impl Action for Change {
    const NAME: &'static str = "chat.change_widget";
    const GRANT: &'static str = "chat.set";
    const RISK: Risk = Risk::Reversible;
    type Input = ChangeInput;
    type Output = WidgetView;

    fn run(cx: &mut Cx, input: &ChangeInput) -> Result<WidgetView> {
        let before = find(cx, input.id)?;
        if input.version.is_some_and(|seen| seen != before.version) {
            let sentence = "Somebody else has changed this widget meanwhile.";
            let present = before.view(cx.public_url());
            return Err(conflict("version_conflict", sentence).with_present(json!(present)));
        }
        let settings = input.settings.checked()?;
        must_exist(cx, &settings)?;
        let version = Some(before.version + 1);
        cx.undoable::<Change>(&ChangeInput { id: before.id, settings: before.settings.clone(), version })?;
        keep(cx, Widget { settings, ..before }, events::WIDGET_CHANGED)
    }
}

pub struct Remove;

impl Action for Remove {
    const NAME: &'static str = "chat.remove_widget";
    const GRANT: &'static str = "chat.set";
    const RISK: Risk = Risk::Reversible;
    type Input = Named;
    type Output = WidgetView;

    fn run(cx: &mut Cx, input: &Named) -> Result<WidgetView> {
        let before = find(cx, input.id)?;
        cx.undoable::<Restore>(input)?;
        let removed_at = Some(cx.now());
        keep(cx, Widget { removed_at, ..before }, events::WIDGET_REMOVED)
    }
}

pub struct Restore;

impl Action for Restore {
    const NAME: &'static str = "chat.restore_widget";
    const GRANT: &'static str = "chat.set";
    const RISK: Risk = Risk::Reversible;
    type Input = Named;
    type Output = WidgetView;

    fn run(cx: &mut Cx, input: &Named) -> Result<WidgetView> {
        let before = get_widget_locked(cx, input.id)?;
        cx.undoable::<Remove>(input)?;
        keep(cx, Widget { removed_at: None, ..before }, events::WIDGET_CHANGED)
    }
}

/// The widget gets another key; pages that carry the old one show nothing any more.
pub struct Rekey;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChatWidgetRekeyInput)]
pub struct RekeyInput {
    pub id: WidgetId,
    #[serde(skip)]
    #[schema(ignore)]
    pub key: String,
}

impl Action for Rekey {
    const NAME: &'static str = "chat.rekey_widget";
    const GRANT: &'static str = "chat.set";
    const RISK: Risk = Risk::Irreversible;
    type Input = RekeyInput;
    type Output = WidgetView;

    async fn prepare(house: &Arc<Workspace>, input: &mut RekeyInput) -> Result<()> {
        input.key = new_key();
        enter_key(house, &input.key).await
    }

    fn run(cx: &mut Cx, input: &RekeyInput) -> Result<WidgetView> {
        let before = find(cx, input.id)?;
        let key = if input.key.is_empty() { new_key() } else { input.key.clone() };
        keep(cx, Widget { key, ..before }, events::WIDGET_CHANGED)
    }
}

/// The secret under which the company signs who somebody is: a new one, or none.
pub struct SetSecret;

#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChatWidgetSecretInput)]
pub struct SecretInput {
    pub id: WidgetId,
    pub on: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = ChatWidgetSecret)]
pub struct Secret {
    /// Shown once.
    pub secret: Option<String>,
}

/// Binds the sealed secret to its place.
pub fn secret_place(id: WidgetId) -> String {
    format!("chat_widgets.secret.{id}")
}

impl Action for SetSecret {
    const NAME: &'static str = "chat.set_secret";
    const GRANT: &'static str = "chat.set";
    const RISK: Risk = Risk::Irreversible;
    type Input = SecretInput;
    type Output = Secret;

    fn run(cx: &mut Cx, input: &SecretInput) -> Result<Secret> {
        let before = find(cx, input.id)?;
        let plain = input.on.then(base::secrets::new_token);
        let secret = match &plain {
            Some(plain) => Some(cx.secrets().seal(&secret_place(input.id), plain.as_bytes())?),
            None => None,
        };
        keep(cx, Widget { secret, ..before }, events::WIDGET_CHANGED)?;
        Ok(Secret { secret: plain })
    }
}
