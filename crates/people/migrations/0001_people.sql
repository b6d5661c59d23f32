CREATE TABLE roles (
    id ID PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    grants JSON NOT NULL,
    reach TEXT NOT NULL,
    built_in BOOL NOT NULL,
    version INT NOT NULL
);
CREATE TABLE agents (
    id ID PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    email_folded TEXT NOT NULL UNIQUE,
    locale TEXT,
    time_zone TEXT,
    role_id ID NOT NULL REFERENCES roles,
    active BOOL NOT NULL,
    password_hash TEXT,
    version INT NOT NULL,
    created_at TIME NOT NULL
);
CREATE INDEX agents_by_role ON agents (role_id);
CREATE TABLE teams (
    id ID PRIMARY KEY,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL UNIQUE,
    version INT NOT NULL
);
CREATE TABLE team_members (
    team_id ID NOT NULL REFERENCES teams,
    agent_id ID NOT NULL REFERENCES agents,
    PRIMARY KEY (team_id, agent_id)
);
CREATE INDEX team_members_by_agent ON team_members (agent_id);
CREATE TABLE brands (
    id ID PRIMARY KEY,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL UNIQUE,
    usual BOOL NOT NULL,
    version INT NOT NULL
);
CREATE TABLE brand_members (
    brand_id ID NOT NULL REFERENCES brands,
    agent_id ID NOT NULL REFERENCES agents,
    PRIMARY KEY (brand_id, agent_id)
);
CREATE INDEX brand_members_by_agent ON brand_members (agent_id);

CREATE TABLE sessions (
    id ID PRIMARY KEY,
    agent_id ID NOT NULL REFERENCES agents,
    token_hash BLOB NOT NULL UNIQUE,
    device TEXT NOT NULL,
    created_at TIME NOT NULL,
    seen_at TIME NOT NULL,
    expires_at TIME NOT NULL
);
CREATE INDEX sessions_by_agent ON sessions (agent_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
CREATE TABLE tokens (
    id ID PRIMARY KEY,
    agent_id ID NOT NULL REFERENCES agents,
    name TEXT NOT NULL,
    token_hash BLOB NOT NULL UNIQUE,
    created_at TIME NOT NULL
);
CREATE INDEX tokens_by_agent ON tokens (agent_id);
CREATE TABLE invitations (
    id ID PRIMARY KEY,
    email TEXT NOT NULL,
    email_folded TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role_id ID NOT NULL REFERENCES roles,
    team_ids JSON NOT NULL,
    token_hash BLOB NOT NULL UNIQUE,
    created_at TIME NOT NULL,
    expires_at TIME NOT NULL
);
CREATE INDEX invitations_by_role ON invitations (role_id);
CREATE INDEX invitations_by_expiry ON invitations (expires_at);
CREATE TABLE password_resets (
    agent_id ID PRIMARY KEY REFERENCES agents,
    token_hash BLOB NOT NULL UNIQUE,
    expires_at TIME NOT NULL
);
CREATE TABLE sign_in_failures (
    account TEXT PRIMARY KEY,
    failures INT NOT NULL,
    last_at TIME NOT NULL
);
CREATE INDEX sign_in_failures_by_age ON sign_in_failures (last_at);
