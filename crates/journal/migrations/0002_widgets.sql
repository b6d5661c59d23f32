CREATE TABLE widgets (
    key TEXT PRIMARY KEY,
    workspace TEXT NOT NULL REFERENCES workspaces
);
CREATE INDEX widgets_by_workspace ON widgets (workspace);
