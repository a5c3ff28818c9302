-- Models are stored by part and hour in place of one blob a trace. The rows of models are what an
-- earlier version left; the program turns them into units when it starts.

-- +goose Up
ALTER TABLE projects ADD COLUMN generation INTEGER NOT NULL DEFAULT 0; -- how often units were removed
ALTER TABLE projects ADD COLUMN days_before INTEGER NOT NULL DEFAULT 0; -- hours before it are joined to days
ALTER TABLE projects ADD COLUMN months_before INTEGER NOT NULL DEFAULT 0; -- and before it to months
ALTER TABLE traces ADD COLUMN witnesses INTEGER NOT NULL DEFAULT 0;
UPDATE traces SET witnesses = coalesce((SELECT witnesses FROM models WHERE trace_id = traces.id), 0);
ALTER TABLE fold ADD COLUMN version INTEGER NOT NULL DEFAULT 0; -- of the last change of units

-- A capture is the set of traces that saw the same calls.
CREATE TABLE captures (
    id         INTEGER PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES projects (id),
    traces     TEXT NOT NULL, -- their ids in order, each with a comma behind it
    UNIQUE (project_id, traces)
) STRICT;

CREATE TABLE capture_traces (
    trace_id   TEXT NOT NULL REFERENCES traces (id),
    capture_id INTEGER NOT NULL REFERENCES captures (id),
    PRIMARY KEY (trace_id, capture_id)
) STRICT, WITHOUT ROWID;

-- A unit holds the calls of one capture, some hours and one part.
CREATE TABLE units (
    capture_id INTEGER NOT NULL REFERENCES captures (id),
    start_hour INTEGER NOT NULL, -- hours since 1970 (UTC)
    part       INTEGER NOT NULL,
    hours      INTEGER NOT NULL,
    witnesses  INTEGER NOT NULL,
    version    INTEGER NOT NULL, -- of its last change
    model      BLOB NOT NULL,
    UNIQUE (capture_id, start_hour, part)
) STRICT;
CREATE INDEX units_by_version ON units (capture_id, version);
