package local

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"akita/internal/declared"
)

func TestTakeDocument(t *testing.T) {
	t.Parallel()
	kept := &shelf{taken: make(map[string]string)}
	b := setupWith(t, func(c *Config) { c.Documents = kept })
	for name, c := range map[string]struct {
		body   string
		status int
		kept   string
	}{
		"a document": {
			`{"client_name":"web","generator":"drf-spectacular","document":{"openapi":"3.0.3","info":{"title":"Shop"},
			  "paths":{"/a/":{"get":{"operationId":"a_list","responses":{"200":{"description":"canary",
			  "content":{"application/json":{"schema":{"type":"string","default":"canary"},"example":"canary"}}}}}}}}}`,
			202,
			`drf-spectacular {"info":{"title":"Shop"},"openapi":"3.0.3","paths":{"/a/":{"get":{"operationId":"a_list",` +
				`"responses":{"200":{"content":{"application/json":{"schema":{"type":"string"}}},"description":""}}}}}}`,
		},
		"other members do not leave": {
			`{"secret":"canary","document":{"openapi":"3.0.3","x-canary":"canary"}}`, 202, ` {"openapi":"3.0.3"}`,
		},
		"no document":        {`{"document":{"info":{}}}`, 400, ""},
		"none":               {`{}`, 400, ""},
		"a text":             {`{"document":"openapi: 3.0.3"}`, 400, ""},
		"no object":          {`[]`, 400, ""},
		"cut off":            {`{"document":{"openapi":`, 400, ""},
		"a bad generator":    {`{"generator":"a\u0007","document":{"openapi":"3.0.3"}}`, 400, ""},
		"far too much":       {`{"document":"` + strings.Repeat("x", maxDocumentBytes) + `"}`, 413, ""},
		"too large to leave": {`{"document":{"openapi":"` + strings.Repeat("3", declared.MaxOutline) + `"}}`, 400, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := strings.ReplaceAll(name, " ", "-")
			status, answer := b.post("/v1/services/"+service+"/document", c.body)
			if status != c.status || status == 202 && answer != "{}" || strings.Contains(answer, "canary") {
				t.Fatalf("got %d %s, want %d", status, answer, c.status)
			}
			kept.mu.Lock()
			defer kept.mu.Unlock()
			if got := kept.taken[service]; got != c.kept {
				t.Errorf("kept %s, want %s", got, c.kept)
			}
		})
	}
}

func TestADocumentThatCannotBeKept(t *testing.T) {
	t.Parallel()
	b := setupWith(t, func(c *Config) { c.Documents = &shelf{err: errors.New("no space left on device")} })
	status, _, header := b.send(http.MethodPost, "/v1/services/shop/document", `{"document":{"openapi":"3.0.3"}}`)
	if status != http.StatusServiceUnavailable || header.Get("Retry-After") == "" {
		t.Errorf("got %d with %v", status, header)
	}
}

func TestOfferDocument(t *testing.T) {
	t.Parallel()
	b := setupWith(t, func(*Config) {})
	for _, want := range []string{`{"wanted":true}`, `{"wanted":false}`} {
		if status, answer := b.post("/v1/services/shop/document/offer", `{"client_name":"web"}`); status != 202 || answer != want {
			t.Errorf("got %d %s, want %s", status, answer, want)
		}
	}
	if status, _ := b.post("/v1/services/a%0Ab/document/offer", `{}`); status != http.StatusNotFound {
		t.Errorf("a name that cannot be printed: %d", status)
	}
}

func TestOffers(t *testing.T) {
	t.Parallel()
	var o offers
	start := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	for i, c := range []struct {
		service string
		after   time.Duration
		want    bool
	}{
		{"shop", 0, true}, {"SHOP", time.Second, false}, {"blog", time.Second, true},
		{"shop", offerAgain - 1, false}, {"shop", offerAgain, true}, {"shop", offerAgain + time.Second, false},
	} {
		if got := o.take(c.service, start.Add(c.after)); got != c.want {
			t.Errorf("offer %d: got %v", i, got)
		}
	}
}

// FuzzDocument checks that any body gives an outline, or is refused.
func FuzzDocument(f *testing.F) {
	f.Add(`{"generator":"drf-spectacular","document":{"openapi":"3.0.3","paths":{"/a/":{"get":{"responses":{}}}}}}`)
	f.Add(`{"document":{"swagger":"2.0","definitions":{"A":{"example":"canary"}}}}`)
	f.Add("{\"document\":{\"openapi\":\"\xff\\ud800\"}}")
	f.Fuzz(func(t *testing.T, body string) {
		w := httptest.NewRecorder()
		_, outline, err := readDocument(w, httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body)))
		if err != nil {
			failBody(w, err, "")
			if w.Code != http.StatusBadRequest && w.Code != http.StatusRequestEntityTooLarge {
				t.Fatalf("answered %d", w.Code)
			}
			return
		}
		if again, err := declared.Outline(outline); err != nil || string(again) != string(outline) {
			t.Fatalf("%s: %v", outline, err)
		}
	})
}
