CREATE TABLE chat_widgets (
    id ID PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    brand_id ID REFERENCES brands,
    team_id ID REFERENCES teams,
    settings JSON NOT NULL,
    secret BLOB,
    version INT NOT NULL,
    created_at TIME NOT NULL,
    removed_at TIME
);
CREATE INDEX chat_widgets_by_brand ON chat_widgets (brand_id);
CREATE INDEX chat_widgets_by_team ON chat_widgets (team_id);

CREATE TABLE chat_visitors (
    id ID PRIMARY KEY,
    widget_id ID NOT NULL REFERENCES chat_widgets,
    address TEXT NOT NULL UNIQUE,
    token_hash BLOB UNIQUE,
    subject TEXT,
    name TEXT NOT NULL,
    email TEXT,
    proven BOOL NOT NULL,
    fields JSON NOT NULL,
    locale TEXT,
    browser TEXT NOT NULL,
    trail JSON NOT NULL,
    last_line INT NOT NULL,
    read_id ID NOT NULL,
    conversation_id ID REFERENCES conversations,
    network BLOB NOT NULL,
    banned_at TIME,
    merged_into ID REFERENCES chat_visitors,
    created_at TIME NOT NULL,
    seen_at TIME NOT NULL
);
CREATE INDEX chat_visitors_by_widget ON chat_visitors (widget_id);
CREATE INDEX chat_visitors_by_conversation ON chat_visitors (conversation_id);
CREATE INDEX chat_visitors_merged ON chat_visitors (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE chat_lines (
    visitor_id ID NOT NULL REFERENCES chat_visitors,
    line INT NOT NULL,
    message_id ID NOT NULL REFERENCES messages,
    conversation_id ID NOT NULL REFERENCES conversations,
    client_id TEXT,
    outgoing BOOL NOT NULL,
    mailing_id ID,
    PRIMARY KEY (visitor_id, line)
);
CREATE UNIQUE INDEX chat_lines_by_message ON chat_lines (message_id, visitor_id);
CREATE UNIQUE INDEX chat_lines_by_client ON chat_lines (visitor_id, client_id) WHERE client_id IS NOT NULL;
CREATE INDEX chat_lines_by_conversation ON chat_lines (conversation_id, visitor_id);

CREATE TABLE chat_chats (
    id ID PRIMARY KEY,
    conversation_id ID NOT NULL REFERENCES conversations,
    visitor_id ID NOT NULL REFERENCES chat_visitors,
    widget_id ID NOT NULL REFERENCES chat_widgets,
    team_id ID REFERENCES teams,
    state TEXT NOT NULL,
    taker_id ID REFERENCES agents,
    offered_to JSON NOT NULL,
    passed_by JSON NOT NULL,
    round INT NOT NULL,
    turn INT NOT NULL,
    began_at TIME NOT NULL,
    waiting_since TIME NOT NULL,
    taken_at TIME,
    answered_at TIME,
    ended_at TIME,
    ended_by TEXT,
    heard_at TIME NOT NULL,
    seen_id ID NOT NULL,
    version INT NOT NULL
);
CREATE INDEX chat_chats_by_conversation ON chat_chats (conversation_id, id DESC);
CREATE INDEX chat_chats_by_visitor ON chat_chats (visitor_id, id DESC);
CREATE INDEX chat_chats_by_widget ON chat_chats (widget_id);
CREATE INDEX chat_chats_by_team ON chat_chats (team_id);
CREATE INDEX chat_chats_by_taker ON chat_chats (taker_id);
CREATE INDEX chat_chats_live ON chat_chats (waiting_since, id) WHERE state IN ('waiting', 'taken');
CREATE INDEX chat_chats_open ON chat_chats (heard_at) WHERE state <> 'ended';
CREATE INDEX chat_chats_taken ON chat_chats (taker_id, id) WHERE state = 'taken';
CREATE INDEX chat_chats_answered ON chat_chats (team_id, id DESC) WHERE answered_at IS NOT NULL;

CREATE TABLE chat_agents (
    agent_id ID PRIMARY KEY REFERENCES agents,
    state TEXT NOT NULL,
    since TIME NOT NULL,
    seen_at TIME NOT NULL
);
CREATE INDEX chat_agents_by_seen ON chat_agents (seen_at);

CREATE TABLE chat_bans (
    network BLOB PRIMARY KEY,
    visitor_id ID NOT NULL REFERENCES chat_visitors,
    until TIME NOT NULL
);
CREATE INDEX chat_bans_by_visitor ON chat_bans (visitor_id);
CREATE INDEX chat_bans_by_end ON chat_bans (until);

CREATE TABLE chat_mailings (
    id ID PRIMARY KEY,
    visitor_id ID NOT NULL REFERENCES chat_visitors,
    conversation_id ID NOT NULL REFERENCES conversations,
    kind TEXT NOT NULL,
    recipient TEXT NOT NULL,
    message_ids JSON NOT NULL,
    state TEXT NOT NULL,
    error TEXT,
    source_id TEXT NOT NULL,
    created_at TIME NOT NULL
);
CREATE INDEX chat_mailings_by_visitor ON chat_mailings (visitor_id, id DESC);
CREATE INDEX chat_mailings_by_conversation ON chat_mailings (conversation_id, id DESC);
