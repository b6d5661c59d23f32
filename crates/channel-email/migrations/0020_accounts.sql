CREATE TABLE email_grants (
    id ID PRIMARY KEY,
    provider TEXT NOT NULL,
    address TEXT NOT NULL,
    refresh BLOB,
    access BLOB,
    access_until TIME NOT NULL,
    trouble TEXT,
    created_at TIME NOT NULL,
    removed_at TIME
);

CREATE TABLE email_accounts (
    id ID PRIMARY KEY,
    name TEXT NOT NULL,
    host TEXT NOT NULL,
    port INT NOT NULL,
    security TEXT NOT NULL,
    username TEXT,
    password BLOB,
    grant_id ID REFERENCES email_grants,
    trusted_certificate TEXT,
    version INT NOT NULL,
    created_at TIME NOT NULL,
    removed_at TIME
);
CREATE INDEX email_accounts_by_grant ON email_accounts (grant_id);

CREATE TABLE email_mailbox_ways (
    mailbox_id ID PRIMARY KEY REFERENCES email_mailboxes,
    account_id ID NOT NULL REFERENCES email_accounts
);
CREATE INDEX email_mailbox_ways_by_account ON email_mailbox_ways (account_id);

CREATE TABLE email_brand_ways (
    brand_id ID PRIMARY KEY REFERENCES brands,
    account_id ID NOT NULL REFERENCES email_accounts
);
CREATE INDEX email_brand_ways_by_account ON email_brand_ways (account_id);
