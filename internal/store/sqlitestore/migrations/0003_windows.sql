-- A trace is a window of capture: it has an end, or none until it is stopped, or a schedule. Traces
-- and projects can be deleted, and old units are.

-- +goose Up
ALTER TABLE traces ADD COLUMN schedule TEXT NOT NULL DEFAULT ''; -- JSON; '' for none
ALTER TABLE projects ADD COLUMN retention_days INTEGER NOT NULL DEFAULT 0; -- 0: units are kept for ever

-- Bundles of a deleted trace may still arrive.
CREATE TABLE deletions (
    id         TEXT PRIMARY KEY, -- of the trace or project
    deleted_at INTEGER NOT NULL,
    purged     INTEGER NOT NULL DEFAULT 0 -- 1: nothing of it is left in any file
) STRICT;
CREATE INDEX deletions_to_purge ON deletions (id) WHERE purged = 0;
