-- A bundle may be of several traces, or repeat what others have seen. Each id has a comma behind
-- it.

-- +goose Up
ALTER TABLE items ADD COLUMN also TEXT NOT NULL DEFAULT '';
ALTER TABLE items ADD COLUMN repeats TEXT NOT NULL DEFAULT '';
