package storetest

import (
	"testing"
	"time"

	"akita/internal/store"
)

func testDeclaration(t *testing.T, f fixture) {
	ctx := t.Context()
	demo, other := f.project("demo"), f.project("other")
	_, err := f.Declaration(ctx, demo.ID)
	wantError(t, err, store.ErrNotFound)
	wantError(t, f.DeleteDeclaration(ctx, demo.ID), store.ErrNotFound)
	put := func(origin store.Origin, after time.Duration, text string) store.Declaration {
		d := store.Declaration{Origin: origin, Text: []byte(text), Changed: now.Add(after), By: "admin"}
		must(t, f.PutDeclaration(ctx, demo.ID, d))
		return d
	}
	want := func(d store.Declaration) {
		t.Helper()
		equal(t, ok(f.Declaration(ctx, demo.ID))(t), d)
	}

	// Of the reports of an application, the last one counts, in any order.
	reported := put(store.Reported, time.Minute, "b")
	put(store.Reported, 0, "older")
	put(store.Reported, time.Minute, "a")
	want(reported)

	// What people set wins, and replaces what they set before.
	want(put(store.Uploaded, 0, "first"))
	want(put(store.Uploaded, -time.Minute, "second"))
	reported = put(store.Reported, time.Hour, "c")
	want(put(store.Uploaded, 0, "third"))

	must(t, f.DeleteDeclaration(ctx, demo.ID))
	want(reported)
	must(t, f.DeleteDeclaration(ctx, demo.ID))
	_, err = f.Declaration(ctx, demo.ID)
	wantError(t, err, store.ErrNotFound)

	put(store.Uploaded, 0, "fourth")
	wantError(t, f.PutDeclaration(ctx, "unknown", reported), store.ErrNotFound)
	_, err = f.Declaration(ctx, other.ID)
	wantError(t, err, store.ErrNotFound)
	must(t, f.DeleteProject(ctx, demo.ID, now))
	_, err = f.Declaration(ctx, demo.ID)
	wantError(t, err, store.ErrNotFound)
}

func testFetchedDeclaration(t *testing.T, f fixture) {
	ctx := t.Context()
	demo, other := f.project("demo"), f.project("other")
	fetched := store.Declaration{
		Origin: store.Fetched, Text: []byte("old"), Changed: now, By: "admin",
		URL: "https://a.example/openapi.yaml",
	}
	must(t, f.PutDeclaration(ctx, demo.ID, fetched))
	equal(t, ok(f.Declaration(ctx, demo.ID))(t), fetched)
	must(t, f.PutDeclaration(ctx, other.ID, store.Declaration{Origin: store.Uploaded, Text: []byte("x"), Changed: now}))
	equal(t, ok(f.Unchecked(ctx, now))(t), []string{demo.ID})

	fetched.Text, fetched.Changed, fetched.ETag, fetched.Checked = []byte("a"), now.Add(1000), `"1"`, now
	must(t, f.PutFetched(ctx, demo.ID, fetched))
	equal(t, ok(f.Declaration(ctx, demo.ID))(t), fetched)
	equal(t, ok(f.Unchecked(ctx, now))(t), []string{})
	equal(t, ok(f.Unchecked(ctx, now.Add(time.Second)))(t), []string{demo.ID})

	fetched.Checked, fetched.Fault = now.Add(time.Minute), "it answered with 503"
	must(t, f.PutFetched(ctx, demo.ID, fetched))
	equal(t, ok(f.Declaration(ctx, demo.ID))(t), fetched)

	// What was fetched meanwhile from an address that the project has no more is not kept.
	moved := fetched
	moved.URL = "https://b.example/openapi.yaml"
	must(t, f.PutDeclaration(ctx, demo.ID, moved))
	wantError(t, f.PutFetched(ctx, demo.ID, fetched), store.ErrNotFound)
	equal(t, ok(f.Declaration(ctx, demo.ID))(t), moved)
}
