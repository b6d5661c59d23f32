-- lite: CREATE TABLE conversation_numbers (one INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT;
-- lite: INSERT INTO conversation_numbers (one, last) VALUES (1, 0);
-- pg: CREATE SEQUENCE conversation_numbers;

CREATE TABLE conversations (
    id ID PRIMARY KEY,
    number INT NOT NULL UNIQUE,
    version INT NOT NULL,
    subject TEXT NOT NULL,
    status TEXT NOT NULL,
    shelf TEXT NOT NULL,
    spam BOOL NOT NULL,
    priority TEXT,
    type TEXT,
    channel TEXT NOT NULL,
    brand_id ID REFERENCES brands,
    team_id ID REFERENCES teams,
    assignee_id ID REFERENCES agents,
    requester_id ID NOT NULL REFERENCES customers,
    submitter TEXT NOT NULL,
    external_id TEXT,
    form TEXT,
    fields JSON NOT NULL,
    tags JSON NOT NULL,
    due_at TIME,
    preview TEXT NOT NULL,
    last_author TEXT NOT NULL,
    last_message_id ID NOT NULL,
    last_inbound_id ID NOT NULL,
    account TEXT,
    joined_into ID REFERENCES conversations,
    follow_up_of ID REFERENCES conversations,
    created_at TIME NOT NULL,
    last_activity_at TIME NOT NULL,
    status_at TIME NOT NULL,
    deleted_at TIME
);
CREATE INDEX conversations_by_shelf ON conversations (shelf, last_activity_at DESC, id DESC);
CREATE INDEX conversations_by_assignee ON conversations (shelf, assignee_id, last_activity_at DESC, id DESC);
CREATE INDEX conversations_by_team ON conversations (shelf, team_id, last_activity_at DESC, id DESC);
CREATE INDEX conversations_unassigned ON conversations (shelf, team_id, last_activity_at DESC, id DESC) WHERE assignee_id IS NULL;
CREATE INDEX conversations_by_brand ON conversations (shelf, brand_id, last_activity_at DESC, id DESC);
CREATE INDEX conversations_by_requester ON conversations (requester_id, id DESC);
CREATE UNIQUE INDEX conversations_by_external_id ON conversations (external_id) WHERE external_id IS NOT NULL;
CREATE INDEX conversations_solved ON conversations (status_at) WHERE status = 'solved';
CREATE INDEX conversations_joined ON conversations (joined_into) WHERE joined_into IS NOT NULL;
CREATE INDEX conversations_follow_ups ON conversations (follow_up_of) WHERE follow_up_of IS NOT NULL;

CREATE TABLE conversation_participants (
    conversation_id ID NOT NULL REFERENCES conversations,
    customer_id ID NOT NULL REFERENCES customers,
    address TEXT NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (conversation_id, customer_id)
);
CREATE INDEX conversation_participants_by_customer ON conversation_participants (customer_id);

CREATE TABLE conversation_followers (
    conversation_id ID NOT NULL REFERENCES conversations,
    agent_id ID NOT NULL REFERENCES agents,
    PRIMARY KEY (conversation_id, agent_id)
);
CREATE INDEX conversation_followers_by_agent ON conversation_followers (agent_id);

CREATE TABLE messages (
    id ID PRIMARY KEY,
    conversation_id ID NOT NULL REFERENCES conversations,
    version INT NOT NULL,
    kind TEXT NOT NULL,
    direction TEXT NOT NULL,
    channel TEXT NOT NULL,
    author TEXT NOT NULL,
    author_id ID,
    author_verified BOOL NOT NULL,
    html TEXT NOT NULL,
    text TEXT NOT NULL,
    quoted TEXT,
    recipients JSON,
    mentions JSON NOT NULL,
    marks JSON NOT NULL,
    repeats INT NOT NULL,
    source_id TEXT,
    raw_id ID,
    delivery TEXT,
    hold_until TIME,
    delivery_error TEXT,
    attempts INT NOT NULL,
    reverts JSON,
    created_at TIME NOT NULL
);
CREATE INDEX messages_by_conversation ON messages (conversation_id, id DESC);
CREATE INDEX messages_by_source ON messages (source_id) WHERE source_id IS NOT NULL;
CREATE INDEX messages_unknown ON messages (id) WHERE delivery = 'unknown';

CREATE TABLE message_receipts (
    receipt BLOB PRIMARY KEY,
    message_id ID NOT NULL REFERENCES messages
);
CREATE INDEX message_receipts_by_message ON message_receipts (message_id);

CREATE TABLE attachments (
    id ID PRIMARY KEY,
    message_id ID REFERENCES messages,
    uploader TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    size INT NOT NULL,
    blob TEXT NOT NULL,
    token TEXT NOT NULL UNIQUE,
    inline BOOL NOT NULL,
    content_id TEXT,
    created_at TIME NOT NULL
);
CREATE INDEX attachments_by_message ON attachments (message_id);
CREATE INDEX attachments_by_blob ON attachments (blob);

CREATE TABLE conversation_reads (
    conversation_id ID NOT NULL REFERENCES conversations,
    agent_id ID NOT NULL REFERENCES agents,
    message_id ID NOT NULL,
    PRIMARY KEY (conversation_id, agent_id)
);
CREATE INDEX conversation_reads_by_agent ON conversation_reads (agent_id);

CREATE TABLE drafts (
    conversation_id ID NOT NULL REFERENCES conversations,
    agent_id ID NOT NULL REFERENCES agents,
    mode TEXT NOT NULL,
    html TEXT NOT NULL,
    recipients JSON NOT NULL,
    updated_at TIME NOT NULL,
    PRIMARY KEY (conversation_id, agent_id)
);
CREATE INDEX drafts_by_agent ON drafts (agent_id);
