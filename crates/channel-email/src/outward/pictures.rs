//! Pictures of mails from other servers: fetched for everybody by this server, so that their owner learns nothing of
//! who reads, and kept for about a day.

use std::sync::OnceLock;

use base::Result;
use base::error::invalid;
use journal::Workspace;
use web::outward::Outward;

const MOST_BYTES: usize = 5 * 1024 * 1024;
/// Where they are kept; nothing names them, so the sweep takes them away after a day.
pub const PREFIX: &str = "pictures/";

/// The client of the house, or another one that a test has set.
#[derive(Clone, Default)]
pub struct Window(Option<Outward>);

impl Window {
    #[cfg(test)]
    pub fn set(&mut self, outward: Outward) {
        self.0 = Some(outward);
    }

    fn outward(&self) -> Result<Outward> {
        static USUAL: OnceLock<Outward> = OnceLock::new();
        if let Some(own) = &self.0 {
            return Ok(own.clone());
        }
        match USUAL.get() {
            Some(usual) => Ok(usual.clone()),
            None => {
                let made = Outward::new()?;
                Ok(USUAL.get_or_init(|| made).clone())
            }
        }
    }
}

/// A picture and what it is.
pub struct Picture {
    pub content_type: &'static str,
    pub bytes: Vec<u8>,
}

/// From the blobs, else from its server.
pub async fn picture(house: &Workspace, address: &str) -> Result<Picture> {
    let hash = base::secrets::hex(&base::secrets::sha256(address.as_bytes()));
    let key = format!("{PREFIX}{}/{hash}", &hash[..2]);
    if let Ok(bytes) = house.blobs.get(&key).await {
        return shown(bytes);
    }
    let window = house.registry().socket::<Window>().cloned().unwrap_or_default();
    let fetched = window.outward()?.get(address, MOST_BYTES).await?;
    let picture = shown(fetched.bytes)?;
    house.keep_blob(&key, picture.bytes.clone()).await?;
    Ok(picture)
}

/// By its first bytes, whatever its server calls it: only pictures that hold no script.
fn shown(bytes: Vec<u8>) -> Result<Picture> {
    let content_type = match bytes.as_slice() {
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [b'G', b'I', b'F', b'8', ..] => "image/gif",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
        _ => return Err(invalid("picture_kind", "This is no picture that can be shown safely.")),
    };
    Ok(Picture { content_type, bytes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pictures_without_script_are_shown() {
        let kind =
            |bytes: &[u8]| shown(bytes.to_vec()).map(|picture| picture.content_type).map_err(|e| e.code);
        assert_eq!(kind(b"\x89PNG\r\n"), Ok("image/png"));
        assert_eq!(kind(b"GIF89a"), Ok("image/gif"));
        assert_eq!(kind(b"RIFF\0\0\0\0WEBPVP8"), Ok("image/webp"));
        for other in [b"<svg onload=x>".as_slice(), b"<html>", b"", b"%PDF-1.7"] {
            assert_eq!(kind(other), Err("picture_kind"));
        }
    }
}
