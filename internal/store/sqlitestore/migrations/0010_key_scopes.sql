-- What an API key allows, in which projects, and who created it. A key of an earlier version gets the scope
-- that daemons need, in all projects (docs/adr/0043-scopes-of-api-keys.md).

-- +goose Up
ALTER TABLE api_keys ADD COLUMN scope TEXT NOT NULL DEFAULT 'agent';
ALTER TABLE api_keys ADD COLUMN all_projects INTEGER NOT NULL DEFAULT 1;
ALTER TABLE api_keys ADD COLUMN created_by TEXT NOT NULL DEFAULT ''; -- a user's name; '' for such a key

-- The projects of a key that is not for all of them.
CREATE TABLE api_key_projects (
    key_id     TEXT NOT NULL REFERENCES api_keys (id) ON DELETE CASCADE,
    project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    PRIMARY KEY (key_id, project_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX api_key_projects_by_project ON api_key_projects (project_id);
