CREATE TABLE conversation_sides (
    id ID PRIMARY KEY,
    conversation_id ID NOT NULL REFERENCES conversations,
    channel TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    folded TEXT NOT NULL,
    subject TEXT NOT NULL,
    created_at TIME NOT NULL
);
CREATE INDEX conversation_sides_by_conversation ON conversation_sides (conversation_id, id);

ALTER TABLE messages ADD COLUMN
    contact JSON NULL;
ALTER TABLE messages ADD COLUMN
    side_id ID REFERENCES conversation_sides;
CREATE INDEX messages_by_side ON messages (side_id, id) WHERE side_id IS NOT NULL;

CREATE TABLE blocked_messages (
    id ID PRIMARY KEY,
    receipt BLOB NOT NULL UNIQUE,
    channel TEXT NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    subject TEXT NOT NULL,
    raw_id ID,
    repeats INT NOT NULL,
    arrived_at TIME NOT NULL,
    released_at TIME
);
