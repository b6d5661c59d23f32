//! Tells mail that is signed or encrypted (RFC 1847, RFC 8551, RFC 9580), which is shown as such and not opened.

use crate::mail::Protection;
use crate::typed::Typed;

/// What the type of the whole mail, or of a part, says.
pub(crate) fn note(protection: &mut Protection, typed: &Typed) {
    let smime = || typed.parameter("smime-type").unwrap_or_default().to_ascii_lowercase();
    match typed.kind.as_str() {
        "multipart/signed" => protection.signed = true,
        "multipart/encrypted" | "application/pgp-encrypted" => protection.encrypted = true,
        "application/pkcs7-signature" | "application/x-pkcs7-signature" | "application/pgp-signature" => {
            protection.signed = true;
        }
        "application/pkcs7-mime" | "application/x-pkcs7-mime" => match smime().as_str() {
            // Signed around the content rather than beside it: that has to be opened to be read.
            "signed-data" => (protection.signed, protection.sealed) = (true, true),
            "certs-only" => {}
            _ => protection.encrypted = true,
        },
        _ => {}
    }
}

/// PGP inside plain text (RFC 9580 section 6.2.2).
pub(crate) fn note_text(protection: &mut Protection, text: &str) {
    let has = |mark: &str| text.lines().any(|line| line.trim_end() == mark);
    protection.encrypted |= has("-----BEGIN PGP MESSAGE-----");
    protection.signed |= has("-----BEGIN PGP SIGNED MESSAGE-----");
}
