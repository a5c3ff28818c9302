package witness_test

import (
	"testing"

	"akita/internal/har"
	"akita/internal/har/hartest"
	"akita/internal/witness"
)

// A page is the same if another path was answered with the very same text before.
func TestSamePage(t *testing.T) {
	t.Parallel()
	html := func(text string) func(*har.Entry) {
		return func(e *har.Entry) { e.Response.Body = &har.Body{MediaType: "text/html; charset=utf-8", Text: text} }
	}
	posted := func(e *har.Entry) { e.Request.Method = "POST" }
	o := witness.Options{Pages: new(witness.Pages)}
	for i, step := range []struct {
		call har.Entry
		want bool
	}{
		{hartest.Call("/", 200, "", html("<p>app")), false},
		{hartest.Call("/", 200, "", html("<p>app")), false},
		{hartest.Call("/admin", 200, "", html("<p>app")), true},
		{hartest.Call("/admin?x=1", 200, "", html("<p>app")), true},
		{hartest.Call("/?x=1", 200, "", html("<p>app")), false},
		{hartest.Call("/about", 200, "", html("<p>about")), false},
		{hartest.Call("/gone", 404, "", html("<p>app")), false},
		{hartest.Call("/login", 200, "", html("<p>app"), posted), false},
		{hartest.Call("/a", 200, `{"a":1}`), false},
		{hartest.Call("/b", 200, `{"a":1}`), false},
		{hartest.Call("/c", 200, "", html("")), false},
		{hartest.Call("/d", 200, "", html("")), false},
	} {
		if w := witness.FromEntry(&step.call, o); w.SamePage != step.want {
			t.Errorf("step %d, %s: the page is the same: %v, want %v", i+1, step.call.Request.URL, w.SamePage, step.want)
		}
	}
	entry := hartest.Call("/admin", 200, "", html("<p>app"))
	if w := witness.FromEntry(&entry, witness.Options{}); w.SamePage {
		t.Error("without a memory no page is the same")
	}
}
