//! What goes along with a mail: files as parts of it, and those that are too large as links.

use std::sync::Arc;

use base::Result;
use conversations::channel::Outgoing;
use journal::Workspace;
use mime::Attached;

use crate::links::address;
use crate::links::block::block;
use crate::links::make::Linked;

/// Files of a mail, and the links to others as HTML and as text.
pub struct Enclosed {
    pub files: Vec<Attached>,
    pub links: Option<(String, String)>,
}

pub async fn enclose(house: &Arc<Workspace>, letter: &Outgoing, linked: &[Linked]) -> Result<Enclosed> {
    let mut files = Vec::new();
    for stored in &letter.attachments {
        let goes_as_link = |one: &Linked| one.file.blob == stored.blob && one.file.name == stored.name;
        if !stored.inline && linked.iter().any(goes_as_link) {
            continue;
        }
        let bytes = house.blobs.get(&stored.blob).await?;
        let content_id = stored.content_id.clone().filter(|_| stored.inline);
        files.push(Attached {
            name: stored.name.clone(),
            content_type: stored.content_type.clone(),
            content_id,
            bytes,
        });
    }
    Ok(Enclosed { files, links: block(linked, |one| url(house, one)) })
}

fn url(house: &Workspace, linked: &Linked) -> String {
    let token = address::token(&house.secrets, &house.name, linked.link.id);
    format!("{}/api/shared/{token}", house.public_url.trim_end_matches('/'))
}
