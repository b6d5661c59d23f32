CREATE TABLE message_fates (
    message_id ID NOT NULL REFERENCES messages,
    folded TEXT NOT NULL,
    address TEXT NOT NULL,
    state TEXT NOT NULL,
    hard BOOL NOT NULL,
    cause TEXT NOT NULL,
    status TEXT,
    words TEXT NOT NULL,
    report_id ID NOT NULL REFERENCES messages,
    at TIME NOT NULL,
    PRIMARY KEY (message_id, folded)
);
CREATE INDEX message_fates_by_report ON message_fates (report_id);
