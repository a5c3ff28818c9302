package local

import (
	"net/http/httptest"
	"strings"
	"testing"
)

func TestReplies(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	busy(w, "Too many", "Try again.")
	if got := strings.TrimSpace(w.Body.String()); w.Code != 503 || got != `{"message":"Too many","detail":"Try again."}` {
		t.Errorf("got %d %s", w.Code, got)
	}
	for name, want := range map[string]string{
		"Retry-After": "5", "Content-Type": "application/json; charset=utf-8",
		"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
	} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	w = httptest.NewRecorder()
	fail(w, 404, "Not found", "")
	if got := strings.TrimSpace(w.Body.String()); got != `{"message":"Not found"}` {
		t.Errorf("got %s", got)
	}
}
