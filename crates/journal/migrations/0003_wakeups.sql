CREATE TABLE directory_nodes (
    node TEXT PRIMARY KEY,
    seen_at TIME NOT NULL
);
CREATE TABLE wakeups (
    workspace TEXT NOT NULL REFERENCES workspaces,
    node TEXT NOT NULL,
    wake_at TIME,
    PRIMARY KEY (workspace, node)
);
CREATE INDEX wakeups_due ON wakeups (wake_at);
CREATE INDEX wakeups_awake ON wakeups (node) WHERE wake_at IS NULL;
INSERT INTO wakeups (workspace, node, wake_at) SELECT name, '', 0 FROM workspaces;
