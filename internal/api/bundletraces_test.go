package api

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"akita/internal/id"
)

func TestBundleOfSeveralTraces(t *testing.T) {
	t.Parallel()
	f := setup(t)
	project := f.project("demo")
	a, b := f.startTrace("demo", 1), f.startTrace("demo", 1)
	f.project("other")
	foreign := f.startTrace("other", 1)
	gone := id.New(id.Trace)
	many := strings.Repeat("&also="+gone, maxBundleTraces+1)
	for name, c := range map[string]struct {
		trace, query string
		ids, repeats []string
		code         code
		detail       string
	}{
		"one trace":              {trace: a.Name, ids: []string{a.ID}},
		"two traces":             {trace: a.ID, query: "also=" + b.ID, ids: []string{a.ID, b.ID}},
		"each once":              {trace: a.ID, query: "also=" + b.ID + "&also=" + a.ID + "&also=" + b.Name, ids: []string{a.ID, b.ID}},
		"a repeat":               {trace: b.ID, query: "repeats=" + a.ID, ids: []string{b.ID}, repeats: []string{a.ID}},
		"a repeat of itself":     {trace: b.ID, query: "repeats=" + b.ID, ids: []string{b.ID}},
		"deleted traces":         {trace: a.ID, query: "also=" + gone + "&repeats=" + gone, ids: []string{a.ID}},
		"the first is deleted":   {trace: gone, query: "also=" + b.ID, ids: []string{b.ID}},
		"of another project":     {trace: a.ID, query: "also=" + foreign.ID, ids: []string{a.ID}},
		"all are deleted":        {trace: gone, query: "also=" + gone, code: codeTraceNotFound, detail: gone},
		"a repeat, none is left": {trace: gone, query: "repeats=" + a.ID, code: codeTraceNotFound, detail: gone},
		"too many":               {trace: a.ID, query: many[1:], code: codeInvalidRequest, detail: "more than 100 traces"},
	} {
		bundle := id.New(id.Bundle)
		path := strings.Replace(project, "/projects/", "/agent/projects/", 1) + "/traces/" + c.trace + "/bundles/" + bundle
		daemon := f.daemon()
		r := daemon.request("PUT", path, "{}\n")
		r.URL.RawQuery = c.query
		r.Header.Set("Content-Type", "application/x-ndjson")
		answer := daemon.send(r)
		if c.code != "" {
			answer.wantProblem(c.code, c.detail)
			continue
		}
		answer.want(http.StatusAccepted)
		got := f.bundles.seen[bundle]
		ids := append([]string{got.TraceID}, got.Also...)
		if !slices.Equal(ids, c.ids) || !slices.Equal(got.Repeats, c.repeats) {
			t.Errorf("%s: of %q, repeats %q; want %q and %q", name, ids, got.Repeats, c.ids, c.repeats)
		}
	}
}
