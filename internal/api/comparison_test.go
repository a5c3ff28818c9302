package api

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/ingest"
	"akita/internal/witness"
)

// changing implements Models of calls that send a parameter before an hour, and do not from it on.
type changing struct{ oneEndpoint }

func (changing) Model(_ context.Context, of ingest.Scope) (*apimodel.Model, string, error) {
	m := apimodel.New()
	for range 20 {
		w := witness.Witness{Method: "GET", Host: "shop.example", Template: "/orders/", Status: 200}
		if of.From == 0 {
			w.Query = []witness.Param{{Name: "page"}}
		}
		m.Add(&w)
	}
	return m, "1", nil
}

func TestComparison(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.models = changing{}
	project := f.project("demo")
	for query, want := range map[string]string{
		"?base=..-1d&revision=-1d..":                 `"kind":"removed","subject":"parameter","method":"GET","path":"/orders/","at":"query.page"`,
		"?base=..-1d&revision=-1d..&format=text":     "query.page  in none of 20 now",
		"?base=..-1d&revision=-1d..&format=markdown": "API diff of demo: ..-1d to -1d..",
		"": `"findings":[],"summary":{"calls":40,`,
	} {
		a := f.user().get(project + "/compare" + query).want(http.StatusOK)
		if got := squeeze(a.Body.String()); !strings.Contains(got, squeeze(want)) {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
		c := f.user()
		c.headers = http.Header{"If-None-Match": {a.Header().Get("ETag")}}
		c.get(project + "/compare" + query).want(http.StatusNotModified)
	}
	for query, want := range map[string]string{
		"?base=-7x..":     `\"-7x..\" is not a range: from must be a time`,
		"?revision=none":  `has no trace \"none\"`,
		"?format=yaml":    "must be one of text, json, markdown",
		"?base=-1d..-2d":  "to must be later than from",
		"?base=a&other=b": "other",
	} {
		if got := f.user().get(project + "/compare" + query).Body.String(); !strings.Contains(got, want) {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
}

// squeeze returns a text without white space.
func squeeze(text string) string { return strings.Join(strings.Fields(text), "") }
