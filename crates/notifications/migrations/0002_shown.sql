ALTER TABLE notifications_letters ADD COLUMN
    shown JSON NULL;
