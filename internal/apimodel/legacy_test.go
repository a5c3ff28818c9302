package apimodel_test

import (
	"maps"
	"slices"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/witness"
)

// A model of an earlier version has no calls of a browser's own.
func TestUnmarshalReadsEarlierVersions(t *testing.T) {
	t.Parallel()
	const op = `{"accepted":{"count":2},"responses":{"200":{"count":2}},"auth":{"":2}}`
	for name, kept := range map[string]string{
		"1": `{"version":1,"count":3,"noise":1,"roots":{"a.test":{"literals":{"users":{"ops":{"GET":` + op + `}}}}}}`,
		"2": `{"version":2,"count":3,"noise":1,"trees":[{"root":{"literals":{"a.test":{"literals":{"users":{"ops":{"GET":` +
			op + `}}}}}}},{},{},{}]}`,
		"3": `{"version":3,"count":3,"noise":1,"routes":[{"method":"GET","template":"/users","operation":` +
			`{"accepted":{"count":2},"responses":{"200":{"count":2,"latency":{"max":3,"bins":{"12":1,"20":1}}}},"auth":{"":2}}` +
			`}],"trees":[{},{},{},{},{}]}`,
	} {
		m, err := apimodel.Unmarshal([]byte(kept))
		if err != nil {
			t.Fatalf("version %s: %v", name, err)
		}
		o := endpoints.Infer(m).Overview(endpoints.Filter{})
		if len(o.Endpoints) != 1 || o.Endpoints[0].Requests != 2 || o.Unmatched != 1 || o.Browser != 0 {
			t.Errorf("version %s is read as %+v", name, o)
		}
	}
}

// A model of an earlier version has one tree for all paths. Its parts are those of the calls.
func TestPartsOfEarlierVersions(t *testing.T) {
	t.Parallel()
	const op = `{"ops":{"GET":{"accepted":{"count":2},"responses":{"200":{"count":2}},"auth":{"":2}}}}`
	const kept = `{"version":3,"count":8,"trees":[{"root":{"literals":{"a.test":{"literals":{` +
		`"users":{"params":{"":{"arg":{"int":4},"words":1,"literals":{"orders":` + op + `,` +
		`"a":{"literals":{"b":{"literals":{"c":` + op + `}}}}}}}},"items":` + op + `,"me":` + op + `}}}}},{},{},{},{}]}`
	m, err := apimodel.Unmarshal([]byte(kept))
	if err != nil {
		t.Fatal(err)
	}
	var calls []witness.Witness
	for _, path := range [][]witness.Segment{
		append(aPath("users"), id(1), aPath("orders")[0]), append(append(aPath("users"), id(1)), aPath("a", "b", "c")...),
		aPath("items"), aPath("me"),
	} {
		call := witness.Witness{Method: "GET", Host: "a.test", Status: 200, Path: path}
		calls = append(calls, call, call)
	}
	got, want := m.Split(), byPart(calls, apimodel.New)
	if !slices.Equal(slices.Sorted(maps.Keys(got))[:len(want)], slices.Sorted(maps.Keys(want))) {
		t.Errorf("the parts are %v, want %v and the rest", slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
	}
	for part, of := range want {
		if got[part].Witnesses() != of.Witnesses() {
			t.Errorf("part %d has %d calls, want %d", part, got[part].Witnesses(), of.Witnesses())
		}
	}
	overview := endpoints.Infer(union(got)).Overview(endpoints.Filter{})
	if len(overview.Endpoints) != len(calls)/2 {
		t.Errorf("%d endpoints, want %d: %+v", len(overview.Endpoints), len(calls)/2, overview.Endpoints)
	}
}
