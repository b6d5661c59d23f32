ALTER TABLE notifications_pending ADD COLUMN
    due_at TIME NOT NULL DEFAULT 0;
DROP INDEX notifications_pending_by_age;
CREATE INDEX notifications_pending_by_due ON notifications_pending (due_at);
