package storetest

import (
	"testing"

	"akita/internal/store"
)

func testFacts(t *testing.T, f fixture) {
	ctx := t.Context()
	demo, other := f.project("demo"), f.project("other")
	a, b, c := f.trace(demo, "a", 0), f.trace(demo, "b", 0), f.trace(other, "c", 0)
	ofA, ofAB, ofC := f.capture(a), f.capture(a, b), f.capture(c)
	record := func(c store.Capture, part int, text string) store.FactRecord {
		return store.FactRecord{CaptureID: c.ID, Part: part, Record: []byte(text)}
	}
	facts := func(projectID, traceID string, version int64) (texts []string) {
		records, got, err := f.Facts(ctx, projectID, traceID)
		must(t, err)
		equal(t, got, version)
		for _, r := range records {
			texts = append(texts, string(r.Record))
		}
		return texts
	}
	equal(t, facts(demo.ID, "", 0), nil)
	first := []store.FactRecord{record(ofA, 1, "a1"), record(ofA, 2, "a2"), record(ofAB, 1, "ab")}
	must(t, f.PutFacts(ctx, demo.ID, 7, first))
	must(t, f.PutFacts(ctx, other.ID, 8, []store.FactRecord{record(ofC, 1, "c")}))
	equal(t, facts(demo.ID, "", 7), []string{"a1", "a2", "ab"})
	equal(t, facts(demo.ID, b.ID, 7), []string{"ab"})
	equal(t, ok(f.FactsVersion(ctx, demo.ID))(t), 7)
	equal(t, ok(f.FactsOf(ctx, ofA.ID, []int{2, 3}))(t), first[1:2])
	equal(t, ok(f.FactsOf(ctx, ofA.ID, []int{}))(t), []store.FactRecord{})
	must(t, f.PutFacts(ctx, demo.ID, 9, []store.FactRecord{record(ofA, 1, "new"), record(ofA, 2, "")}))
	equal(t, facts(demo.ID, "", 9), []string{"new", "ab"})

	wantError(t, f.PutFacts(ctx, "unknown", 1, nil), store.ErrNotFound)
	unknown := []store.FactRecord{record(store.Capture{ID: 99}, 1, "x")}
	wantError(t, f.PutFacts(ctx, demo.ID, 10, unknown), store.ErrNotFound)
	equal(t, facts(demo.ID, "", 9), []string{"new", "ab"})

	d := f.deletion(b)
	d.Facts = []store.FactRecord{record(ofA, 1, "new+ab")}
	must(t, f.DeleteTrace(ctx, d, now))
	equal(t, facts(demo.ID, "", 9), []string{"new+ab"})
	must(t, f.DeleteTrace(ctx, f.deletion(a), now))
	equal(t, facts(demo.ID, "", 9), nil)
	must(t, f.DeleteProject(ctx, demo.ID, now))
	equal(t, facts(other.ID, "", 8), []string{"c"})
	_, _, err := f.Facts(ctx, demo.ID, "")
	wantError(t, err, store.ErrNotFound)
	_, err = f.FactsVersion(ctx, demo.ID)
	wantError(t, err, store.ErrNotFound)
}
