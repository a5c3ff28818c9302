package local

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"akita/internal/routelist"
)

// shelf implements Reports.
type shelf struct {
	mu    sync.Mutex
	taken map[string]string // source and content by project
	err   error
}

func (s *shelf) Take(service, source string, content []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return s.err
	}
	s.taken[service] = source + " " + string(content)
	return nil
}

func TestTakeRoutes(t *testing.T) {
	t.Parallel()
	kept := &shelf{taken: make(map[string]string)}
	b := setupWith(t, func(c *Config) { c.Routes = kept })
	for name, c := range map[string]struct {
		body   string
		status int
		kept   string
	}{
		"routes": {
			`{"client_name":"web","routes":[{"method":"GET","route":"users/<int:pk>/","view":"shop.User"}]}`,
			202, `{"routes":[{"method":"GET","path":"/users/{pk}/","view":"shop.User"}]}`,
		},
		"none": {`{"routes":[]}`, 202, `{"routes":[]}`},
		"more than there is room for": {
			`{"routes":[],"truncated":true}`, 202, `{"routes":[],"truncated":true}`,
		},
		"what is not a route does not leave": {
			`{"secret":"canary","routes":[{"method":"GET","route":"a/","view":"v","docstring":"canary","kwargs":{"key":"canary"}}]}`,
			202, `{"routes":[{"method":"GET","path":"/a/","view":"v"}]}`,
		},
		"routes that no framework makes": {
			`{"routes":[{"method":"GET IT","route":"a/"},{"method":"GET","route":"a\u0007"},{"method":"GET","route":"b/"}]}`,
			202, `{"routes":[{"method":"GET","path":"/b/"}]}`,
		},
		"no object":    {`[]`, 400, ""},
		"no array":     {`{"routes":{}}`, 400, ""},
		"wrong types":  {`{"routes":[{"method":1}]}`, 400, ""},
		"cut off":      {`{"routes":[{"method":"GET"`, 400, ""},
		"far too much": {`{"routes":["` + strings.Repeat("x", routelist.MaxBytes) + `"]}`, 413, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := strings.ReplaceAll(name, " ", "-")
			status, answer := b.post("/v1/services/"+service+"/routes", c.body)
			if status != c.status || status == 202 && answer != "{}" {
				t.Fatalf("got %d %s, want %d", status, answer, c.status)
			}
			kept.mu.Lock()
			defer kept.mu.Unlock()
			if got := strings.TrimPrefix(kept.taken[service], " "); got != c.kept {
				t.Errorf("kept %s, want %s", got, c.kept)
			}
		})
	}
}

func TestRoutesThatCannotBeKept(t *testing.T) {
	t.Parallel()
	b := setupWith(t, func(c *Config) { c.Routes = &shelf{err: errors.New("no space left on device")} })
	status, _, header := b.send(http.MethodPost, "/v1/services/shop/routes", `{"routes":[]}`)
	if status != http.StatusServiceUnavailable || header.Get("Retry-After") == "" {
		t.Errorf("got %d with %v", status, header)
	}
	if status, _ := b.post("/v1/services/a%0Ab/routes", `{"routes":[]}`); status != http.StatusNotFound {
		t.Errorf("a name that cannot be printed: %d", status)
	}
	if status, _, _ := b.send(http.MethodGet, "/v1/services/shop/routes", ""); status != http.StatusMethodNotAllowed {
		t.Errorf("GET: %d", status)
	}
}

// FuzzRoutes checks that any body gives a list that the server accepts, or is refused.
func FuzzRoutes(f *testing.F) {
	f.Add(`{"client_name":"web","routes":[{"method":"GET","route":"users/<int:pk>/","view":"shop.User"}]}`)
	f.Add(`{"routes":[{"method":"*","route":"^(?:a/)?[a-z]+/$"},{}],"truncated":true}`)
	f.Add(`{"routes":null}`)
	f.Add("{\"routes\":[{\"method\":\"GET\",\"route\":\"\xff\\ud800\"}]}")
	f.Fuzz(func(t *testing.T, body string) {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodPost, "/v1/services/shop/routes", strings.NewReader(body))
		list, err := readRoutes(w, r)
		if err != nil {
			failBody(w, err, "")
			if w.Code != http.StatusBadRequest && w.Code != http.StatusRequestEntityTooLarge {
				t.Fatalf("answered %d", w.Code)
			}
			return
		}
		text, err := list.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := routelist.Decode(text); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	})
}
