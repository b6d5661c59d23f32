CREATE TABLE team_hours (
    team_id ID PRIMARY KEY REFERENCES teams,
    schedule JSON NOT NULL,
    version INT NOT NULL
);
