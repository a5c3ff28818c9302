-- Sums of days and months are kept beside the units that they sum up, so that a range reads few
-- records of each part. Whoever changes a unit removes the sums that hold it.

-- +goose Up
CREATE TABLE summed (
    id         INTEGER PRIMARY KEY AUTOINCREMENT, -- never used again: who read it notices that it is gone
    project_id TEXT NOT NULL REFERENCES projects (id),
    start_hour INTEGER NOT NULL,
    hours      INTEGER NOT NULL,
    UNIQUE (project_id, start_hour, hours)
) STRICT;

CREATE TABLE sums (
    summed_id  INTEGER NOT NULL REFERENCES summed (id),
    capture_id INTEGER NOT NULL REFERENCES captures (id),
    part       INTEGER NOT NULL,
    witnesses  INTEGER NOT NULL,
    version    INTEGER NOT NULL, -- the greatest of the units
    model      BLOB NOT NULL,
    PRIMARY KEY (summed_id, capture_id, part)
) STRICT;
CREATE INDEX sums_by_capture ON sums (capture_id);
