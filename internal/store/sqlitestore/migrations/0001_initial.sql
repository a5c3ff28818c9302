-- Times are microseconds since 1970 (UTC). A *_key is the name as it is compared.

-- +goose Up
CREATE TABLE users (
    id            TEXT PRIMARY KEY,
    username      TEXT NOT NULL,
    username_key  TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    created_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
    key        BLOB PRIMARY KEY, -- SHA-256 of the token
    user_id    TEXT REFERENCES users (id) ON DELETE CASCADE, -- NULL while nobody is logged in
    data       BLOB NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE projects (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE api_keys (
    id            TEXT PRIMARY KEY,
    name          TEXT NOT NULL,
    secret_sha256 BLOB NOT NULL,
    created_at    INTEGER NOT NULL,
    last_used_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE daemons (
    name              TEXT PRIMARY KEY,
    version           TEXT NOT NULL,
    last_heartbeat_at INTEGER NOT NULL,
    clients           TEXT NOT NULL -- JSON: replaced as a whole by each heartbeat
) STRICT;

CREATE TABLE traces (
    id         TEXT PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES projects (id),
    name       TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ends_at    INTEGER NOT NULL,
    UNIQUE (project_id, name)
) STRICT;
CREATE INDEX traces_by_start ON traces (project_id, started_at, id);
CREATE INDEX traces_by_end ON traces (project_id, ends_at);

CREATE TABLE models (
    trace_id  TEXT PRIMARY KEY REFERENCES traces (id),
    witnesses INTEGER NOT NULL,
    position  INTEGER NOT NULL, -- of the fold that wrote the row
    model     BLOB NOT NULL
) STRICT;

CREATE TABLE fold (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    position INTEGER NOT NULL
) STRICT;
INSERT INTO fold (one, position) VALUES (1, 0);
