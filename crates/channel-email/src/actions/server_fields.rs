//! What the usual server and further accounts have in common: fields that may be empty, and a password that is kept.

use base::Result;
use journal::Cx;

use crate::smtp::tls;

/// Without blanks around it; `None` when nothing stands there.
pub fn filled(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(base::text::without_nul)
}

/// A certificate that can be read; `None` when nothing stands there.
pub fn certificate(text: Option<&str>) -> Result<Option<String>> {
    let pem = filled(text);
    pem.as_deref().map(tls::check_certificate).transpose()?;
    Ok(pem)
}

/// The password, sealed for its place: the stored one when none is given, none when it is empty. A password belongs to
/// its server: for another host or user, `same` is false, and what is stored is forgotten.
pub fn password(
    cx: &Cx<'_, '_>,
    place: &str,
    given: Option<&str>,
    stored: Option<Vec<u8>>,
    same: bool,
) -> Result<Option<Vec<u8>>> {
    match given {
        Some("") => Ok(None),
        Some(password) => Ok(Some(cx.secrets().seal(place, password.as_bytes())?)),
        None => Ok(stored.filter(|_| same)),
    }
}
