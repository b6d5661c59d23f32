CREATE TABLE email_links (
    id ID PRIMARY KEY,
    message_id ID NOT NULL REFERENCES messages,
    attachment_id ID NOT NULL REFERENCES attachments,
    language TEXT NOT NULL,
    expires_at TIME NOT NULL,
    ended BOOL NOT NULL
);
CREATE UNIQUE INDEX email_links_of_message ON email_links (message_id, attachment_id);
CREATE INDEX email_links_by_attachment ON email_links (attachment_id);
