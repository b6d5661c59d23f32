CREATE TABLE email_looks (
    id ID PRIMARY KEY,
    brand_id ID NOT NULL REFERENCES brands,
    header TEXT NOT NULL,
    footer TEXT NOT NULL,
    css TEXT NOT NULL,
    accent TEXT NOT NULL,
    signature TEXT NOT NULL,
    whose TEXT NOT NULL,
    language TEXT NOT NULL,
    version INT NOT NULL
);
CREATE UNIQUE INDEX email_looks_of_brand ON email_looks (brand_id, version);

CREATE TABLE email_signatures (
    agent_id ID PRIMARY KEY REFERENCES agents,
    html TEXT NOT NULL,
    version INT NOT NULL
);

CREATE TABLE email_dresses (
    message_id ID PRIMARY KEY,
    look_id ID REFERENCES email_looks,
    signature TEXT,
    facts JSON NOT NULL
);
CREATE INDEX email_dresses_by_look ON email_dresses (look_id);
