// Package api is the REST API that openapi.yaml describes: what the console, the
// daemons and scripts speak with `akita server`.
package api

import (
	"context"
	"crypto/sha256"
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"sync"
	"time"

	"akita/internal/api/attempts"
	"akita/internal/api/password"
	"akita/internal/endpoints"
	"akita/internal/ingest"
	"akita/internal/store"
)

// Bundles makes bundles durable, to be folded.
type Bundles interface {
	Accept(ctx context.Context, b ingest.Bundle) (witnesses int, duplicate bool, err error)
}

// Models returns what is folded: of a trace, or of a whole project where traceID is "".
type Models interface {
	Model(ctx context.Context, projectID, traceID string) (*endpoints.Set, error)
}

// Config is what the API works with; every field is needed but those that say so.
type Config struct {
	Store   store.Store
	Bundles Bundles
	Models  Models
	Logger  *slog.Logger
	Now     func() time.Time
	Version string // of the server, shown to people

	// Secure says that the API is served over HTTPS: cookies are for HTTPS only.
	Secure bool
	// PasswordCosts are those of new password hashes; zero: password.Recommended.
	PasswordCosts password.Params
	// LogInFailed is called after each refused log-in; nil: nothing is.
	LogInFailed func()
}

// API serves everything under /api/. It is safe for concurrent use.
type API struct {
	store       store.Store
	bundles     Bundles
	models      Models
	logger      *slog.Logger
	now         func() time.Time
	version     string
	logInFailed func()

	document  []byte // openapi.json
	handler   http.Handler
	sessions  *sessionKeeper
	passwords *password.Hasher
	attempts  *attempts.Limiter
	changes   *changes
	setup     setupLink

	closing   chan struct{} // closed by Close
	closeOnce sync.Once
}

// New returns the API; it serves until Close.
func New(c Config) (*API, error) {
	document, err := documentJSON()
	if err != nil {
		return nil, err
	}
	if c.PasswordCosts == (password.Params{}) {
		c.PasswordCosts = password.Recommended
	}
	if c.LogInFailed == nil {
		c.LogInFailed = func() {}
	}
	a := &API{
		store: c.Store, bundles: c.Bundles, models: c.Models,
		logger: c.Logger, now: c.Now, version: c.Version, logInFailed: c.LogInFailed,
		document:  document,
		sessions:  newSessionKeeper(c.Store, c.Now, c.Secure),
		passwords: password.NewHasher(c.PasswordCosts),
		attempts:  attempts.New(c.Now),
		changes:   newChanges(),
		closing:   make(chan struct{}),
	}
	a.handler = a.refuseOtherOrigins(a.mux())
	return a, nil
}

// ServeHTTP implements http.Handler.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.handler.ServeHTTP(w, r) }

// Close ends every long poll and event stream, and lets no new one wait. Other
// requests are served as before.
func (a *API) Close() { a.closeOnce.Do(func() { close(a.closing) }) }

// Folded says that models of a project have changed.
func (a *API) Folded(projectID string) {
	a.changes.tell(projectID, modelChanged|witnessesChanged)
}

// serve runs a route's handler for those who may call it.
func (a *API) serve(rt route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		defer a.recover(w, r)
		if err := a.answer(rt, w, r); err != nil {
			a.fail(w, r, err)
		}
	})
}

func (a *API) answer(rt route, w http.ResponseWriter, r *http.Request) error {
	caller, err := a.authenticate(r, rt.access)
	if err != nil {
		return err
	}
	if err := checkQuery(r, rt.query); err != nil {
		return err
	}
	a.use(r, caller)
	return rt.handle(w, withCaller(r, caller))
}

// fail answers a request with a problem, also where it was broken off: without an
// answer it would end with status 200, which can mean that something is durable.
func (a *API) fail(w http.ResponseWriter, r *http.Request, err error) {
	p := problemOf(err)
	switch {
	case p.code == codeInternal && r.Context().Err() != nil:
		p = &problem{code: codeUnavailable, retryAfter: retryLater, detail: "The request was broken off before it was done: send it again."}
	case p.code == codeInternal, errors.Is(err, store.ErrFull):
		a.logger.Error("Request failed", "request", r.Method+" "+r.URL.Path, "error", err)
	}
	if err := p.write(w); err != nil {
		a.logger.Error("Problem not written", "error", err)
	}
}

// recover answers a request whose handler panicked.
func (a *API) recover(w http.ResponseWriter, r *http.Request) {
	reason := recover()
	if reason == nil {
		return
	}
	a.logger.Error("Request panicked", "request", r.Method+" "+r.URL.Path, "reason", reason, "stack", string(debug.Stack()))
	_ = problemOf(nil).write(w)
}

// refuseOtherOrigins lets no page of another origin change anything with the
// session of who looks at it.
func (a *API) refuseOtherOrigins(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(a.serve(route{handle: func(http.ResponseWriter, *http.Request) error {
		return &problem{code: codeCrossOrigin, detail: "The request comes from a page of another origin; use the console that this server shows."}
	}}))
	return protection.Handler(next)
}

// sha256Of is how secrets of full entropy are kept.
func sha256Of(secret string) [sha256.Size]byte { return sha256.Sum256([]byte(secret)) }
