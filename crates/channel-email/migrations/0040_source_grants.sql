ALTER TABLE email_sources ADD COLUMN
    grant_id ID NULL REFERENCES email_grants;
CREATE INDEX email_sources_by_grant ON email_sources (grant_id) WHERE grant_id IS NOT NULL;
