CREATE TABLE email_sources (
    mailbox_id ID PRIMARY KEY REFERENCES email_mailboxes,
    protocol TEXT NOT NULL,
    host TEXT NOT NULL,
    port INT NOT NULL,
    security TEXT NOT NULL,
    username TEXT NOT NULL,
    password TEXT NOT NULL,
    trusted_certificate TEXT,
    folders JSON NOT NULL,
    sent_folder TEXT,
    afterwards TEXT NOT NULL,
    move_to TEXT,
    keep_days INT NOT NULL,
    history_days INT NOT NULL,
    connected_at TIME NOT NULL,
    version INT NOT NULL,
    tried_at TIME,
    fetched_at TIME,
    newest_at TIME,
    failing_since TIME,
    error_code TEXT,
    error TEXT,
    waiting INT NOT NULL
);
CREATE TABLE email_folders (
    id ID PRIMARY KEY,
    mailbox_id ID NOT NULL REFERENCES email_mailboxes,
    name TEXT NOT NULL,
    epoch INT NOT NULL,
    last_uid INT NOT NULL,
    old_uid INT NOT NULL,
    resync BOOL NOT NULL,
    tries INT NOT NULL
);
CREATE UNIQUE INDEX email_folders_once ON email_folders (mailbox_id, name);
CREATE TABLE email_fetched (
    id ID PRIMARY KEY,
    folder_id ID NOT NULL REFERENCES email_folders,
    epoch INT NOT NULL,
    remote TEXT NOT NULL,
    state TEXT NOT NULL,
    mark BLOB,
    cause TEXT,
    tries INT NOT NULL,
    at TIME NOT NULL
);
CREATE UNIQUE INDEX email_fetched_once ON email_fetched (folder_id, epoch, remote);
CREATE INDEX email_fetched_by_mark ON email_fetched (folder_id, mark) WHERE mark IS NOT NULL;
CREATE INDEX email_fetched_by_state ON email_fetched (folder_id, state, at);
CREATE TABLE email_hooks (
    mailbox_id ID PRIMARY KEY REFERENCES email_mailboxes,
    key_hash BLOB NOT NULL UNIQUE,
    created_at TIME NOT NULL,
    used_at TIME
);
CREATE TABLE email_imported (
    mailbox_id ID NOT NULL REFERENCES email_mailboxes,
    mark BLOB NOT NULL,
    PRIMARY KEY (mailbox_id, mark)
);
CREATE TABLE email_history (
    id ID PRIMARY KEY,
    mailbox_id ID NOT NULL REFERENCES email_mailboxes,
    raw_id ID NOT NULL REFERENCES email_raw,
    written_at TIME NOT NULL,
    sent BOOL NOT NULL,
    too_large BOOL NOT NULL
);
CREATE INDEX email_history_in_order ON email_history (mailbox_id, written_at, id);
CREATE INDEX email_history_by_raw ON email_history (raw_id);
