package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"akita/internal/compare"
	"akita/internal/endpoints"
	"akita/internal/ingest"
	"akita/internal/mcp"
	"akita/internal/routeuse"
	"akita/internal/store"
	"akita/internal/toolbox"
)

// toolTimeout bounds the calls of tools in one request.
const toolTimeout = 30 * time.Second

// serveTools lets an AI agent call the tools. The query may name the project; else each call does.
func (h *Handler) serveTools(w http.ResponseWriter, r *http.Request) error {
	name := r.URL.Query().Get("project")
	if name != "" {
		if _, err := h.projectOf(r.Context(), callerOf(r), name); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithTimeout(r.Context(), toolTimeout)
	defer cancel()
	library := projects{h, callerOf(r), name}
	var one sync.Mutex // a request may hold many calls
	mcp.Handler(mcp.Config{
		Version: h.version, Tools: toolbox.Tools(name == ""), Logger: h.logger,
		// The context of the protocol's session does not end with the request.
		Call: func(_ context.Context, tool string, arguments []byte) (string, error) {
			one.Lock()
			defer one.Unlock()
			text, err := toolbox.Call(ctx, library, tool, arguments)
			if err != nil && ctx.Err() != nil {
				return "", toolbox.Problem(fmt.Sprintf("This took longer than %s: ask for less, or try again later.", toolTimeout))
			}
			return text, err
		},
	}).ServeHTTP(neverStored{w}, r)
	return nil
}

// neverStored is a response that no cache stores, like all others of this API.
type neverStored struct{ http.ResponseWriter }

// WriteHeader implements http.ResponseWriter.
func (w neverStored) WriteHeader(status int) {
	w.Header().Set("Cache-Control", "no-store")
	w.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (w neverStored) Write(text []byte) (int, error) {
	w.Header().Set("Cache-Control", "no-store")
	return w.ResponseWriter.Write(text)
}

// Unwrap returns the writer for http.ResponseController.
func (w neverStored) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// projects is the library of the projects that a caller may see.
type projects struct {
	*Handler

	caller caller
	named  string // the project of calls that name none; "" if there is none
}

// Open implements toolbox.Library. A caller that sees one project needs no name.
func (p projects) Open(ctx context.Context, name string) (toolbox.Source, error) {
	if name == "" {
		name = p.named
	}
	if name != "" {
		project, err := p.projectOf(ctx, p.caller, name)
		if err == nil {
			return liveProject{p.Handler, project}, nil
		}
		if _, missing := errors.AsType[*problem](err); !missing {
			return nil, err
		}
	}
	all, err := p.projectsOf(ctx, p.caller)
	if err != nil {
		return nil, err
	}
	if name == "" && len(all) == 1 {
		return liveProject{p.Handler, all[0]}, nil
	}
	return nil, noProject(name, all, p.caller.reachesAll())
}

// maxProjectsNamed is how many projects a message names.
const maxProjectsNamed = 5

// noProject returns the problem for a call that names none of the projects that its caller sees. isAll says
// that these are all.
func noProject(name string, all []store.Project, isAll bool) error {
	if len(all) == 0 && !isAll {
		return toolbox.Problem("The projects of this API key were deleted: a person creates another key in the console.")
	}
	if len(all) == 0 {
		return toolbox.Problem("This server has no project yet: a person creates one in the console.")
	}
	var names []string
	for _, p := range all[:min(len(all), maxProjectsNamed)] {
		names = append(names, fmt.Sprintf("%q", p.Name))
	}
	what := "Name a project"
	if name != "" {
		what = "There is no such project: name another one"
	}
	if more := len(all) - len(names); more > 0 {
		names = append(names, fmt.Sprintf("or one of %d more", more))
	}
	return toolbox.Problem(what + " with the argument project: " + strings.Join(names, ", ") + ".")
}

// liveProject is what a project shows now.
type liveProject struct {
	*Handler

	project store.Project
}

func (p liveProject) scope() ingest.Scope { return ingest.Scope{ProjectID: p.project.ID} }

// Endpoints implements toolbox.Source.
func (p liveProject) Endpoints(ctx context.Context) (*endpoints.Set, error) {
	return p.models.Endpoints(ctx, p.scope())
}

// Changes implements toolbox.Source.
func (p liveProject) Changes(ctx context.Context, since string) ([]toolbox.Change, error) {
	start, err := p.feedStart(since)
	if err != nil {
		return nil, forAgents(err)
	}
	set, err := p.models.Endpoints(ctx, p.scope())
	if err != nil {
		return nil, err
	}
	operations, err := p.models.Facts(ctx, p.scope())
	if err != nil {
		return nil, err
	}
	return dated(set, operations).changes(start), nil
}

// Drift implements toolbox.Source.
func (p liveProject) Drift(ctx context.Context) ([]compare.Finding, error) {
	found, err := p.drift(ctx, p.scope())
	if errors.Is(err, store.ErrNotFound) {
		return nil, forAgents(noDeclaration(p.project))
	}
	return found.findings, err
}

// Untested implements toolbox.Source.
func (p liveProject) Untested(ctx context.Context) ([]compare.Finding, error) {
	found, err := p.untested(ctx, p.project, p.scope())
	return found, forAgents(err)
}

// Routes implements toolbox.Source.
func (p liveProject) Routes(ctx context.Context) ([]routeuse.Use, error) {
	list, _, err := p.routesOf(ctx, p.project)
	if errors.Is(err, store.ErrNotFound) {
		return nil, toolbox.Problem("The application has reported no routes yet: its middleware does so once it serves. " +
			"search_endpoints lists what is called.")
	}
	if err != nil {
		return nil, err
	}
	set, err := p.models.Endpoints(ctx, p.scope())
	if err != nil {
		return nil, err
	}
	return routeuse.Of(list, set), nil
}

// forAgents returns an error for an agent, if its caller can do something about it.
func forAgents(err error) error {
	if invalid, ok := errors.AsType[*problem](err); ok {
		return toolbox.Problem(invalid.detail)
	}
	return err
}
