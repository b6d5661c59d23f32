CREATE TABLE email_keys (
    id ID PRIMARY KEY,
    domain TEXT NOT NULL,
    selector TEXT NOT NULL,
    algorithm TEXT NOT NULL,
    secret BLOB,
    public TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at TIME NOT NULL,
    changed_at TIME NOT NULL
);
CREATE UNIQUE INDEX email_keys_of_domain ON email_keys (domain, selector);
