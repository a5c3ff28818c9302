package client

import (
	"context"
	"net/http"
	"time"
)

// Project is one API. Its name is what an application sets as AKITA_SERVICE_NAME.
type Project struct {
	ID           string    `json:"id"`
	Name         string    `json:"name"`
	Created      time.Time `json:"created"`
	ActiveTraces int       `json:"active_traces"`
	Clients      int       `json:"clients"` // middleware processes on healthy daemons
	// RetentionDays is how many days calls are kept; nil: for ever.
	RetentionDays *int `json:"retention_days"`
}

// newName is the body that creates a project.
type newName struct {
	Name string `json:"name"`
}

// Projects lists all projects by name.
func (c *Client) Projects(ctx context.Context) ([]Project, error) {
	return all[Project](ctx, c, "projects")
}

// CreateProject creates a project. If its name is taken, the problem has the code
// "project_exists".
func (c *Client) CreateProject(ctx context.Context, name string) (Project, error) {
	var project Project
	err := c.call(ctx, http.MethodPost, "projects", nil, newName{name}, &project)
	return project, err
}

// SetRetention sets how many days the calls of a project are kept, from 1 to 3650; 0: for
// ever. Older calls are deleted within an hour.
func (c *Client) SetRetention(ctx context.Context, project string, days int) (Project, error) {
	var body struct {
		RetentionDays *int `json:"retention_days"`
	}
	if days != 0 {
		body.RetentionDays = &days
	}
	var changed Project
	err := c.call(ctx, http.MethodPatch, path("projects", project), nil, body, &changed)
	return changed, err
}

// DeleteProject deletes a project with its traces and models for good.
func (c *Client) DeleteProject(ctx context.Context, project string) error {
	return c.call(ctx, http.MethodDelete, path("projects", project), nil, nil, nil)
}
