ALTER TABLE notifications_choices ADD COLUMN
    undelivered BOOL NOT NULL DEFAULT TRUE;
