package declaration_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"akita/internal/declaration"
	"akita/internal/outbound"
	"akita/internal/store"
	"akita/internal/store/sqlitestore"
)

const document = "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\npaths: {/a: {get: {responses: {'200': {description: OK}}}}}\n"

// site is a Getter.
type site struct {
	mu     sync.Mutex
	answer outbound.Answer
	err    error
	asked  []http.Header
}

func (s *site) Get(_ context.Context, _ string, header http.Header, _ int64) (outbound.Answer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, header)
	return s.answer, s.err
}

func (s *site) set(status int, etag, body string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer = outbound.Answer{Status: status, Header: http.Header{"Etag": {etag}}, Body: []byte(body)}
	s.err = nil
}

func (s *site) fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.err = err
}

// requests returns the headers of the requests so far.
func (s *site) requests() []http.Header {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.asked)
}

// fixture is a Keeper with a real store and a project.
type fixture struct {
	*declaration.Keeper
	t       *testing.T
	site    *site
	changes atomic.Int64
	log     strings.Builder
}

const project = "svc_1"

func setup(t *testing.T) *fixture {
	t.Helper()
	s, err := sqlitestore.Open(t.Context(), filepath.Join(t.TempDir(), "akita.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := s.CreateProject(t.Context(), store.Project{ID: project, Name: "shop", Created: time.Now()}); err != nil {
		t.Fatal(err)
	}
	f := &fixture{t: t, site: new(site)}
	f.Keeper = declaration.New(declaration.Config{
		Store: s, Getter: f.site, Now: time.Now, Logger: slog.New(slog.NewTextHandler(&f.log, nil)),
		OnChange: func(string) { f.changes.Add(1) },
	})
	return f
}

func (f *fixture) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

// want checks what is declared, how often it has changed, and the error of fetching.
func (f *fixture) want(text string, changes int64, fault string) declaration.Declaration {
	f.t.Helper()
	got, err := f.Of(f.t.Context(), project)
	f.must(err)
	if string(got.Text) != text || f.changes.Load() != changes || got.Fault != fault || got.Document == nil {
		f.t.Fatalf("got %q after %d changes, %q; want %q, %d, %q", got.Text, f.changes.Load(), got.Fault, text, changes, fault)
	}
	return got
}

func TestUpload(t *testing.T) {
	t.Parallel()
	f := setup(t)
	ctx := t.Context()
	if _, err := f.Of(ctx, project); !errors.Is(err, store.ErrNotFound) {
		t.Fatalf("got %v", err)
	}
	f.must(f.Upload(ctx, project, []byte(document), "ada"))
	first := f.want(document, 1, "")
	if first.By != "ada" || first.Origin != store.Uploaded || len(first.Document.Operations()) != 1 {
		t.Errorf("got %+v", first)
	}
	other := strings.ReplaceAll(document, "/a", "/b")
	f.must(f.Upload(ctx, project, []byte(other), "apk_1"))
	if second := f.want(other, 2, ""); second.Hash == first.Hash {
		t.Error("another document has the same hash")
	}
	f.must(f.Report(ctx, project, []byte(document), "drf-spectacular", time.Now()))
	f.want(other, 3, "")
	f.must(f.Delete(ctx, project))
	if got := f.want(document, 4, ""); got.By != "drf-spectacular" || got.Origin != store.Reported {
		t.Errorf("got %+v", got)
	}
	if err := f.Upload(ctx, "svc_2", []byte(document), "ada"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("an unknown project: %v", err)
	}
}

func TestUploadOfNoDocument(t *testing.T) {
	t.Parallel()
	f := setup(t)
	for text, want := range map[string]string{
		"": "neither a member", "a: [": "line 2", "<html>": "neither a member", "openapi: 3.1.0\npaths:\n  /a: {get: 7}\n": "3.1.0",
		"asyncapi: 3.0.0": "neither a member",
		"openapi: 3.1.0\npaths: {/a: {$ref: 'other.yaml#/a'}}": "other.yaml",
	} {
		err := f.Upload(t.Context(), project, []byte(text), "ada")
		if _, invalid := errors.AsType[*declaration.InvalidError](err); !invalid || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", text, err, want)
		}
	}
	if f.changes.Load() != 0 {
		t.Error("something is kept")
	}
}

func TestFollow(t *testing.T) {
	t.Parallel()
	f := setup(t)
	ctx := t.Context()
	const url = "https://shop.example/openapi.yaml"
	for name, fail := range map[string]func(){
		"a status":    func() { f.site.set(404, "", "") },
		"no document": func() { f.site.set(200, "", "<html>") },
		"forbidden":   func() { f.site.fail(outbound.ErrForbidden) },
		"not changed": func() { f.site.set(304, `"1"`, "") },
	} {
		fail()
		err := f.Follow(ctx, project, url, "ada")
		if _, invalid := errors.AsType[*declaration.InvalidError](err); !invalid || f.changes.Load() > 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := f.Follow(ctx, project, "file:///etc/passwd", "ada"); !errors.Is(err, outbound.ErrAddress) {
		t.Errorf("a file: %v", err)
	}
	f.site.set(200, `"1"`, document)
	f.must(f.Follow(ctx, project, url, "ada"))
	if got := f.want(document, 1, ""); got.URL != url || got.ETag != `"1"` || got.Checked.IsZero() {
		t.Errorf("got %+v", got)
	}
}
