CREATE TABLE notifications_choices (
    agent_id ID PRIMARY KEY REFERENCES agents,
    mentioned BOOL NOT NULL,
    assigned BOOL NOT NULL,
    replied BOOL NOT NULL,
    unassigned BOOL NOT NULL,
    at_desk BOOL NOT NULL,
    version INT NOT NULL
);
CREATE TABLE notifications_seen (
    agent_id ID PRIMARY KEY REFERENCES agents,
    seen_at TIME NOT NULL
);
CREATE TABLE notifications_pending (
    id ID PRIMARY KEY,
    agent_id ID NOT NULL REFERENCES agents,
    conversation_id ID NOT NULL REFERENCES conversations,
    cause TEXT NOT NULL,
    message_id ID REFERENCES messages,
    actor_id ID REFERENCES agents,
    created_at TIME NOT NULL
);
CREATE INDEX notifications_pending_of ON notifications_pending (agent_id, conversation_id, id);
CREATE INDEX notifications_pending_by_age ON notifications_pending (created_at);
CREATE TABLE notifications_letters (
    id ID PRIMARY KEY,
    agent_id ID NOT NULL REFERENCES agents,
    conversation_id ID NOT NULL REFERENCES conversations,
    reasons JSON NOT NULL,
    state TEXT NOT NULL,
    created_at TIME NOT NULL,
    expires_at TIME NOT NULL
);
CREATE INDEX notifications_letters_of ON notifications_letters (agent_id, conversation_id, created_at);
CREATE INDEX notifications_letters_by_expiry ON notifications_letters (expires_at);
