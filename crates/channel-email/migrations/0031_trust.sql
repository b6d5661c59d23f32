CREATE TABLE email_trust (
    raw_id ID PRIMARY KEY REFERENCES email_raw,
    ip TEXT,
    helo TEXT,
    results JSON,
    points INT,
    reasons JSON,
    scan TEXT,
    tokens BLOB,
    learned TEXT
);

CREATE TABLE email_tokens (
    token INT PRIMARY KEY,
    spam INT NOT NULL,
    ham INT NOT NULL
);

CREATE TABLE email_allowed (
    id ID PRIMARY KEY,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE,
    forged_too BOOL NOT NULL,
    allowed_by ID,
    created_at TIME NOT NULL
);
