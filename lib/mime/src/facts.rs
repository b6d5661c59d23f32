//! Notes what the types of parts say beside their content: protection, invitations.

use crate::{calendar, mail::Mail, protection, typed::Typed};

/// Notes what the type of the whole mail says.
pub(crate) fn note_type(mail: &mut Mail, typed: &Typed) {
    protection::note(&mut mail.protection, typed);
}

/// Notes the event of a calendar; the first one counts.
pub(crate) fn note_calendar(mail: &mut Mail, typed: &Typed, bytes: &[u8]) {
    if matches!(typed.kind.as_str(), "text/calendar" | "application/ics") && mail.invitation.is_none() {
        let charset = typed.parameter("charset").unwrap_or_default();
        mail.invitation = calendar::invitation(bytes, charset, typed.parameter("method"));
    }
}
