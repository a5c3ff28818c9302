package api

import (
	"bytes"
	"context"
	"io"
	"iter"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"go.uber.org/goleak"

	"akita/internal/api/password"
	"akita/internal/apimodel"
	"akita/internal/declaration"
	"akita/internal/endpoints"
	"akita/internal/facts"
	"akita/internal/ingest"
	"akita/internal/secret"
	"akita/internal/shape"
	"akita/internal/store"
	"akita/internal/store/sqlitestore"
	"akita/internal/witness"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	adminName     = "ada"
	adminPassword = "copper lantern orbit"
)

// fixture is a Handler with a real store.
type fixture struct {
	*Handler
	t       testing.TB
	dir     string // of the store's files
	store   store.Store
	bundles *bundles
	site    site
	log     *logBuffer
}

// setup returns a Handler whose first user is ada. Its clock is the real one, or
// that of a synctest bubble.
func setup(t testing.TB) *fixture {
	t.Helper()
	f := setupEmpty(t)
	if created, err := f.CreateAdmin(t.Context(), adminName, adminPassword); err != nil || !created {
		t.Fatalf("create admin: %v, %v", created, err)
	}
	return f
}

// setupEmpty returns a Handler without users.
func setupEmpty(t testing.TB) *fixture {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "akita.db")
	if err := os.WriteFile(path, emptyStore(t), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := sqlitestore.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	f := &fixture{t: t, dir: dir, store: s, bundles: &bundles{}, log: &logBuffer{}}
	f.Handler, err = New(Config{
		Store: s, Bundles: f.bundles, Models: oneEndpoint{}, Eraser: eraser{s}, Now: time.Now,
		Declarations: declaration.New(declaration.Config{
			Store: s, Getter: &f.site, Now: time.Now, Logger: slog.New(slog.DiscardHandler),
			OnChange: func(projectID string) { f.DeclarationChanged(projectID) },
		}), Version: "1.2.3",
		Logger:        slog.New(slog.NewTextHandler(f.log, nil)),
		PasswordCosts: password.Params{MemoryKiB: 64, Passes: 1, Lanes: 1},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.Close)
	return f
}

// eraser implements Eraser without files.
type eraser struct{ store store.Store }

func (e eraser) DeleteTrace(ctx context.Context, projectID, traceID string) error {
	version, err := e.store.Version(ctx, projectID, "")
	if err != nil {
		return err
	}
	return e.store.DeleteTrace(ctx, store.Deletion{ProjectID: projectID, TraceID: traceID, Version: version}, time.Now())
}

func (e eraser) DeleteProject(ctx context.Context, projectID string) error {
	return e.store.DeleteProject(ctx, projectID, time.Now())
}

// emptyStore returns the file of an empty store. It is created once, because that
// takes longer than most tests.
func emptyStore(t testing.TB) []byte {
	t.Helper()
	content, err := emptyStoreOnce()
	if err != nil {
		t.Fatal(err)
	}
	return content
}

var emptyStoreOnce = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "akita-api-test")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, "akita.db")
	s, err := sqlitestore.Open(context.Background(), path)
	if err != nil {
		return nil, err
	}
	if err := s.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// bundles implements Bundles: it records bundles, or returns err.
type bundles struct {
	mu   sync.Mutex
	seen map[string]ingest.Bundle
	body string
	err  error
}

func (b *bundles) Accept(_ context.Context, in ingest.Bundle) (int, bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.err != nil {
		return 0, false, b.err
	}
	body, err := io.ReadAll(in.Body)
	if err != nil {
		return 0, false, err
	}
	_, duplicate := b.seen[in.ID]
	if b.seen == nil {
		b.seen = make(map[string]ingest.Bundle)
	}
	b.seen[in.ID], b.body = in, string(body)
	return strings.Count(b.body, "\n"), duplicate, nil
}

// oneEndpoint implements Models with one call of one endpoint.
type oneEndpoint struct{}

