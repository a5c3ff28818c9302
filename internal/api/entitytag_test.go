package api

import (
	"context"
	"net/http"
	"testing"
	"time"

	"akita/internal/endpoints"
	"akita/internal/ingest"
)

func TestMatches(t *testing.T) {
	t.Parallel()
	tag := entityTag("a", "b")
	if tag == entityTag("ab") || tag == entityTag("b", "a") || tag != entityTag("a", "b") {
		t.Error("different parts have one tag")
	}
	for _, test := range []struct {
		values []string
		want   bool
	}{
		{nil, false},
		{[]string{tag}, true},
		{[]string{"W/" + tag}, true},
		{[]string{`"x", ` + tag}, true},
		{[]string{`"x"`, tag}, true},
		{[]string{"*"}, true},
		{[]string{`"x"`}, false},
		{[]string{tag[1 : len(tag)-1]}, false},
	} {
		if got := matches(test.values, tag); got != test.want {
			t.Errorf("If-None-Match %q: %t, want %t", test.values, got, test.want)
		}
	}
}

func TestUnchangedModelIsNotSentAgain(t *testing.T) {
	t.Parallel()
	f := setup(t)
	project := f.project("demo")
	for _, path := range []string{"/model", "/model?method=GET", "/model/openapi.json", "/model/openapi.yaml"} {
		first := f.user().get(project + path).want(http.StatusOK)
		tag := first.Header().Get("ETag")
		if tag == "" {
			t.Fatalf("%s has no ETag", path)
		}
		for known, want := range map[string]int{tag: http.StatusNotModified, `"other"`: http.StatusOK} {
			c := f.user()
			c.headers = http.Header{"If-None-Match": {known}}
			c.get(project + path).want(want)
		}
	}
}

// updating implements Models whose update takes too long: what it returns is of the version before.
type updating struct{ oneEndpoint }

func (updating) Version(context.Context, ingest.Scope) (string, error) { return "2", nil }

func (u updating) Recent(
	ctx context.Context, of ingest.Scope, patience time.Duration,
) (*endpoints.Set, string, error) {
	if patience == untilUpdated {
		set, err := u.Endpoints(ctx, of)
		return set, "2", err
	}
	return u.oneEndpoint.Recent(ctx, of, patience)
}

// A page that shows the model before an update has the tag of that model. What people take away is up
// to date.
func TestTagIsOfWhatIsSent(t *testing.T) {
	t.Parallel()
	f := setup(t)
	project := f.project("demo")
	for path, waits := range map[string]bool{"/model": false, "/model/openapi.json": true, "/model/openapi.yaml": true} {
		f.models = oneEndpoint{}
		before := f.user().get(project + path).want(http.StatusOK).Header().Get("ETag")
		f.models = updating{}
		during := f.user().get(project + path).want(http.StatusOK).Header().Get("ETag")
		if (during != before) != waits {
			t.Errorf("%s: the tag was %s and is %s", path, before, during)
		}
		c := f.user()
		c.headers = http.Header{"If-None-Match": {during}}
		c.get(project + path).want(http.StatusNotModified)
	}
}

// An error is never kept, and is sent each time.
func TestErrorsHaveNoTag(t *testing.T) {
	t.Parallel()
	f := setup(t)
	project := f.project("demo")
	missing := f.user().get(project + "/model/endpoints/none").want(http.StatusNotFound)
	if missing.Header().Get("ETag") != "" || missing.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("a problem was sent with %v", missing.Header())
	}
}
