CREATE TABLE search_entries (
    id ID PRIMARY KEY,
    kind TEXT NOT NULL,
    parent ID NOT NULL,
    at TIME NOT NULL,
    -- lite: folded TEXT NOT NULL
    -- pg: folded TSVECTOR NOT NULL
);
-- lite: CREATE VIRTUAL TABLE search_words USING fts5 (folded, content='search_entries', content_rowid='id', prefix='3', tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co M*'");
-- lite: INSERT INTO search_words (search_words, rank) VALUES ('secure-delete', 1);
-- pg: CREATE INDEX search_words ON search_entries USING gin (folded);

CREATE TABLE search_waiting (
    id ID PRIMARY KEY,
    kind TEXT NOT NULL,
    entry ID NOT NULL
);
CREATE INDEX search_waiting_by_entry ON search_waiting (entry);
