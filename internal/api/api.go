// Package api implements the REST API of `akita server`, which the console,
// daemons and scripts use. openapi.yaml describes it.
package api

import (
	"context"
	"crypto/sha256"
	"errors"
	"iter"
	"log/slog"
	"net/http"
	"runtime/debug"
	"sync"
	"time"

	"akita/internal/api/attempts"
	"akita/internal/api/password"
	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/facts"
	"akita/internal/ingest"
	"akita/internal/store"
)

// Bundles stores bundles durably until they are folded. *ingest.Acceptor
// implements it.
type Bundles interface {
	Accept(ctx context.Context, b ingest.Bundle) (witnesses int, duplicate bool, err error)
}

// Models returns the inferred endpoints of a scope, the model that they are inferred from, what was counted
// in it, and its dated facts. While Version stays the same, so do the endpoints and the model. Recent may
// return endpoints before an update that takes longer than patience, with their version.
// *ingest.Models implements it.
type Models interface {
	Endpoints(ctx context.Context, of ingest.Scope) (*endpoints.Set, error)
	Recent(ctx context.Context, of ingest.Scope, patience time.Duration) (*endpoints.Set, string, error)
	Model(ctx context.Context, of ingest.Scope) (*apimodel.Model, string, error)
	Version(ctx context.Context, of ingest.Scope) (string, error)
	Series(ctx context.Context, of ingest.Scope) iter.Seq2[ingest.Count, error]
	Facts(ctx context.Context, of ingest.Scope) (map[apimodel.OperationKey]facts.History, error)
	Dates(ctx context.Context, of ingest.Scope) (facts.Dates, error)
}

// Eraser deletes traces and projects for good. Errors are those of store.Store. *ingest.Worker
// implements it.
type Eraser interface {
	DeleteTrace(ctx context.Context, projectID, traceID string) error
	DeleteProject(ctx context.Context, projectID string) error
}

// Config holds the settings of a Handler. All fields are required, except those
// that have a default.
type Config struct {
	Store   store.Store
	Bundles Bundles
	Models  Models
	Eraser  Eraser
	// Declarations are the documents that projects declare.
	Declarations Declarations
	Logger       *slog.Logger
	Now          func() time.Time
	Version      string // of the server, for display

	// Secure restricts cookies to HTTPS. The default is false.
	Secure bool
	// PasswordCosts are the costs of new password hashes; zero: password.Recommended.
	PasswordCosts password.Params
	// LogInFailed is called after each refused log-in. Optional.
	LogInFailed func()
}

// Handler serves all paths under /api/. It is safe for concurrent use.
type Handler struct {
	store        store.Store
	bundles      Bundles
	models       Models
	eraser       Eraser
	declarations Declarations
	logger       *slog.Logger
	now          func() time.Time
	version      string
	logInFailed  func()

	document  []byte // openapi.json
	handler   http.Handler
	sessions  *sessionKeeper
	passwords *password.Hasher
	attempts  *attempts.Limiter
	changes   *changes
	instances *instances
	setup     setupLink

	closing   chan struct{} // closed by Close
	closeOnce sync.Once
}

// New returns a Handler. The caller must call Close when the server stops.
func New(config Config) (*Handler, error) {
	document, err := documentJSON()
	if err != nil {
		return nil, err
	}
	if config.PasswordCosts == (password.Params{}) {
		config.PasswordCosts = password.Recommended
	}
	if config.LogInFailed == nil {
		config.LogInFailed = func() {}
	}
	h := &Handler{
		store: config.Store, bundles: config.Bundles, models: config.Models, eraser: config.Eraser,
		declarations: config.Declarations,
		logger:       config.Logger, now: config.Now, version: config.Version, logInFailed: config.LogInFailed,
		document:  document,
		sessions:  newSessionKeeper(config.Store, config.Now, config.Secure),
		passwords: password.NewHasher(config.PasswordCosts),
		attempts:  attempts.New(config.Now),
		changes:   newChanges(),
		instances: newInstances(config.Now),
		closing:   make(chan struct{}),
	}
	h.handler = h.refuseOtherOrigins(h.mux())
	return h, nil
}

// ServeHTTP implements http.Handler.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) { h.handler.ServeHTTP(w, r) }

// Close ends all long polls and event streams; new ones end at once. Other
// requests are still served.
func (h *Handler) Close() { h.closeOnce.Do(func() { close(h.closing) }) }

// ModelChanged notifies long polls and event streams that the model of a project
// has changed.
func (h *Handler) ModelChanged(projectID string) {
	h.changes.notify(projectID, modelChanged|witnessesChanged)
}

// serve returns a handler that checks access to the route and calls it.
func (h *Handler) serve(rt route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		defer h.recover(w, r)
		if err := h.call(rt, w, r); err != nil {
			h.writeError(w, r, err)
		}
	})
}

func (h *Handler) call(rt route, w http.ResponseWriter, r *http.Request) error {
	caller, err := h.authenticate(r, rt.access)
	if err != nil {
		return err
	}
	if err := checkQuery(r, rt.query); err != nil {
		return err
	}
	h.recordUse(r, caller)
	return rt.handle(w, withCaller(r, caller, rt.access))
}

// writeError responds with the problem for err. It does so for a canceled request
// too: otherwise the response would have status 200, as if a bundle were stored.
func (h *Handler) writeError(w http.ResponseWriter, r *http.Request, err error) {
	p := problemOf(err)
	switch {
	case p.code == codeInternal && r.Context().Err() != nil:
		p = &problem{code: codeUnavailable, retryAfter: retryLater,
			detail: "The request was canceled before it was complete: send it again."}
	case p.code == codeInternal, errors.Is(err, store.ErrFull):
		h.logger.Error("Request failed", "request", r.Method+" "+r.URL.Path, "error", err)
	}
	if err := p.write(w); err != nil {
		h.logger.Error("Response not written", "error", err)
	}
}

// recover responds to a request whose handler panicked.
func (h *Handler) recover(w http.ResponseWriter, r *http.Request) {
	reason := recover()
	if reason == nil {
		return
	}
	h.logger.Error("Request panicked",
		"request", r.Method+" "+r.URL.Path, "error", reason, "stack", string(debug.Stack()))
	_ = problemOf(nil).write(w)
}

// refuseOtherOrigins refuses requests that pages of other origins send with the
// session of their visitor.
func (h *Handler) refuseOtherOrigins(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(h.serve(route{access: anyone, handle: func(http.ResponseWriter, *http.Request) error {
		return &problem{code: codeCrossOrigin,
			detail: "The request comes from a page of another origin: use the console of this server."}
	}}))
	return protection.Handler(next)
}

// sha256Of returns the hash under which a random secret is stored.
func sha256Of(secret string) [sha256.Size]byte { return sha256.Sum256([]byte(secret)) }
