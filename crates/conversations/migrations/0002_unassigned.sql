CREATE INDEX conversations_waiting ON conversations (shelf, last_activity_at DESC, id DESC) WHERE assignee_id IS NULL;
