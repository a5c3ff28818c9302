package endpoints_test

import (
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/har"
	"akita/internal/witness"
)

func TestKeysMatchEndpoints(t *testing.T) {
	t.Parallel()
	var entries []har.Entry
	for path, answer := range map[string]string{
		"/users": `[{"id": 1, "email": "a"}]`, "/users/1": `{"id": 1, "email": "a"}`, "/users/2": `{"id": 1, "email": "b"}`,
		"/users/3/orders": `[{"total": 5, "items": []}]`, "/files/1.csv": `{"size": 1}`, "/files/2.csv": `{"size": 2}`,
		"/items/1:archive": `{"done": true}`, "/items/2:archive": `{"done": true}`, "/items/1": `{"price": 1, "title": "t"}`,
	} {
		entries = append(entries, call(path, 200, answer))
	}
	set := model(entries)
	for key, want := range map[apimodel.OperationKey]string{
		{Path: "/users"}:                        "/users",
		{Path: "/users/"}:                       "/users",
		{Path: "/users/{}"}:                     "/users/{userId}",
		{Path: "/users/me-too"}:                 "/users/{userId}",
		{Path: "/users/{}/orders"}:              "/users/{userId}/orders",
		{Path: "/users/alice/orders"}:           "/users/{userId}/orders",
		{Path: "/files/{}.csv"}:                 "/files/{fileId}.csv",
		{Path: "/files/report.csv"}:             "/files/{fileId}.csv",
		{Path: "/items/{}:archive"}:             "/items/{itemId}:archive",
		{Path: "/items/{}"}:                     "/items/{itemId}",
		{Path: "/other"}:                        "",
		{Path: "/users/{}/orders/{}"}:           "",
		{Path: "/users", IsRoute: true}:         "/users",
		{Path: "/users/{pk}", IsRoute: true}:    "/users/{userId}",
		{Path: "/users/archive", IsRoute: true}: "",
		{}:                                      "",
	} {
		key.Method, key.Host = "GET", "a.test"
		if key.Path == "" {
			key = apimodel.OperationKey{}
		}
		got := ""
		if e := set.Match(key); e != nil {
			got = e.Path
		}
		if got != want {
			t.Errorf("%+v is of %q, want %q", key, got, want)
		}
		key.Method = "POST"
		if e := set.Match(key); e != nil {
			t.Errorf("%+v is of %s %s", key, e.Method, e.Path)
		}
	}
}

// The calls that are matched by their key are those that the inference counts.
func TestMatchedCallsAreThoseOfTheEndpoint(t *testing.T) {
	t.Parallel()
	apis, err := filepath.Glob("../../testdata/accuracy/*/traffic.ndjson.gz")
	if err != nil || len(apis) == 0 {
		t.Fatalf("no traffic: %v", err)
	}
	var calls, wrong uint64
	for _, file := range apis {
		m, keys := modelOfFile(t, file)
		set := endpoints.Infer(m)
		matched := make(map[*endpoints.Endpoint]uint64)
		for key, n := range keys {
			matched[set.Match(key)] += n
		}
		for e := range set.Matching(endpoints.Filter{}) {
			calls += e.Calls.Calls()
			if n := matched[e]; n != e.Calls.Calls() {
				t.Logf("%s: %s %s has %d calls, %d are matched", filepath.Base(filepath.Dir(file)), e.Method, e.Path, e.Calls.Calls(), n)
				wrong += max(n, e.Calls.Calls()) - min(n, e.Calls.Calls())
			}
		}
	}
	t.Logf("%d of %d calls are not counted as the inference counts them", wrong, calls)
	if wrong*200 > calls {
		t.Errorf("%d of %d calls are not counted as the inference counts them, want 0.5%% at most", wrong, calls)
	}
}

// modelOfFile returns the model of recorded traffic, and its calls by key.
func modelOfFile(t *testing.T, file string) (*apimodel.Model, map[apimodel.OperationKey]uint64) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	m, keys := apimodel.New(), make(map[apimodel.OperationKey]uint64)
	options := witness.Options{Pages: new(witness.Pages)}
	for entries := har.NewDecoder(unzipped); ; {
		var e har.Entry
		err := entries.Next(&e)
		if errors.Is(err, io.EOF) {
			return m, keys
		}
		if err != nil {
			t.Fatal(err)
		}
		w := witness.FromEntry(&e, options)
		m.Add(&w)
		if !w.Browser {
			keys[apimodel.OperationKeyOf(&w)]++
		}
	}
}
