CREATE TABLE email_mailboxes (
    id ID PRIMARY KEY,
    address TEXT NOT NULL,
    address_folded TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    brand_id ID REFERENCES brands,
    team_id ID REFERENCES teams,
    version INT NOT NULL,
    created_at TIME NOT NULL,
    removed_at TIME
);
CREATE INDEX email_mailboxes_by_brand ON email_mailboxes (brand_id);
CREATE INDEX email_mailboxes_by_team ON email_mailboxes (team_id);

CREATE TABLE email_raw (
    id ID PRIMARY KEY,
    sender TEXT NOT NULL,
    recipients JSON NOT NULL,
    size INT NOT NULL,
    content BLOB,
    blob TEXT,
    received_at TIME NOT NULL
);
CREATE INDEX email_raw_by_blob ON email_raw (blob) WHERE blob IS NOT NULL;
