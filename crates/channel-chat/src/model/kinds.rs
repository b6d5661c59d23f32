//! Ids and closed lists of live chat.

base::id! {
    /// A chat widget: what stands on a customer's pages.
    WidgetId
}
base::id! {
    /// Somebody who chats: a browser, or a customer who has proven who it is.
    VisitorId
}
base::id! {
    /// One live engagement on a conversation.
    ChatId
}
base::id! {
    /// A mail that was made of chat lines.
    MailingId
}

base::words! {
    pub enum ChatState {
        /// It rings, nobody has taken it.
        Waiting = "waiting",
        Taken = "taken",
        /// Nobody took it in time: the visitor is asked for an address.
        Missed = "missed",
        Ended = "ended",
    }
}

base::words! {
    pub enum EndedBy { Agent = "agent", Visitor = "visitor", Time = "time" }
}

base::words! {
    pub enum Standing { Available = "available", Away = "away" }
}

base::words! {
    pub enum MailingKind { Answers = "answers", Transcript = "transcript" }
}

base::words! {
    /// How far a mailing has come; a mailing that was begun is never begun again.
    pub enum MailingState {
        Queued = "queued",
        Sending = "sending",
        Sent = "sent",
        Failed = "failed",
        Unknown = "unknown",
    }
}

base::words! {
    /// What is known of an address.
    pub enum Proof { None = "none", Claimed = "claimed", Verified = "verified" }
}
