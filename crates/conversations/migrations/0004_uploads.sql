CREATE INDEX attachments_waiting ON attachments (uploader, created_at) WHERE message_id IS NULL;
