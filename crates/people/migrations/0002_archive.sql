ALTER TABLE teams ADD COLUMN
    archived_at TIME
;
ALTER TABLE brands ADD COLUMN
    archived_at TIME
;
