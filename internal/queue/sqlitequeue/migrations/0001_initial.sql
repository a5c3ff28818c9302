-- A bundle's id stays after its item is gone, to know it when it is sent again.

-- +goose Up
CREATE TABLE bundles (
    position    INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice
    bundle_id   TEXT NOT NULL UNIQUE,
    accepted_at INTEGER NOT NULL -- microseconds since 1970 (UTC)
) STRICT;

CREATE TABLE items (
    position   INTEGER PRIMARY KEY REFERENCES bundles (position),
    project_id TEXT NOT NULL,
    trace_id   TEXT NOT NULL,
    witnesses  INTEGER NOT NULL,
    crc32c     INTEGER NOT NULL,
    payload    BLOB NOT NULL
) STRICT;
