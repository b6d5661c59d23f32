ALTER TABLE blocked_messages ADD COLUMN
    cause TEXT NULL;
ALTER TABLE blocked_messages ADD COLUMN
    reasons JSON NULL;
UPDATE blocked_messages SET cause = 'blocked';
CREATE INDEX blocked_messages_by_cause ON blocked_messages (cause, id);
CREATE INDEX blocked_messages_waiting ON blocked_messages (id) WHERE released_at IS NULL;
CREATE INDEX blocked_messages_by_arrival ON blocked_messages (arrived_at);