func (m oneEndpoint) Endpoints(ctx context.Context, of ingest.Scope) (*endpoints.Set, error) {
	model, _, err := m.Model(ctx, of)
	return endpoints.Infer(model), err
}

func (oneEndpoint) Model(context.Context, ingest.Scope) (*apimodel.Model, string, error) {
	m := apimodel.New()
	m.Add(&witness.Witness{
		Start: time.Date(2025, 11, 22, 12, 0, 0, 0, time.UTC), LatencyMs: 12, Method: "GET", Host: "shop.example",
		Template: "/orders/{id}/", Status: 200, Consumer: witness.Consumer{Name: "curl"},
		Auth:     []witness.Auth{{Type: witness.AuthBearer}},
		Response: &witness.Body{MediaType: "application/json", Shape: &shape.Shape{}},
	})
	return m, "1", nil
}

func (m oneEndpoint) Recent(
	ctx context.Context, of ingest.Scope, _ time.Duration,
) (*endpoints.Set, string, error) {
	set, err := m.Endpoints(ctx, of)
	return set, "1", err
}

func (oneEndpoint) Version(context.Context, ingest.Scope) (string, error) { return "1", nil }

func (oneEndpoint) Series(context.Context, ingest.Scope) iter.Seq2[ingest.Count, error] {
	return func(func(ingest.Count, error) bool) {}
}

func (oneEndpoint) Facts(context.Context, ingest.Scope) (map[apimodel.OperationKey]facts.History, error) {
	return nil, nil
}

func (oneEndpoint) Dates(context.Context, ingest.Scope) (facts.Dates, error) { return nil, nil }

type logBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logBuffer) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// client sends requests to a Handler with certain credentials.
type client struct {
	api     *Handler
	t       testing.TB
	cookie  *http.Cookie
	key     apiKeyJSON
	address string
	headers http.Header
}

func (f *fixture) anonymous() *client { return &client{api: f.Handler, t: f.t} }

// user returns a client that has logged in.
func (f *fixture) user() *client {
	f.t.Helper()
	c := f.anonymous()
	c.logIn(adminName, adminPassword).want(http.StatusCreated)
	return c
}

// daemon returns a client with an API key of the scope full, for all projects.
func (f *fixture) daemon() *client { return f.withKey(store.FullKey) }

// withKey returns a client with a new API key, for all projects unless some are named.
func (f *fixture) withKey(scope store.KeyScope, projects ...string) *client {
	f.t.Helper()
	return f.keyOf(f.user(), scope, projects...)
}

// logIn logs in and keeps the cookie.
func (c *client) logIn(username, password string) *response {
	c.t.Helper()
	body, err := json.Marshal(map[string]string{"username": username, "password": password})
	if err != nil {
		c.t.Fatal(err)
	}
	a := c.post("/api/v1/session", string(body))
	c.keepCookie(a)
	return a
}

func (c *client) keepCookie(a *response) {
	if set := a.Result().Cookies(); len(set) > 0 {
		c.cookie = set[0]
	}
}

