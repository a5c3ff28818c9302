-- What the calls of tests show, by project and name: they are no calls of production.

-- +goose Up
CREATE TABLE tests (
    project_id  TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    name        TEXT NOT NULL,
    uploaded_at INTEGER NOT NULL, -- microseconds since 1970
    uploaded_by TEXT NOT NULL,
    calls       INTEGER NOT NULL,
    recording   BLOB NOT NULL,
    PRIMARY KEY (project_id, name)
) STRICT;
