//! The classes of causes for which mail is not delivered, and which of them are final.

/// Why a mail was not delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Nobody has this address.
    UserUnknown,
    /// The domain does not exist or has no mail server.
    HostUnknown,
    /// The address was given up or is elsewhere now.
    HasMoved,
    /// The domain takes no mail at all (RFC 7505).
    NotAccept,
    /// The account is switched off.
    Suspend,
    /// The mailbox is full.
    MailboxFull,
    /// The mail is larger than this recipient takes.
    MesgTooBig,
    /// A limit on mail of this size or kind.
    ExceedLimit,
    /// The recipient's own rules refused it.
    Filtered,
    /// The sender's address was refused.
    Rejected,
    /// The sending server was refused.
    Blocked,
    /// The sending server has a bad name.
    BadReputation,
    /// The sending server has no name.
    RequirePtr,
    /// SPF, DKIM or DMARC did not pass.
    AuthFailure,
    /// A rule of the receiving side.
    PolicyViolation,
    /// Taken for spam.
    SpamDetected,
    /// A virus or what looks like one.
    VirusDetected,
    /// Its content could not be taken.
    ContentError,
    /// Its form breaks the rules of mail.
    NotCompliantRfc,
    /// Login, encryption or another right is missing.
    SecurityError,
    /// The server does not send on mail for this domain.
    NoRelaying,
    /// Too much at once.
    Speeding,
    /// Too many connections or recipients.
    TooManyConn,
    /// Nobody was reached on the way.
    NetworkError,
    /// It was tried for too long.
    Expired,
    /// The receiving system is not well.
    SystemError,
    /// The receiving system has no room.
    SystemFull,
    /// A program that was to take it failed.
    MailerError,
    /// A command of SMTP or an address is malformed.
    SyntaxError,
    /// It arrived.
    Delivered,
    /// Somebody complained about it.
    Feedback,
    /// Held for somebody to decide.
    OnHold,
    /// Not said.
    Undefined,
}

/// All of them with their words.
const WORDS: &[(Reason, &str)] = &[
    (Reason::UserUnknown, "user_unknown"),
    (Reason::HostUnknown, "host_unknown"),
    (Reason::HasMoved, "has_moved"),
    (Reason::NotAccept, "not_accept"),
    (Reason::Suspend, "suspend"),
    (Reason::MailboxFull, "mailbox_full"),
    (Reason::MesgTooBig, "mesg_too_big"),
    (Reason::ExceedLimit, "exceed_limit"),
    (Reason::Filtered, "filtered"),
    (Reason::Rejected, "rejected"),
    (Reason::Blocked, "blocked"),
    (Reason::BadReputation, "bad_reputation"),
    (Reason::RequirePtr, "require_ptr"),
    (Reason::AuthFailure, "auth_failure"),
    (Reason::PolicyViolation, "policy_violation"),
    (Reason::SpamDetected, "spam_detected"),
    (Reason::VirusDetected, "virus_detected"),
    (Reason::ContentError, "content_error"),
    (Reason::NotCompliantRfc, "not_compliant_rfc"),
    (Reason::SecurityError, "security_error"),
    (Reason::NoRelaying, "no_relaying"),
    (Reason::Speeding, "speeding"),
    (Reason::TooManyConn, "too_many_conn"),
    (Reason::NetworkError, "network_error"),
    (Reason::Expired, "expired"),
    (Reason::SystemError, "system_error"),
    (Reason::SystemFull, "system_full"),
    (Reason::MailerError, "mailer_error"),
    (Reason::SyntaxError, "syntax_error"),
    (Reason::Delivered, "delivered"),
    (Reason::Feedback, "feedback"),
    (Reason::OnHold, "on_hold"),
    (Reason::Undefined, "undefined"),
];

impl Reason {
    /// The word under which it is kept.
    #[must_use]
    pub fn word(self) -> &'static str {
        WORDS.iter().find(|(reason, _)| *reason == self).map_or("undefined", |(_, word)| word)
    }

    /// Writing to this address again is useless.
    #[must_use]
    pub fn is_hard(self) -> bool {
        matches!(self, Reason::UserUnknown | Reason::HostUnknown | Reason::HasMoved | Reason::NotAccept)
    }
}
