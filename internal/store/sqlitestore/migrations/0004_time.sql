-- The calls of each unit are counted by operation, status and minute or hour as well, and the facts of
-- models are dated.

-- +goose Up
-- The series of the hours before it are by the hour, and not by the minute.
ALTER TABLE projects ADD COLUMN series_hours_before INTEGER NOT NULL DEFAULT 0;

-- A series goes where its unit goes.
CREATE TABLE series (
    capture_id INTEGER NOT NULL,
    start_hour INTEGER NOT NULL,
    part       INTEGER NOT NULL,
    series     BLOB NOT NULL,
    UNIQUE (capture_id, start_hour, part),
    FOREIGN KEY (capture_id, start_hour, part) REFERENCES units (capture_id, start_hour, part)
        ON DELETE CASCADE ON UPDATE CASCADE
) STRICT;

-- The facts of the units up to this version are dated, but for some that have changed since.
ALTER TABLE projects ADD COLUMN facts_version INTEGER NOT NULL DEFAULT 0;

CREATE TABLE facts (
    capture_id INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
    part       INTEGER NOT NULL,
    record     BLOB NOT NULL,
    UNIQUE (capture_id, part)
) STRICT;
