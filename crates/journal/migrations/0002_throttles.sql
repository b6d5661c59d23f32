CREATE TABLE throttles (
    key TEXT PRIMARY KEY,
    full_at TIME NOT NULL
);
CREATE INDEX throttles_by_time ON throttles (full_at);
