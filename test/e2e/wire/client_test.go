package wire_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"
	"time"

	"akita/client"
)

// TestClient calls every method of the client against a real server.
func TestClient(t *testing.T) {
	t.Parallel()
	p := start(t)
	ctx := t.Context()
	trace, err := p.api.StartTrace(ctx, project, 2*time.Hour)
	check(t, err)
	if trace.State != client.TraceActive || trace.End.Sub(trace.Start) != 2*time.Hour {
		t.Errorf("started %+v, want it active for two hours", trace)
	}

	// A key of the scope full may do what the session may, but for keys.
	byKey, err := client.New(client.Config{URL: p.ServerURL(), KeyID: p.key.ID, KeySecret: p.key.Secret})
	check(t, err)
	check(t, byKey.Ready(ctx))
	traces, err := byKey.Traces(ctx, project)
	check(t, err)
	if len(traces) != 1 || traces[0].Name != trace.Name {
		t.Errorf("listed %+v, want %s alone", traces, trace.Name)
	}
	projects, err := byKey.Projects(ctx)
	check(t, err)
	if len(projects) != 1 || projects[0].Name != project || projects[0].ActiveTraces != 1 {
		t.Errorf("listed %+v", projects)
	}
	for event, err := range byKey.Watch(ctx, project) {
		check(t, err)
		if event == client.ModelChanged {
			break
		}
	}
	daemons, err := byKey.Daemons(ctx, project)
	check(t, err)
	if len(daemons) != 1 || daemons[0].State != client.DaemonHealthy {
		t.Errorf("listed %+v, want one healthy daemon", daemons)
	}
	_, err = byKey.CreateAPIKey(ctx, client.NewAPIKey{Name: "second", Scope: client.FullKey})
	if problem, ok := errors.AsType[*client.Problem](err); !ok || problem.Code != "session_required" {
		t.Errorf("created a key with a key: %v", err)
	}
	var document bytes.Buffer
	check(t, byKey.OpenAPI(ctx, project, client.JSON, client.Filter{Trace: trace.ID}, &document))
	if !bytes.Contains(document.Bytes(), []byte(`"openapi"`)) {
		t.Errorf("got %s", document.Bytes())
	}

	stopped, err := p.api.StopTrace(ctx, project, trace.Name)
	check(t, err)
	if again, err := p.api.Trace(ctx, project, trace.ID); err != nil || again.State != client.TraceEnded ||
		again != stopped {
		t.Errorf("got %+v, %v; want %+v", again, err, stopped)
	}
	_, err = p.api.CreateProject(ctx, project)
	if problem, ok := errors.AsType[*client.Problem](err); !ok || problem.Code != "project_exists" {
		t.Errorf("created a project twice: %v", err)
	}

	check(t, p.api.RevokeAPIKey(ctx, p.key.ID))
	_, err = byKey.Projects(ctx)
	if problem, ok := errors.AsType[*client.Problem](err); !ok || problem.Code != "invalid_api_key" {
		t.Errorf("used a revoked key: %v", err)
	}
	keys, err := p.api.APIKeys(ctx)
	check(t, err)
	if slices.ContainsFunc(keys, func(k client.APIKey) bool { return k.ID == p.key.ID }) {
		t.Errorf("listed %+v, which holds the revoked key", keys)
	}
	check(t, p.api.LogOut(ctx))
	_, err = p.api.Projects(ctx)
	if problem, ok := errors.AsType[*client.Problem](err); !ok || problem.Code != "unauthenticated" {
		t.Errorf("called after logging out: %v", err)
	}
}
