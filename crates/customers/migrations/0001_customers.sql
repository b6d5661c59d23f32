CREATE TABLE customers (
    id ID PRIMARY KEY,
    name TEXT NOT NULL,
    version INT NOT NULL,
    language TEXT,
    time_zone TEXT,
    preferred_channel TEXT,
    note TEXT NOT NULL,
    tags JSON NOT NULL,
    attributes JSON NOT NULL,
    created_at TIME NOT NULL
);

CREATE TABLE customer_identities (
    id ID PRIMARY KEY,
    customer_id ID NOT NULL REFERENCES customers,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    folded TEXT NOT NULL,
    verified BOOL NOT NULL,
    main BOOL NOT NULL,
    created_at TIME NOT NULL,
    UNIQUE (kind, folded)
);
CREATE INDEX customer_identities_by_customer ON customer_identities (customer_id, id);

CREATE TABLE companies (
    id ID PRIMARY KEY,
    name TEXT NOT NULL,
    version INT NOT NULL,
    note TEXT NOT NULL,
    created_at TIME NOT NULL
);
CREATE TABLE company_domains (
    domain TEXT PRIMARY KEY,
    company_id ID NOT NULL REFERENCES companies
);
CREATE INDEX company_domains_by_company ON company_domains (company_id);
CREATE TABLE company_members (
    company_id ID NOT NULL REFERENCES companies,
    customer_id ID NOT NULL REFERENCES customers,
    PRIMARY KEY (company_id, customer_id)
);
CREATE INDEX company_members_by_customer ON company_members (customer_id);

CREATE TABLE timeline_entries (
    id ID PRIMARY KEY,
    customer_id ID NOT NULL REFERENCES customers,
    at TIME NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    link JSON NOT NULL
);
CREATE INDEX timeline_entries_by_customer ON timeline_entries (customer_id, at DESC, id DESC);
