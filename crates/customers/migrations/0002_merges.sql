ALTER TABLE customers ADD COLUMN
    merged_into ID REFERENCES customers;
CREATE INDEX customers_merged ON customers (merged_into, id) WHERE merged_into IS NOT NULL;

CREATE TABLE customer_merges (
    id ID PRIMARY KEY,
    customer_id ID NOT NULL REFERENCES customers,
    into_id ID NOT NULL REFERENCES customers,
    state TEXT NOT NULL,
    taken JSON NOT NULL,
    created_at TIME NOT NULL
);
CREATE INDEX customer_merges_by_customer ON customer_merges (customer_id);
CREATE INDEX customer_merges_by_kept ON customer_merges (into_id, state);

CREATE TABLE customer_moves (
    merge_id ID NOT NULL REFERENCES customer_merges,
    kind TEXT NOT NULL,
    row_id ID NOT NULL,
    PRIMARY KEY (merge_id, kind, row_id)
);

CREATE TABLE blocks (
    id ID PRIMARY KEY,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    folded TEXT NOT NULL,
    blocked_by ID,
    created_at TIME NOT NULL,
    lifted_at TIME,
    UNIQUE (folded, kind)
);
CREATE INDEX blocks_standing ON blocks (id) WHERE lifted_at IS NULL;