func (c *client) get(path string) *response        { c.t.Helper(); return c.do("GET", path, "") }
func (c *client) delete(path string) *response     { c.t.Helper(); return c.do("DELETE", path, "") }
func (c *client) post(path, body string) *response { c.t.Helper(); return c.do("POST", path, body) }
func (c *client) request(method, path, body string) *http.Request {
	c.t.Helper()
	r := httptest.NewRequestWithContext(c.t.Context(), method, path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if c.cookie != nil {
		r.AddCookie(c.cookie)
	}
	if c.key.ID != "" {
		r.SetBasicAuth(c.key.ID, c.key.Secret)
	}
	if c.address != "" {
		r.RemoteAddr = c.address
	}
	for name, values := range c.headers {
		r.Header[name] = values
	}
	return r
}

func (c *client) do(method, path, body string) *response {
	c.t.Helper()
	return c.send(c.request(method, path, body))
}

// send sends a request and checks that the response is as documented.
func (c *client) send(r *http.Request) *response {
	c.t.Helper()
	w := httptest.NewRecorder()
	c.api.ServeHTTP(w, r)
	checkAgainstDocument(c.t, r, w)
	return &response{w, c.t}
}

// response is a response of a Handler.
type response struct {
	*httptest.ResponseRecorder
	t testing.TB
}

func (a *response) want(status int) *response {
	a.t.Helper()
	if a.Code != status {
		a.t.Fatalf("status %d, want %d; body: %s", a.Code, status, a.Body)
	}
	return a
}

// wantProblem checks the code, its status and that the detail contains the texts.
func (a *response) wantProblem(want code, texts ...string) *response {
	a.t.Helper()
	var p struct {
		Code   code
		Detail string
		Status int
	}
	a.into(&p)
	if p.Code != want || a.Code != statusOf[want] || p.Status != a.Code {
		a.t.Fatalf("status %d with code %q, want %d with %q; detail: %s",
			a.Code, p.Code, statusOf[want], want, p.Detail)
	}
	for _, text := range texts {
		if !strings.Contains(p.Detail, text) {
			a.t.Errorf("detail %q does not contain %q", p.Detail, text)
		}
	}
	return a
}

func (a *response) into(v any) {
	a.t.Helper()
	if err := json.Unmarshal(a.Body.Bytes(), v, json.MatchCaseInsensitiveNames(true)); err != nil {
		a.t.Fatalf("body %q: %v", a.Body, err)
	}
}

// project creates a project and returns its path.
func (f *fixture) project(name string) string {
	f.t.Helper()
	body, err := json.Marshal(map[string]string{"name": name})
	if err != nil {
		f.t.Fatal(err)
	}
	var p projectJSON
	f.user().post("/api/v1/projects", string(body)).want(http.StatusCreated).into(&p)
	return "/api/v1/projects/" + p.ID
}

func TestCreateAdmin(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		username, password string
		wantError          string
	}{
		"good":        {"ada", "copper lantern orbit", ""},
		"no name":     {"", "copper lantern orbit", "user name: it is missing"},
		"spaces":      {" ada", "copper lantern orbit", "must not begin or end with a space"},
		"newline":     {"a\nda", "copper lantern orbit", "printable"},
		"too short":   {"ada", "short", "at least 12 characters"},
		"too common":  {"ada", "password1234", "easy to guess"},
		"user name":   {"adalovelace", "AdaLovelace1815", "easy to guess"},
		"no password": {"ada", "", "at least 12 characters"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := setupEmpty(t)
			created, err := f.CreateAdmin(t.Context(), tc.username, secret.Text(tc.password))
			if tc.wantError == "" {
				if err != nil || !created {
					t.Fatalf("created = %v, error = %v", created, err)
				}
				f.anonymous().logIn(tc.username, tc.password).want(http.StatusCreated)
				return
			}
			if err == nil || !strings.Contains(err.Error(), tc.wantError) {
				t.Errorf("error = %v, want one with %q", err, tc.wantError)
			}
		})
	}
}

func TestCreateAdminWithExistingUserChangesNothing(t *testing.T) {
	t.Parallel()
	f := setup(t)
	for _, username := range []string{adminName, "grace"} {
		created, err := f.CreateAdmin(t.Context(), username, "another good password")
		if created || err != nil {
			t.Errorf("%s: created = %v, error = %v", username, created, err)
		}
	}
	f.anonymous().logIn(adminName, adminPassword).want(http.StatusCreated)
	f.anonymous().logIn("grace", "another good password").wantProblem(codeInvalidCredentials)
}

func (a *response) wantBody(want string) *response {
	a.t.Helper()
	if got := a.Body.String(); got != want {
		a.t.Errorf("body %s, want %s", got, want)
	}
	return a
}

// wantIn checks that the body contains texts.
func (a *response) wantIn(texts ...string) *response {
	a.t.Helper()
	for _, text := range texts {
		if got := a.Body.String(); !strings.Contains(got, text) {
			a.t.Errorf("body %s does not contain %s", got, text)
		}
	}
	return a
}
