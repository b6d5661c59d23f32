CREATE TABLE email_acknowledgements (
    mailbox_id ID PRIMARY KEY REFERENCES email_mailboxes,
    on_arrival BOOL NOT NULL,
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    version INT NOT NULL
);

CREATE TABLE email_senders (
    folded TEXT PRIMARY KEY,
    hour INT NOT NULL,
    mails INT NOT NULL,
    acknowledged_at TIME
);
CREATE INDEX email_senders_by_hour ON email_senders (hour);
