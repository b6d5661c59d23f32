//! How mail of ours looks: of a brand, for administrators; below one's own mail, for agents; and what a letter will be.

use base::Time;
use base::error::{invalid, not_found};
use conversations::model::{ConversationId, Delivery, MessageId};
use conversations::present::with_inline;
use conversations::store::attachment::list_attachments;
use conversations::store::conversation::find_conversation;
use conversations::store::message::{Message, find_message};
use journal::{Cx, settings};
use people::{AgentId, BrandId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{At, Done, Envelope, House, IfMatch, Json, Path, Result};

use crate::actions::set_look::{self, SetLook};
use crate::actions::set_signature::{self, SetSignature};
use crate::actions::test_look::{self, TestLook};
use crate::actions::test_outgoing::Tried;
use crate::links::block::block;
use crate::links::choose::choose;
use crate::links::make::Linked;
use crate::links::settings::{FileLinks, reaches_others};
use crate::looks::dress::{Dress, Said, Worn};
use crate::looks::gather;
use crate::looks::look::{Draft, Whose};
use crate::looks::words::sample;
use crate::mailboxes::mailbox;
use crate::model::NAME;

pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(show, set))
        .routes(routes!(preview))
        .routes(routes!(test))
        .routes(routes!(signature, set_signature))
        .routes(routes!(letter))
        .routes(routes!(sent))
}

/// The look of a brand's mail.
#[utoipa::path(get, path = "/api/brands/{id}/mail-look", params(("id" = i64, Path)),
    responses((status = 200, body = set_look::Shown), (status = 404, body = Envelope)))]
async fn show(at: At, Path(brand): Path<BrandId>) -> Result<Done<set_look::Shown>> {
    at.caller.must("email.set_look")?;
    let shown = at.read(move |cx| set_look::show(cx, brand)).await?;
    let version = shown.version;
    Ok(Done::new(shown).version(version))
}

/// Changes it. Mail that has been tried already keeps the look that it had.
#[utoipa::path(put, path = "/api/brands/{id}/mail-look", params(("id" = i64, Path)),
    request_body = Draft,
    responses((status = 200, body = set_look::Shown), (status = 400, body = Envelope), (status = 409, body = Envelope)))]
async fn set(
    at: At,
    Path(brand): Path<BrandId>,
    IfMatch(version): IfMatch,
    Json(look): Json<Draft>,
) -> Result<Done<set_look::Shown>> {
    let input = set_look::Input { brand_id: Some(brand), look, version };
    let done = at.act::<SetLook>(None, input).await?;
    let version = done.body.version;
    Ok(done.version(version))
}

/// A mail as its reader gets it.
#[derive(Serialize, ToSchema)]
#[schema(as = LetterPreview)]
struct Preview {
    /// A fragment without script; pictures elsewhere keep their address.
    html: String,
    text: String,
    /// Whose signature stands below it; absent when there is none, or when the text ends with it already.
    signed: Option<Whose>,
    /// The places of those files that go as links.
    linked: Vec<usize>,
    /// Until when these links lead somewhere.
    until: Option<Time>,
}

impl From<Worn> for Preview {
    fn from(Worn { html, text, signed }: Worn) -> Preview {
        Preview { html, text, signed, linked: Vec::new(), until: None }
    }
}

/// A sample in a look that is not kept yet.
#[utoipa::path(post, path = "/api/brands/{id}/mail-look/preview", params(("id" = i64, Path)),
    request_body = Draft,
    responses((status = 200, body = Preview), (status = 400, body = Envelope)))]
async fn preview(at: At, Path(brand): Path<BrandId>, Json(look): Json<Draft>) -> Result<Json<Preview>> {
    at.caller.must("email.set_look")?;
    let (agent, language) = (at.caller.agent_id().map(AgentId), look.language.clone());
    let dress = at.read(move |cx| of_draft(cx, brand, &look, agent)).await?;
    let text = sample(&language);
    let html = markup::text_to_html(text);
    Ok(Json(wear(dress, html, text.to_owned()).await?))
}

fn of_draft(cx: &mut Cx, brand: BrandId, look: &Draft, agent: Option<AgentId>) -> base::Result<Dress> {
    set_look::show(cx, brand)?;
    look.check()?;
    let no_mailbox = || invalid("no_mailbox", "Add a mailbox first: mail goes out from it.");
    let mailbox = mailbox(cx, None, Some(brand))?.ok_or_else(no_mailbox)?;
    gather::tried(cx, &mailbox, brand, look, agent)
}

/// Cleaning takes its time with long texts, so it is done beside the async code.
async fn wear(dress: Dress, html: String, text: String) -> Result<Preview> {
    let worn =
        tokio::task::spawn_blocking(move || dress.wear(Said { html: &html, text: &text, ..Said::default() }));
    Ok(worn.await.map_err(base::error::internal)?.into())
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MailLookTest)]
struct TestBody {
    to: String,
    look: Draft,
}

/// Sends a sample in a look that is not kept yet, and says what became of it.
#[utoipa::path(post, path = "/api/brands/{id}/mail-look/test", params(("id" = i64, Path)),
    request_body = TestBody,
    responses((status = 200, body = Tried), (status = 400, body = Envelope)))]
async fn test(at: At, Path(brand): Path<BrandId>, Json(body): Json<TestBody>) -> Result<Done<Tried>> {
    let agent = at.caller.agent_id().map(AgentId);
    let input = test_look::Input { brand_id: Some(brand), to: body.to, look: body.look, agent, tried: None };
    at.act::<TestLook>(None, input).await
}

/// What stands below one's own mail.
#[utoipa::path(get, path = "/api/profile/signature",
    responses((status = 200, body = set_signature::Shown)))]
