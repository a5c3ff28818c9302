package api

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"akita/internal/id"
	"akita/internal/store"
)

const maxProjectNameSize = 100 // characters

// projectJSON is a Project of openapi.yaml.
type projectJSON struct {
	ID           string    `json:"id"`
	Name         string    `json:"name"`
	Created      time.Time `json:"created"`
	ActiveTraces int       `json:"active_traces"`
	Clients      int       `json:"clients"`
}

// project returns the project that the path names.
func (a *API) project(r *http.Request) (store.Project, error) {
	p, err := a.store.Project(r.Context(), r.PathValue("project"))
	if errors.Is(err, store.ErrNotFound) {
		return store.Project{}, &problem{code: codeProjectNotFound,
			detail: fmt.Sprintf("There is no project %q: create it in the console, or correct the name (AKITA_SERVICE_NAME).", r.PathValue("project"))}
	}
	return p, err
}

func (a *API) listProjects(w http.ResponseWriter, r *http.Request) error {
	projects, err := a.store.Projects(r.Context())
	if err != nil {
		return err
	}
	daemons, err := a.daemons(r.Context())
	if err != nil {
		return err
	}
	out := list[projectJSON]{Items: make([]projectJSON, 0, len(projects))}
	for _, p := range projects {
		item, err := a.projectOf(r, p, daemons)
		if err != nil {
			return err
		}
		out.Items = append(out.Items, item)
	}
	return ok(w, out)
}

func (a *API) getProject(w http.ResponseWriter, r *http.Request) error {
	p, err := a.project(r)
	if err != nil {
		return err
	}
	daemons, err := a.daemons(r.Context())
	if err != nil {
		return err
	}
	out, err := a.projectOf(r, p, daemons)
	if err != nil {
		return err
	}
	return ok(w, out)
}

func (a *API) projectOf(r *http.Request, p store.Project, daemons []store.Daemon) (projectJSON, error) {
	now := a.now()
	active, err := a.store.ActiveTraces(r.Context(), p.ID, now)
	if err != nil {
		return projectJSON{}, err
	}
	clients := 0
	for _, d := range daemons {
		if stateOf(d, now) == healthy {
			clients += len(clientsOf(d, p))
		}
	}
	return projectJSON{ID: p.ID, Name: p.Name, Created: p.Created.UTC(), ActiveTraces: len(active), Clients: clients}, nil
}

func (a *API) createProject(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Name string `json:"name"`
	}
	if err := decode(w, r, &in); err != nil {
		return err
	}
	var f fields
	f.projectName("name", in.Name)
	if err := f.err(); err != nil {
		return err
	}
	p := store.Project{ID: id.New(id.Project), Name: in.Name, Created: a.timestamp()}
	err := a.store.CreateProject(r.Context(), p)
	if errors.Is(err, store.ErrExists) {
		return &problem{code: codeProjectExists,
			detail: fmt.Sprintf("A project named %q exists already (case does not count): choose another name.", in.Name)}
	}
	if err != nil {
		return err
	}
	a.logger.Info("Project created", "project", p.Name, "by", callerOf(r))
	out, err := a.projectOf(r, p, nil)
	if err != nil {
		return err
	}
	return created(w, out)
}

// projectName checks a name that has to work as a segment of a path, beside ids.
func (f *fields) projectName(field, value string) {
	before := len(*f)
	f.name(field, value, maxProjectNameSize)
	switch {
	case len(*f) > before:
	case value == "." || value == ".." || strings.ContainsAny(value, `/\`):
		f.add(field, `must not be "." or "..", nor hold "/" or "\"`)
	case id.Is(id.Project, value):
		f.add(field, "must not look like a project's id")
	}
}

// timestamp is the time that a new thing is given.
func (a *API) timestamp() time.Time { return a.now().UTC().Truncate(time.Millisecond) }
