package toolbox_test

import (
	"context"
	"strings"
	"testing"

	"akita/internal/facts"
	"akita/internal/toolbox"
)

func TestChanges(t *testing.T) {
	t.Parallel()
	library := shop(t)
	all := changesOf(library.set, "results[]\nseries")
	library.changes = all[:4]
	for i, c := range []facts.Change{
		{What: facts.Appeared, Fact: facts.Key{Kind: facts.Operation}, Seen: 40, Of: 900},
		{What: facts.Changed, Before: []string{"integer"}, Ended: []string{"integer"}, Seen: 7, Of: 7, Around: 50,
			Fact: facts.Key{Kind: facts.Type, In: "request", MediaType: "application/json", Path: "pages", Value: "string"}},
		{What: facts.NotNullable, Seen: 7, Of: 7, Fact: facts.Key{Kind: facts.Parameter, In: "query", Path: "page"}},
	} {
		library.changes[i].Change = c
	}
	const want = `4 changes.
2026-02-03T14:00Z POST "/api/auth/login/": endpoint appeared (in 40 of 900)
2026-02-03T14:00Z GET "/api/authors/": type "string" of "pages" in request "application/json" changed, before: "integer", ` +
		`no longer: "integer" (in 7 of 7; 50 without it)
2026-02-03T14:00Z GET "/api/authors/{slug}/": parameter "page" in query not nullable (in 7 of 7)
2026-02-03T14:00Z GET "/api/books/": field "results[].series" in 200 "application/json" appeared (in 8 of 10; 1000 without it)
`
	if got := ask(t, library, "list_changes", nil); got != want {
		t.Errorf("got\n%s", got)
	}
	got := ask(t, library, "list_changes", map[string]string{"endpoint": "GET /api/books/"})
	if !strings.HasPrefix(got, "1 change.\n") || !strings.Contains(got, "results[].series") {
		t.Errorf("of one endpoint: %s", got)
	}
	library.changes = nil
	if got := ask(t, library, "list_changes", nil); !strings.HasPrefix(got, "Nothing changed that chance does not explain") {
		t.Errorf("without changes: %s", got)
	}
}

// undated is a source that has no dates.
type undated struct{ shelf }

func (u undated) Open(context.Context, string) (toolbox.Source, error) { return u, nil }

func (undated) Changes(_ context.Context, since string) ([]toolbox.Change, error) {
	return nil, toolbox.Problem("no dates since " + since)
}

func TestProblemOfTheSourceReachesTheAgent(t *testing.T) {
	t.Parallel()
	_, err := tryAsk(t, undated{shop(t)}, "list_changes", map[string]string{"since": "-7d"})
	if err != toolbox.Problem("no dates since -7d") { //nolint:errorlint // it is not wrapped
		t.Errorf("error %v", err)
	}
}
