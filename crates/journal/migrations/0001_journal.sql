CREATE TABLE events (
    id ID PRIMARY KEY,
    seq ID,
    name TEXT NOT NULL,
    version INT NOT NULL,
    at TIME NOT NULL,
    caller TEXT NOT NULL,
    caller_id ID,
    behalf TEXT,
    cause TEXT,
    depth INT NOT NULL,
    subject TEXT NOT NULL,
    subject_id ID NOT NULL,
    changes JSON NOT NULL,
    refs JSON NOT NULL
);
CREATE UNIQUE INDEX events_by_seq ON events (seq);
CREATE INDEX events_by_subject ON events (subject, subject_id, id DESC);
-- pg: CREATE INDEX events_unsequenced ON events (id) WHERE seq IS NULL;
CREATE TABLE event_sequence (
    one INT PRIMARY KEY,
    last ID NOT NULL
);
INSERT INTO event_sequence (one, last) VALUES (1, 0);

CREATE TABLE reactions (
    name TEXT PRIMARY KEY,
    cursor_seq ID NOT NULL
);
CREATE TABLE reaction_failures (
    reaction TEXT NOT NULL,
    event_id ID NOT NULL REFERENCES events,
    subject_id ID NOT NULL,
    attempts INT NOT NULL,
    run_at TIME NOT NULL,
    parked BOOL NOT NULL,
    error TEXT NOT NULL,
    PRIMARY KEY (reaction, event_id)
);
CREATE INDEX reaction_failures_due ON reaction_failures (reaction, run_at);
CREATE INDEX reaction_failures_by_event ON reaction_failures (event_id);

CREATE TABLE jobs (
    id ID PRIMARY KEY,
    name TEXT NOT NULL,
    lane TEXT NOT NULL,
    args JSON NOT NULL,
    key TEXT UNIQUE,
    run_at TIME NOT NULL,
    attempts INT NOT NULL,
    fence INT NOT NULL,
    parked BOOL NOT NULL,
    holder TEXT,
    error TEXT,
    cause TEXT,
    depth INT NOT NULL,
    created_at TIME NOT NULL
);
CREATE INDEX jobs_due ON jobs (lane, run_at) WHERE NOT parked;
CREATE INDEX jobs_held ON jobs (holder) WHERE holder IS NOT NULL;
CREATE INDEX jobs_parked ON jobs (id) WHERE parked;

CREATE TABLE undos (
    id ID PRIMARY KEY,
    caller TEXT NOT NULL,
    caller_id ID,
    action TEXT NOT NULL,
    steps JSON NOT NULL,
    made_at TIME NOT NULL,
    undone_at TIME
);

CREATE TABLE idempotency_keys (
    caller TEXT NOT NULL,
    key TEXT NOT NULL,
    body_hash BLOB NOT NULL,
    result JSON NOT NULL,
    made_at TIME NOT NULL,
    PRIMARY KEY (caller, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (made_at);

CREATE TABLE nodes (
    node INT PRIMARY KEY,
    holder TEXT NOT NULL,
    high_id ID NOT NULL,
    seen_at TIME NOT NULL
);

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value JSON NOT NULL,
    version INT NOT NULL
);
