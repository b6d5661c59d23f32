//! Takes a file in, before the message that it belongs to is sent.

use std::sync::Arc;

use base::Result;
use base::error::{invalid, not_found, too_many};
use base::secrets::Hashing;
use futures_util::{Stream, StreamExt};
use journal::{Action, Cx, Risk, Workspace};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::attach::attach;
use crate::channel::Stored;
use crate::model::{AttachmentId, MessageId};
use crate::present::url;
use crate::store::attachment::{count_waiting, delete_waiting, set_message};

pub struct Upload;

/// The bytes are stored before; see [`store_bytes`].
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = ConversationUploadInput)]
pub struct Input {
    pub stored: Stored,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Uploaded {
    pub id: AttachmentId,
    pub name: String,
    #[serde(rename = "type")]
    pub content_type: String,
    pub size: i64,
    /// Under which a picture is put into what is written.
    pub url: String,
}

pub const LARGEST_FILE: usize = 25 * 1024 * 1024;
/// Files of one message.
const MOST_UPLOADS: usize = 30;
/// Files and bytes that one caller may have taken in without using them.
const MOST_WAITING: i64 = 200;
const MOST_WAITING_BYTES: i64 = 500 * 1024 * 1024;

impl Action for Upload {
    const NAME: &'static str = "conversation.upload";
    const GRANT: &'static str = "conversation.note";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Uploaded;

    fn run(cx: &mut Cx, input: &Input) -> Result<Uploaded> {
        let uploader = cx.caller().key();
        let stored = input.stored.clone();
        must_have_room(cx, stored.size)?;
        let file = attach(cx, MessageId(0), &uploader, &stored)?;
        let url = url(&file);
        Ok(Uploaded {
            id: file.id,
            name: stored.name,
            content_type: stored.content_type,
            size: stored.size,
            url,
        })
    }
}

/// Refuses who has taken in more than anybody sends, and never used it.
pub fn must_have_room(cx: &mut Cx, size: i64) -> Result<()> {
    let uploader = cx.caller().key();
    let (files, bytes) = count_waiting(cx, &uploader)?;
    if files < MOST_WAITING && bytes + size <= MOST_WAITING_BYTES {
        return Ok(());
    }
    let sentence = "Too many files wait to be sent. Send or remove some, or wait a day.";
    Err(too_many("uploads_full", sentence).field("file"))
}

/// Takes an upload back that was not sent.
pub struct Discard;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConversationDiscardInput)]
pub struct DiscardInput {
    pub id: AttachmentId,
}

impl Action for Discard {
    const NAME: &'static str = "conversation.discard_upload";
    const GRANT: &'static str = "conversation.note";
    const RISK: Risk = Risk::Irreversible;
    type Input = DiscardInput;
    type Output = ();

    fn run(cx: &mut Cx, input: &DiscardInput) -> Result<()> {
        let uploader = cx.caller().key();
        match delete_waiting(cx, input.id, &uploader)? {
            true => Ok(()),
            false => Err(not_found("upload_not_found")),
        }
    }
}

/// Ties files that this caller has taken in to the message that they belong to.
pub(super) fn tie_uploads(cx: &mut Cx, ids: &[AttachmentId], message: MessageId) -> Result<()> {
    if ids.len() > MOST_UPLOADS {
        let sentence = format!("At most {MOST_UPLOADS} files can be attached.");
        return Err(invalid("uploads_too_many", sentence).field("upload_ids"));
    }
    let uploader = cx.caller().key();
    for id in ids {
        if !set_message(cx, *id, &uploader, message)? {
            return Err(invalid("upload_unknown", "An attached file is not there. Attach it again.")
                .field("upload_ids"));
        }
    }
    Ok(())
}

/// Puts bytes into the blob store under the hash of their content.
pub async fn store_bytes(
    house: &Arc<Workspace>,
    name: &str,
    content_type: &str,
    bytes: Vec<u8>,
) -> Result<Stored> {
    let pieces = futures_util::stream::iter([Ok(bytes)]);
    store_pieces(house, name, content_type, pieces).await
}

/// As [`store_bytes`] for what comes in pieces: it is never held whole.
pub async fn store_pieces<B: AsRef<[u8]>>(
    house: &Arc<Workspace>,
    name: &str,
    content_type: &str,
    pieces: impl Stream<Item = Result<B>> + Send,
) -> Result<Stored> {
    let mut pieces = std::pin::pin!(pieces);
    let (mut incoming, mut hashing, mut size) = (house.blobs.begin().await?, Hashing::default(), 0);
    while let Some(piece) = pieces.next().await {
        let piece = piece?;
        size += piece.as_ref().len();
        if size > LARGEST_FILE {
            return Err(invalid("file_too_large", "A file can have at most 25 MB.").field("file"));
        }
        hashing.add(piece.as_ref());
        incoming.write(piece.as_ref()).await?;
    }
    let hash = hashing.hex();
    let blob = house.blob_key(&format!("{}/{hash}", &hash[..2])).await?;
    incoming.finish(&blob).await?;
    let (name, content_type) = (clean_name(name), clean_type(content_type));
    let size = i64::try_from(size).unwrap_or(i64::MAX);
    Ok(Stored { name, content_type, size, blob, inline: false, content_id: None })
}

/// No folders, no control characters, never empty.
fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|c| !c.is_control()).collect();
    let kept = base::text::cut(kept.trim().trim_start_matches('.'), 200).to_owned();
    if kept.is_empty() { "file".to_owned() } else { kept }
}

fn clean_type(content_type: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '.' | '+');
    let first = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let fits = first.len() <= 100 && first.contains('/') && first.chars().all(plain);
    if fits { first } else { "application/octet-stream".to_owned() }
}
