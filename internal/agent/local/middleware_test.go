package local

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"akita/internal/agent/traces"
	"akita/internal/id"
)

// held returns a server without a network, for a synctest bubble.
func held(t *testing.T) (*Server, *traces.Registry) {
	t.Helper()
	logger := slog.New(slog.DiscardHandler)
	registry := newRegistry(logger)
	return New(Config{Registry: registry, Now: time.Now, Logger: logger}), registry
}

// register sends a middleware request in the background and returns its answer on the channel.
func register(ctx context.Context, s *Server, believed string) <-chan *httptest.ResponseRecorder {
	answer := make(chan *httptest.ResponseRecorder, 1)
	req := httptest.NewRequestWithContext(ctx, http.MethodPost, "/v1/services/shop/middleware",
		strings.NewReader(`{"client_name":"web","active_trace_ids":[`+believed+`]}`))
	req.Header.Set("Content-Type", "application/json")
	go func() {
		w := httptest.NewRecorder()
		s.routes().ServeHTTP(w, req)
		answer <- w
	}()
	return answer
}

const nothingNew = `{"activated_traces":[],"deactivated_traces":[]}`

func TestHoldEndsWithEmptyArrays(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, registry := held(t)
		began := time.Now()
		answer := register(t.Context(), s, "")
		synctest.Wait()
		registry.Update("shop", nil)
		w := <-answer
		if took := time.Since(began); took != hold {
			t.Errorf("held for %v, want %v", took, hold)
		}
		if w.Code != http.StatusAccepted || strings.TrimSpace(w.Body.String()) != nothingNew {
			t.Errorf("got %d %s", w.Code, w.Body)
		}
	})
}

func TestHoldEndsAtOnce(t *testing.T) {
	t.Parallel()
	on := func(r *traces.Registry) { r.Update("shop", []traces.Trace{panda}) }
	off := func(r *traces.Registry) { r.Update("shop", nil) }
	for name, c := range map[string]struct {
		before   func(*traces.Registry)
		believed string
		event    func(*Server, *traces.Registry)
		status   int
		answer   string
	}{
		"when a trace starts": {off, "",
			func(_ *Server, r *traces.Registry) { on(r) },
			202, `{"activated_traces":[` + pandaOn + `],"deactivated_traces":[]}`},
		"when a trace ends": {on, `"` + panda.ID + `"`,
			func(_ *Server, r *traces.Registry) { off(r) },
			202, `{"activated_traces":[],"deactivated_traces":["` + panda.ID + `"]}`},
		"when the server first answers, with a trace": {func(*traces.Registry) {}, "",
			func(_ *Server, r *traces.Registry) { on(r) },
			202, `{"activated_traces":[` + pandaOn + `],"deactivated_traces":[]}`},
		"when the server first answers, without the project": {func(*traces.Registry) {}, "",
			func(_ *Server, r *traces.Registry) { r.Miss("shop") },
			404, `{"message":"Service not found","detail":"The server has no project of this name: create it in the console or correct AKITA_SERVICE_NAME."}`},
		"when the daemon stops": {off, "",
			func(s *Server, _ *traces.Registry) { s.end() },
			202, nothingNew},
		"when the daemon stops before the server has answered": {func(*traces.Registry) {}, `"` + panda.ID + `"`,
			func(s *Server, _ *traces.Registry) { s.end() },
			202, nothingNew},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s, registry := held(t)
				if err := registry.Register("shop", "other", nil); err != nil {
					t.Fatal(err)
				}
				c.before(registry)
				began := time.Now()
				answer := register(t.Context(), s, c.believed)
				synctest.Wait()
				select {
				case w := <-answer:
					t.Fatalf("was not held: %d %s", w.Code, w.Body)
				default:
				}
				c.event(s, registry)
				w := <-answer
				if got := strings.TrimSpace(w.Body.String()); w.Code != c.status || got != c.answer {
					t.Errorf("got  %d %s\nwant %d %s", w.Code, got, c.status, c.answer)
				}
				if took := time.Since(began); took != 0 {
					t.Errorf("it took %v", took)
				}
			})
		})
	}
}

func TestHoldEndsWhenTheClientDisconnects(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, _ := held(t)
		ctx, disconnect := context.WithCancel(t.Context())
		answer := register(ctx, s, "")
		synctest.Wait()
		disconnect()
		<-answer
		if n := s.admission.holds.waiting.Len(); n != 0 {
			t.Errorf("%d holds are left", n)
		}
	})
}

// FuzzAsk checks that a registration is either understood, with printable names and valid
// ids, or refused with a 4xx.
func FuzzAsk(f *testing.F) {
	f.Add(`{"client_name":"web","active_trace_ids":[]}`)
	f.Add(`{"client_name":"web","active_trace_ids":["` + panda.ID + `"],"client_id":"x"}`)
	f.Add(`{"client_name":null,"active_trace_ids":null}`)
	f.Add(`{"client_name":"a","client_name":"b","active_trace_ids":[1]}`)
	f.Add("{\"client_name\":\"\xff\\ud800\"}")
	f.Fuzz(func(t *testing.T, body string) {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodPost, "/v1/services/shop/middleware", strings.NewReader(body))
		request, err := readAsk(w, r)
		if err != nil {
			failBody(w, err, "")
			if w.Code != http.StatusBadRequest && w.Code != http.StatusRequestEntityTooLarge {
				t.Fatalf("answered %d", w.Code)
			}
			return
		}
		if !validName(clientName(request.ClientName)) {
			t.Fatalf("the name %q was taken", request.ClientName)
		}
		for _, text := range request.ActiveTraceIDs {
			if !id.Is(id.Trace, text) {
				t.Fatalf("the id %q was taken", text)
			}
		}
		change := difference(request.ActiveTraceIDs, nil)
		if change.Activated == nil || change.Deactivated == nil {
			t.Fatal("an array is null")
		}
	})
}