async fn signature(at: At) -> Result<Done<set_signature::Shown>> {
    let shown = at.read(set_signature::show).await?;
    let version = shown.version;
    Ok(Done::new(shown).version(version))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MailSignatureBody)]
struct SignatureBody {
    html: String,
}

/// Changes what stands below one's own mail.
#[utoipa::path(put, path = "/api/profile/signature", request_body = SignatureBody,
    responses((status = 200, body = set_signature::Shown), (status = 400, body = Envelope), (status = 409, body = Envelope)))]
async fn set_signature(
    at: At,
    IfMatch(version): IfMatch,
    Json(body): Json<SignatureBody>,
) -> Result<Done<set_signature::Shown>> {
    let done = at.act::<SetSignature>(None, set_signature::Input { html: body.html, version }).await?;
    let version = done.body.version;
    Ok(done.version(version))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = LetterPreviewBody)]
struct LetterBody {
    /// What it answers, or stands beside; absent for a first message.
    #[serde(default)]
    conversation_id: Option<ConversationId>,
    /// What the agent has written so far.
    html: String,
    /// How many bytes each file has that goes along.
    #[serde(default)]
    files: Vec<i64>,
}

/// Files that one message may have, with room to spare.
const MOST_FILES: usize = 100;
/// Longest text that is previewed.
const LONGEST: usize = 512 * 1024;

/// What a customer would get if this were sent now.
#[utoipa::path(post, path = "/api/letters/preview", request_body = LetterBody,
    responses((status = 200, body = Preview), (status = 400, body = Envelope), (status = 404, body = Envelope)))]
async fn letter(at: At, Json(body): Json<LetterBody>) -> Result<Json<Preview>> {
    at.caller.must("conversation.reply")?;
    if body.html.len() > LONGEST {
        return Err(invalid("text_too_long", "This text is too long.").field("html").into());
    }
    let about = body.conversation_id;
    let files: Vec<i64> = body.files.into_iter().take(MOST_FILES).collect();
    let (dress, linked, until) = at
        .read(move |cx| {
            let (linked, until) = linked(cx, &files)?;
            Ok((of_letter(cx, about)?, linked, until))
        })
        .await?;
    let html = markup::sanitise_own(&base::text::without_nul(&body.html));
    let text = markup::html_to_text(&html);
    // Uploads go along as parts of the mail, named like this: around them nothing of ours may stand.
    let shown = wear(dress, html.replace(UPLOAD, PART), text).await?;
    Ok(Json(Preview { html: shown.html.replace(PART, UPLOAD), linked, until, ..shown }))
}

/// A picture of ours in a text, and as a mail names it.
const UPLOAD: &str = "src=\"/api/files/";
const PART: &str = "src=\"cid:/api/files/";

/// A message as its readers got it: in the look and with the signature that it had. Links lead nowhere from here.
#[utoipa::path(get, path = "/api/messages/{id}/letter", params(("id" = i64, Path)),
    responses((status = 200, body = Preview), (status = 404, body = Envelope)))]
async fn sent(at: At, Path(id): Path<MessageId>) -> Result<Json<Preview>> {
    let (message, dress, linked, files) = at
        .read(move |cx| {
            let scope = people::scope(cx)?;
            let message = find_message(cx, &scope, id)?.ok_or_else(|| not_found("message_not_found"))?;
            let (dress, linked) = went(cx, &message)?.ok_or_else(|| not_found("letter_not_written"))?;
            Ok((message, dress, linked, list_attachments(cx, &[id])?))
        })
        .await?;
    let worn = tokio::task::spawn_blocking(move || {
        let links = block(&linked, |_| String::new());
        let links = links.as_ref().map(|(html, text)| (html.as_str(), text.as_str()));
        let (html, text, quoted) = (&message.html, &message.text, message.quoted.as_deref());
        let worn = dress.wear(Said { html, text, quoted, links });
        Worn { html: with_inline(&worn.html, &files), ..worn }
    });
    Ok(Json(worn.await.map_err(base::error::internal)?.into()))
}

/// What a message went out in; nothing but its words before looks were kept. `None` before it goes.
fn went(cx: &mut Cx, message: &Message) -> base::Result<Option<(Dress, Vec<Linked>)>> {
    let kept = gather::kept(cx, message.id)?;
    let gone = message.channel == NAME
        && matches!(message.delivery, Some(Delivery::Delivered | Delivery::Failed | Delivery::Unknown));
    Ok(kept.or_else(|| gone.then(Default::default)))
}

/// Which files would go as links, and until when.
fn linked(cx: &mut Cx, files: &[i64]) -> base::Result<(Vec<usize>, Option<Time>)> {
    let rules: FileLinks = settings::get(cx)?;
    let chosen = match reaches_others(cx.public_url()) {
        true => choose(files, &rules),
        false => Vec::new(),
    };
    let until = (!chosen.is_empty()).then(|| cx.now().plus_seconds(rules.days * 86_400));
    Ok((chosen, until))
}

fn of_letter(cx: &mut Cx, about: Option<ConversationId>) -> base::Result<Dress> {
    let agent = people::acting_agent(cx)?;
    let scope = people::scope(cx)?;
    let (account, brand, number) = match about {
        None => (None, None, None),
        Some(id) => {
            let c = find_conversation(cx, &scope, id)?.ok_or_else(|| not_found("conversation_not_found"))?;
            (c.account, c.brand_id, Some(c.number))
        }
    };
    match mailbox(cx, account.as_deref(), brand)? {
        Some(mailbox) => gather::present(cx, &mailbox, Some(agent), number),
        None => Ok(Dress::default()),
    }
}
