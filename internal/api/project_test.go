package api

import (
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestProjectCounts(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := setup(t)
		project := f.project("Demo")
		f.project("other")
		f.startTrace("demo", 1)
		f.beat(f.daemon(), "DEMO")
		counts := func() (got projectJSON) {
			f.user().get(project).want(http.StatusOK).into(&got)
			return got
		}
		if got := counts(); got.ActiveTraces != 1 || got.Clients != 1 {
			t.Errorf("%d traces and %d clients, want one each", got.ActiveTraces, got.Clients)
		}
		time.Sleep(unhealthyAfter + time.Second)
		if got := counts(); got.ActiveTraces != 1 || got.Clients != 0 {
			t.Errorf("%d traces and %d clients, want 1 and 0", got.ActiveTraces, got.Clients)
		}
		time.Sleep(time.Hour)
		if got := counts(); got.ActiveTraces != 0 {
			t.Errorf("%d active traces after an hour, want 0", got.ActiveTraces)
		}
	})
}

func TestFindProjectByIDOrName(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.project("Über Demo")
	for _, name := range []string{"%C3%9Cber%20Demo", "%C3%BCber%20demo", f.projectID("über demo")} {
		f.user().get("/api/v1/projects/" + name).want(http.StatusOK)
	}
}

func TestRetentionOfAProject(t *testing.T) {
	t.Parallel()
	f := setup(t)
	project := f.project("demo")
	for _, c := range []struct {
		body string
		days int
	}{
		{`{"retention_days":30}`, 30},
		{`{"retention_days":1}`, 1},
		{`{"retention_days":3650}`, 3650},
		{`{"retention_days":null}`, 0},
	} {
		var changed, got projectJSON
		f.user().do("PATCH", project, c.body).want(http.StatusOK).into(&changed)
		f.user().get(project).want(http.StatusOK).into(&got)
		for _, p := range []projectJSON{changed, got} {
			if (p.Retention == nil) != (c.days == 0) || p.Retention != nil && *p.Retention != c.days {
				t.Errorf("%s: %v", c.body, p.Retention)
			}
		}
	}
}

// The polls and event streams of a deleted project end.
func TestDeleteProject(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := setup(t)
		project := f.project("demo")
		f.project("other")
		trace := f.startTrace("demo", 1)
		p := f.daemon().poll("demo", ids([]traceJSON{trace}), 30)
		stream := make(chan struct{})
		go func() {
			f.user().get(project + "/events")
			close(stream)
		}()
		time.Sleep(time.Second)
		f.user().delete(project).want(http.StatusNoContent)
		a, took := p.wait()
		a.wantProblem(codeProjectNotFound)
		if took != time.Second {
			t.Errorf("response after %v, want 1 s", took)
		}
		<-stream
		f.user().get(project).wantProblem(codeProjectNotFound)
		f.user().delete(project).wantProblem(codeProjectNotFound)
		f.user().get("/api/v1/projects/other").want(http.StatusOK)
		f.project("demo") // its name is free
	})
}

// TestProjectsAreFoundForACaller checks that no handler takes a project from the store, past the check that
// its caller may see it.
func TestProjectsAreFoundForACaller(t *testing.T) {
	t.Parallel()
	allowed := []string{"projectOf", "projectsOf", "openTraces"} // the last one looks whether it is still there
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, declaration := range file.Decls {
			function, isFunction := declaration.(*ast.FuncDecl)
			if !isFunction || slices.Contains(allowed, function.Name.Name) {
				continue
			}
			ast.Inspect(function, func(n ast.Node) bool {
				call, isSelector := n.(*ast.SelectorExpr)
				if !isSelector || call.Sel.Name != "Project" && call.Sel.Name != "Projects" {
					return true
				}
				if from, isField := call.X.(*ast.SelectorExpr); isField && from.Sel.Name == "store" {
					t.Errorf("%s: %s takes a project from the store: use project, projectOf or projectsOf",
						name, function.Name.Name)
				}
				return true
			})
		}
	}
}
