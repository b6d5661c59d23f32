//! Widgets and rules, for administrators.

use base::{Ask, Page};
use journal::settings;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Created, Done, Envelope, House, IfMatch, Json, Keyed, Nothing, Path, Query, Result};

use crate::actions::rules::SetRules;
use crate::actions::widget::{
    Change, ChangeInput, Create, CreateInput, Named, Rekey, RekeyInput, Remove, Secret, SecretInput,
    SetSecret,
};
use crate::model::{ChatRules, Widget, WidgetId, WidgetSettings, WidgetView};
use crate::store::widgets::{find_widget, list_widgets};

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(show, change, remove))
        .routes(routes!(rekey))
        .routes(routes!(make_secret, drop_secret))
        .routes(routes!(show_rules, set_rules))
}

/// All widgets, oldest first.
#[utoipa::path(get, path = "/api/chat/widgets",
    params(("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query)),
    responses((status = 200, body = Page<WidgetView>)))]
async fn list(at: At, Query(ask): Query<Ask>) -> Result<Json<Page<WidgetView>>> {
    at.caller.must("chat.set")?;
    let after = WidgetId(ask.after("chat widgets")?.unwrap_or(0));
    let fetch = ask.fetch();
    let widgets = at.read(move |cx| list_widgets(cx, after, fetch)).await?;
    let page = ask.page("chat widgets", widgets, |widget| widget.id.0);
    Ok(Json(page.map(|widget: Widget| widget.view(&at.house.public_url))))
}

/// Makes a widget.
#[utoipa::path(post, path = "/api/chat/widgets", request_body = WidgetSettings,
    responses((status = 201, body = WidgetView), (status = 400, body = Envelope)))]
async fn create(at: At, Keyed(settings, key): Keyed<WidgetSettings>) -> Result<Created<WidgetView>> {
    Ok(at.act::<Create>(key, CreateInput { settings, key: String::new() }).await?.created())
}

/// One widget.
#[utoipa::path(get, path = "/api/chat/widgets/{id}", params(("id" = i64, Path)),
    responses((status = 200, body = WidgetView), (status = 404, body = Envelope)))]
async fn show(at: At, Path(id): Path<WidgetId>) -> Result<Done<WidgetView>> {
    at.caller.must("chat.set")?;
    let found = at.read(move |cx| find_widget(cx, id)).await?;
    let widget = found.filter(|widget| widget.removed_at.is_none());
    let widget = widget.ok_or_else(|| base::error::not_found("widget_not_found"))?;
    let version = widget.version;
    Ok(Done::new(widget.view(&at.house.public_url)).version(version))
}

/// Changes a widget as a whole.
#[utoipa::path(put, path = "/api/chat/widgets/{id}", params(("id" = i64, Path)), request_body = WidgetSettings,
    responses((status = 200, body = WidgetView), (status = 404, body = Envelope), (status = 409, body = Envelope)))]
async fn change(
    at: At,
    Path(id): Path<WidgetId>,
    IfMatch(version): IfMatch,
    Json(settings): Json<WidgetSettings>,
) -> Result<Done<WidgetView>> {
    let done = at.act::<Change>(None, ChangeInput { id, settings, version }).await?;
    let version = done.body.version;
    Ok(done.version(version))
}

/// Takes a widget away; what came through it stays.
#[utoipa::path(delete, path = "/api/chat/widgets/{id}", params(("id" = i64, Path)),
    responses((status = 204), (status = 404, body = Envelope)))]
async fn remove(at: At, Path(id): Path<WidgetId>) -> Result<Nothing> {
    let done = at.act::<Remove>(None, Named { id }).await?;
    Ok(Nothing { undo: done.undo })
}

/// Gives a widget a new key: pages with the old one show nothing any more.
#[utoipa::path(post, path = "/api/chat/widgets/{id}/key", params(("id" = i64, Path)),
    responses((status = 200, body = WidgetView), (status = 404, body = Envelope)))]
async fn rekey(at: At, Path(id): Path<WidgetId>) -> Result<Done<WidgetView>> {
    let done = at.act::<Rekey>(None, RekeyInput { id, key: String::new() }).await?;
    let version = done.body.version;
    Ok(done.version(version))
}

/// Makes the secret under which the company signs who a visitor is; it is shown once.
#[utoipa::path(post, path = "/api/chat/widgets/{id}/secret", params(("id" = i64, Path)),
    responses((status = 200, body = Secret), (status = 404, body = Envelope)))]
async fn make_secret(at: At, Path(id): Path<WidgetId>) -> Result<Done<Secret>> {
    at.act::<SetSecret>(None, SecretInput { id, on: true }).await
}

/// Signed tokens are taken no more.
#[utoipa::path(delete, path = "/api/chat/widgets/{id}/secret", params(("id" = i64, Path)),
    responses((status = 204), (status = 404, body = Envelope)))]
async fn drop_secret(at: At, Path(id): Path<WidgetId>) -> Result<Nothing> {
    let done = at.act::<SetSecret>(None, SecretInput { id, on: false }).await?;
    Ok(Nothing { undo: done.undo })
}

/// The rules of chats.
#[utoipa::path(get, path = "/api/chat/rules", responses((status = 200, body = ChatRules)))]
async fn show_rules(at: At) -> Result<Json<ChatRules>> {
    at.caller.must("chat.set")?;
    Ok(Json(at.read(settings::get).await?))
}

/// Sets the rules of chats.
#[utoipa::path(put, path = "/api/chat/rules", request_body = ChatRules,
    responses((status = 200, body = ChatRules), (status = 400, body = Envelope)))]
async fn set_rules(at: At, Json(rules): Json<ChatRules>) -> Result<Done<ChatRules>> {
    at.act::<SetRules>(None, rules).await
}
