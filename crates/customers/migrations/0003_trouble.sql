ALTER TABLE customer_identities ADD COLUMN
    trouble JSON NULL;
