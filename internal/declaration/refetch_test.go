package declaration_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"akita/internal/declaration"
)

func TestRefetch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := setup(t)
		f.site.set(200, `"1"`, document)
		f.must(f.Follow(t.Context(), project, "https://shop.example/openapi.yaml", "ada"))
		f.must(f.Upload(t.Context(), project, []byte(document), "ada"))
		running := f.Start()
		defer running.Stop()
		wait := func() {
			t.Helper()
			time.Sleep(declaration.Interval + time.Minute)
			synctest.Wait()
		}
		wait()
		if len(f.site.requests()) != 1 {
			t.Fatal("a document that was uploaded is not fetched")
		}
		f.must(f.Follow(t.Context(), project, "https://shop.example/openapi.yaml", "ada"))
		changes := f.changes.Load()

		f.site.set(304, `"1"`, "")
		wait()
		before := f.want(document, changes, "")
		asked := f.site.requests()
		if last := asked[len(asked)-1]; last.Get("If-None-Match") != `"1"` {
			t.Errorf("asked with %v", last)
		}
		if time.Since(before.Checked) > declaration.Interval {
			t.Error("the time of fetching is not kept")
		}

		f.site.fail(errors.New("it does not answer in time"))
		wait()
		wait()
		f.want(document, changes+1, "it does not answer in time")
		if n := strings.Count(f.log.String(), "Cannot fetch"); n != 1 {
			t.Errorf("the same error is logged %d times", n)
		}
		f.site.set(200, "", "no document")
		wait()
		f.want(document, changes+2, "what it answers is no document: it is not an OpenAPI document: "+
			`it has neither a member "openapi" nor "swagger"`)

		f.site.set(200, `"2"`, document)
		wait()
		if got := f.want(document, changes+3, ""); !got.Changed.Equal(before.Changed) {
			t.Error("the same text is a change")
		}
		other := strings.ReplaceAll(document, "/a", "/b")
		f.site.set(200, `"3"`, other)
		wait()
		f.want(other, changes+4, "")
	})
}
