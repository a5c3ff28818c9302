package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"akita/internal/id"
	"akita/internal/store"
)

const (
	maxProjectNameSize = 100 // characters
	maxRetentionDays   = 3650
)

// projectJSON is the Project of openapi.yaml.
type projectJSON struct {
	ID           string    `json:"id"`
	Name         string    `json:"name"`
	Created      time.Time `json:"created"`
	ActiveTraces int       `json:"active_traces"`
	Clients      int       `json:"clients"`
	Retention    *int      `json:"retention_days"`
}

// project returns the project in the path.
func (h *Handler) project(r *http.Request) (store.Project, error) {
	return h.projectOf(r.Context(), callerOf(r), r.PathValue("project"))
}

// projectOf returns the project that a caller names by its id or name. For a caller that may not see it,
// the project is missing.
func (h *Handler) projectOf(ctx context.Context, c caller, idOrName string) (store.Project, error) {
	p, err := h.store.Project(ctx, idOrName)
	switch {
	case err != nil && !errors.Is(err, store.ErrNotFound):
		return store.Project{}, err
	case err == nil && c.reaches(p.ID):
		return p, nil
	case !c.reachesAll():
		return store.Project{}, &problem{code: codeProjectNotFound, detail: fmt.Sprintf(
			"This API key has no project %q: create the project in the console, correct AKITA_SERVICE_NAME, or use a "+
				"key for this project.", idOrName)}
	}
	return store.Project{}, projectNotFound(idOrName)
}

// projectsOf returns the projects that a caller may see, sorted by name.
func (h *Handler) projectsOf(ctx context.Context, c caller) ([]store.Project, error) {
	all, err := h.store.Projects(ctx)
	return slices.DeleteFunc(all, func(p store.Project) bool { return !c.reaches(p.ID) }), err
}

func projectNotFound(name string) error {
	return &problem{code: codeProjectNotFound,
		detail: fmt.Sprintf("There is no project %q: create it in the console or correct AKITA_SERVICE_NAME.", name)}
}

func (h *Handler) listProjects(w http.ResponseWriter, r *http.Request) error {
	projects, err := h.projectsOf(r.Context(), callerOf(r))
	if err != nil {
		return err
	}
	daemons, err := h.daemons(r.Context())
	if err != nil {
		return err
	}
	out := list[projectJSON]{Items: make([]projectJSON, 0, len(projects))}
	for _, p := range projects {
		item, err := h.describe(r, p, daemons)
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
	return h.writeProject(w, r, p)
}

func (h *Handler) writeProject(w http.ResponseWriter, r *http.Request, p store.Project) error {
	daemons, err := h.daemons(r.Context())
	if err != nil {
		return err
	}
	out, err := h.describe(r, p, daemons)
	if err != nil {
		return err
	}
	return ok(w, out)
}

func (h *Handler) describe(r *http.Request, p store.Project, daemons []store.Daemon) (projectJSON, error) {
	now := h.now()
	open, err := h.store.OpenTraces(r.Context(), p.ID, now)
	if err != nil {
		return projectJSON{}, err
	}
	clients := 0
	for _, d := range daemons {
		if stateOf(d, now) == healthy {
			clients += len(clientsOf(d, p))
		}
	}
	out := projectJSON{
		ID: p.ID, Name: p.Name, Created: p.Created.UTC(), ActiveTraces: len(activeOf(open, now)), Clients: clients,
	}
	if p.RetentionDays > 0 {
		out.Retention = &p.RetentionDays
	}
	return out, nil
}

func (h *Handler) createProject(w http.ResponseWriter, r *http.Request) error {
	if !callerOf(r).reachesAll() {
		return &problem{code: codeInsufficientScope, detail: "This API key is for chosen projects, and creating one needs " +
			"a key for all projects: create the project, or such a key, in the console."}
	}
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
	out, err := h.describe(r, p, nil)
	if err != nil {
		return err
	}
	return created(w, out)
}

func (h *Handler) changeProject(w http.ResponseWriter, r *http.Request) error {
	p, err := h.project(r)
	if err != nil {
		return err
	}
	var in struct {
		RetentionDays jsontext.Value `json:"retention_days"`
	}
	if err := decode(w, r, &in); err != nil {
		return err
	}
	if p.RetentionDays, err = retentionDays(in.RetentionDays); err != nil {
		return err
	}
	err = h.store.SetRetention(r.Context(), p.ID, p.RetentionDays)
	if errors.Is(err, store.ErrNotFound) {
		return projectNotFound(p.Name)
	}
	if err != nil {
		return err
	}
	h.logger.Info("Retention set", "project", p.Name, "days", p.RetentionDays, "by", callerOf(r))
	return h.writeProject(w, r, p)
}

// retentionDays returns the number of days that a request sets, 0 for null.
func retentionDays(value jsontext.Value) (days int, err error) {
	if value.Kind() == jsontext.KindNull {
		return 0, nil
	}
	if err := json.Unmarshal(value, &days); err != nil || days < 1 || days > maxRetentionDays {
		var f fields
		f.add("retention_days", fmt.Sprintf(
			"must be a whole number of days from 1 to %d, or null to keep calls for ever", maxRetentionDays))
		return 0, f.err()
	}
	return days, nil
}

// deleteProject ends the polls and event streams of the project by a change.
func (h *Handler) deleteProject(w http.ResponseWriter, r *http.Request) error {
	p, err := h.project(r)
	if err != nil {
		return err
	}
	disableTimeouts(w)
	err = h.eraser.DeleteProject(context.WithoutCancel(r.Context()), p.ID)
	if errors.Is(err, store.ErrNotFound) {
		return projectNotFound(p.Name)
	}
	if err != nil {
		return err
	}
	h.changes.notify(p.ID, eventChanges)
	h.logger.Info("Project deleted", "project", p.Name, "by", callerOf(r))
	return noContent(w)
}

// projectName checks the name of a project, which must be usable as a segment of a
// path and must differ from ids.
func (f *fields) projectName(field, value string) {
	if f.pathName(field, value, maxProjectNameSize) && id.Is(id.Project, value) {
		f.add(field, "must not look like a project id")
	}
}

// pathName checks a name that must be usable as a segment of a path.
func (f *fields) pathName(field, value string, maxLength int) (ok bool) {
	before := len(*f)
	f.name(field, value, maxLength)
	if len(*f) == before && (value == "." || value == ".." || strings.ContainsAny(value, `/\`)) {
		f.add(field, `must not be "." or "..", or contain "/" or "\"`)
	}
	return len(*f) == before
}

// timestamp returns the current time for a new object, in milliseconds.
func (h *Handler) timestamp() time.Time { return h.now().UTC().Truncate(time.Millisecond) }
