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

// projectJSON is the Project of openapi.yaml.
type projectJSON struct {
	ID           string    `json:"id"`
	Name         string    `json:"name"`
	Created      time.Time `json:"created"`
	ActiveTraces int       `json:"active_traces"`
	Clients      int       `json:"clients"`
}

// project returns the project in the path.
func (h *Handler) project(r *http.Request) (store.Project, error) {
	p, err := h.store.Project(r.Context(), r.PathValue("project"))
	if errors.Is(err, store.ErrNotFound) {
		return store.Project{}, &problem{code: codeProjectNotFound,
			detail: fmt.Sprintf("There is no project %q: create it in the console or correct AKITA_SERVICE_NAME.",
				r.PathValue("project"))}
	}
	return p, err
}

func (h *Handler) listProjects(w http.ResponseWriter, r *http.Request) error {
	projects, err := h.store.Projects(r.Context())
	if err != nil {
		return err
	}
	daemons, err := h.daemons(r.Context())
	if err != nil {
		return err
	}
	out := list[projectJSON]{Items: make([]projectJSON, 0, len(projects))}
	for _, p := range projects {
		item, err := h.projectOf(r, p, daemons)
		if err != nil {
			return err
		}
		out.Items = append(out.Items, item)
	}
	return ok(w, out)
}

func (h *Handler) getProject(w http.ResponseWriter, r *http.Request) error {
	p, err := h.project(r)
	if err != nil {
		return err
	}
	daemons, err := h.daemons(r.Context())
	if err != nil {
		return err
	}
	out, err := h.projectOf(r, p, daemons)
	if err != nil {
		return err
	}
	return ok(w, out)
}

func (h *Handler) projectOf(r *http.Request, p store.Project, daemons []store.Daemon) (projectJSON, error) {
	now := h.now()
	active, err := h.store.OpenTraces(r.Context(), p.ID, now)
	if err != nil {
		return projectJSON{}, err
	}
	clients := 0
	for _, d := range daemons {
		if stateOf(d, now) == healthy {
			clients += len(clientsOf(d, p))
		}
	}
	return projectJSON{
		ID: p.ID, Name: p.Name, Created: p.Created.UTC(), ActiveTraces: len(active), Clients: clients,
	}, nil
}

func (h *Handler) createProject(w http.ResponseWriter, r *http.Request) error {
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
	p := store.Project{ID: id.New(id.Project), Name: in.Name, Created: h.timestamp()}
	err := h.store.CreateProject(r.Context(), p)
	if errors.Is(err, store.ErrExists) {
		return &problem{code: codeProjectExists,
			detail: fmt.Sprintf("A project named %q already exists (names ignore case): choose another name.", in.Name)}
	}
	if err != nil {
		return err
	}
	h.logger.Info("Project created", "project", p.Name, "by", callerOf(r))
	out, err := h.projectOf(r, p, nil)
	if err != nil {
		return err
	}
	return created(w, out)
}

// projectName checks the name of a project, which must be usable as a segment of a
// path and must differ from ids.
func (f *fields) projectName(field, value string) {
	before := len(*f)
	f.name(field, value, maxProjectNameSize)
	switch {
	case len(*f) > before:
	case value == "." || value == ".." || strings.ContainsAny(value, `/\`):
		f.add(field, `must not be "." or "..", or contain "/" or "\"`)
	case id.Is(id.Project, value):
		f.add(field, "must not look like a project id")
	}
}

// timestamp returns the current time for a new object, in milliseconds.
func (h *Handler) timestamp() time.Time { return h.now().UTC().Truncate(time.Millisecond) }
