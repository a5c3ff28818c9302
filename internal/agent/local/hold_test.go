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
)

// held is a server without a network, inside a bubble of synctest.
func held(t *testing.T) (*Server, *traces.Registry) {
	t.Helper()
	logger := slog.New(slog.DiscardHandler)
	registry := traces.New(traces.Config{OnService: func(string) {}, OnClients: func() {}, Now: time.Now, Logger: logger})
	return New(Config{Registry: registry, Now: time.Now, Logger: logger}), registry
}

// register asks in the background; the channel gets the answer.
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

func TestAHoldEndsWithEmptyArrays(t *testing.T) {
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

func TestAHoldEndsAtOnce(t *testing.T) {
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
		"when the daemon stops, and nothing is known of what the client believes": {func(*traces.Registry) {}, `"` + panda.ID + `"`,
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

func TestAClientThatLeavesIsNotHeld(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, _ := held(t)
		ctx, leave := context.WithCancel(t.Context())
		answer := register(ctx, s, "")
		synctest.Wait()
		leave()
		<-answer
		if n := len(s.holds); n != 0 {
			t.Errorf("%d holds are left", n)
		}
	})
}
