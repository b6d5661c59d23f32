ALTER TABLE email_hooks ADD COLUMN
    signing BLOB NULL;
CREATE TABLE email_hook_used (
    mailbox_id ID NOT NULL REFERENCES email_mailboxes,
    mark BLOB NOT NULL,
    at TIME NOT NULL,
    PRIMARY KEY (mailbox_id, mark)
);
CREATE INDEX email_hook_used_by_time ON email_hook_used (mailbox_id, at);
