//! Takes a file in, before the message that it belongs to is sent.

use std::sync::Arc;

use base::Result;
use base::error::invalid;
use journal::{Action, Cx, Risk, Workspace};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::receive::attach;
use crate::channel::Stored;
use crate::model::{AttachmentId, MessageId};
use crate::store::attachment::set_message;

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
}

pub const LARGEST_FILE: usize = 25 * 1024 * 1024;
const MOST_UPLOADS: usize = 30;

impl Action for Upload {
    const NAME: &'static str = "conversation.upload";
    const GRANT: &'static str = "conversation.note";
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Uploaded;

    fn run(cx: &mut Cx, input: &Input) -> Result<Uploaded> {
        let uploader = cx.caller().key();
        let stored = input.stored.clone();
        let id = attach(cx, MessageId(0), &uploader, &stored)?;
        Ok(Uploaded { id, name: stored.name, content_type: stored.content_type, size: stored.size })
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
    if bytes.len() > LARGEST_FILE {
        return Err(invalid("file_too_large", "A file can have at most 25 MB.").field("file"));
    }
    let hash = base::secrets::hex(&base::secrets::sha256(&bytes));
    let blob = format!("{}/{hash}", &hash[..2]);
    let size = bytes.len() as i64;
    house.blobs.put(&blob, bytes).await?;
    let (name, content_type) = (clean_name(name), clean_type(content_type));
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
