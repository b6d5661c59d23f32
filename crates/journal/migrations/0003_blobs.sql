CREATE TABLE unnamed_blobs (
    key TEXT PRIMARY KEY,
    seen_at TIME NOT NULL,
    removing_at TIME
);
CREATE INDEX unnamed_blobs_by_time ON unnamed_blobs (seen_at);
CREATE TABLE blob_pauses (
    holder TEXT PRIMARY KEY,
    until TIME NOT NULL
);
CREATE TABLE blob_rounds (
    one INT PRIMARY KEY,
    reached TEXT NOT NULL
);
INSERT INTO blob_rounds (one, reached) VALUES (1, '');
