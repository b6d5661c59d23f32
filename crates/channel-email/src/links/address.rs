//! The address of a link: its id and a mac of the workspace over it, so that nobody can guess one, and nothing that
//! opens a file lies in the database or in a backup.

use base::Secrets;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::link::LinkId;

/// Bytes of the mac that are kept: 144 bits.
const MAC: usize = 18;

pub fn token(secrets: &Secrets, workspace: &str, id: LinkId) -> String {
    let mut bytes = id.0.to_be_bytes().to_vec();
    bytes.extend(&mac(secrets, workspace, id)[..MAC]);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The link that a token names, when it was made here.
pub fn read(secrets: &Secrets, workspace: &str, token: &str) -> Option<LinkId> {
    if token.len() > 64 {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (id, told) = bytes.split_first_chunk::<8>()?;
    let id = LinkId(i64::from_be_bytes(*id));
    base::secrets::same(told, &mac(secrets, workspace, id)[..MAC]).then_some(id)
}

fn mac(secrets: &Secrets, workspace: &str, id: LinkId) -> [u8; 32] {
    secrets.mac("file-link", format!("{workspace}\n{id}").as_bytes())
}
