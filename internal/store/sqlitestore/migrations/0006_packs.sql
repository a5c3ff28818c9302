-- The units of the hours of a day that is over are kept together, because they repeat one another. A
-- unit is in units or in a pack, and never in both.

-- +goose Up
CREATE TABLE packs (
    capture_id INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
    start_hour INTEGER NOT NULL, -- of the day
    part       INTEGER NOT NULL,
    present    INTEGER NOT NULL, -- bit n: there is a unit of the hour n of the day
    version    INTEGER NOT NULL, -- the greatest of the units
    models     BLOB NOT NULL,
    series     BLOB NOT NULL,
    UNIQUE (capture_id, start_hour, part)
) STRICT;
CREATE INDEX packs_by_version ON packs (capture_id, version);
