package server

import (
	"context"
	"io"
	"net/http"
	"time"

	"akita/internal/store"
)

// contentPolicy allows the console's pages to load resources of this server only.
// It allows inline styles, because the console's components use them for positions.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
	"img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; " +
	"frame-ancestors 'none'; form-action 'self'"

// handler serves every path of the server.
func (s *Server) handler(p *parts) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/api/", p.api)
	mux.Handle("/mcp", p.api)
	mux.Handle("/download/", p.downloads)
	mux.Handle("/simple/", p.downloads)
	mux.HandleFunc("GET /healthz", s.healthz(p.store))
	mux.Handle("GET /metrics", p.metrics.handler())
	mux.Handle("/", p.console)
	return p.metrics.observe(s.secure(mux))
}

// secure sets the security headers of every response.
func (s *Server) secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", contentPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		if s.config.TLSCert != "" {
			h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		next.ServeHTTP(w, r)
	})
}

// healthz reports whether the store works.
func (s *Server) healthz(store store.Store) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), 5*time.Second)
		defer cancel()
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-store")
		if err := store.Ping(ctx); err != nil {
			s.settings.Logger.Error("Health check failed", "error", err)
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = io.WriteString(w, `{"status":"unavailable"}`+"\n")
			return
		}
		_, _ = io.WriteString(w, `{"status":"ok"}`+"\n")
	}
}
