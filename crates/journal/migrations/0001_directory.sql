CREATE TABLE workspaces (
    name TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    created_at TIME NOT NULL
);
CREATE TABLE hosts (
    host TEXT PRIMARY KEY,
    workspace TEXT NOT NULL REFERENCES workspaces
);
CREATE INDEX hosts_by_workspace ON hosts (workspace);
CREATE TABLE addresses (
    address TEXT PRIMARY KEY,
    workspace TEXT NOT NULL REFERENCES workspaces
);
CREATE INDEX addresses_by_workspace ON addresses (workspace);
