-- The routes that the application of a project has, as they were reported last.

-- +goose Up
CREATE TABLE routes (
    project_id  TEXT PRIMARY KEY REFERENCES projects (id) ON DELETE CASCADE,
    reported_at INTEGER NOT NULL, -- microseconds since 1970
    list        BLOB NOT NULL
) STRICT;
