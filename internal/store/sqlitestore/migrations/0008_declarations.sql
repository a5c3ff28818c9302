-- The OpenAPI documents that projects declare: one that people have set, and one that the application
-- reports.

-- +goose Up
CREATE TABLE declarations (
    project_id  TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    is_reported INTEGER NOT NULL, -- 1 if the application reports it
    origin      TEXT NOT NULL,
    text        BLOB NOT NULL,
    changed_at  INTEGER NOT NULL, -- microseconds since 1970
    set_by      TEXT NOT NULL,
    url         TEXT NOT NULL,
    etag        TEXT NOT NULL,
    checked_at  INTEGER NOT NULL, -- microseconds since 1970
    fault       TEXT NOT NULL,
    PRIMARY KEY (project_id, is_reported)
) STRICT;
