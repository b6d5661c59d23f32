CREATE INDEX chat_lines_unread ON chat_lines (visitor_id, message_id) WHERE outgoing AND mailing_id IS NULL;
