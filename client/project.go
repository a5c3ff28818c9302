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
}

// newName is the body that creates a project or an API key.
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
