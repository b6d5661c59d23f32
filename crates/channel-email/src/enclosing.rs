//! What goes along with a mail: files as parts of it, and those that are too large as links.

use std::sync::Arc;

use base::Result;
use conversations::channel::{Outgoing, Stored};
use journal::{Caller, Workspace, settings};
use mime::Attached;

use crate::links::address;
use crate::links::block::block;
use crate::links::make::Linked;
use crate::links::settings::FileLinks;

/// Files of a mail, and the links to others as HTML and as text.
pub struct Enclosed {
    pub files: Vec<Attached>,
    pub links: Option<(String, String)>,
}

/// A sentence when what would go as parts is too much for a mail: then no file is read at all.
pub async fn enclose(
    house: &Arc<Workspace>,
    letter: &Outgoing,
    linked: &[Linked],
) -> Result<Result<Enclosed, String>> {
    let goes_as_link = |stored: &Stored| {
        linked.iter().any(|one| one.file.blob == stored.blob && one.file.name == stored.name)
    };
    let parts: Vec<&Stored> =
        letter.attachments.iter().filter(|stored| stored.inline || !goes_as_link(stored)).collect();
    let size: i64 = parts.iter().map(|stored| stored.size).sum();
    let most = house.read(Caller::system(), settings::get::<FileLinks>).await?.most_in_mail();
    if size > most {
        return Ok(Err(format!("Its files are too much for one mail: {} MB together.", most / 1024 / 1024)));
    }
    let mut files = Vec::new();
    for stored in parts {
        let bytes = house.blobs.get(&stored.blob).await?;
        let content_id = stored.content_id.clone().filter(|_| stored.inline);
        files.push(Attached {
            name: stored.name.clone(),
            content_type: stored.content_type.clone(),
            content_id,
            bytes,
        });
    }
    Ok(Ok(Enclosed { files, links: block(linked, |one| url(house, one)) }))
}

fn url(house: &Workspace, linked: &Linked) -> String {
    let token = address::token(&house.secrets, &house.name, linked.link.id);
    format!("{}/api/shared/{token}", house.public_url.trim_end_matches('/'))
}
